from django.apps import AppConfig


class ServiceHoursConfig(AppConfig):
    name = "sisiwu.activities.service_hours"
    label = "service_hours"
    verbose_name = "志愿服务"
