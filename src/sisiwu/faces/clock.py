"""What runs by the clock: one list, called by ``./sisiwu remind`` (from cron or a systemd timer)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from sisiwu.activities.assignments.actions import remind as assignments
from sisiwu.foundation.documents.actions import sync
from sisiwu.foundation.inbox.actions import send_due

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """One verb of the clock; ``run`` gets the moment and says in a number what it did. Run again it does nothing more."""

    name: str
    title: str
    run: Callable[[datetime], int]


def _documents(_now: datetime) -> int:
    return sync()[0]


JOBS: tuple[Job, ...] = (
    Job("documents.sync", "按考核办法更新文件登记", _documents),
    Job("assignments.remind", "任务期限", lambda now: assignments(timezone.localdate(now))),
    Job("inbox.send_due", "发出当天的提醒", send_due),
)
"""In this order: what raises tasks comes before the digest that tells of them."""


def strike(now: datetime) -> Iterator[tuple[Job, int | None]]:
    """Run everything; a job that fails is logged (None) and does not stop the others."""
    for job in JOBS:
        try:
            yield job, job.run(now)
        except Exception:
            log.exception("clock job failed: %s", job.name)
            yield job, None
