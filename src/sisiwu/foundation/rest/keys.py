"""A deed that is sent twice happens once: the ``Idempotency-Key`` of a request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from ninja import Header

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.receipts.actions import lead_to, once
from sisiwu.foundation.receipts.queries import where
from sisiwu.foundation.rest.errors import KeyUsedError

HEADER = "Idempotency-Key"
WORDS = "每件事一个新的 UUID；没有收到回答时用同一个再发，不会做两遍"

Key = Annotated[UUID, Header(alias=HEADER, description=WORDS)]
AnyKey = Annotated[UUID | None, Header(alias=HEADER, description=WORDS)]
"""For what may be sent without: a change that names the version it saw."""


def do_once[M: Model](
    key: UUID, by: User, what: str, do: Callable[[], M | None], rows: QuerySet[M], target: M | None = None
) -> tuple[bool, M]:
    """Do it in one transaction with its key; the same key again gives what came of it, and False.

    ``target``: what the deed changed, when ``do`` makes nothing new. Raises KeyUsedError for the key of
    another deed, KeyOfAnother for another user's.
    """
    with transaction.atomic():
        if once(key, by, what):
            made = do() or target
            lead_to(key, f"{what}:{cast('Any', made).pk}")
            return True, cast("M", made)
    place, _, pk = where(key).rpartition(":")
    if place != what:
        raise KeyUsedError("这个 Idempotency-Key 已用于另一件事，请换一个新的 UUID。")
    return False, get_object_or_404(rows, pk=pk)


def do_gone(key: UUID, by: User, what: str, do: Callable[[], object]) -> None:
    """The same for a deed after which nothing is left: done once, and silent when the key comes again.

    ``do`` finds what it removes; it is not asked for a second time. Raises as ``do_once``.
    """
    with transaction.atomic():
        if once(key, by, what):
            do()
            lead_to(key, what)
            return
    if where(key) != what:
        raise KeyUsedError("这个 Idempotency-Key 已用于另一件事，请换一个新的 UUID。")
