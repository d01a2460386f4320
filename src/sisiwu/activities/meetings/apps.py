from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "sisiwu.activities.meetings"
    label = "meetings"
    verbose_name = "会议"

    def ready(self) -> None:
        from sisiwu.activities.entries.doors import open_door  # noqa: PLC0415 - models exist only now
        from sisiwu.activities.meetings.models import Kind  # noqa: PLC0415

        open_door("meetings", Kind.choices, is_choice=True)
