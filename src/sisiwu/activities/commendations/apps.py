from django.apps import AppConfig


class CommendationsConfig(AppConfig):
    name = "sisiwu.activities.commendations"
    label = "commendations"
    verbose_name = "表彰"

    def ready(self) -> None:
        from sisiwu.activities.commendations.models import Kind  # noqa: PLC0415 - models exist only now
        from sisiwu.activities.entries.doors import open_door  # noqa: PLC0415

        open_door("commendations", Kind.choices, is_choice=True)
