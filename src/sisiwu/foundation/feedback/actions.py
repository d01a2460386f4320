"""Saying something, answering it, closing it."""

from __future__ import annotations

from datetime import datetime, time
from hashlib import sha256
from uuid import UUID

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import Anyone, demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.audit.actions import note
from sisiwu.foundation.feedback.models import Suggestion
from sisiwu.foundation.inbox.actions import ask, settle, tell

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 10
STRANGERS_MAX = 50
"""What can be sent in a day without signing in, by all together: nothing about a sender is kept to count them."""


@transaction.atomic
def suggest(category: str, text: str, *, key: UUID, by: Anyone, anonymous: bool, page: str = "") -> Suggestion:
    """Something is said; anonymous, nothing that identifies is written anywhere. Sent twice with a key it is said once.

    Raises ValidationError when it is empty, or when too much came in today without signing in.
    """
    sender = by if isinstance(by, User) and not anonymous else None
    code = code_of(key)
    there = Suggestion.objects.filter(code=code).first()
    if there is not None:
        return there
    if not isinstance(by, User):
        _count_strangers()
    one = Suggestion(
        category=category, text=text.strip(), page=_ours(page), by=sender, on=timezone.localdate(),
        code=code,
    )  # fmt: skip
    one.full_clean()
    one.save()
    task = ask(f"feedback:{one.pk}", Verb.VERIFY, "", f"答复意见建议：{one}", f"/feedback/{one.pk}/")
    if sender is not None:
        note("feedback.suggest", sender, one.get_category_display(), suggestion=one.pk)
    else:
        # No line in the log, which knows addresses and moments; of the task the day alone.
        task.raised_at = datetime.combine(one.on, time(), timezone.get_current_timezone())
        task.save(update_fields=["raised_at"])
    return one


def code_of(key: UUID) -> str:
    """What the sender alone knows: from the key that came with the form, which is kept nowhere."""
    number = int.from_bytes(sha256(key.bytes).digest())
    return "".join(ALPHABET[number >> 5 * at & 31] for at in range(CODE_LENGTH))


def _ours(page: str) -> str:
    """An address of this site, or nothing."""
    return page[:200] if page.startswith("/") and not page.startswith("//") else ""


def _count_strangers() -> None:
    key = f"feedback:{timezone.localdate()}"
    cache.add(key, 0, 86_400)
    if cache.incr(key) > STRANGERS_MAX:
        raise ValidationError("今天不登录提交的意见已经很多。请登录后再提（仍可匿名），或明天再来。")


@transaction.atomic
def answer(one: Suggestion, text: str, *, by: User) -> None:
    """Committee staff answer; whoever asked under a name finds it in the inbox. Raises ValidationError when empty."""
    demand(by, Verb.VERIFY)
    if not text.strip():
        raise ValidationError({"answer": "请写答复。"})
    if one.closed_on:
        raise ValidationError("这条意见已经办结，不能再改答复。")
    one.answer, one.answered_by, one.answered_on = text.strip(), by, timezone.localdate()
    one.save(update_fields=["answer", "answered_by", "answered_on"])
    settle(f"feedback:{one.pk}")
    if one.by is not None:
        tell(f"feedback:answer:{one.pk}", one.by, f"您的意见有了答复：{one}", f"/feedback/{one.pk}/")
    note("feedback.answer", by, one.get_category_display(), suggestion=one.pk)


def read(one: Suggestion, by: User) -> None:
    """Whoever asked has seen the answer: it waits no more (when it was seen is not kept beyond the task)."""
    if one.by_id == by.pk and one.answered_on:
        settle(f"feedback:answer:{one.pk}")


@transaction.atomic
def close(one: Suggestion, *, by: User) -> None:
    """It is dealt with. Raises ValidationError before an answer: nobody is left without one."""
    demand(by, Verb.VERIFY)
    if not one.answered_on:
        raise ValidationError("请先答复，再办结。")
    if one.closed_on:
        raise ValidationError("这条意见已经办结。")
    one.closed_on = timezone.localdate()
    one.save(update_fields=["closed_on"])
    note("feedback.close", by, one.get_category_display(), suggestion=one.pk)
