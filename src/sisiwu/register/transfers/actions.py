"""Issuing, expecting, receiving, refusing, withdrawing and reissuing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.audit.actions import note
from sisiwu.foundation.inbox import queries as inbox
from sisiwu.foundation.inbox.actions import ask, settle
from sisiwu.foundation.values.dates import spoken_day
from sisiwu.register.members import actions as members
from sisiwu.register.members.models import PARTY, Member
from sisiwu.register.organizations.models import BRANCHES, TEMPORARY, Organization
from sisiwu.register.transfers.facts import type_of, valid_until
from sisiwu.register.transfers.models import FormerLetter, State, Transfer, Way
from sisiwu.register.transfers.queries import expired

TRIES = 3
"""How often a number is drawn anew when another letter took it at the same moment."""


@transaction.atomic
def issue(
    member: Member,
    *,
    to: Organization | None = None,
    outside: str = "",
    issued_on: date,
    valid_days: int | None = None,
    dues_until: str = "",
    why: str = "工作调动",
    by: User,
) -> Transfer:
    """A letter for a member to another branch of this register or to an organization outside; nothing moves yet.

    Raises ValidationError (somebody who is no member, is still in office or has a letter already; a target
    that takes no members; a letter that would hold too long) and PermissionDenied.
    """
    demand(by, Verb.REGISTER, member.branch.path)
    if bool(to) == bool(outside.strip()):
        raise ValidationError({"to": "请写转到哪个支部：本系统内的写支部，系统外的写在下一格，只写一个。"})
    if member.status not in PARTY:
        raise ValidationError({"member": f"{member}是{member.get_status_display()}，没有组织关系可转。"})
    if member.left_on:
        raise ValidationError({"member": f"{member}已于{spoken_day(member.left_on)}转出。"})
    _not_in_office(member, "member")
    if to is not None:
        _takes_members(to, "to")
        if to.pk == member.branch_id:
            raise ValidationError({"to": f"{member}已经在“{to}”。"})
    elif held := member.attachments.filter(until__isnull=True).select_related("organization").first():
        raise ValidationError({"member": f"{member}还编在“{held.organization}”，请先归建再转往系统外。"})
    _not_to_come("issued_on", issued_on)
    one = Transfer(
        way=Way.WITHIN if to else Way.OUT,
        type=type_of(member.branch, to),
        member=member,
        name=member.name,
        code=member.code,
        status=member.status,
        joined_on=member.joined_on,
        is_officer=member.is_officer,
        source=member.branch,
        target=to,
        outside=outside.strip(),
        why=why,
        dues_until=dues_until,
        issued_on=issued_on,
        valid_until=valid_until(issued_on, valid_days),
    )
    _save_numbered(one)
    _tell_receiver(one)
    note("transfer.issue", by, one, path=member.branch.path, person=member.pk, number=one.number)
    return one


@transaction.atomic
def expect(
    *,
    name: str,
    code: str,
    status: int,
    joined_on: date | None,
    to: Organization,
    outside: str,
    number: str,
    issued_on: date,
    valid_days: int | None = None,
    why: str = "工作调动",
    by: User,
    **more: Any,
) -> Transfer:
    """A letter from outside was handed in: the person is entered when the branch confirms.

    Raises ValidationError (a number of the register that is another's, the same letter twice, a branch that
    takes no members) and PermissionDenied.
    """
    demand(by, Verb.REGISTER, to.path)
    _takes_members(to, "to")
    if status not in PARTY:
        raise ValidationError({"status": "转入的应是正式党员或预备党员。"})
    _not_to_come("issued_on", issued_on)
    _known(name, code)
    there = Transfer.objects.filter(way=Way.IN, number=number, outside=outside).exclude(state=State.WITHDRAWN).first()
    if there:
        raise ValidationError({"number": f"这封介绍信已登记过：{there}（{there.get_state_display()}）。"})
    one = Transfer(
        way=Way.IN,
        type=type_of(None, to),
        name=name,
        code=code,
        status=status,
        joined_on=joined_on,
        target=to,
        outside=outside,
        why=why,
        number=number,
        issued_on=issued_on,
        valid_until=valid_until(issued_on, valid_days),
        **more,
    )
    one.full_clean()
    one.save()
    _tell_receiver(one)
    note("transfer.expect", by, one, path=to.path, number=number)
    return one


@transaction.atomic
def receive(one: Transfer, *, on: date, by: User) -> None:
    """The member is here (or the receipt came back from outside): from this day the membership moves.

    Raises ValidationError (a letter that had run out by that day, a member still in office) and PermissionDenied.
    """
    one = _open(one)
    _demand_receiver(one, by)
    _not_to_come("on", on)
    if on < one.issued_on:
        raise ValidationError({"on": f"不能早于介绍信的开具日期{spoken_day(one.issued_on)}。"})
    if on > one.valid_until:
        raise ValidationError(
            {"on": f"介绍信的有效期到{spoken_day(one.valid_until)}，已过期；请原单位重新开具后再接收。"}
        )
    why = f"组织关系转接（{one.number}）"[:60]
    if one.target is not None:
        _takes_members(one.target, None)
    if one.member is None:
        one.member = _enter(one, on, why, by)
    else:
        if one.member.branch_id != one.source_id:
            raise ValidationError(f"{one.name}已不在“{one.source}”，请原单位撤回这封介绍信。")
        _not_in_office(one.member, None)
        if one.target is not None:
            members.move(one.member, one.target, on=on, why=why, by=by, demanded=True)
        else:
            members.leave(one.member, on=on, why=why, by=by, demanded=True)
    _close(one, State.RECEIVED, on, "")
    note("transfer.receive", by, one, path=one.receiver.path, person=one.member.pk, number=one.number, on=str(on))


@transaction.atomic
def refuse(one: Transfer, *, why: str, by: User) -> None:
    """It is not taken, and why; the sending side is told and may give another letter. Raises as ``receive``."""
    one = _open(one)
    _demand_receiver(one, by)
    _close(one, State.REFUSED, timezone.localdate(), why)
    url = reverse("transfers:detail", args=[one.pk])
    ask(_key(one, "refused"), Verb.REGISTER, one.home.path, f"组织关系被退回：{one}（{why}）", url)
    note("transfer.refuse", by, one, path=one.receiver.path, person=one.member_id, number=one.number, why=why)


@transaction.atomic
def withdraw(one: Transfer, *, why: str, by: User) -> None:
    """The sending side takes the letter back (also one that was refused). Raises as ``reissue``."""
    one = _open(one, State.PENDING, State.REFUSED)
    demand(by, Verb.REGISTER, one.home.path)
    refusal = f"曾被退回：{one.closed_why}；" if one.state == State.REFUSED else ""
    _close(one, State.WITHDRAWN, timezone.localdate(), f"{refusal}{why}"[:200])
    note("transfer.withdraw", by, one, path=one.home.path, person=one.member_id, number=one.number, why=why)


@transaction.atomic
def reissue(
    one: Transfer, *, issued_on: date, valid_days: int | None = None, number: str = "", why: str = "", by: User
) -> None:
    """Another letter for the same way, after the first ran out or was refused; the first stays on record.

    ``number``: of a letter from outside, whose number is theirs. Raises ValidationError (still valid,
    already done) and PermissionDenied.
    """
    one = _open(one, State.PENDING, State.REFUSED)
    demand(by, Verb.REGISTER, one.home.path)
    if one.state == State.PENDING and not one.expired_on(issued_on):
        raise ValidationError({"issued_on": f"原介绍信到{spoken_day(one.valid_until)}仍有效，不用重开。"})
    _not_to_come("issued_on", issued_on)
    if one.way == Way.IN and not number:
        raise ValidationError({"number": "请写对方新开的介绍信编号。"})
    reason = f"退回：{one.closed_why}" if one.state == State.REFUSED else why or "过期未接收"
    former = {"number": one.number, "issued_on": one.issued_on, "valid_until": one.valid_until}
    settle(_key(one, "expired"))
    settle(_key(one, "refused"))
    FormerLetter.objects.create(transfer=one, why=reason[:200], **former)
    one.state, one.closed_on, one.closed_why = State.PENDING, None, ""
    one.issued_on, one.valid_until = issued_on, valid_until(issued_on, valid_days)
    if one.way == Way.IN:
        one.number = number
        one.full_clean()
        one.save()
    else:
        _save_numbered(one)
    _tell_receiver(one)
    note("transfer.reissue", by, one, path=one.home.path, person=one.member_id, number=one.number, was=former["number"])


@transaction.atomic
def remind(today: date) -> int:
    """The sending side is told of letters that ran out without receipt, once each; how many were told anew."""
    told, count = inbox.asked("transfer:"), 0
    for one in expired(today):
        key = _key(one, "expired")
        if key not in told:
            words = f"介绍信{spoken_day(one.valid_until)}到期还没有接收：{one}，请联系对方、重新开具或撤回"
            ask(key, Verb.REGISTER, one.home.path, words, reverse("transfers:detail", args=[one.pk]), one.valid_until)
            count += 1
    return count


def _key(one: Transfer, what: str) -> str:
    """A reason to ask: of one letter, so that another letter asks anew."""
    return f"transfer:{one.pk}:{one.issued_on}:{what}"


def _tell_receiver(one: Transfer) -> None:
    """The receiving branch is asked to confirm; nobody is asked for an organization outside."""
    if one.target is None:
        return
    words = f"接收组织关系：{one.name}（从{one.from_words}转来）"
    ask(
        _key(one, "receive"),
        Verb.ROLL,
        one.target.path,
        words,
        reverse("transfers:detail", args=[one.pk]),
        one.valid_until,
    )


def _close(one: Transfer, state: State, on: date, why: str) -> None:
    for what in ("receive", "expired", "refused"):
        settle(_key(one, what))
    one.state, one.closed_on, one.closed_why = state, on, why
    one.save()


def _open(one: Transfer, *states: State) -> Transfer:
    """The row as it stands, held until the end of the transaction. Raises ValidationError when it is done."""
    rows = Transfer.objects.select_for_update(of=("self",)).select_related("member", "source", "target")
    fresh = rows.get(pk=one.pk)
    if fresh.state not in (states or (State.PENDING,)):
        raise ValidationError(f"这件转接{fresh.get_state_display()}，不能再办。")
    return fresh


def _demand_receiver(one: Transfer, by: User) -> None:
    """The receiving branch's secretary, deputy or staff; for the outside, whoever keeps the sending register."""
    demand(by, Verb.ROLL if one.target else Verb.REGISTER, one.receiver.path)


