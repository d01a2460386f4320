"""组织关系转接: a letter goes, nothing moves until it is received."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.audit.models import LogEntry
from sisiwu.foundation.inbox.models import Task
from sisiwu.foundation.inbox.queries import waiting
from sisiwu.foundation.values.dates import after_months
from sisiwu.register.members.models import Member, Status
from sisiwu.register.members.queries import on_roll
from sisiwu.register.organizations.models import Organization
from sisiwu.register.transfers import actions
from sisiwu.register.transfers.facts import valid_until
from sisiwu.register.transfers.models import State, Transfer

OUTSIDE = "中共某市公安局委员会"


@pytest.fixture
def member(branch: Organization) -> Member:
    """Of the branch, without an office."""
    return Member.objects.get(name="李娜")


@pytest.fixture
def issued(
    member: Member, neighbour: Organization, person: Callable[[str], User], today: date
) -> Callable[..., Transfer]:
    """A letter for 李娜 to the neighbour, issued so many days ago."""

    def issue(days_ago: int = 0, **more: object) -> Transfer:
        where = {} if "outside" in more else {"to": neighbour}
        return actions.issue(
            member, issued_on=today - timedelta(days=days_ago), by=person("zhengmin"), **{**where, **more}
        )

    return issue


def open_tasks(one: Transfer) -> list[str]:
    return list(
        Task.objects.filter(key__startswith=f"transfer:{one.pk}:", done_at=None).values_list("title", flat=True)
    )


def test_a_waiting_transfer_moves_nothing(
    issued: Callable[..., Transfer], member: Member, branch: Organization
) -> None:
    one = issued()

    member.refresh_from_db()
    assert one.state == State.PENDING
    assert member.branch == branch
    assert member.memberships.filter(until=None).get().branch == branch


def test_the_secretary_of_the_receiving_branch_finds_it_in_the_inbox_and_confirms(
    signed_in: Callable[[str], Client], person: Callable[[str], User], branch: Organization, today: date
) -> None:
    one = Transfer.objects.get(name="高翔")
    task = waiting(person("wangqiang")).get(url=f"/transfers/{one.pk}/")

    signed_in("wangqiang").post(f"/transfers/{one.pk}/receive/", {"on": "今天"})

    one.refresh_from_db()
    task.refresh_from_db()
    assert one.state == State.RECEIVED
    assert one.member is not None
    assert one.member in on_roll(branch, today)
    assert one.member not in on_roll(branch, today - timedelta(days=1))
    assert task.done_at is not None
    assert LogEntry.objects.filter(act="member.move", person=one.member.pk, by=person("wangqiang")).exists()


def test_the_roles_go_along_with_the_membership(
    issued: Callable[..., Transfer], member: Member, neighbour: Organization, person: Callable[[str], User], today: date
) -> None:
    actions.receive(issued(2), on=today, by=person("hejing"))

    assert member.user is not None
    granted = member.user.grants.filter(source=f"member:{member.pk}", until=None)
    assert [one.path for one in granted] == [neighbour.path]


def test_a_refused_transfer_tells_the_sending_side_why_and_moves_nothing(
    issued: Callable[..., Transfer], member: Member, branch: Organization, person: Callable[[str], User]
) -> None:
    one = issued()

    actions.refuse(one, why="没有写党费", by=person("hejing"))

    member.refresh_from_db()
    assert member.branch == branch
    assert open_tasks(one) == [f"组织关系被退回：{one}（没有写党费）"]


def test_a_letter_that_ran_out_cannot_be_received_until_it_is_issued_again(
    issued: Callable[..., Transfer], person: Callable[[str], User], today: date
) -> None:
    one, staff = issued(40, valid_days=30), person("hejing")
    with pytest.raises(ValidationError, match="已过期；请原单位重新开具"):
        actions.receive(one, on=today, by=staff)

    actions.reissue(one, issued_on=today, by=staff)
    actions.receive(one, on=today, by=staff)

    one.refresh_from_db()
    former = one.former_letters.get()
    assert one.state == State.RECEIVED
    assert one.number != former.number
    assert former.why == "过期未接收"


def test_a_receipt_entered_late_counts_on_its_own_day(
    issued: Callable[..., Transfer], person: Callable[[str], User], today: date
) -> None:
    one = issued(40, valid_days=30)

    actions.receive(one, on=today - timedelta(days=20), by=person("hejing"))

    one.refresh_from_db()
    assert one.closed_on == today - timedelta(days=20)


def test_the_sending_side_is_told_once_of_a_letter_that_ran_out(
    issued: Callable[..., Transfer], person: Callable[[str], User], today: date
) -> None:
    one = issued(40, valid_days=30)

    first, second = actions.remind(today), actions.remind(today)

    assert (first, second) == (1, 0)
    assert any("到期还没有接收" in title for title in open_tasks(one))
    assert waiting(person("zhengmin")).filter(key__startswith=f"transfer:{one.pk}:", title__contains="到期").exists()

    actions.withdraw(one, why="调动取消", by=person("zhengmin"))

    assert open_tasks(one) == []
    assert actions.remind(today) == 0


def test_a_valid_letter_is_not_replaced(
    issued: Callable[..., Transfer], person: Callable[[str], User], today: date
) -> None:
    with pytest.raises(ValidationError, match="仍有效"):
        actions.reissue(issued(), issued_on=today, by=person("hejing"))


def test_there_is_one_transfer_at_a_time(issued: Callable[..., Transfer]) -> None:
    issued()

    with pytest.raises(ValidationError, match="已有一件待接收"):
        issued()


def test_who_is_in_office_is_relieved_first(
    neighbour: Organization, person: Callable[[str], User], today: date
) -> None:
    with pytest.raises(ValidationError, match="请先在支部页面上免职"):
        actions.issue(Member.objects.get(name="王强"), to=neighbour, issued_on=today, by=person("hejing"))


def test_a_temporary_branch_receives_no_membership(member: Member, person: Callable[[str], User], today: date) -> None:
    temporary = Organization.objects.get(name="援藏警队临时党支部")

    with pytest.raises(ValidationError, match="编入党员"):
        actions.issue(member, to=temporary, issued_on=today, by=person("hejing"))


def test_who_is_attached_to_a_temporary_branch_stays_attached(
    branch: Organization, person: Callable[[str], User], today: date
) -> None:
    zhaojun = Member.objects.get(name="赵军")
    one = actions.issue(zhaojun, to=branch, issued_on=today, by=person("hejing"))

    actions.receive(one, on=today, by=person("hejing"))

    assert zhaojun.attachments.get().until is None


def test_who_goes_outside_leaves_the_roll_when_the_receipt_comes_back(
    issued: Callable[..., Transfer], member: Member, branch: Organization, person: Callable[[str], User], today: date
) -> None:
    one = issued(10, outside=OUTSIDE)

    actions.receive(one, on=today, by=person("zhengmin"))

    member.refresh_from_db()
    assert member.left_on == today
    assert member not in on_roll(branch, today)
    assert member in on_roll(branch, today - timedelta(days=1))


def test_who_comes_from_outside_is_entered_on_the_day_received(
    signed_in: Callable[[str], Client], branch: Organization, today: date
) -> None:
    signed_in("zhengmin").post("/transfers/incoming/", {
        "name": "单雄信", "code": "M7001", "status": 1, "joined_on": "2010-07-01", "to": branch.name, "outside": OUTSIDE,
        "number": "某市转字12号", "why": "调入", "issued_on": "今天",
    })  # fmt: skip
    one = Transfer.objects.get(code="M7001")
    assert not Member.objects.filter(code="M7001").exists()

    signed_in("wangqiang").post(f"/transfers/{one.pk}/receive/", {"on": "今天"})

    member = Member.objects.get(code="M7001")
    assert (member.branch, member.status, member.joined_on) == (branch, Status.FULL, date(2010, 7, 1))
    assert member in on_roll(branch, today)


def test_who_left_and_comes_back_keeps_the_old_number(
    issued: Callable[..., Transfer], member: Member, branch: Organization, person: Callable[[str], User], today: date
) -> None:
    staff = person("zhengmin")
    actions.receive(issued(30, outside=OUTSIDE), on=today - timedelta(days=10), by=staff)

    back = actions.expect(
        name=member.name, code=member.code, status=Status.FULL, joined_on=member.joined_on, to=branch, outside=OUTSIDE,
        number="回1", issued_on=today, by=staff,
    )  # fmt: skip
    actions.receive(back, on=today, by=staff)

    member.refresh_from_db()
    assert member.left_on is None
    assert member in on_roll(branch, today)
    assert member not in on_roll(branch, today - timedelta(days=5))


def test_the_same_letter_from_outside_is_not_registered_twice(
    branch: Organization, person: Callable[[str], User], today: date
) -> None:
    with pytest.raises(ValidationError, match="已登记过"):
        actions.expect(
            name="曾强", code="M7002", status=Status.FULL, joined_on=today, to=branch,
            outside="中共四川省委政法委员会机关委员会", number="川政法转〔0187〕", issued_on=today, by=person("hejing"),
        )  # fmt: skip


def test_no_number_is_given_twice_even_after_a_reissue(
    issued: Callable[..., Transfer], person: Callable[[str], User], today: date
) -> None:
    one = issued(40, valid_days=30)
    old = one.number
    actions.reissue(one, issued_on=today, by=person("hejing"))
    one.refresh_from_db()
    actions.withdraw(one, why="取消", by=person("hejing"))

    again = issued()

    assert len({old, one.number, again.number}) == 3


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.integers(1, 400))
def test_no_letter_holds_longer_than_three_months(issued_on: date, days: int) -> None:
    latest = after_months(issued_on, 3)
    try:
        until = valid_until(issued_on, days)
    except ValidationError:
        assert issued_on + timedelta(days=days) > latest
    else:
        assert until <= latest


def test_a_secretary_cannot_issue_and_a_neighbour_cannot_see(
    signed_in: Callable[[str], Client],
    member: Member,
    neighbour: Organization,
    person: Callable[[str], User],
    today: date,
) -> None:
    with pytest.raises(PermissionDenied):
        actions.issue(member, to=neighbour, issued_on=today, by=person("wangqiang"))

    assert signed_in("liuyang").get(f"/transfers/{Transfer.objects.get(name='高翔').pk}/").status_code == 404


def test_a_member_sees_the_own_transfer(signed_in: Callable[[str], Client], issued: Callable[..., Transfer]) -> None:
    page = signed_in("lina").get(f"/transfers/{issued().pk}/")

    assert page.status_code == 200
    assert "确认接收" not in page.content.decode()


def test_the_letter_prints_stub_letter_and_receipt_without_an_identity_number(
    signed_in: Callable[[str], Client], issued: Callable[..., Transfer]
) -> None:
    page = signed_in("zhengmin").get(f"/transfers/{issued(dues_until='2026年10月').pk}/letter/").content.decode()

    for part in ("介绍信存根", "组织关系介绍信</h2>", "介绍信回执", "2026年10月", "厅机关党委"):
        assert part in page
    assert "身份证号码<i" in page


def test_what_is_overdue_stands_first_in_the_list(signed_in: Callable[[str], Client]) -> None:
    page = signed_in("hejing").get("/transfers/")

    first = page.context["page"].object_list[0]
    assert first.name == "唐静"
    assert first.is_expired


@pytest.mark.parametrize(
    ("state", "names"),
    [("overdue", {"唐静"}), ("2", {"罗勇"}), ("3", {"韩冰"}), ("4", {"彭欣"}), ("1", {"高翔", "唐静", "邓涛", "曾强"})],
)
def test_the_list_is_filtered_by_state(signed_in: Callable[[str], Client], state: str, names: set[str]) -> None:
    page = signed_in("hejing").get("/transfers/", {"state": state})

    assert {one.name for one in page.context["page"].object_list} == names


def test_a_letter_without_a_target_is_refused_beside_the_field(
    signed_in: Callable[[str], Client], member: Member
) -> None:
    answer = signed_in("zhengmin").post(
        "/transfers/new/", {"member": member.code, "why": "调动", "issued_on": "今天", "valid_days": 92}
    )

    assert answer.status_code == 422
    assert "请写转到哪个支部" in str(answer.context["form"].errors["to"])
