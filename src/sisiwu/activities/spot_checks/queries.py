"""Questions about draws."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from sisiwu.activities.spot_checks.models import Check, Draw
from sisiwu.activities.spot_checks.ranking import drawn
from sisiwu.foundation.accounts.policies import Anyone, scope, within
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.ledger.queries import stood
from sisiwu.register.organizations.models import SEGMENT


def visible(user: Anyone) -> QuerySet[Draw]:
    """The draws that concern a user: of organizations looked at, and of those above them."""
    paths = scope(user, Verb.VIEW)
    above = {path[:at] for path in paths for at in range(SEGMENT, len(path), SEGMENT)}
    concerned = Q(within("organization__path", paths)) | Q(organization__path__in=above)
    return Draw.objects.filter(concerned).select_related("organization", "by")


def listed(user: Anyone) -> QuerySet[Draw]:
    """The same with how many are found to conform and not to."""
    return (
        visible(user)
        .annotate(
            conforming=Count("checks", filter=Q(checks__conforms=True)),
            failing=Count("checks", filter=Q(checks__conforms=False)),
        )
        .order_by("-id")
    )


def checks(user: Anyone) -> QuerySet[Check]:
    """The drawn records of the organizations a user looks at."""
    rows = Check.objects.filter(within("entry__path", scope(user, Verb.VIEW)))
    return rows.select_related("draw__organization", "entry__organization", "by")


def numbers(draw: Draw) -> list[int]:
    """The numbers of the entries that were drawn from, in order: the same at any time."""
    rows = stood(draw.organization.path, draw.first, draw.last, draw.drawn_at or timezone.now())
    return list(rows.order_by("pk").values_list("pk", flat=True))


def redrawn(draw: Draw) -> list[tuple[int, str]]:
    """The draw once more, from the ledger as it stands."""
    return drawn(draw.seed, numbers(draw), draw.count)
