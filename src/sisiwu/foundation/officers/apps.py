from django.apps import AppConfig


class OfficersConfig(AppConfig):
    name = "sisiwu.foundation.officers"
    label = "officers"
    verbose_name = "账号管理"
