from django.apps import AppConfig


class ServiceHoursConfig(AppConfig):
    name = "sisiwu.activities.service_hours"
    label = "service_hours"
    verbose_name = "志愿服务"

    def ready(self) -> None:
        from sisiwu.activities.entries.doors import open_door  # noqa: PLC0415 - models exist only now
        from sisiwu.activities.service_hours.facts import HOURS  # noqa: PLC0415

        open_door("service_hours", [(HOURS, "志愿服务")])
