"""Who was what when; which terms run out."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from sisiwu.foundation.accounts.policies import Anyone, scope, within
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.register.organizations.models import Organization
from sisiwu.register.positions.models import Holding, Term

NOTICE_DAYS = 183
"""A superior reminds six months before a term ends (rulebook.md, section 4)."""


def holders(organization: Organization, day: date) -> QuerySet[Holding]:
    """Who held which position on a day, the secretary first."""
    lasting = Q(until__isnull=True) | Q(until__gt=day)
    return organization.holdings.filter(lasting, since__lte=day).select_related("member").order_by("position")


def falling_due(user: Anyone, today: date) -> QuerySet[Term]:
    """Terms that end within six months or are over, of organizations a user looks after."""
    newer = Term.objects.filter(organization=OuterRef("organization"), number__gt=OuterRef("number"))
    return (
        Term.objects.filter(
            ~Exists(newer),
            within("organization__path", scope(user, Verb.VIEW)),
            due_on__lte=today + timedelta(days=NOTICE_DAYS),
            organization__dissolved_on__isnull=True,
        )
        .select_related("organization")
        .order_by("due_on")
    )
