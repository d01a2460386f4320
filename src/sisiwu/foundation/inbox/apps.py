from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "sisiwu.foundation.inbox"
    label = "inbox"
    verbose_name = "待办"
