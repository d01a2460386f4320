from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "sisiwu.register.members"
    label = "members"
    verbose_name = "党员"
