"""Who must do what by when; an activity that is entered anyway does it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from sisiwu.activities.assignments import actions
from sisiwu.activities.assignments.models import Answer, Assignment, Status, Target
from sisiwu.activities.meetings.models import Meeting
from sisiwu.demo.cast import COMMITTEE
from sisiwu.faces.clock import strike
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.audit.models import LogEntry
from sisiwu.foundation.inbox.models import Task
from sisiwu.foundation.inbox.queries import waiting
from sisiwu.ledger.actions import decide, merge, reverse
from sisiwu.ledger.models import Entry, Fact
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import Organization
from sisiwu.scoring.queries import told

type Give = Callable[..., Target]
type Client_ = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _nothing_asked() -> None:
    """The demonstration's own assignments are out of the way."""
    Task.objects.filter(key__regex="^(target|assignment)").delete()
    Target.objects.update(status=Status.WITHDRAWN)


@pytest.fixture
def give(branch: Organization, person: Callable[[str], User], today: date) -> Give:
    """An assignment of the branch alone; gives its target."""

    def one(days: int = 10, organizations: list[Organization] | None = None, **more: Any) -> Target:
        values = {
            "key": uuid4(), "title": "廉政警示教育", "asked": "组织一次警示教育。", "basis": "机关党委通知〔2026〕9号",
            "category": "study", "kinds": ["meeting.party_day", "meeting.heart_talk"], "counts_from": today,
            "due_on": today + timedelta(days=days), "chosen": "点名", "issuer": Organization.objects.get(name=COMMITTEE),
        }  # fmt: skip
        on = min(today, values["due_on"])
        if more.get("counts_from", today) > values["due_on"]:
            values["counts_from"] = on
        made = actions.issue(
            Assignment(**values | more), organizations or [branch], by=person("zhengmin"), on=on
        )  # fmt: skip
        return made.targets.get(organization=branch)

    return one


def meeting_form(branch: Organization, **more: Any) -> dict[str, Any]:
    typed = {
        "kind": "meeting.heart_talk", "organization": branch.pk, "on": "今天", "title": "廉政警示教育", "place": "会议室",
        "key": str(uuid4()), **{f"m{one.pk}": "on" for one in Member.objects.filter(branch=branch)},
    }  # fmt: skip
    return typed | more


def issue_form(**more: Any) -> dict[str, Any]:
    typed = {
        "title": "节前教育", "asked": "开一次会。", "basis": "通知", "category": "other", "kinds": ["meeting.party_day"],
        "due_on": "2099-12-31", "counts_from": "今天", "organization_kinds": ["631"], "key": str(uuid4()), "count": "yes",
        "under": COMMITTEE, "do": "issue",
    }  # fmt: skip
    return typed | more


def study_points(branch: Organization) -> int:
    """Hundredths of the item 专题学习教育 of the 规定清单."""
    now = told("organizations", branch)
    item = now.result.item("study") if now else None
    assert item is not None
    return item.score_centi


def fresh(one: Target) -> Target:
    return Target.objects.select_related("assignment__issuer", "organization").get(pk=one.pk)


def test_the_task_opens_the_right_form_prefilled(
    give: Give, signed_in: Client_, person: Callable[[str], User], branch: Organization
) -> None:
    target = give(kinds=["meeting.heart_talk"])
    task = waiting(person("wangqiang")).get(key=target.task)

    answer = signed_in("wangqiang").get(task.url, follow=True)

    form = answer.context["form"]
    assert task.due_on == target.due_on
    assert answer.redirect_chain[-1][0].startswith("/meetings/new/?")
    assert form["assignment"].value() == str(target.pk)
    assert (form["kind"].value(), form["title"].value()) == ("meeting.heart_talk", "廉政警示教育")
    assert "组织一次警示教育" in answer.content.decode()


