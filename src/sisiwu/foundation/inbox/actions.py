"""Raising and closing what waits."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from sisiwu.foundation.inbox.models import Task


def ask(key: str, verb: str, path: str, title: str, url: str, due_on: date | None = None) -> Task:
    """Something waits; asked again, it is opened again with the new words."""
    values = {"verb": verb, "path": path, "title": title[:200], "url": url, "due_on": due_on, "done_at": None}
    task, _ = Task.objects.update_or_create(key=key, defaults=values)
    return task


def settle(key: str) -> None:
    """It is done."""
    Task.objects.filter(key=key, done_at__isnull=True).update(done_at=timezone.now())


def settle_all(prefix: str) -> None:
    """Everything that was asked for reasons that begin so is done."""
    Task.objects.filter(key__startswith=prefix, done_at__isnull=True).update(done_at=timezone.now())


def follow(old: str, new: str) -> None:
    """A part of the tree has moved: what points at it by its path moves along."""
    Task.objects.filter(path__gte=old, path__lt=f"{old}z").update(
        path=Concat(Value(new), Substr(F("path"), len(old) + 1))
    )
