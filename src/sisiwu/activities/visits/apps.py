from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "sisiwu.activities.visits"
    label = "visits"
    verbose_name = "走访"

    def ready(self) -> None:
        from sisiwu.activities.entries.doors import open_door  # noqa: PLC0415 - models exist only now
        from sisiwu.activities.visits.facts import MADE  # noqa: PLC0415

        open_door("visits", [(MADE, "走访")])
