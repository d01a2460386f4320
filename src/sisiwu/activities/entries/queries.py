"""For which organization somebody enters, and what is there already."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from sisiwu.activities.entries.models import Activity
from sisiwu.foundation.accounts.policies import Anyone, may, scope, within
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.ledger.queries import with_state
from sisiwu.register.organizations.models import Organization
from sisiwu.register.organizations.queries import visible

TABS = [
    ("会议", "/meetings/"), ("培训", "/trainings/"), ("走访", "/visits/"), ("志愿服务", "/service-hours/"),
    ("稿件", "/articles/"), ("表彰", "/commendations/"), ("任务", "/assignments/"),
    ("抽查", "/spot-checks/"),
]  # fmt: skip
"""The kinds of activity, as the tabs above their lists."""


def enterable(user: Anyone) -> QuerySet[Organization]:
    """The organizations a user may enter for."""
    return visible(user, Verb.ENTER).filter(dissolved_on__isnull=True)


def chosen_organization(request: HttpRequest) -> Organization | None:
    """The one that is named in the request, or the only one there is; None: it has to be chosen.

    Raises PermissionDenied when the user enters for nobody, Http404 for an organization of others.
    """
    if not may(request.user, Verb.ENTER):
        raise PermissionDenied
    choices = enterable(request.user)
    asked = request.POST.get("organization") or request.GET.get("organization")
    if asked:
        return get_object_or_404(choices, pk=asked if asked.isdigit() else 0)
    return choices.first() if choices.count() == 1 else None


def visible_activities[A: Activity](model: type[A], user: Anyone) -> QuerySet[A]:
    """The activities of a kind, of the organizations a user may look at."""
    rows: QuerySet[A] = model._default_manager.filter(within("organization__path", scope(user, Verb.VIEW)))
    return rows.select_related("organization")


def standing[A: Activity](rows: QuerySet[A]) -> A | None:
    """The first of some activities whose submission was not returned."""
    return next(
        (
            one
            for one in with_state(rows.select_related("organization"))[:20]
            if getattr(one, "accepted", None) is not False
        ),
        None,
    )