def _takes_members(to: Organization, field: str | None) -> None:
    if to.kind in TEMPORARY:
        words = f"“{to}”是临时党组织，组织关系仍留在原支部；请在它的页面上用“编入党员”。"
    elif to.kind not in BRANCHES:
        words = f"“{to}”是{to.get_kind_display()}，组织关系要转到党支部。"
    elif to.dissolved_on:
        words = f"“{to}”已于{spoken_day(to.dissolved_on)}撤销。"
    else:
        return
    raise ValidationError({field: words} if field else words)


def _not_in_office(member: Member, field: str | None) -> None:
    held = member.holdings.filter(until__isnull=True, organization=member.branch).first()
    if held:
        words = f"{member}还担任{member.branch}{held.get_position_display()}，请先在支部页面上免职。"
        raise ValidationError({field: words} if field else words)


def _not_to_come(field: str, day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError({field: "日期还没有到。"})


def _known(name: str, code: str) -> Member | None:
    """Who bore this number before and left. Raises ValidationError when the number is another's."""
    known = Member.objects.filter(code=code).first()
    if known and (known.left_on is None or known.name != name):
        raise ValidationError({"code": f"编号“{code}”是{known}的（{known.branch}），请换一个。"})
    return known


def _enter(one: Transfer, on: date, why: str, by: User) -> Member:
    """Who comes from outside: back in the register under the old number, or entered anew."""
    assert one.target is not None  # noqa: S101 - somebody from outside always comes to a branch
    known = _known(one.name, one.code)
    if known:
        members.rejoin(known, one.target, on=on, why=why, by=by, demanded=True)
        if known.status != one.status:
            members.set_status(known, one.status, on=on, why=why, joined_on=one.joined_on, by=by, demanded=True)
        return known
    return members.enter(
        code=one.code,
        name=one.name,
        branch=one.target,
        since=on,
        by=by,
        demanded=True,
        why=why,
        status=one.status,
        joined_on=one.joined_on,
        is_officer=one.is_officer,
    )


def _save_numbered(one: Transfer) -> None:
    """Under the next free number of the year; drawn anew when another letter took it at the same moment."""
    year = one.issued_on.year
    for attempt in range(1, TRIES + 1):
        one.number = f"转字〔{year}〕{_next(year):04d}号"
        one.full_clean()
        try:
            with transaction.atomic():
                one.save()
        except IntegrityError:
            if attempt == TRIES:
                raise
        else:
            return


def _next(year: int) -> int:
    """Numbers of letters in force and of those replaced: none is given twice."""
    start = f"转字〔{year}〕"
    letters = [Transfer.objects.exclude(way=Way.IN), FormerLetter.objects.exclude(transfer__way=Way.IN)]
    last = [
        rows.filter(number__startswith=start).order_by("-number").values_list("number", flat=True).first()
        for rows in letters
    ]
    return max(int(number.removeprefix(start).rstrip("号")) for number in [*filter(None, last), f"{start}0000号"]) + 1
