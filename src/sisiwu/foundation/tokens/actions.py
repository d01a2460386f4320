"""Making and revoking tokens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.audit.actions import note
from sisiwu.foundation.tokens.models import Token
from sisiwu.foundation.tokens.queries import live, offered

PREFIX = "ssw_"
"""Begins every token, so that people and scanners of leaked secrets recognise it."""
BYTES = 32
DAYS_MAX = 365
LIVE_MAX = 20


@transaction.atomic
def make(user: User, *, name: str, scopes: Iterable[str], until: date) -> tuple[Token, str]:
    """A new token of a user, and its text, which exists nowhere else from now on.

    Raises ValidationError: no scope or one that is not offered, more than a year, a name that is taken.
    """
    today, wanted = timezone.localdate(), sorted(set(scopes))
    if not wanted:
        raise ValidationError({"scopes": "请至少勾选一项用途。"})
    if strange := set(wanted) - set(offered(user)):
        raise ValidationError({"scopes": f"您的角色没有这些用途：{'、'.join(sorted(strange))}。"})
    if not today < until <= today + timedelta(days=DAYS_MAX):
        raise ValidationError({"until": f"有效期最短一天，最长 {DAYS_MAX} 天。"})
    if live(user).count() >= LIVE_MAX:
        raise ValidationError(f"有效的令牌已有 {LIVE_MAX} 个，请先撤销不用的。")
    text = PREFIX + token_urlsafe(BYTES)
    token = Token(user=user, name=name.strip(), digest=digest_of(text), scopes=wanted, until=until)
    token.full_clean()
    token.save()
    note("token.make", user, token, scopes=wanted, until=str(until))
    return token, text


@transaction.atomic
def revoke(token: Token, *, by: User) -> None:
    """It is good for nothing from this moment. Raises ValidationError when it was revoked before."""
    if token.revoked_at:
        raise ValidationError("这个令牌已经撤销过。")
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    note("token.revoke", by, token)


def holder_of(text: str) -> Token | None:
    """The token of that text while it is good, with its user; remembers the day. None: unknown, over, revoked, closed."""
    if not text.startswith(PREFIX):
        return None
    today = timezone.localdate()
    rows = Token.objects.select_related("user").filter(revoked_at__isnull=True, until__gt=today, user__is_active=True)
    token = rows.filter(digest=digest_of(text)).first()
    if token and token.used_on != today:
        Token.objects.filter(pk=token.pk).update(used_on=today)
    return token


def digest_of(text: str) -> str:
    """What is kept of a token; it is random enough to need no salt."""
    return sha256(text.encode()).hexdigest()
