"""Questions about transfers."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, Q, QuerySet, Value, When
from django.shortcuts import get_object_or_404

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import Anyone, scope, within
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.register.organizations.models import Kind, Organization
from sisiwu.register.organizations.queries import ancestors
from sisiwu.register.transfers.models import State, Transfer, Way

ISSUERS = (Kind.PARTY_COMMITTEE, Kind.ORGAN_COMMITTEE, Kind.GENERAL_BRANCH)
"""Kinds of organization whose name stands under a letter."""


def visible(user: Anyone) -> QuerySet[Transfer]:
    """The transfers a user may see: from or to where they see the roll, and their own."""
    paths = scope(user, Verb.MEMBERS)
    mine = Q(member__user=user) if isinstance(user, User) else Q(pk__in=[])
    there = within("source__path", paths) | within("target__path", paths) if paths else Q(pk__in=[])
    return Transfer.objects.filter(there | mine if "" not in paths else Q()).select_related("source", "target")


def listed(user: Anyone) -> QuerySet[Transfer]:
    """What waits first, the longest overdue before all; then what came back; then what is done, newest first."""
    rank = Case(When(state=State.PENDING, then=0), When(state=State.REFUSED, then=1), default=2)
    deadline = Case(When(state=State.PENDING, then="valid_until"), default=Value(None))
    return visible(user).annotate(rank=rank, deadline=deadline).order_by("rank", "deadline", "-issued_on", "-id")


def expired(today: date) -> QuerySet[Transfer]:
    """Letters that ran out without receipt."""
    return Transfer.objects.filter(state=State.PENDING, valid_until__lt=today).select_related("source", "target")


def opened(user: Anyone, pk: int) -> Transfer:
    """One transfer. Raises Http404 when the user may not see it."""
    return get_object_or_404(visible(user).select_related("member__user"), pk=pk)


def issuer(one: Transfer) -> str:
    """In whose name the letter is given: the nearest committee above the branch; for those from outside, theirs."""
    if one.way == Way.IN or one.source is None:
        return one.outside
    return str(_committee(one.source))


def receiving_committee(one: Transfer) -> str:
    """To whom the letter is addressed."""
    return one.outside if one.target is None else str(_committee(one.target))


def _committee(one: Organization) -> Organization:
    above = [wider for wider in ancestors(one) if wider.kind in ISSUERS]
    return above[-1] if above else one