def test_several_forms_are_offered_where_several_can_do_it(give: Give, signed_in: Client_) -> None:
    target = give(kinds=["meeting.party_day", "visit.made", "member.study_hours"])

    page = signed_in("wangqiang").get(f"/assignments/targets/{target.pk}/answer/").content.decode()

    assert "/meetings/new/?kind=meeting.party_day" in page
    assert f"/visits/new/?assignment={target.pk}" in page
    assert "/trainings/new/" in page


def test_one_form_is_enough_and_acceptance_does_it(
    give: Give, signed_in: Client_, branch: Organization, person: Callable[[str], User], today: date
) -> None:
    target = give()

    signed_in("wangqiang").post("/meetings/new/", meeting_form(branch, assignment=target.pk))
    entry = Entry.objects.order_by("-id")[0]
    sent = fresh(target).status
    task_left = waiting(person("wangqiang")).filter(key=target.task).exists()
    signed_in("zhengmin").post("/verify/", {"entry": entry.pk, "do": "accept"})

    fact = Fact.objects.get(entry__source=target.source)
    done = fresh(target)
    assert (sent, task_left) == (Status.ANSWERED, False)
    assert (done.status, done.done_on) == (Status.DONE, today)
    assert (fact.kind, fact.organization, fact.due_on) == ("assignment.study_done", branch, target.due_on)
    assert entry.title in signed_in("zhengmin").get(f"/assignments/{target.assignment_id}/").content.decode()


def test_an_assignment_of_no_kind_of_the_dictionary_is_done_without_a_fact(
    give: Give, signed_in: Client_, branch: Organization, person: Callable[[str], User]
) -> None:
    target = give(category="other")
    signed_in("wangqiang").post("/meetings/new/", meeting_form(branch, assignment=target.pk))

    decide(Entry.objects.order_by("-id")[0], accepted=True, by=person("hejing"))

    assert fresh(target).status == Status.DONE
    assert not Fact.objects.filter(entry__source=target.source).exists()


def test_done_on_time_costs_nothing_and_done_late_costs_what_the_scheme_says(
    give: Give, signed_in: Client_, branch: Organization, person: Callable[[str], User]
) -> None:
    on_time, late = give(), give(days=-2, title="已经过期的教育")
    points = []
    for target in (on_time, late):
        before = study_points(branch)
        typed = meeting_form(branch, assignment=target.pk, title=f"教育{target.pk}")
        signed_in("wangqiang").post("/meetings/new/", typed)
        decide(Entry.objects.order_by("-id")[0], accepted=True, by=person("hejing"))
        points.append(study_points(branch) - before)

    assert points == [0, -100]


def test_not_doing_it_deducts_nothing_here(give: Give, branch: Organization, today: date) -> None:
    before = Fact.objects.count()

    give(days=-2)
    actions.remind(today)

    assert Fact.objects.count() == before


def test_a_returned_activity_opens_it_again_and_mending_answers_it(
    give: Give, signed_in: Client_, branch: Organization, person: Callable[[str], User]
) -> None:
    target = give()
    secretary = signed_in("wangqiang")
    secretary.post("/meetings/new/", meeting_form(branch, assignment=target.pk))
    entry = Entry.objects.order_by("-id")[0]

    decide(entry, accepted=False, by=person("hejing"), reason="请写清内容")
    returned = fresh(target).status
    form = secretary.get(f"{entry.url}mend/").context["form"]
    typed = meeting_form(branch, assignment=form["assignment"].value(), version=form["version"].value())
    secretary.post(f"{entry.url}mend/", typed)

    assert returned == Status.OPEN
    assert form["assignment"].value() == target.pk
    assert fresh(target).status == Status.ANSWERED
    assert Answer.objects.filter(target=target).count() == 1


