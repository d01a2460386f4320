"""Questions about admissions."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import Anyone, scope, within
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.register.admissions.models import Admission, Done, State
from sisiwu.register.organizations.models import BRANCHES, Organization
from sisiwu.register.organizations.queries import visible as visible_organizations


def visible(user: Anyone) -> QuerySet[Admission]:
    """The admissions of the branches whose roll a user sees, and their own."""
    mine = Q(member__user=user) if isinstance(user, User) else Q(pk__in=[])
    paths = scope(user, Verb.MEMBERS)
    there = within("member__branch__path", paths) if paths else Q(pk__in=[])
    return Admission.objects.filter(there if "" in paths else there | mine).select_related("member__branch")


def listed(user: Anyone, today: date) -> QuerySet[Admission]:
    """Overdue first, then by the nearest day; what is closed last."""
    rank = Case(
        When(state=State.OPEN, next_due_on__lt=today, then=0),
        When(state=State.OPEN, then=1),
        default=2,
        output_field=IntegerField(),
    )
    return (
        visible(user)
        .annotate(rank=rank, nearest=Coalesce("next_due_on", "next_opens_on"))
        .order_by("rank", "nearest", "id")
    )


def opened(user: Anyone, pk: int) -> Admission:
    """One admission. Raises Http404 when the user may not see it."""
    return get_object_or_404(visible(user).select_related("member__user"), pk=pk)


def last_done(one: Admission) -> Done | None:
    """The latest step that stands."""
    return one.done.filter(taken_back="").order_by("on", "id").last()


def admitting(user: Anyone) -> QuerySet[Organization]:
    """The branches for which a user may take an application."""
    return visible_organizations(user, Verb.ROLL).filter(kind__in=BRANCHES, dissolved_on__isnull=True)
