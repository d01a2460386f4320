from django.apps import AppConfig


class RestConfig(AppConfig):
    name = "sisiwu.faces.rest"
    label = "rest"
    verbose_name = "接口"
