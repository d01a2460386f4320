from django.apps import AppConfig


class TrainingsConfig(AppConfig):
    name = "sisiwu.activities.trainings"
    label = "trainings"
    verbose_name = "培训"

    def ready(self) -> None:
        from sisiwu.activities.entries.doors import open_door  # noqa: PLC0415 - models exist only now
        from sisiwu.activities.trainings.facts import HOURS  # noqa: PLC0415

        open_door("trainings", [(HOURS, "培训班")])
