"""Opening, closing and resetting accounts; giving and withdrawing roles."""

from __future__ import annotations

import secrets
from datetime import date

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from sisiwu.foundation.accounts import actions as accounts
from sisiwu.foundation.accounts.models import Grant, User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import OFFICERS, Role, Verb
from sisiwu.foundation.audit.actions import note

LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""No 0 O 1 l I: a first password is read from paper."""
PASSWORD_LENGTH = 12


def first_password() -> str:
    """A random one, to be handed over once."""
    return "".join(secrets.choice(LETTERS) for _ in range(PASSWORD_LENGTH))


@transaction.atomic
def open_account(username: str, name: str, *, by: User) -> tuple[User, str]:
    """A new account and its first password, which is shown once and kept nowhere.

    Raises ValidationError for a user name that is taken or unfit, PermissionDenied.
    """
    demand(by, Verb.ACCOUNTS)
    if User.objects.filter(username__iexact=username).exists():
        raise ValidationError({"username": f"用户名“{username}”已有人用，请换一个。"})
    password = first_password()
    user = accounts.open_account(username, name, password)
    note("account.open", by, user, username=username)
    return user, password


@transaction.atomic
def reset(user: User, *, by: User) -> str:
    """A new first password; second factors are taken off and every session ends. Raises PermissionDenied."""
    _other(user, by)
    password = first_password()
    user.set_password(password)
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    _end_sessions(user)
    note("account.reset", by, user, username=user.username)
    return password


@transaction.atomic
def close(user: User, *, by: User) -> None:
    """Nobody can sign in with it any more; what was done under it stays. Raises PermissionDenied."""
    _other(user, by)
    user.is_active = False
    user.save(update_fields=["is_active"])
    _end_sessions(user)
    note("account.close", by, user, username=user.username)


@transaction.atomic
def reopen(user: User, *, by: User) -> None:
    """A closed account may be used again. Raises PermissionDenied."""
    _other(user, by)
    user.is_active = True
    user.save(update_fields=["is_active"])
    note("account.reopen", by, user, username=user.username)


def _other(user: User, by: User) -> None:
    demand(by, Verb.ACCOUNTS)
    if user.pk == by.pk:
        raise PermissionDenied("自己的账号由另一名系统管理员处理。")


def _end_sessions(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()


@transaction.atomic
def give(user: User, role: str, path: str, *, since: date, until: date | None, by: User) -> Grant:
    """A role over a part of the tree. Raises ValidationError (three officers apart), PermissionDenied."""
    demand(by, Verb.GRANTS)
    if user.pk == by.pk:
        raise PermissionDenied("不能给自己授予角色，由另一名安全管理员办理。")
    if until is not None and until <= since:
        raise ValidationError({"until": "终止日期应晚于起始日期。"})
    if role in OFFICERS:
        path = ""
    given = accounts.grant(user, role, path, since=since, until=until)
    note("account.give", by, user, role=Role(role).label, path=path, since=str(since))
    return given


@transaction.atomic
def take(given: Grant, *, by: User) -> None:
    """A role given by hand ends today. Raises ValidationError for one that comes with a position, PermissionDenied."""
    demand(by, Verb.GRANTS)
    if given.user_id == by.pk:
        raise PermissionDenied("自己的角色由另一名安全管理员收回。")
    if given.source not in ("", "cast"):
        raise ValidationError("这个角色随职务或组织关系而来，请在名册里免职或转出，角色会自动收回。")
    Grant.objects.filter(pk=given.pk).update(until=timezone.localdate())
    note("account.take", by, given.user, role=given.get_role_display(), path=given.path)
