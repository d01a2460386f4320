from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "sisiwu.activities.meetings"
    label = "meetings"
    verbose_name = "会议"