def test_a_reversed_activity_opens_it_again_and_takes_its_fact_along(
    give: Give, signed_in: Client_, branch: Organization, person: Callable[[str], User]
) -> None:
    target = give()
    signed_in("wangqiang").post("/meetings/new/", meeting_form(branch, assignment=target.pk))
    entry = Entry.objects.order_by("-id")[0]
    decide(entry, accepted=True, by=person("hejing"))

    attendance = entry.facts.filter(kind="attendance.meeting")[0]
    reverse(attendance, why="看错了人", by=person("hejing"))
    still = fresh(target).status
    reverse(entry.facts.get(kind="meeting.heart_talk"), why="没有开", by=person("hejing"))

    assert still == Status.DONE
    assert fresh(target).status == Status.OPEN
    assert Fact.objects.get(entry__source=target.source).reversal.reason.endswith("没有开")
    assert waiting(person("wangqiang")).filter(key=target.task).exists()


def test_an_activity_merged_into_another_hands_its_answer_on(
    give: Give, signed_in: Client_, branch: Organization, person: Callable[[str], User]
) -> None:
    target, secretary = give(), signed_in("wangqiang")
    secretary.post("/meetings/new/", meeting_form(branch))
    first = Entry.objects.order_by("-id")[0]
    secretary.post("/meetings/new/", meeting_form(branch, assignment=target.pk))
    second = Entry.objects.order_by("-id")[0]

    merge(second, first, by=person("hejing"))
    waits = fresh(target).status
    decide(first, accepted=True, by=person("hejing"))

    assert waits == Status.ANSWERED
    assert fresh(target).status == Status.DONE
    assert target.answers.get(accepted=True).source == first.source


def test_two_activities_do_it_once(
    give: Give, signed_in: Client_, branch: Organization, person: Callable[[str], User]
) -> None:
    target = give()
    signed_in("wangqiang").post("/meetings/new/", meeting_form(branch, assignment=target.pk))
    first = Entry.objects.order_by("-id")[0]
    Answer.objects.create(target=target, source="meetings.meeting:1", title="旧的", url="/", on=target.due_on)

    decide(first, accepted=True, by=person("hejing"))
    signed_in("wangqiang").post("/meetings/new/", meeting_form(branch))
    actions.decided(first, first.decision)

    assert Fact.objects.filter(entry__source=target.source).count() == 1


def test_an_activity_of_another_kind_is_refused_beside_the_select(
    give: Give, signed_in: Client_, branch: Organization
) -> None:
    target = give(kinds=["meeting.party_lecture"])
    before = Meeting.objects.count()

    answer = signed_in("wangqiang").post("/meetings/new/", meeting_form(branch, assignment=target.pk))

    assert answer.status_code == 422
    assert "这项任务要用党课完成" in answer.context["form"].errors["assignment"][0]
    assert Meeting.objects.count() == before


def test_an_activity_before_the_day_it_counts_from_is_refused(
    give: Give, signed_in: Client_, branch: Organization
) -> None:
    target = give()

    answer = signed_in("wangqiang").post("/meetings/new/", meeting_form(branch, assignment=target.pk, on="昨天"))

    assert answer.status_code == 422
    assert "起的活动才算" in answer.context["form"].errors["assignment"][0]


def test_the_forms_ask_nothing_where_nothing_is_open(signed_in: Client_) -> None:
    page = signed_in("wangqiang").get("/meetings/new/").content.decode()

    assert "完成哪项任务" not in page


def test_another_branch_is_offered_none_of_it(give: Give, signed_in: Client_, neighbour: Organization) -> None:
    target = give()

    answer = signed_in("zhengmin").post(
        "/meetings/new/", meeting_form(neighbour, assignment=target.pk, organization=neighbour.pk)
    )

    assert answer.status_code == 302
    assert fresh(target).status == Status.OPEN


def test_targets_are_resolved_when_it_is_issued_and_do_not_move(
    signed_in: Client_, branch: Organization, neighbour: Organization
) -> None:
    signed_in("zhengmin").post("/assignments/new/", issue_form(is_grassroots="on"))
    one = Assignment.objects.order_by("-id")[0]
    Organization.objects.filter(pk=neighbour.pk).update(is_grassroots=False)

    assert set(one.targets.values_list("organization", flat=True)) == {branch.pk, neighbour.pk}
    assert one.chosen == "厅机关党委及所属；党支部；基层一线单位"


