"""The register's pages: founding, entering, appointing; what is refused stands beside its field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.test import Client

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import may
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.register.members.models import Member
from sisiwu.register.organizations import actions
from sisiwu.register.organizations.models import Organization
from sisiwu.register.positions.models import Holding, Position


def test_staff_found_a_branch_enter_a_member_and_appoint_the_secretary(signed_in: Callable[[str], Client]) -> None:
    staff, committee = signed_in("zhengmin"), Organization.objects.get(name="厅机关党委")

    staff.post(f"/organizations/{committee.pk}/found/", {
        "name": "援疆警队临时党支部", "code": "DZ9001", "kind": 931, "region": 510000, "on": "昨天",
    })  # fmt: skip
    branch = Organization.objects.get(code="DZ9001")
    staff.post(f"/members/enter/{branch.pk}/", {"name": "单雄信", "code": "M9001", "status": 1, "since": "昨天"})
    member = Member.objects.get(code="M9001")
    staff.post(f"/positions/{branch.pk}/appoint/", {"member": member.pk, "position": 1, "since": "今天"})
    staff.post(f"/positions/{branch.pk}/elect/", {"on": "今天"})

    page = staff.get(f"/organizations/{branch.pk}/").content.decode()
    assert member.spoken == "shanxiongxin sxx"
    assert Holding.objects.get(organization=branch).position == Position.SECRETARY
    assert branch.terms.count() == 1
    assert "单雄信" in page
    assert "成立：援疆警队临时党支部（隶属厅机关党委）" in page


def test_a_number_that_is_taken_is_told_and_what_was_typed_stays(
    signed_in: Callable[[str], Client], branch: Organization
) -> None:
    taken = Member.objects.get(name="李娜").code

    answer = signed_in("zhengmin").post(
        f"/members/enter/{branch.pk}/", {"name": "张三", "code": taken, "status": 1, "since": "今天"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "编号 的 党员 已存在" in page or "已存在" in page
    assert 'value="张三"' in page
    assert not Member.objects.filter(name="张三").exists()


def test_a_relieved_secretary_can_enter_nothing_from_that_day(
    signed_in: Callable[[str], Client], branch: Organization, person: Callable[[str], User]
) -> None:
    held = Holding.objects.get(organization=branch, position=Position.DEPUTY_SECRETARY)
    person("chentao").grants.filter(source="cast").delete()

    signed_in("zhengmin").post(f"/positions/held/{held.pk}/relieve/", {"on": "今天"})

    assert not may(person("chentao"), Verb.ENTER, branch.path)


def test_a_day_before_the_last_change_is_refused(signed_in: Callable[[str], Client], branch: Organization) -> None:
    typed = {"name": "新名称", "kind": 631, "on": "2017-01-01", "why": "机构改革"}

    answer = signed_in("zhengmin").post(f"/organizations/{branch.pk}/change/", typed)

    assert answer.status_code == 422
    assert "应晚于上一次变更" in answer.content.decode()
    branch.refresh_from_db()
    assert branch.name == "刑侦总队第一党支部"


def test_a_change_over_a_newer_one_shows_both_and_does_nothing(
    signed_in: Callable[[str], Client], branch: Organization, person: Callable[[str], User], today: date
) -> None:
    staff = signed_in("zhengmin")
    seen = staff.get(f"/organizations/{branch.pk}/change/").context["form"]["seen"].value()
    actions.change(branch, on=today - timedelta(days=3), why="批复1号", by=person("hejing"), name="刑侦总队尖刀党支部")

    answer = staff.post(
        f"/organizations/{branch.pk}/change/",
        {"name": "刑侦总队先锋党支部", "kind": branch.kind, "parent": "", "on": "今天", "why": "批复2号", "seen": seen},
    )

    page = answer.content.decode()
    branch.refresh_from_db()
    assert answer.status_code == 422
    assert "刑侦总队尖刀党支部" in page
    assert 'value="刑侦总队先锋党支部"' in page
    assert branch.name == "刑侦总队尖刀党支部"
