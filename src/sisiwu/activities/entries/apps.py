from django.apps import AppConfig


class EntriesConfig(AppConfig):
    name = "sisiwu.activities.entries"
    label = "entries"
    verbose_name = "录入"
