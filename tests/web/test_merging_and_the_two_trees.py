"""Two organizations become one; the tree by superior and the tree by region."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sisiwu.foundation.accounts.models import User
from sisiwu.register.members.actions import enter
from sisiwu.register.members.models import PARTY, Member
from sisiwu.register.members.queries import on_roll
from sisiwu.register.mergers.actions import merge
from sisiwu.register.organizations import queries
from sisiwu.register.organizations.actions import found
from sisiwu.register.organizations.models import Kind, Organization
from sisiwu.register.positions.models import Position
from sisiwu.register.positions.queries import holders
from sisiwu.register.transfers.models import Transfer


@pytest.fixture
def joined(
    branch: Organization, neighbour: Organization, person: Callable[[str], User], today: date
) -> Callable[..., None]:
    """The branch goes into its neighbour; letters on the way are closed first."""

    def join(on: date = today) -> None:
        Transfer.objects.all().update(state=4)
        merge(branch, neighbour, on=on, why="机构改革", by=person("hejing"))

    return join


def test_members_and_children_go_along_and_the_past_stays_readable(
    joined: Callable[..., None], branch: Organization, neighbour: Organization, today: date
) -> None:
    group = found(code="DZ9100", name="第一党小组", kind=Kind.PARTY_GROUP, parent=branch, on=branch.founded_on, by=None)
    before = set(on_roll(branch, today - timedelta(days=1)))

    joined()

    branch.refresh_from_db()
    group.refresh_from_db()
    assert branch.dissolved_on == today
    assert group.parent == neighbour
    assert group.path.startswith(neighbour.path)
    assert before <= set(on_roll(neighbour, today))
    assert set(on_roll(branch, today - timedelta(days=1))) == before
    assert not on_roll(branch, today).exists()
    assert str(holders(branch, today - timedelta(days=1)).get(position=Position.SECRETARY).member) == "王强"
    assert not holders(branch, today).exists()
    was = queries.as_of(branch, today - timedelta(days=1))
    assert was is not None
    assert was.name == "刑侦总队第一党支部"


def test_a_merge_that_cannot_be_done_changes_nothing(
    joined: Callable[..., None], branch: Organization, person: Callable[[str], User], today: date
) -> None:
    enter(code="M7200", name="新来", branch=branch, since=today, by=None)

    with pytest.raises(ValidationError, match="新来是这一天或以后才编入的"):
        joined()

    branch.refresh_from_db()
    assert branch.dissolved_on is None
    assert holders(branch, today).exists()


def test_letters_on_the_way_are_settled_first(
    branch: Organization, neighbour: Organization, person: Callable[[str], User], today: date
) -> None:
    with pytest.raises(ValidationError, match="组织关系转入没有办完"):
        merge(branch, neighbour, on=today, why="机构改革", by=person("hejing"))


def test_an_organization_is_not_merged_into_what_is_below_it(
    branch: Organization, person: Callable[[str], User], today: date
) -> None:
    committee = branch.parent
    assert committee is not None

    with pytest.raises(ValidationError, match="的下级"):
        merge(committee, branch, on=today, why="试", by=person("hejing"))


def test_a_temporary_branch_is_not_merged_with_another_kind(
    neighbour: Organization, person: Callable[[str], User], today: date
) -> None:
    temporary = Organization.objects.get(kind=Kind.TEMPORARY_BRANCH)

    with pytest.raises(ValidationError, match="临时党组织"):
        merge(temporary, neighbour, on=today, why="试", by=person("hejing"))


def test_what_stands_in_the_way_is_told_on_the_page(
    signed_in: Callable[[str], Client], branch: Organization, neighbour: Organization
) -> None:
    answer = signed_in("zhengmin").post(
        f"/organizations/{branch.pk}/merge/", {"into": neighbour.code, "on": "今天", "why": "机构改革"}
    )

    assert answer.status_code == 422
    assert "没有办完" in answer.content.decode()


def test_the_tree_counts_what_lies_below(signed_in: Callable[[str], Client], branch: Organization) -> None:
    committee = branch.parent
    assert committee is not None

    page = signed_in("hejing").get("/organizations/tree/", {"at": committee.pk})

    nodes = {node.organization.pk: node for node in page.context["nodes"]}
    members = Member.objects.filter(branch=branch, left_on=None, status__in=PARTY).count()
    assert (nodes[branch.pk].below, nodes[branch.pk].members) == (0, members)
    assert [str(one) for one in page.context["above"]] == ["省公安厅党委"]

    top = signed_in("hejing").get("/organizations/tree/").context["nodes"]
    assert [node.below for node in top] == [Organization.objects.filter(dissolved_on=None).count() - 1]
    assert [node.members for node in top] == [Member.objects.filter(left_on=None, status__in=PARTY).count()]


def test_the_tree_begins_where_the_user_may_look(signed_in: Callable[[str], Client], branch: Organization) -> None:
    page = signed_in("wangqiang").get("/organizations/tree/")

    assert [node.organization for node in page.context["nodes"]] == [branch]
    assert signed_in("wangqiang").get("/organizations/tree/", {"at": branch.parent_id}).status_code == 404


def test_the_regions_count_every_organization_once(signed_in: Callable[[str], Client]) -> None:
    page = signed_in("hejing").get("/organizations/regions/")

    regions = {one.code: one for one in page.context["regions"]}
    assert len(regions) == 22
    assert page.context["total"] == Organization.objects.filter(dissolved_on=None).count()
    assert [one.name for one in regions[510_100].tops] == ["成都市公安局机关党委"]
    assert regions[510_100].total == Organization.objects.filter(region=510_100).count()


def test_the_two_trees_ask_as_little_for_many_organizations(
    signed_in: Callable[[str], Client], branch: Organization
) -> None:
    client, committee = signed_in("hejing"), branch.parent
    assert committee is not None
    addresses = (f"/organizations/tree/?at={committee.pk}", "/organizations/tree/", "/organizations/regions/")

    def asked() -> list[int]:
        found_ = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as seen:
                client.get(address)
            found_.append(len(seen))
        return found_

    before = asked()
    for number in range(60):
        found(
            code=f"T{number}",
            name=f"规模第{number}党支部",
            kind=Kind.BRANCH,
            parent=committee,
            on=date(2024, 1, 1),
            by=None,
        )

    assert asked() == before
    assert max(before) <= 9
