"""Writing down who did what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.audit.models import LogEntry

_address: ContextVar[str | None] = ContextVar("address", default=None)


@contextmanager
def coming_from(address: str | None) -> Iterator[None]:
    """Acts inside are noted as coming from this address."""
    token = _address.set(address)
    try:
        yield
    finally:
        _address.reset(token)


type Line = tuple[object, str, int | None, dict[str, Any]]
"""Subject, path, person and detail of one act."""


def note(
    act: str, by: User | None, subject: object = "", *, path: str = "", person: int | None = None, **detail: Any
) -> None:
    """One line of the log, in the transaction of the act."""
    LogEntry.objects.create(
        act=act, by=by, subject=str(subject)[:200], path=path, person=person, detail=detail, address=_address.get()
    )


def note_many(act: str, by: User | None, lines: Iterable[Line]) -> None:
    """A line of the log for each of many acts of one kind."""
    address = _address.get()
    LogEntry.objects.bulk_create(
        LogEntry(act=act, by=by, subject=str(subject)[:200], path=path, person=person, detail=detail, address=address)
        for subject, path, person, detail in lines
    )
