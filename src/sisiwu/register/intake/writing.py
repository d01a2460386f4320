"""A plan into the register, through the verbs of its rooms; the caller holds the transaction."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sisiwu.foundation.accounts.models import User
from sisiwu.register.intake.planning.organizations import depth
from sisiwu.register.intake.planning.plan import Org, Person, Plan, Post
from sisiwu.register.members import actions as members
from sisiwu.register.members.bulk import enter_many
from sisiwu.register.members.models import Member
from sisiwu.register.organizations import actions as organizations
from sisiwu.register.organizations.bulk import found_many
from sisiwu.register.organizations.models import Organization
from sisiwu.register.positions import actions as positions
from sisiwu.register.positions.bulk import appoint_many
from sisiwu.register.positions.models import Holding

AT_ONCE = 2000
WHY = "名册导入"
HISTORY = ("name", "kind", "region", "parent")
"""Fields of an organization whose past stays readable."""


def write(plan: Plan, *, by: User | None) -> None:
    """Everything a plan asks for. Raises ValidationError when a verb refuses, PermissionDenied."""
    for _, level in groupby(plan.found, key=depth):
        _found(list(level), by)
    for one in plan.reshape:
        _reshape(one, by)
    for part in _parts(plan.enter):
        _enter(part, by)
    for person in plan.amend:
        _amend(person, by)
    for post in plan.relieve:
        assert post.relieve_on is not None  # noqa: S101 - planned so
        held = Holding.objects.select_related("organization", "member").get(pk=post.pk or 0)
        positions.relieve(held, on=post.relieve_on, by=by)
    for posts in _parts(plan.appoint):
        _appoint(posts, by)
    for one in (*plan.found, *plan.reshape):
        if one.elect_on:
            positions.elect(Organization.objects.get(pk=one.pk or 0), on=one.elect_on, by=by)


def _parts[T](things: list[T]) -> Iterator[list[T]]:
    for at in range(0, len(things), AT_ONCE):
        yield things[at : at + AT_ONCE]


def _organizations(ones: set[Org]) -> dict[int, Organization]:
    """As they are now: paths may have moved."""
    numbers = [one.pk for one in ones if one.pk]
    found: dict[int, Organization] = {}
    for part in _parts(numbers):
        found |= Organization.objects.in_bulk(part)
    return found


def _found(level: list[Org], by: User | None) -> None:
    parents = _organizations({one.parent for one in level if one.parent})
    for part in _parts(level):
        news = [
            Organization(
                code=one.code, name=one.name, kind=one.kind, region=one.region, is_grassroots=one.is_grassroots,
                is_window=one.is_window, place=one.place, founded_on=one.founded_on,
                parent=parents[one.parent.pk or 0] if one.parent else None,
            )
            for one in part
        ]  # fmt: skip
        found_many(news, by=by)
        for one, new in zip(part, news, strict=True):
            one.pk, one.path = new.pk, new.path


def _reshape(one: Org, by: User | None) -> None:
    kept = Organization.objects.select_related("parent").get(pk=one.pk or 0)
    history = {field: value for field, value in one.after.items() if field in HISTORY}
    if marks := {field: value for field, value in one.after.items() if field not in HISTORY}:
        organizations.describe(kept, by=by, **marks)
    if history:
        assert one.change_on is not None  # noqa: S101 - planned so
        if parent := history.pop("parent", None):
            history["parent"] = Organization.objects.get(pk=parent.pk)
        organizations.change(kept, on=one.change_on, why=WHY, by=by, **history)


def _enter(part: list[Person], by: User | None) -> None:
    branches = _organizations({one.branch for one in part})
    news = [
        (
            Member(
                code=one.code, name=one.name, branch=branches[one.branch.pk or 0], status=one.status,
                is_officer=one.is_officer, joined_on=one.joined_on,
            ),
            one.since,
        )
        for one in part
    ]  # fmt: skip
    enter_many(news, by=by)
    for one, (new, _) in zip(part, news, strict=True):
        one.pk = new.pk


def _amend(one: Person, by: User | None) -> None:
    kept = Member.objects.select_related("branch", "user").get(pk=one.pk or 0)
    if told := {field: value for field, value in one.after.items() if field != "branch"}:
        members.amend(kept, by=by, **told)
    if branch := one.after.get("branch"):
        assert one.move_on is not None  # noqa: S101 - planned so
        members.move(kept, Organization.objects.get(pk=branch.pk), on=one.move_on, why=WHY, by=by)


def _appoint(posts: list[Post], by: User | None) -> None:
    at = _organizations({post.organization for post in posts})
    people = Member.objects.select_related("user").in_bulk([post.person.pk for post in posts])
    news = [
        Holding(
            member=people[post.person.pk or 0], organization=at[post.organization.pk or 0], position=post.position,
            since=post.since, until=post.until,
        )
        for post in posts
    ]  # fmt: skip
    appoint_many(news, by=by)
