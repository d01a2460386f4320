from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "sisiwu.foundation.evidence"
    label = "evidence"
    verbose_name = "佐证材料"
