"""Uploads of a user, and the register as rows of the three sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.utils import timezone

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import within
from sisiwu.register.intake.columns import MEMBERS, ORGANIZATIONS, POSITIONS
from sisiwu.register.intake.models import Upload
from sisiwu.register.members.models import Member, Membership, Status
from sisiwu.register.organizations.models import Kind, Organization
from sisiwu.register.organizations.regions import REGIONS
from sisiwu.register.positions.models import Holding, Position

KEPT = timedelta(days=1)
AT_ONCE = 2000
YES, NO = "是", "否"


def mine(user: User) -> QuerySet[Upload]:
    """What this user sent within the last day, without the files themselves."""
    return Upload.objects.filter(user=user, made_at__gt=timezone.now() - KEPT).defer("content").order_by("-pk")


class Listing:
    """The register within reach as it stands today, row by row, in the form that is read again.

    Organizations that are dissolved and members who have left are history and not listed.
    """

    def __init__(self, reach: list[str]) -> None:
        self.reach = reach
        rows = Organization.objects.filter(dissolved_on__isnull=True).values_list("pk", "code", "name")
        known = list(rows)
        codes, names = {code for _, code, _ in known}, Counter(name for *_, name in known)
        self.words = {pk: name if names[name] == 1 and name not in codes else code for pk, code, name in known}
        """How an organization is named in a cell: by its name while that is enough."""
        self.regions = dict(REGIONS)

    def rows(self, sheet: str) -> Iterator[list[str]]:
        """The rows of one sheet."""
        yield from {
            ORGANIZATIONS.name: self._organizations, MEMBERS.name: self._members, POSITIONS.name: self._positions
        }[sheet]()  # fmt: skip

    def _organizations(self) -> Iterator[list[str]]:
        found = (
            Organization.objects.filter(within("path", self.reach), dissolved_on__isnull=True)
            .annotate(elected_on=Max("terms__elected_on"))
            .order_by("path")
            .values_list(
                "code",
                "name",
                "kind",
                "parent",
                "region",
                "is_grassroots",
                "is_window",
                "place",
                "founded_on",
                "elected_on",
            )
        )
        for code, name, kind, parent, region, grassroots, window, place, founded, elected in found.iterator(AT_ONCE):
            yield [
                code, name, str(Kind(kind).label), self.words.get(parent or 0, ""), self.regions.get(region, ""),
                YES if grassroots else NO, YES if window else NO, place, _day(founded), _day(elected), "",
            ]  # fmt: skip

    def _members(self) -> Iterator[list[str]]:
        open_one = Membership.objects.filter(member=OuterRef("pk"), until__isnull=True).values("since")[:1]
        found = (
            Member.objects.filter(
                within("branch__path", self.reach), branch__dissolved_on__isnull=True, left_on__isnull=True
            )
            .annotate(since=Subquery(open_one))
            .order_by("branch__path", "strokes", "id")
            .values_list("code", "name", "branch", "status", "is_officer", "joined_on", "since")
        )
        for code, name, branch, status, officer, joined, since in found.iterator(AT_ONCE):
            word = str(Status(status).label)
            yield [code, name, self.words[branch], word, "", YES if officer else NO, _day(joined), _day(since)]

    def _positions(self) -> Iterator[list[str]]:
        found = (
            Holding.objects.filter(
                within("organization__path", self.reach), until__isnull=True, organization__dissolved_on__isnull=True,
                member__left_on__isnull=True, member__branch__dissolved_on__isnull=True,
            )
            .order_by("organization__path", "position", "since", "id")
            .values_list("member__code", "member__name", "organization", "position", "since")
        )  # fmt: skip
        for code, name, organization, position, since in found.iterator(AT_ONCE):
            yield [code, name, self.words[organization], str(Position(position).label), _day(since), ""]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