def test_the_preview_says_how_many_and_who_has_it_already_and_counts_them(
    signed_in: Client_, entered: Callable[..., Entry], branch: Organization, person: Callable[[str], User]
) -> None:
    entry = entered("meeting.theory_study")
    decide(entry, accepted=True, by=person("hejing"))
    form = issue_form(kinds=["meeting.theory_study"], theme="党章", is_grassroots="on")
    staff = signed_in("zhengmin")

    page = staff.post("/assignments/new/", form | {"do": "preview"}).content.decode()
    staff.post("/assignments/new/", form)

    assert "将布置给 2 个党组织" in page
    assert "其中 1 个已经有了" in page
    assert "理论学习：学习党章" in page
    target = Target.objects.get(assignment__key=form["key"], organization=branch)
    assert target.status == Status.DONE
    assert not waiting(person("wangqiang")).filter(key=target.task).exists()


def test_what_waits_for_verification_is_counted_when_it_is_accepted(
    signed_in: Client_, entered: Callable[..., Entry], branch: Organization, person: Callable[[str], User]
) -> None:
    entry = entered("meeting.theory_study")
    form = issue_form(kinds=["meeting.theory_study"])

    signed_in("zhengmin").post("/assignments/new/", form)
    target = Target.objects.get(assignment__key=form["key"], organization=branch)
    decide(entry, accepted=True, by=person("hejing"))

    assert target.status == Status.ANSWERED
    assert fresh(target).status == Status.DONE


def test_staff_may_ask_for_it_anew(signed_in: Client_, entered: Callable[..., Entry], branch: Organization) -> None:
    entered("meeting.theory_study")
    form = issue_form(kinds=["meeting.theory_study"], again=[str(branch.pk)])

    signed_in("zhengmin").post("/assignments/new/", form)

    assert Target.objects.get(assignment__key=form["key"], organization=branch).status == Status.OPEN


def test_a_picked_list_is_named_by_name_or_code(
    signed_in: Client_, branch: Organization, neighbour: Organization
) -> None:
    staff = signed_in("zhengmin")

    wrong = staff.post("/assignments/new/", issue_form(picked=f"{branch.name}\n没有的支部"))
    form = issue_form(picked=f"{branch.name}\n{neighbour.code}")
    staff.post("/assignments/new/", form)

    assert "您的范围内没有“没有的支部”" in wrong.content.decode()
    assert Target.objects.filter(assignment__key=form["key"]).count() == 2


def test_sent_twice_it_is_issued_once(signed_in: Client_) -> None:
    form, staff = issue_form(), signed_in("zhengmin")

    staff.post("/assignments/new/", form)
    staff.post("/assignments/new/", form)

    assert Assignment.objects.filter(title="节前教育").count() == 1


def test_a_day_without_a_year_is_the_next_one(signed_in: Client_, today: date) -> None:
    days = 2 if (today.month, today.day) == (3, 1) else 1  # the next year has no 29 February
    yesterday, form = today - timedelta(days=days), issue_form()

    signed_in("zhengmin").post("/assignments/new/", form | {"due_on": f"{yesterday.month}.{yesterday.day}"})

    assert Assignment.objects.get(key=form["key"]).due_on.year == yesterday.year + 1


def test_nobody_issues_beyond_their_part_of_the_tree(
    person: Callable[[str], User], today: date, give: Give, signed_in: Client_
) -> None:
    root = Organization.objects.get(parent=None)
    one = Assignment(
        key=uuid4(), title="越级", asked="。", basis="。", category="other", kinds=["meeting.party_day"], counts_from=today,
        due_on=today, chosen="", issuer=root,
    )  # fmt: skip

    with pytest.raises(PermissionDenied):
        actions.issue(one, [root], by=person("zhengmin"))
    with pytest.raises(PermissionDenied):
        actions.excuse(give(), why="自己免除自己", by=person("wangqiang"))
    assert "不在您的职责范围内" in signed_in("wangqiang").get("/assignments/new/").content.decode()


