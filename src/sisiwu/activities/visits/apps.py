from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "sisiwu.activities.visits"
    label = "visits"
    verbose_name = "走访"
