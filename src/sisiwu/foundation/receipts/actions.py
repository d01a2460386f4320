"""Taking a key, once."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.receipts.models import Receipt


class KeyOfAnother(PermissionDenied):
    """The key belongs to somebody else's deed."""


def once(key: UUID, by: User, what: str) -> bool:
    """True for the first deed under a key, False when the same user has done it before.

    To be called inside the transaction of the deed: when the deed is refused the key is free again. Of
    two that come at the same moment the database lets one through; the other waits and gets False.
    Raises KeyOfAnother.
    """
    try:
        with transaction.atomic():
            Receipt.objects.create(key=key, by=by, what=what[:80])
    except IntegrityError:
        if Receipt.objects.filter(key=key, by=by).exists():
            return False
        raise KeyOfAnother("这次提交的编号已被别人用过，请刷新页面再试。") from None
    return True


def lead_to(key: UUID, url: str) -> None:
    """Where the result of the deed is."""
    Receipt.objects.filter(key=key).update(url=url)
