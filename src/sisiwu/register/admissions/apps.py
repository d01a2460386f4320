from django.apps import AppConfig


class AdmissionsConfig(AppConfig):
    name = "sisiwu.register.admissions"
    label = "admissions"
    verbose_name = "发展党员"
