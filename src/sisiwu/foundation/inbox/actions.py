"""Raising and closing what waits; sending the day's digest."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.audit.actions import note
from sisiwu.foundation.inbox.channels import CHANNELS, NONE
from sisiwu.foundation.inbox.models import Preference, Sent, Task
from sisiwu.foundation.inbox.queries import digests


def ask(key: str, verb: str, path: str, title: str, url: str, due_on: date | None = None) -> Task:
    """Something waits; asked again, it is opened again with the new words."""
    return _raise(key, {"verb": verb, "path": path, "user": None, "title": title, "url": url, "due_on": due_on})


def tell(key: str, user: User, title: str, url: str, due_on: date | None = None) -> Task:
    """Something waits for one person alone."""
    return _raise(key, {"verb": "", "path": "", "user": user, "title": title, "url": url, "due_on": due_on})


def _raise(key: str, values: dict[str, object]) -> Task:
    values = {**values, "title": str(values["title"])[:200], "done_at": None}
    there = Task.objects.filter(key=key).first()
    if there is not None and there.done_at is not None:
        values |= {"raised_at": timezone.now(), "urgent_by": None}
    task, _ = Task.objects.update_or_create(key=key, defaults=values)
    return task


def ask_all(tasks: Collection[Task]) -> None:
    """Many at once, as ``ask`` does one."""
    fields = ["verb", "path", "title", "url", "due_on", "done_at"]
    Task.objects.bulk_create(tasks, update_conflicts=True, unique_fields=["key"], update_fields=fields, batch_size=500)


def settle_all(keys: Collection[str]) -> None:
    """Many at once, as ``settle`` does one."""
    for at in range(0, len(chosen := list(keys)), 500):
        Task.objects.filter(key__in=chosen[at : at + 500], done_at__isnull=True).update(done_at=timezone.now())


def settle(key: str) -> None:
    """It is done."""
    Task.objects.filter(key=key, done_at__isnull=True).update(done_at=timezone.now())


@transaction.atomic
def hasten(task: Task, *, by: User) -> None:
    """A person marks something urgent, so that it may be told outside working hours, too (R15).

    Raises PermissionDenied unless that person verifies there, ValidationError when it is done.
    """
    demand(by, Verb.VERIFY, task.path or None)
    if task.done_at is not None:
        raise ValidationError("这件事已经办结，不用再催。")
    task.urgent_by = by
    task.save(update_fields=["urgent_by"])
    note("inbox.hasten", by, task, path=task.path)


def prefer(user: User, channel: str) -> None:
    """How a person wants to be reminded; an empty channel: not at all. Raises ValidationError."""
    if channel != NONE and channel not in CHANNELS:
        raise ValidationError({"channel": "请从列出的方式里选。"})
    Preference.objects.update_or_create(user=user, defaults={"channel": channel})


def send_due(now: datetime) -> int:
    """Send the digests that are due and write down that they went; says how many. Run again it sends nothing.

    Each is a transaction of its own: what was sent before a failure stays written down.
    """
    number = 0
    for digest in digests(now):
        with transaction.atomic():
            _, new = Sent.objects.get_or_create(
                user=digest.user,
                day=timezone.localdate(now),
                defaults={"sent_at": now, "channel": digest.channel, "tasks": [task.pk for task in digest.tasks]},
            )
            if new:
                CHANNELS[digest.channel].send(digest)
                number += 1
    return number


def settle_beginning(prefix: str) -> None:
    """Everything that was asked for reasons that begin so is done."""
    Task.objects.filter(key__startswith=prefix, done_at__isnull=True).update(done_at=timezone.now())


def follow(old: str, new: str) -> None:
    """A part of the tree has moved: what points at it by its path moves along."""
    Task.objects.filter(path__gte=old, path__lt=f"{old}z").update(
        path=Concat(Value(new), Substr(F("path"), len(old) + 1))
    )
