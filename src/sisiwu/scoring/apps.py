from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "sisiwu.scoring"
    label = "scoring"
    verbose_name = "计分"

    def ready(self) -> None:
        from sisiwu.foundation.documents import citations  # noqa: PLC0415 - models exist only now
        from sisiwu.ledger import feeds  # noqa: PLC0415
        from sisiwu.scoring.in_force import cite, tell  # noqa: PLC0415

        feeds.register(tell)
        citations.register(cite)
