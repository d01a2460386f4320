"""Appointing, relieving, electing."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from sisiwu.foundation.accounts.actions import grant, withdraw
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Role, Verb
from sisiwu.foundation.audit.actions import note
from sisiwu.foundation.inbox import queries as inbox
from sisiwu.foundation.inbox.actions import ask, settle
from sisiwu.foundation.values.dates import spoken_day
from sisiwu.register.members.models import PARTY, Member
from sisiwu.register.organizations.models import Kind, Organization
from sisiwu.register.positions.models import Holding, Position, Term
from sisiwu.register.positions.queries import NOTICE_DAYS, lasting

TERM_YEARS = {Kind.PARTY_COMMITTEE: 5, Kind.ORGAN_COMMITTEE: 5}
"""Terms of primary organizations: committees 5 years, 总支 and 支部 3 (中办 2018-07-12; rulebook.md, section 4)."""
TERM_YEARS_ELSE = 3
ROLES = {Position.SECRETARY: Role.SECRETARY, Position.DEPUTY_SECRETARY: Role.DEPUTY}
"""Positions that bring a role in this program with them."""


@transaction.atomic
def appoint(member: Member, position: int, *, since: date, by: User | None, at: Organization | None = None) -> Holding:
    """A member takes a position (default: in the own branch) and the role that goes with it."""
    organization = at or member.branch
    if by is not None:
        demand(by, Verb.REGISTER, organization.path)
    if member.status not in PARTY or member.left_on:
        raise ValidationError({"member": f"{member}不是在册的党员，不能任职。"})
    one = Holding(member=member, organization=organization, position=position, since=since)
    one.full_clean()
    one.save()
    role = ROLES.get(Position(position))
    if role and member.user:
        grant(member.user, role, organization.path, since=since, source=f"position:{one.pk}")
    note("position.appoint", by, one, path=organization.path, person=member.pk, at=organization.name, since=str(since))
    return one


@transaction.atomic
def relieve(one: Holding, *, on: date, by: User | None) -> None:
    """The position ends; the role in this program with it."""
    if by is not None:
        demand(by, Verb.REGISTER, one.organization.path)
    if one.until:
        raise ValidationError(f"已于 {one.until} 免职。")
    if on <= one.since:
        raise ValidationError({"on": f"免职日期应晚于任职日期 {one.since}。"})
    one.until = on
    one.save(update_fields=["until"])
    withdraw(f"position:{one.pk}", on)
    note("position.relieve", by, one, path=one.organization.path, person=one.member_id, on=str(on))


@transaction.atomic
def elect(organization: Organization, *, on: date, by: User | None) -> Term:
    """A new term begins; it is due for re-election after the years of its kind, on the same day."""
    if by is not None:
        demand(by, Verb.REGISTER, organization.path)
    last = organization.terms.order_by("-number").first()
    if last and on <= last.elected_on:
        raise ValidationError({"on": f"应晚于上一届选举日期 {last.elected_on}。"})
    years = TERM_YEARS.get(Kind(organization.kind), TERM_YEARS_ELSE)
    leap = on.month == 2 and on.day == 29
    due = date(on.year + years, 3, 1) if leap else on.replace(year=on.year + years)
    term = Term.objects.create(
        organization=organization, number=last.number + 1 if last else 1, elected_on=on, due_on=due
    )
    if last:
        settle(_key(last.pk))
    note("position.elect", by, term, path=organization.path, due=str(due))
    return term


@transaction.atomic
def remind(today: date) -> int:
    """Organizations whose term ends within six months are told, once for each term; how many were told anew.

    The task ends when the new term is registered (``elect``); of a dissolved organization it ends here.
    """
    told, count = inbox.asked(_key("")), 0
    ended = Term.objects.filter(organization__dissolved_on__isnull=False).values_list("pk", flat=True)
    for pk in ended:
        if told.get(_key(pk)):
            settle(_key(pk))
    for term in lasting().filter(due_on__lte=today + timedelta(days=NOTICE_DAYS)):
        key, one = _key(term.pk), term.organization
        if key not in told:
            words = f"换届：{one}第{term.number}届{spoken_day(term.due_on)}届满，请准备换届，选举后登记"
            ask(key, Verb.ROLL, one.path, words, reverse("organization", args=[one.pk]), term.due_on)
            count += 1
    return count


def _key(term: int | str) -> str:
    return f"term:{term}"
