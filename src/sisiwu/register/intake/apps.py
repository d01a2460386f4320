from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "sisiwu.register.intake"
    label = "intake"
    verbose_name = "名册导入"
