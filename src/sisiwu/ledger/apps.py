from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "sisiwu.ledger"
    label = "ledger"
    verbose_name = "台账"
