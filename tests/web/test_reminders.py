"""At most one digest a day, in working hours, of what is open (R15)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sisiwu.faces.clock import JOBS, strike
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.inbox.actions import ask, hasten, prefer, send_due, settle, tell
from sisiwu.foundation.inbox.models import Sent, Task
from sisiwu.foundation.inbox.queries import digests, waiting
from sisiwu.register.organizations.models import Organization


def moment(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, 30, tzinfo=timezone.get_current_timezone())


MONDAY = moment(date(2026, 11, 23), 10)
NIGHT = moment(date(2026, 11, 23), 22)
TUESDAY = moment(date(2026, 11, 24), 10)
SUNDAY = moment(date(2026, 11, 22), 10)


@pytest.fixture
def task(branch: Organization) -> Task:
    """The only thing that waits; it was raised long ago."""
    Task.objects.update(done_at=MONDAY)
    one = ask("test:1", Verb.ENTER, branch.path, "补一句内容", "/meetings/")
    Task.objects.filter(pk=one.pk).update(raised_at=SUNDAY - timedelta(days=1))
    return Task.objects.get(pk=one.pk)


def told(now: datetime) -> dict[str, list[str]]:
    return {one.user.username: [task.title for task in one.tasks] for one in digests(now)}


def test_whoever_may_do_it_is_told(task: Task) -> None:
    assert told(MONDAY) == {name: ["补一句内容"] for name in ("zhengmin", "hejing", "wangqiang", "chentao")}


@pytest.mark.holds("R15", "同一天第二次运行，一条也不再发")
def test_a_second_run_on_the_same_day_sends_nothing(task: Task, branch: Organization) -> None:
    first = send_due(MONDAY)
    ask("test:2", Verb.ENTER, branch.path, "另一件", "/")

    assert first == 4
    assert send_due(MONDAY) == 0
    assert Sent.objects.filter(day=MONDAY.date()).count() == 4


@pytest.mark.holds("R15", "下班时间和休息日不提醒")
@pytest.mark.parametrize("now", [NIGHT, SUNDAY, moment(date(2026, 10, 1), 10), moment(date(2026, 11, 23), 8)])
def test_nobody_is_told_outside_working_hours(task: Task, now: datetime) -> None:
    assert told(now) == {}
    assert send_due(now) == 0


@pytest.mark.holds("R15", "只有人标为急件的，才在下班时间提醒")
def test_what_a_person_marked_urgent_is_told_at_night(
    task: Task, branch: Organization, person: Callable[[str], User]
) -> None:
    other = ask("test:2", Verb.ENTER, branch.path, "不急的", "/")

    hasten(task, by=person("zhengmin"))

    assert told(NIGHT)["wangqiang"] == ["补一句内容"]
    assert other.urgent_by is None
    with pytest.raises(PermissionDenied):
        hasten(task, by=person("wangqiang"))


@pytest.mark.holds("R15", "办结的不再提醒")
def test_what_is_done_is_not_told(task: Task) -> None:
    settle(task.key)

    assert told(MONDAY) == {}


def test_what_was_told_is_told_again_only_when_its_deadline_is_near(task: Task) -> None:
    send_due(MONDAY)
    silent = told(TUESDAY)
    Task.objects.filter(pk=task.pk).update(due_on=TUESDAY.date())

    assert silent == {}
    assert told(TUESDAY)["wangqiang"] == ["补一句内容"]


def test_what_is_opened_again_is_told_again(task: Task, branch: Organization) -> None:
    send_due(moment(date(2026, 1, 5), 10))
    settle(task.key)
    ask(task.key, Verb.ENTER, branch.path, "再改一次", "/")

    assert told(MONDAY)["wangqiang"] == ["再改一次"]


def test_who_wants_no_reminders_gets_none_and_keeps_the_tasks(task: Task, person: Callable[[str], User]) -> None:
    prefer(person("wangqiang"), "")

    assert "wangqiang" not in told(MONDAY)
    assert task in waiting(person("wangqiang"))


def test_a_thing_for_one_person_waits_for_that_person_alone(task: Task, person: Callable[[str], User]) -> None:
    tell("test:3", person("lina"), "您的意见有了答复", "/feedback/1/")

    assert told(MONDAY)["lina"] == ["您的意见有了答复"]
    assert [one.title for one in waiting(person("lina"))] == ["您的意见有了答复"]
    assert not waiting(person("liuyang")).filter(key="test:3").exists()


def test_a_thing_of_no_organization_waits_for_everybody_who_may(task: Task, person: Callable[[str], User]) -> None:
    ask("test:4", Verb.VERIFY, "", "答复意见建议", "/feedback/")

    assert "答复意见建议" in told(MONDAY)["zhengmin"]
    assert waiting(person("zhengmin")).filter(key="test:4").exists()
    assert not waiting(person("wangqiang")).filter(key="test:4").exists()


def test_the_digest_and_the_inbox_agree(person: Callable[[str], User]) -> None:
    for digest in digests(MONDAY):
        assert {one.pk for one in digest.tasks} <= set(waiting(digest.user).values_list("pk", flat=True))


def test_the_home_page_says_what_was_reminded_today(
    task: Task, signed_in: Callable[[str], Client], person: Callable[[str], User]
) -> None:
    before = signed_in("wangqiang").get("/").content.decode()
    Sent.objects.create(
        user=person("wangqiang"), day=timezone.localdate(), sent_at=timezone.now(), channel="site", tasks=[task.pk]
    )

    assert "今天的提醒" not in before
    assert "今天的提醒" in signed_in("wangqiang").get("/").content.decode()
    settle(task.key)
    assert "今天的提醒" not in signed_in("wangqiang").get("/").content.decode()


def test_what_was_sent_cannot_be_changed(task: Task) -> None:
    send_due(MONDAY)

    for statement in ("DELETE FROM inbox_sent", "UPDATE inbox_sent SET id = id"):
        with pytest.raises(DatabaseError, match="只能追加"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_deciding_asks_a_constant_number_of_questions(task: Task, branch: Organization) -> None:
    with CaptureQueriesContext(connection) as few:
        digests(MONDAY)
    for number in range(50):
        ask(f"test:more:{number}", Verb.ENTER, branch.path, "又一件", "/")
    with CaptureQueriesContext(connection) as many:
        digests(MONDAY)

    assert len(many) <= len(few)


def test_the_clock_runs_everything_twice_without_harm(task: Task) -> None:
    first = {job.name: number for job, number in strike(MONDAY)}
    second = {job.name: number for job, number in strike(MONDAY)}

    assert set(first) == {job.name for job in JOBS}
    assert None not in first.values()
    assert first["inbox.send_due"] == 4
    assert second["inbox.send_due"] == 0


def test_a_preference_is_kept_by_the_page(signed_in: Callable[[str], Client], person: Callable[[str], User]) -> None:
    signed_in("lina").post("/inbox/reminding/", {"channel": ""})

    assert person("lina").reminding.channel == ""


def test_staff_mark_a_branch_task_as_urgent(task: Task, signed_in: Callable[[str], Client]) -> None:
    listed = signed_in("zhengmin").get("/inbox/asked/").content.decode()
    signed_in("zhengmin").post(f"/inbox/{task.pk}/hasten/", {})

    assert "补一句内容" in listed
    assert Task.objects.get(pk=task.pk).urgent_by is not None
    assert signed_in("wangqiang").get(f"/inbox/{task.pk}/hasten/").status_code == 403
