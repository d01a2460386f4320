"""A temporary branch borrows members; the work counts there and at home."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from sisiwu.activities.meetings.actions import enter
from sisiwu.activities.meetings.models import Kind, Meeting
from sisiwu.demo.cast import TEMPORARY
from sisiwu.foundation.accounts.models import User
from sisiwu.ledger.actions import decide
from sisiwu.register.detachments.actions import attach, release
from sisiwu.register.detachments.models import Attachment
from sisiwu.register.detachments.queries import roll_call
from sisiwu.register.members.models import Member
from sisiwu.register.members.queries import on_roll
from sisiwu.register.organizations.models import Organization
from sisiwu.scoring.queries import told


@pytest.fixture
def temporary() -> Organization:
    return Organization.objects.get(name=TEMPORARY)


def test_one_meeting_counts_for_the_temporary_branch_and_for_the_home_branch(
    temporary: Organization, neighbour: Organization, person: Callable[[str], User], today: date
) -> None:
    zhaojun = Member.objects.get(name="赵军")
    before, there = told("members", zhaojun), told("organizations", temporary)
    meeting = Meeting(organization=temporary, kind=Kind.HEART_TALK, title="高原谈心", on=today)

    entry = enter(meeting, {zhaojun.pk: "present"}, by=None, key=uuid4())
    decide(entry, accepted=True, by=person("hejing"))

    after, now = told("members", zhaojun), told("organizations", temporary)
    assert before is not None
    assert after is not None
    assert there is not None
    assert now is not None
    assert after.facts == before.facts + 1
    assert now.facts > there.facts
    assert zhaojun.branch == neighbour


def test_who_is_attached_is_called_there_and_stays_on_the_roll_at_home(
    temporary: Organization, neighbour: Organization, today: date
) -> None:
    zhaojun = Member.objects.get(name="赵军")

    assert zhaojun in roll_call(temporary, today)
    assert zhaojun in on_roll(neighbour, today)
    assert zhaojun not in on_roll(temporary, today)


def test_after_the_return_the_work_there_is_over(
    temporary: Organization, person: Callable[[str], User], signed_in: Callable[[str], Client], today: date
) -> None:
    row = Attachment.objects.get(member__name="赵军")
    assert signed_in("zhaojun").get(f"/organizations/{temporary.pk}/").status_code == 200

    release(row, on=today, by=person("hejing"))
    person("zhaojun").grants.filter(source="cast").delete()

    assert row.member not in roll_call(temporary, today)
    assert row.member in roll_call(temporary, today - timedelta(days=1))
    assert signed_in("zhaojun").get(f"/organizations/{temporary.pk}/").status_code == 404


def test_nobody_is_attached_twice_or_to_an_ordinary_branch(
    temporary: Organization, branch: Organization, today: date
) -> None:
    zhaojun, lina = Member.objects.get(name="赵军"), Member.objects.get(name="李娜")

    with pytest.raises(ValidationError, match="请先归建"):
        attach(zhaojun, temporary, since=today, by=None)
    with pytest.raises(ValidationError, match="不是在册的临时党组织"):
        attach(lina, branch, since=today, by=None)


def test_two_of_a_name_are_told_apart_by_number(
    signed_in: Callable[[str], Client], temporary: Organization, branch: Organization
) -> None:
    staff = signed_in("zhengmin")
    staff.post(f"/members/enter/{branch.pk}/", {"name": "李娜", "code": "M7777", "status": 1, "since": "今天"})

    unsure = staff.post(f"/detachments/{temporary.pk}/attach/", {"member": "李娜", "since": "今天"})
    sure = staff.post(f"/detachments/{temporary.pk}/attach/", {"member": "M7777", "since": "今天"})

    assert "有 2 位“李娜”" in unsure.content.decode()
    assert sure.status_code == 302
