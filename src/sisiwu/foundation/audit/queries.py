"""Questions to the log."""

from __future__ import annotations

from sisiwu.foundation.audit.models import LogEntry

LOOKS = ("member.look",)
"""Acts that change nothing."""


def version() -> str:
    """Another one after every change of the register or the ledger: each is noted in its own transaction.

    The moment is part of it, so that another database (a restored one, a fresh demo) has another one, too.
    """
    last = LogEntry.objects.exclude(act__in=LOOKS).order_by("-pk").values_list("pk", "at").first()
    return f"{last[0]}-{last[1].timestamp()}" if last else ""
