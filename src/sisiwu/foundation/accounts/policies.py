"""The one place that says who may do what, and where."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone

from sisiwu.foundation.accounts.models import Grant, User
from sisiwu.foundation.accounts.roles import ABILITIES

type Anyone = User | AnonymousUser


def grants(user: Anyone, on: date | None = None) -> list[Grant]:
    """The roles in force on a day (default: today), read once per request object of the user."""
    if not isinstance(user, User):
        return []
    day = on or timezone.localdate()
    kept: dict[date, list[Grant]] = user.__dict__.setdefault("_grants_by_day", {})
    if day not in kept:
        in_force = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))
        kept[day] = list(user.grants.filter(in_force).order_by("role", "path")) if user.is_active else []
    return kept[day]


def roles(user: Anyone) -> set[str]:
    """The roles a user holds today."""
    return {grant.role for grant in grants(user)}


def scope(user: Anyone, verb: str) -> list[str]:
    """The parts of the tree (path beginnings) where a user may do something; empty: nowhere."""
    paths = sorted({grant.path for grant in grants(user) if verb in ABILITIES[grant.role]})
    kept: list[str] = []
    for path in paths:
        if not any(path.startswith(wider) for wider in kept):
            kept.append(path)
    return kept


def may(user: Anyone, verb: str, path: str | None = None) -> bool:
    """Whether a user may do something at an organization (``path``), or anywhere at all (None)."""
    paths = scope(user, verb)
    return bool(paths) if path is None else any(path.startswith(wider) for wider in paths)


def demand(user: Anyone, verb: str, path: str | None = None) -> None:
    """Raises PermissionDenied with a sentence in Chinese unless the user may."""
    if not may(user, verb, path):
        raise PermissionDenied("这件事不在您的职责范围内。如有需要，请联系机关党委办公室开通。")


def within(field: str, paths: Iterable[str]) -> Q:
    """The condition that a path column lies in one of some parts of the tree.

    Paths are digits only, so that the range holds under every collation and uses an ordinary index.
    """
    condition = Q(pk__in=[])
    for path in paths:
        if not path:
            return ~Q(pk__in=[])  # everything, and stays so beside an OR
        condition |= Q(**{f"{field}__gte": path, f"{field}__lt": f"{path}z"})
    return condition