def test_three_days_before_the_task_says_how_long_there_is_and_no_second_one_comes(
    give: Give, person: Callable[[str], User], today: date
) -> None:
    target = give(days=3)

    actions.remind(today)
    actions.remind(today)

    tasks = waiting(person("wangqiang")).filter(url__contains=f"/targets/{target.pk}/")
    assert [one.title for one in tasks] == ["任务还有 3 天：廉政警示教育"]


def test_the_clock_reminds(give: Give, person: Callable[[str], User]) -> None:
    target = give(days=1)

    failed = [job.name for job, number in strike(timezone.now()) if number is None]

    assert failed == []
    assert waiting(person("wangqiang")).get(key=target.task).title.startswith("任务还有 1 天")


def test_the_day_after_staff_are_told_until_nothing_is_overdue(
    give: Give, person: Callable[[str], User], today: date
) -> None:
    target = give(days=0)

    actions.remind(today)
    on_the_day = waiting(person("zhengmin")).filter(key__startswith="assignment.overdue").exists()
    actions.remind(today + timedelta(days=1))
    after = [one.title for one in waiting(person("zhengmin")).filter(key__startswith="assignment.overdue")]
    actions.excuse(target, why="在藏区执勤", by=person("zhengmin"))

    assert not on_the_day
    assert after == ["有 1 个党组织逾期未完成：廉政警示教育"]
    assert not waiting(person("zhengmin")).filter(key__startswith="assignment.overdue").exists()


def test_staff_do_not_have_the_tasks_of_branches_among_their_own(give: Give, person: Callable[[str], User]) -> None:
    target = give()

    assert not waiting(person("zhengmin")).filter(key=target.task).exists()


def test_an_excused_branch_is_not_asked_and_the_reason_is_kept(
    give: Give, signed_in: Client_, person: Callable[[str], User]
) -> None:
    target = give(days=-1)

    signed_in("zhengmin").post(f"/assignments/targets/{target.pk}/excuse/", {"why": "9月在藏区执勤"})

    shown = signed_in("wangqiang").get(f"/assignments/targets/{target.pk}/").content.decode()
    assert fresh(target).status == Status.EXCUSED
    assert "9月在藏区执勤" in shown
    assert not waiting(person("wangqiang")).filter(key=target.task).exists()
    assert LogEntry.objects.filter(act="assignment.excuse", detail__why="9月在藏区执勤").exists()


def test_the_day_is_extended_for_all_or_for_one(
    give: Give, signed_in: Client_, neighbour: Organization, branch: Organization, today: date
) -> None:
    target = give(organizations=[branch, neighbour])
    other = target.assignment.targets.get(organization=neighbour)
    staff, later = signed_in("zhengmin"), today + timedelta(days=40)

    staff.post(f"/assignments/targets/{target.pk}/extend/", {"until": later.isoformat(), "why": "任务重"})
    only_one = (fresh(target).due_on, fresh(other).due_on)
    earlier = staff.post(f"/assignments/{target.assignment_id}/extend/", {"until": today.isoformat(), "why": "提前"})
    staff.post(
        f"/assignments/{target.assignment_id}/extend/",
        {"until": (later + timedelta(days=1)).isoformat(), "why": "都延"},
    )

    assert only_one == (later, other.due_on)
    assert "应晚于原来的期限" in earlier.content.decode()
    assert fresh(other).due_on == fresh(target).due_on == later + timedelta(days=1)
    assert Task.objects.get(key=target.task).due_on == later + timedelta(days=1)
    assert LogEntry.objects.filter(act="assignment.extend").count() == 2


