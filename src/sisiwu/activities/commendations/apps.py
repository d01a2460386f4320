from django.apps import AppConfig


class CommendationsConfig(AppConfig):
    name = "sisiwu.activities.commendations"
    label = "commendations"
    verbose_name = "表彰"
