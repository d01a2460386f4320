"""Organizations and members, as of any day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from sisiwu.demo.cast import TEMPORARY
from sisiwu.foundation.accounts.actions import grant
from sisiwu.foundation.accounts.models import Grant, User
from sisiwu.foundation.accounts.policies import may
from sisiwu.foundation.accounts.roles import Role, Verb
from sisiwu.foundation.values.dates import after_months
from sisiwu.register.members.actions import move
from sisiwu.register.members.models import Member
from sisiwu.register.members.queries import on_roll, searched
from sisiwu.register.organizations import actions, queries
from sisiwu.register.organizations.models import Kind, Organization
from sisiwu.register.positions.actions import appoint, elect, relieve
from sisiwu.register.positions.models import Holding, Position
from sisiwu.register.positions.queries import falling_due, holders


@pytest.fixture
def brief(branch: Organization, today: date) -> Organization:
    """A branch that nobody has joined yet."""
    return actions.found(
        code="ZZ9", name="专案党支部", kind=Kind.BRANCH, parent=branch.parent, on=today - timedelta(days=9), by=None
    )


def test_who_was_secretary_on_an_earlier_day(branch: Organization, person: Callable[[str], User], today: date) -> None:
    staff, before = person("hejing"), today - timedelta(days=1)
    old = Holding.objects.get(organization=branch, position=Position.SECRETARY, until__isnull=True)
    new = Member.objects.get(name="李娜")

    relieve(old, on=today, by=staff)
    appoint(new, Position.SECRETARY, since=today, by=staff)

    assert str(holders(branch, before).get(position=Position.SECRETARY).member) == "王强"
    assert str(holders(branch, today).get(position=Position.SECRETARY).member) == "李娜"
    assert may(person("lina"), Verb.ENTER, branch.path)
    assert Grant.objects.get(source=f"position:{old.pk}").until == today


def test_there_is_one_secretary_at_a_time(branch: Organization, today: date) -> None:
    with pytest.raises(ValidationError, match="已有在任的书记"):
        appoint(Member.objects.get(name="李娜"), Position.SECRETARY, since=today, by=None)


def test_a_renamed_organization_is_known_by_its_old_name_on_old_days(
    branch: Organization, person: Callable[[str], User], today: date
) -> None:
    actions.change(branch, name="刑侦总队侦查党支部", on=today, why="机构改革", by=person("hejing"))

    was, now = queries.as_of(branch, today - timedelta(days=1)), queries.as_of(branch, today)
    assert was is not None
    assert now is not None
    assert (was.name, now.name) == ("刑侦总队第一党支部", "刑侦总队侦查党支部")


def test_a_moved_organization_takes_what_is_below_and_its_roles_along(
    branch: Organization, neighbour: Organization, person: Callable[[str], User], today: date
) -> None:
    staff, root = person("hejing"), Organization.objects.get(parent__isnull=True)
    general = actions.found(
        code="ZZ1", name="刑侦总队党总支", kind=Kind.GENERAL_BRANCH, parent=root, on=today - timedelta(days=9), by=staff
    )
    actions.change(branch, parent=general, on=today, why="隶属调整", by=staff)

    branch.refresh_from_db()
    assert branch.path.startswith(general.path)
    assert may(person("wangqiang"), Verb.ENTER, branch.path)
    assert not may(person("wangqiang"), Verb.ENTER, neighbour.path)
    was = queries.as_of(branch, today - timedelta(days=1))
    assert was is not None
    assert str(was.parent) == "厅机关党委"


def test_a_dissolved_organization_keeps_its_past_and_takes_no_more(
    brief: Organization, signed_in: Callable[[str], Client], person: Callable[[str], User], today: date
) -> None:
    actions.dissolve(brief, on=today, why="任务完成", by=person("hejing"))

    page = signed_in("hejing").get(f"/organizations/{brief.pk}/").content.decode()
    assert "撤销" in page
    assert signed_in("hejing").get(f"/meetings/new/?organization={brief.pk}").status_code == 404
    with pytest.raises(ValidationError, match="已撤销"):
        actions.change(brief, name="新名", on=today, why="改名", by=person("hejing"))


def test_an_organization_with_members_is_not_dissolved_under_them(
    neighbour: Organization, person: Callable[[str], User], today: date
) -> None:
    with pytest.raises(ValidationError, match="名党员在这里"):
        actions.dissolve(neighbour, on=today, why="任务完成", by=person("hejing"))
    temporary = Organization.objects.get(name=TEMPORARY)
    with pytest.raises(ValidationError, match="归建"):
        actions.dissolve(temporary, on=today, why="任务完成", by=person("hejing"))


def test_an_organization_cannot_move_below_itself(
    person: Callable[[str], User], branch: Organization, today: date
) -> None:
    committee = branch.parent
    assert committee is not None
    with pytest.raises(ValidationError, match="自己的下级"):
        actions.change(committee, parent=branch, on=today, why="试", by=person("hejing"))


def test_a_member_who_moved_was_on_the_old_roll(neighbour: Organization, branch: Organization, today: date) -> None:
    lina = Member.objects.get(name="李娜")

    move(lina, neighbour, on=today, why="工作调动", by=None)

    assert lina in on_roll(branch, today - timedelta(days=1))
    assert lina not in on_roll(branch, today)
    assert lina in on_roll(neighbour, today)


def test_a_code_of_seven_digits_is_no_hindrance_to_founding(person: Callable[[str], User], today: date) -> None:
    root = Organization.objects.get(parent__isnull=True)
    one = actions.found(code=root.path, name="新设党支部", kind=Kind.BRANCH, parent=root, on=today, by=person("hejing"))
    assert one.path == f"{root.path}{one.pk:07d}"


def test_a_name_is_free_where_an_organization_moves_to(
    branch: Organization, neighbour: Organization, person: Callable[[str], User], today: date
) -> None:
    staff, root = person("hejing"), Organization.objects.get(parent__isnull=True)
    general = actions.found(
        code="ZZ2", name="刑侦总队党总支", kind=Kind.GENERAL_BRANCH, parent=root, on=branch.founded_on, by=staff
    )
    actions.found(code="ZZ3", name=branch.name, kind=Kind.BRANCH, parent=general, on=branch.founded_on, by=staff)

    with pytest.raises(ValidationError, match="同一上级下名称不能重复"):
        actions.change(branch, parent=general, on=today, why="隶属调整", by=staff)

    actions.change(branch, parent=general, name="刑侦总队侦查党支部", on=today, why="隶属调整", by=staff)
    assert branch.parent == general


def test_nothing_is_founded_or_moved_under_a_dissolved_organization(
    branch: Organization, brief: Organization, person: Callable[[str], User], today: date
) -> None:
    staff = person("hejing")
    actions.dissolve(brief, on=today, why="任务完成", by=staff)

    with pytest.raises(ValidationError, match="不能再有下级"):
        actions.change(branch, parent=brief, on=today, why="隶属调整", by=staff)
    with pytest.raises(ValidationError, match="不能再有下级"):
        actions.found(code="ZZ4", name="第一党小组", kind=Kind.PARTY_GROUP, parent=brief, on=today, by=staff)


def test_who_moves_a_member_keeps_the_register_of_both_branches(
    branch: Organization, neighbour: Organization, person: Callable[[str], User], today: date
) -> None:
    lina, one = Member.objects.get(name="李娜"), person("chentao")
    Grant.objects.create(user=one, role=Role.COMMITTEE_STAFF, path=branch.path, since=today, source="test")
    with pytest.raises(PermissionDenied):
        move(lina, neighbour, on=today, why="工作调动", by=one)

    move(lina, neighbour, on=today, why="工作调动", by=person("hejing"))
    assert lina.branch == neighbour


def test_nobody_is_moved_into_a_dissolved_branch(
    brief: Organization, person: Callable[[str], User], today: date
) -> None:
    actions.dissolve(brief, on=today, why="任务完成", by=person("hejing"))
    with pytest.raises(ValidationError, match="撤销"):
        move(Member.objects.get(name="李娜"), brief, on=today, why="工作调动", by=None)


@pytest.mark.parametrize("typed", ["李娜", "lina", "ln", "LiNa"])
def test_members_are_found_by_name_sound_and_initials(typed: str) -> None:
    assert "李娜" in {one.name for one in searched(Member.objects.all(), typed)}


def test_a_term_that_ends_within_half_a_year_is_reminded_of(
    branch: Organization, person: Callable[[str], User], today: date
) -> None:
    branch.terms.all().delete()
    elect(branch, on=after_months(today, -36) + timedelta(days=90), by=None)

    assert branch.name in {term.organization.name for term in falling_due(person("wangqiang"), today)}

    elect(branch, on=today, by=None)

    assert branch.name not in {term.organization.name for term in falling_due(person("wangqiang"), today)}


def test_three_officers_stay_apart(person: Callable[[str], User], today: date) -> None:
    with pytest.raises(ValidationError, match="三员分立"):
        grant(person("xitong"), Role.AUDIT_OFFICER, since=today)
    with pytest.raises(ValidationError, match="三员分立"):
        grant(person("zhengmin"), Role.SYSTEM_OFFICER, since=today)
