"""The one pen: entries and facts are written, decided and reversed here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.audit.actions import note
from sisiwu.foundation.evidence import actions as evidence
from sisiwu.foundation.inbox.actions import ask, settle
from sisiwu.ledger.consequences import on_decision, on_reversal
from sisiwu.ledger.dictionary import kind_of
from sisiwu.ledger.models import Decision, Entry, Fact, Reversal
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import Organization

__all__ = ["Decision", "Draft", "Entry", "Fact", "Reversal", "decide", "merge", "record", "reverse"]


@dataclass(frozen=True)
class Draft:
    """A fact about to be recorded; ``subject`` is an organization or a member, as the kind says."""

    kind: str
    subject: Organization | Member
    level: str | None = None
    quantity_centi: int = 100
    base_centi: int = 100
    matter: str | None = None
    due_on: date | None = None
    marks: frozenset[str] = frozenset()
    sharers: int = 1


@transaction.atomic
def record(
    *,
    key: UUID,
    source: str,
    title: str,
    url: str,
    organization: Organization,
    on: date,
    facts: Iterable[Draft],
    by: User | None,
    awaits: bool = True,
    is_late: bool = False,
    late_because: str = "",
) -> Entry:
    """One entry with its facts. The same key again returns the entry that is there (sent twice).

    Raises ValidationError for a future day or a subject of the wrong sort, PermissionDenied.
    """
    if by is not None:
        demand(by, Verb.ENTER, organization.path)
    there = Entry.objects.filter(key=key).first()
    if there:
        return there
    if on > timezone.localdate():
        raise ValidationError({"on": "日期还没有到，请在活动之后录入。"})
    entry = Entry.objects.create(
        key=key, source=source, title=title[:200], url=url, organization=organization, path=organization.path,
        occurred_on=on, entered_by=by, awaits=awaits, is_late=is_late, late_because=late_because,
    )  # fmt: skip
    Fact.objects.bulk_create([_fact(entry, draft, on) for draft in facts])
    note("ledger.record", by, entry, path=organization.path, entry=entry.pk, source=source)
    if awaits:
        ask(f"entry:{entry.pk}", Verb.VERIFY, organization.path, f"核实：{organization} {title}", "/verify/")
    return entry


def _fact(entry: Entry, draft: Draft, on: date) -> Fact:
    kind = kind_of(draft.kind)
    person = isinstance(draft.subject, Member)
    if person != (kind.subject == "member"):
        raise ValidationError(f"“{kind.title}”记在{'党员' if kind.subject == 'member' else '党组织'}名下。")
    return Fact(
        entry=entry,
        kind=kind.code,
        code=kind.number_of(draft.level),
        level=draft.level,
        organization=None if isinstance(draft.subject, Member) else draft.subject,
        member=draft.subject if isinstance(draft.subject, Member) else None,
        occurred_on=on,
        quantity_centi=draft.quantity_centi,
        base_centi=draft.base_centi,
        matter=draft.matter,
        due_on=draft.due_on,
        marks=kind.mark_bits(draft.marks),
        sharers=draft.sharers,
    )


@transaction.atomic
def decide(entry: Entry, *, accepted: bool, by: User | None, reason: str = "") -> Decision:
    """Accept an entry, or return it with a reason; what is returned never counts.

    Nobody decides an entry of their own. Raises ValidationError when it is decided already.
    """
    if by is not None:
        demand(by, Verb.VERIFY, entry.path)
        if entry.entered_by_id == by.pk:
            raise PermissionDenied("自己录入的事项由其他同志核实。")
    if not accepted and not reason.strip():
        raise ValidationError("退回请写明理由，方便支部修改。")
    before = Decision.objects.select_related("by").filter(entry=entry).first()
    if before:
        raise ValidationError(f"{before.by or '系统'}已经处理过：{before}。")
    decision = Decision.objects.create(entry=entry, accepted=accepted, reason=reason.strip(), by=by)
    settle(f"entry:{entry.pk}")
    if not accepted:
        ask(f"returned:{entry.source}", Verb.ENTER, entry.path, f"请修改：{entry.title}（{reason}）", entry.url)
    note("ledger.accept" if accepted else "ledger.return", by, entry, path=entry.path, entry=entry.pk, reason=reason)
    on_decision.follow_up(entry, decision)
    return decision


@transaction.atomic
def merge(entry: Entry, into: Entry, *, by: User) -> Decision:
    """Two entries are one matter: this one is returned, its files lie beside the other; nothing counts twice.

    Nobody has to mend anything: no task is raised. Raises ValidationError when either is decided so that
    this makes no sense, PermissionDenied.
    """
    demand(by, Verb.VERIFY, entry.path)
    demand(by, Verb.VERIFY, into.path)
    if entry.pk == into.pk or Decision.objects.filter(entry=into, accepted=False).exists():
        raise ValidationError("要并入的那一条已经退回，不能合并。")
    before = Decision.objects.select_related("by").filter(entry=entry).first()
    if before:
        raise ValidationError(f"{before.by or '系统'}已经处理过：{before}。")
    reason = f"与“{into.title}”（{into.organization}，{into.occurred_on}）是同一件事，已合并到那一条，不用再报。"
    decision = Decision.objects.create(entry=entry, accepted=False, reason=reason[:300], merged_into=into, by=by)
    evidence.move(entry.source, into.source, by)
    settle(f"entry:{entry.pk}")
    note("ledger.merge", by, entry, path=entry.path, entry=entry.pk, into=into.pk)
    on_decision.follow_up(entry, decision)
    return decision


@transaction.atomic
def reverse(fact: Fact, *, why: str, by: User | None, on: date | None = None) -> Reversal:
    """A fact counts no longer from a day on (default today). Raises ValidationError if it was reversed before."""
    if by is not None:
        demand(by, Verb.VERIFY, fact.entry.path)
    if not why.strip():
        raise ValidationError("冲正请写明原因。")
    if Reversal.objects.filter(fact=fact).exists():
        raise ValidationError("这条事实已经冲正过。")
    one = Reversal.objects.create(fact=fact, reason=why.strip(), by=by, on=on or timezone.localdate())
    note("ledger.reverse", by, fact, path=fact.entry.path, person=fact.member_id, fact=fact.pk, why=why)
    on_reversal.follow_up(fact, one)
    return one
