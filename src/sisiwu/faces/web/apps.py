from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "sisiwu.faces.web"
    label = "web"
