from django.apps import AppConfig


class ReceiptsConfig(AppConfig):
    name = "sisiwu.foundation.receipts"
    label = "receipts"
    verbose_name = "回执"
