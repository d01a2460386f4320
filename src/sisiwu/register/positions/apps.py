from django.apps import AppConfig


class PositionsConfig(AppConfig):
    name = "sisiwu.register.positions"
    label = "positions"
    verbose_name = "任职"
