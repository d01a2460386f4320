from django.apps import AppConfig


class SpotChecksConfig(AppConfig):
    name = "sisiwu.activities.spot_checks"
    label = "spot_checks"
    verbose_name = "抽查"
