"""Drawing, showing, finding."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from sisiwu.activities.spot_checks.models import Check, Draw
from sisiwu.activities.spot_checks.queries import redrawn
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.audit.actions import note
from sisiwu.foundation.inbox.actions import ask, settle
from sisiwu.foundation.workdays.queries import add_workdays
from sisiwu.ledger.queries import stood
from sisiwu.register.organizations.models import Organization

COUNT_MAX = 100
WORKDAYS = 5
"""Time a branch has to show its record; nothing follows from being late (R5)."""


@transaction.atomic
def draw(
    organization: Organization, first: date, last: date, *, seed_on: date, phrase: str, count: int, by: User
) -> Draw:
    """Draw entries of a period and ask their branches, and only them, to show the record.

    Raises ValidationError for a period to come, an empty one, or one that was drawn before (drawing until
    the list pleases is no draw), and PermissionDenied.
    """
    demand(by, Verb.VERIFY, organization.path)
    today = timezone.localdate()
    if last < first:
        raise ValidationError({"last": "终了早于起始。"})
    if last >= today:
        raise ValidationError({"last": "这一期还没有结束，请在结束以后抽。"})
    if not phrase.strip():
        raise ValidationError({"phrase": "请写一个短句，最好由别的单位或公开的数字给出，例如当天的气温。"})
    if not 1 <= count <= COUNT_MAX:
        raise ValidationError({"count": f"抽 1 到 {COUNT_MAX} 条。"})
    before = Draw.objects.filter(organization=organization, first=first, last=last).first()
    if before:
        raise ValidationError(
            f"{before} 已由{before.by}在 {before.drawn_at:%Y-%m-%d} 抽过。同一期只抽一次，免得抽到满意为止。"
        )
    now = timezone.now()
    population = stood(organization.path, first, last, now).count()
    if not population:
        raise ValidationError("这一期没有已核实的录入，没有可抽的。")
    one = Draw.objects.create(
        organization=organization, first=first, last=last, seed_on=seed_on, phrase=phrase.strip(), count=count,
        population=population, drawn_at=now, by=by,
    )  # fmt: skip
    ranks = redrawn(one)
    Check.objects.bulk_create(
        [Check(draw=one, entry_id=pk, place=place, digest=hexed) for place, (pk, hexed) in enumerate(ranks, start=1)]
    )
    due = add_workdays(today, WORKDAYS)
    for check in one.checks.select_related("entry"):
        words = f"抽查：请出示“{check.entry.title}”的原始记录"
        ask(f"spot:show:{check.pk}", Verb.ENTER, check.entry.path, words, f"/spot-checks/check/{check.pk}/", due)
    note("spot_checks.draw", by, one, path=organization.path, seed=one.seed, count=len(ranks), population=population)
    return one


@transaction.atomic
def show(check: Check, words: str, *, by: User) -> None:
    """The branch says where its record is (book and page, number of the minutes); no photograph, no file is asked for."""
    demand(by, Verb.ENTER, check.entry.path)
    if check.conforms is not None:
        raise ValidationError("这一条已经核查完，不用再出示。")
    if not words.strip():
        raise ValidationError({"shown": "请写记录在哪里，例如“会议记录本第12页”。"})
    check.shown, check.shown_on = words.strip(), timezone.localdate()
    check.save(update_fields=["shown", "shown_on"])
    settle(f"spot:show:{check.pk}")
    ask(
        f"spot:find:{check.pk}", Verb.VERIFY, check.entry.path, f"核查：{check.entry.title}（{check.shown}）",
        f"/spot-checks/check/{check.pk}/",
    )  # fmt: skip
    note("spot_checks.show", by, check, path=check.entry.path, check=check.pk)


@transaction.atomic
def find(check: Check, *, conforms: bool, words: str, by: User) -> None:
    """Staff record whether the record conforms. Points do not move: a fact that is wrong is reversed in the ledger.

    Nobody checks an own entry. Raises ValidationError without words for what does not conform, or a second time.
    """
    demand(by, Verb.VERIFY, check.entry.path)
    if check.entry.entered_by_id == by.pk:
        raise PermissionDenied("自己录入的事项由其他同志核查。")
    if check.conforms is not None:
        raise ValidationError("这一条已经核查过，不能再改。")
    if not conforms and not words.strip():
        raise ValidationError({"note": "不相符请写明哪里不相符。"})
    check.conforms, check.note, check.by, check.on = conforms, words.strip(), by, timezone.localdate()
    check.save(update_fields=["conforms", "note", "by", "on"])
    settle(f"spot:show:{check.pk}")
    settle(f"spot:find:{check.pk}")
    note("spot_checks.find", by, check, path=check.entry.path, check=check.pk, conforms=conforms)