def test_a_withdrawn_assignment_asks_nobody_and_costs_nobody(
    give: Give, signed_in: Client_, branch: Organization, neighbour: Organization, person: Callable[[str], User]
) -> None:
    target = give(days=-2, organizations=[branch, neighbour])
    signed_in("wangqiang").post("/meetings/new/", meeting_form(branch, assignment=target.pk))
    decide(Entry.objects.order_by("-id")[0], accepted=True, by=person("hejing"))

    signed_in("zhengmin").post(f"/assignments/{target.assignment_id}/withdraw/", {"why": "上级取消"})

    other = target.assignment.targets.get(organization=neighbour)
    assert other.status == Status.WITHDRAWN
    assert Fact.objects.get(entry__source=target.source).reversal.reason == "任务已撤销：上级取消"
    with pytest.raises(ValidationError, match="已于"):
        actions.withdraw(fresh(target).assignment, why="再撤", by=person("zhengmin"))


def test_the_targets_are_filtered_and_exported(
    give: Give, signed_in: Client_, branch: Organization, neighbour: Organization
) -> None:
    target = give(days=-1, organizations=[branch, neighbour])
    actions.excuse(
        target.assignment.targets.get(organization=neighbour),
        why="在外执勤",
        by=User.objects.get(username="zhengmin"),
    )
    staff, address = signed_in("zhengmin"), f"/assignments/{target.assignment_id}/"

    late = staff.get(address, {"status": "overdue"}).content.decode()
    excused = staff.get(address, {"status": "excused"}, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="rows").content.decode()
    book = staff.get(address, {"export": "xlsx"})

    assert branch.name in late
    assert neighbour.name not in late
    assert "逾期未完成" in late
    assert neighbour.name in excused
    assert "<html" not in excused
    assert book["Content-Type"].endswith("sheet")


def test_a_branch_sees_its_own_part_only(
    give: Give, signed_in: Client_, branch: Organization, neighbour: Organization
) -> None:
    target = give(organizations=[branch, neighbour])
    other = target.assignment.targets.get(organization=neighbour)
    secretary = signed_in("wangqiang")

    page = secretary.get(f"/assignments/{target.assignment_id}/").content.decode()

    assert "完成 0 / 1" in page
    assert neighbour.name not in page
    assert secretary.get(f"/assignments/targets/{other.pk}/").status_code == 404


def test_home_and_the_list_of_what_to_do_say_how_much_there_is(give: Give, signed_in: Client_) -> None:
    give(days=-1)
    give(title="第二项")
    secretary, staff = signed_in("wangqiang"), signed_in("zhengmin")

    home, to_do = secretary.get("/").content.decode(), secretary.get("/assignments/todo/").content.decode()

    assert "2 项，" in home
    assert "逾期 1" in home
    assert to_do.count("记录这次活动") == 2
    assert "逾期未完成" in to_do
    assert "进行中 2 项" in staff.get("/").content.decode()


def test_words_of_staff_are_shown_as_words(give: Give, signed_in: Client_) -> None:
    target = give(asked="<b>看</b>", kinds=["meeting.heart_talk"])

    page = signed_in("wangqiang").get(f"/meetings/new/?assignment={target.pk}").content.decode()

    assert "&lt;b&gt;看" in page
    assert "<b>看" not in page


@pytest.mark.parametrize("number", [0, 300])
def test_an_assignment_of_many_asks_the_database_as_little(
    give: Give, signed_in: Client_, branch: Organization, number: int, django_assert_max_num_queries: Any
) -> None:
    target = give()
    rows = [
        Organization(code=f"X{n}", name=f"支部{n}", kind=631, path=f"{branch.path[:14]}{9_000_000 + n}", spoken="", founded_on=branch.founded_on)
        for n in range(number)
    ]  # fmt: skip
    made = Organization.objects.bulk_create(rows)
    Target.objects.bulk_create(
        [Target(assignment=target.assignment, organization=one, due_on=target.due_on) for one in made]
    )
    staff = signed_in("zhengmin")
    staff.get("/")

    with django_assert_max_num_queries(6):
        page = staff.get(f"/assignments/{target.assignment_id}/")

    assert page.context["page"].paginator.count == number + 1
