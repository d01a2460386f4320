"""When an activity may be changed: only after it was returned, and only by who saw its newest version."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from sisiwu.activities.entries.models import Activity
from sisiwu.ledger.queries import last_entry


def free_to_mend(activity: Activity, version: int | None) -> None:
    """Raises ValidationError while a submission waits or was accepted, or for an older version."""
    last = last_entry(activity.source)
    decision = getattr(last, "decision", None)
    if last and (decision is None or decision.accepted):
        raise ValidationError("这次录入正在核实或已核实，不能再改；有误请联系核实人退回或冲正。")
    stored = type(activity)._default_manager.values_list("version", flat=True).get(pk=activity.pk)
    if version is not None and version != stored:
        raise ValidationError("别的同志刚刚改过这条记录。您填的内容还在下面，请对照最新记录后再提交。")
