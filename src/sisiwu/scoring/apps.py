from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "sisiwu.scoring"
    label = "scoring"
    verbose_name = "计分"

    def ready(self) -> None:
        from sisiwu.ledger.feeds import register  # noqa: PLC0415 - models exist only now
        from sisiwu.scoring.in_force import tell  # noqa: PLC0415

        register(tell)
