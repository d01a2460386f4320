"""Verbs of accounts."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from sisiwu.foundation.accounts.models import Grant, User
from sisiwu.foundation.accounts.roles import OFFICERS, Role


@transaction.atomic
def open_account(username: str, name: str, password: str | None = None) -> User:
    """A new account; without a password nobody can sign in with one."""
    user = User(username=username, name=name)
    user.set_password(password)
    user.full_clean(exclude=["password"])
    user.save()
    return user


@transaction.atomic
def grant(user: User, role: str, path: str = "", *, since: date, until: date | None = None, source: str = "") -> Grant:
    """A role over a part of the tree. Raises ValidationError when it must not lie beside another role."""
    held = set(user.grants.values_list("role", flat=True)) - {role}
    if held and (role in OFFICERS or held & set(OFFICERS)):
        raise ValidationError(
            f"{Role(role).label}不能与{'、'.join(sorted(Role(one).label for one in held))}由同一账号担任（三员分立）。"
        )
    given, _ = Grant.objects.get_or_create(
        user=user, role=role, path=path, since=since, source=source, defaults={"until": until}
    )
    return given


def withdraw(source: str, until: date) -> None:
    """Roles given for one reason end on a day."""
    Grant.objects.filter(source=source).update(until=until)


def follow(old: str, new: str) -> None:
    """A part of the tree has moved: what points at it by its path moves along."""
    Grant.objects.filter(path__gte=old, path__lt=f"{old}z").update(
        path=Concat(Value(new), Substr(F("path"), len(old) + 1))
    )
