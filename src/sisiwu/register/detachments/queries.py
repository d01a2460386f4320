"""Who belongs to a meeting of an organization."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from sisiwu.register.detachments.models import Attachment
from sisiwu.register.members.models import PARTY, Member, Membership
from sisiwu.register.organizations.models import Organization


def roll_call(organization: Organization, day: date) -> QuerySet[Member]:
    """Own members and those attached on a day, by 姓氏笔画."""
    lasting = Q(until__isnull=True) | Q(until__gt=day)
    here = {"member": OuterRef("pk"), "since__lte": day}
    own = Membership.objects.filter(lasting, branch=organization, **here)
    attached = Attachment.objects.filter(lasting, organization=organization, **here)
    return Member.objects.filter(Exists(own) | Exists(attached), status__in=PARTY).order_by("strokes", "id")
