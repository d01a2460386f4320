from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "sisiwu.foundation.ui"
    label = "ui"
