"""发展党员: 25 steps in order, none too early, what is due is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from sisiwu.demo.register_life import COURSE
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.inbox.models import Task
from sisiwu.foundation.inbox.queries import waiting
from sisiwu.foundation.values.dates import after_months
from sisiwu.register.admissions import actions
from sisiwu.register.admissions.models import Admission, State
from sisiwu.register.admissions.steps import LAST, phases, steps
from sisiwu.register.detachments.actions import attach
from sisiwu.register.detachments.queries import roll_call
from sisiwu.register.members.actions import leave, move
from sisiwu.register.members.models import Member, Status
from sisiwu.register.organizations.models import Organization
from sisiwu.register.positions.actions import appoint
from sisiwu.register.positions.models import Position

type Walk = Callable[..., Admission]


@pytest.fixture
def walk(branch: Organization, person: Callable[[str], User], today: date) -> Walk:
    """Somebody who applied so many days ago and kept all periods up to a step."""

    def go(until: int, days_ago: int) -> Admission:
        start, staff = today - timedelta(days=days_ago), person("hejing")
        one = actions.apply(branch=branch, name="秦朗", code="M7100", on=start, who="王强", by=staff)
        for number, days in COURSE[1:]:
            if number > until:
                break
            actions.do(
                one, number, on=start + timedelta(days=days), who="王强", days=3 if number == 11 else None, by=staff
            )
        return Admission.objects.get(pk=one.pk)

    return go


def test_there_are_25_steps_in_five_parts_each_with_its_source() -> None:
    assert list(steps()) == list(range(1, LAST + 1))
    assert len(phases()) == 5
    assert all(one.source for one in steps().values())


def test_an_applicant_is_entered_as_no_member_and_is_on_no_roll(walk: Walk, branch: Organization, today: date) -> None:
    one = walk(1, 5)

    assert one.member.status == Status.NONE
    assert one.member.branch == branch
    assert one.member not in roll_call(branch, today)


def test_a_course_that_keeps_all_periods_ends_with_a_full_member(walk: Walk, today: date) -> None:
    one = walk(LAST, 1000)

    start = today - timedelta(days=1000)
    meeting = start + timedelta(days=dict(COURSE)[15])
    assert one.state == State.DONE
    assert one.member.status == Status.FULL
    assert one.member.joined_on == meeting
    assert not any(row.is_late for row in one.done.all())


@pytest.mark.parametrize(
    ("until", "status"),
    [(1, Status.NONE), (3, Status.ACTIVIST), (16, Status.ACTIVIST), (17, Status.PROBATIONARY), (24, Status.FULL)],
)
def test_steps_change_what_the_person_is(walk: Walk, until: int, status: Status) -> None:
    assert walk(until, 1000).member.status == status


def test_an_activist_of_less_than_a_year_is_refused_with_the_day_from_which_it_is_possible(
    walk: Walk, person: Callable[[str], User], today: date
) -> None:
    one = walk(6, 400)
    activist_on = today - timedelta(days=340)
    possible = after_months(activist_on, 12)

    with pytest.raises(ValidationError) as refused:
        actions.do(one, 7, on=today, who="王强", by=person("wangqiang"))

    words = refused.value.message_dict["on"][0]
    assert f"最早{possible.year}年{possible.month}月{possible.day}日可以办" in words
    assert "满一年" in words


def test_a_step_out_of_order_is_refused_with_the_one_before(
    walk: Walk, person: Callable[[str], User], today: date
) -> None:
    with pytest.raises(ValidationError, match="以前还有第 2 步“党组织派人谈话”没有办"):
        actions.do(walk(1, 5), 3, on=today, who="王强", by=person("wangqiang"))


def test_the_review_must_not_be_older_than_half_a_year(walk: Walk, person: Callable[[str], User], today: date) -> None:
    one = walk(6, 900)  # the last review was 530 days ago

    with pytest.raises(ValidationError, match="请先补办第 6 步"):
        actions.do(one, 7, on=today, who="王强", by=person("wangqiang"))
    actions.do(one, 6, on=today, who="王强", by=person("wangqiang"))
    actions.do(one, 7, on=today, who="王强", by=person("wangqiang"))

    assert one.done.filter(number=6).count() == 3


@pytest.mark.parametrize(("days", "hours"), [(2, 23), (None, None)])
def test_a_course_of_less_than_three_days_and_24_hours_is_refused(
    walk: Walk, person: Callable[[str], User], today: date, days: int | None, hours: int | None
) -> None:
    with pytest.raises(ValidationError, match="不少于 3 天或不少于 24 学时"):
        actions.do(walk(10, 480), 11, on=today, who="机关党委", days=days, hours=hours, by=person("wangqiang"))


@pytest.mark.parametrize(("days", "hours"), [(3, None), (None, 24)])
def test_three_days_or_24_hours_are_enough(
    walk: Walk, person: Callable[[str], User], today: date, days: int | None, hours: int | None
) -> None:
    done = actions.do(walk(10, 480), 11, on=today, who="机关党委", days=days, hours=hours, by=person("wangqiang"))

    assert (done.days, done.hours) == (days, hours)


def test_a_talk_after_the_month_is_taken_and_marked_late(
    walk: Walk, person: Callable[[str], User], today: date
) -> None:
    one = walk(1, 60)

    done = actions.do(one, 2, on=today, who="王强", by=person("wangqiang"))

    assert done.is_late


def test_the_branch_does_its_own_steps_and_the_superior_its_own(
    walk: Walk, person: Callable[[str], User], today: date
) -> None:
    one = walk(3, 100)

    with pytest.raises(PermissionDenied):
        actions.do(one, 4, on=today, who="郑敏", by=person("wangqiang"))
    actions.do(one, 4, on=today, who="郑敏", by=person("zhengmin"))


def test_the_approval_may_be_extended_to_six_months_once(
    walk: Walk, person: Callable[[str], User], today: date
) -> None:
    one, staff = walk(16, 620), person("zhengmin")
    meeting = today - timedelta(days=105)
    assert one.next_due_on == after_months(meeting, 3)
    with pytest.raises(ValidationError, match="延长到第 4 至 6 个月"):
        actions.extend(one, months=7, on=today, why="材料补充", by=staff)

    actions.extend(one, months=6, on=today, why="材料补充", by=staff)

    one.refresh_from_db()
    assert one.next_due_on == after_months(meeting, 6)
    with pytest.raises(ValidationError, match="已经延长过一次"):
        actions.extend(one, months=5, on=today, why="再延", by=staff)


def test_a_probation_is_prolonged_by_six_to_twelve_months_after_it_is_over(
    walk: Walk, person: Callable[[str], User], today: date
) -> None:
    one, secretary = walk(22, 890), person("wangqiang")
    meeting = today - timedelta(days=890 - 515)
    with pytest.raises(ValidationError, match="只能延长 6 到 12 个月"):
        actions.extend(one, months=3, on=today, why="表现一般", by=secretary)

    actions.extend(one, months=6, on=today, why="表现一般", by=secretary)

    with pytest.raises(ValidationError, match="延长 6 个月"):
        actions.do(one, 23, on=today, who="王强", by=secretary)
    one.refresh_from_db()
    actions.do(one, 21, on=today, who="王强", by=secretary)
    one.refresh_from_db()
    assert (one.next_number, one.next_opens_on) == (23, after_months(meeting, 18))


def test_a_probation_that_is_not_over_is_not_prolonged(walk: Walk, person: Callable[[str], User], today: date) -> None:
    with pytest.raises(ValidationError, match="预备期没有满"):
        actions.extend(walk(22, 870), months=6, on=today, why="表现一般", by=person("wangqiang"))


def test_a_step_taken_back_stays_on_record_and_the_status_is_as_before(
    walk: Walk, person: Callable[[str], User]
) -> None:
    one = walk(17, 700)

    actions.take_back(one, why="写错了日期", by=person("zhengmin"))

    one.refresh_from_db()
    assert one.member.status == Status.ACTIVIST
    assert one.member.joined_on is None
    assert one.next_number == 17
    assert one.done.filter(number=17).get().taken_back == "写错了日期"


def test_who_is_stopped_is_no_probationary_member_any_more(
    walk: Walk, person: Callable[[str], User], today: date
) -> None:
    one = walk(20, 700)

    actions.stop(one, on=today, why="本人不再申请", by=person("wangqiang"))

    one.refresh_from_db()
    member = Member.objects.get(pk=one.member_id)
    assert (one.state, member.status, member.joined_on) == (State.STOPPED, Status.NONE, None)
    assert not Task.objects.filter(key__startswith=f"admission:{one.pk}:", done_at=None).exists()
    with pytest.raises(ValidationError, match="已终止"):
        actions.do(one, 21, on=today, who="王强", by=person("wangqiang"))


def test_a_temporary_branch_admits_nobody(signed_in: Callable[[str], Client], today: date) -> None:
    answer = signed_in("zhengmin").post("/admissions/new/", {
        "name": "秦朗", "code": "M7100", "branch": "援藏警队临时党支部", "on": "今天", "who": "王强",
    })  # fmt: skip

    assert answer.status_code == 422
    assert "第八条" in str(answer.context["form"].errors["branch"])
    assert not Member.objects.filter(code="M7100").exists()


def test_a_member_does_not_apply_again(branch: Organization, person: Callable[[str], User], today: date) -> None:
    lina = Member.objects.get(name="李娜")

    with pytest.raises(ValidationError, match="已是正式党员"):
        actions.apply(branch=branch, name=lina.name, code=lina.code, on=today, who="王强", by=person("wangqiang"))


def test_the_branch_is_asked_for_its_step_and_the_superior_for_theirs(
    walk: Walk, person: Callable[[str], User], today: date
) -> None:
    one, key = walk(2, 30), "admission:"
    mine = waiting(person("wangqiang")).filter(key__startswith=f"{key}{one.pk}:")
    assert [task.title for task in mine] == ["发展党员：秦朗，推荐和确定入党积极分子（刑侦总队第一党支部）"]

    actions.do(one, 3, on=today, who="王强", by=person("wangqiang"))

    assert not waiting(person("wangqiang")).filter(key__startswith=f"{key}{one.pk}:").exists()
    assert waiting(person("zhengmin")).filter(key__startswith=f"{key}{one.pk}:4:").exists()


def test_a_step_is_asked_for_when_its_time_has_come_and_only_once(walk: Walk, today: date) -> None:
    one = walk(6, 400)
    opens = one.next_opens_on
    assert opens is not None
    assert not Task.objects.filter(key__startswith=f"admission:{one.pk}:", done_at=None).exists()

    asked = Task.objects.filter(key__startswith=f"admission:{one.pk}:7:", done_at=None)
    actions.remind(opens - timedelta(days=1))
    assert not asked.exists()

    on_the_day, again = actions.remind(opens), actions.remind(opens)

    assert on_the_day >= 1
    assert again == 0
    assert asked.count() == 1


def test_what_is_asked_moves_along_with_a_probationary_member(
    walk: Walk, neighbour: Organization, person: Callable[[str], User], today: date
) -> None:
    one = walk(19, 700)
    move(one.member, neighbour, on=today, why="调动", by=person("hejing"))

    actions.remind(today)

    task = Task.objects.get(key__startswith=f"admission:{one.pk}:20:", done_at=None)
    assert task.path == neighbour.path


def test_a_secretary_does_not_take_back_what_the_superior_did(
    walk: Walk, signed_in: Callable[[str], Client], person: Callable[[str], User]
) -> None:
    one = walk(17, 700)

    assert "撤销上一步" not in signed_in("wangqiang").get(f"/admissions/{one.pk}/").content.decode()
    with pytest.raises(PermissionDenied):
        actions.take_back(one, why="试", by=person("wangqiang"))


def test_who_left_the_register_is_let_go(walk: Walk, person: Callable[[str], User], today: date) -> None:
    one = walk(20, 700)
    leave(one.member, on=today, why="转出", by=person("hejing"))

    actions.remind(today)

    one.refresh_from_db()
    assert one.state == State.LEFT


def test_the_page_shows_25_steps_with_the_next_and_its_days(signed_in: Callable[[str], Client]) -> None:
    one = Admission.objects.get(member__name="蒋鹏")

    page = signed_in("wangqiang").get(f"/admissions/{one.pk}/").content.decode()

    assert page.count('class="dot"') == LAST
    assert 'aria-current="step"' in page
    assert "逾期" in page
    assert "最早" in page
    assert f'href="do/{one.next_number}/"' in page


def test_a_refusal_stands_beside_the_day(signed_in: Callable[[str], Client], walk: Walk) -> None:
    one = walk(6, 400)

    answer = signed_in("wangqiang").post(f"/admissions/{one.pk}/do/7/", {"on": "今天", "who": "王强"})

    assert answer.status_code == 422
    assert "可以办" in str(answer.context["form"].errors["on"])


def test_what_is_overdue_stands_first_in_the_list(signed_in: Callable[[str], Client], today: date) -> None:
    rows = signed_in("wangqiang").get("/admissions/").context["page"].object_list

    late = [one.next_due_on is not None and one.next_due_on < today for one in rows]
    assert late == sorted(late, reverse=True)
    assert {str(one.member) for one, is_late in zip(rows, late, strict=True) if is_late} == {"宋婷", "蒋鹏"}


def test_a_secretary_sees_the_own_branch_only(signed_in: Callable[[str], Client]) -> None:
    rows = signed_in("wangqiang").get("/admissions/").context["page"].object_list

    assert {str(one.member) for one in rows} == {"程浩", "宋婷", "蒋鹏"}
    assert (
        signed_in("wangqiang").get(f"/admissions/{Admission.objects.get(member__name='丁锐').pk}/").status_code == 404
    )


def test_an_applicant_holds_no_office_and_is_attached_nowhere(walk: Walk, today: date) -> None:
    one = walk(1, 30)
    temporary = Organization.objects.get(name="援藏警队临时党支部")

    with pytest.raises(ValidationError, match="不能任职"):
        appoint(one.member, Position.COMMITTEE_MEMBER, since=today, by=None)
    with pytest.raises(ValidationError, match="不能编入"):
        attach(one.member, temporary, since=today, by=None)
