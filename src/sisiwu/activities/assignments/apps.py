from django.apps import AppConfig


class AssignmentsConfig(AppConfig):
    name = "sisiwu.activities.assignments"
    label = "assignments"
    verbose_name = "任务"

    def ready(self) -> None:
        from sisiwu.activities.assignments.actions import decided, reversed_  # noqa: PLC0415 - models exist only now
        from sisiwu.activities.assignments.asker import Assignments  # noqa: PLC0415
        from sisiwu.activities.entries import asking  # noqa: PLC0415
        from sisiwu.ledger.consequences import on_decision, on_reversal  # noqa: PLC0415

        asking.register(Assignments())
        on_decision.register(decided)
        on_reversal.register(reversed_)
