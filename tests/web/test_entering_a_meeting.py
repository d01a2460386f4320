"""A meeting is entered once and feeds everything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from sisiwu.activities.meetings.models import Meeting
from sisiwu.ledger.models import Entry, Fact
from sisiwu.register.members.models import PARTY, Member
from sisiwu.register.organizations.models import Organization


def form(branch: Organization, **more: Any) -> dict[str, Any]:
    typed = {
        "kind": "meeting.party_day",
        "organization": branch.pk,
        "on": "今天",
        "title": "走访帮扶村",
        "place": "会议室",
        "key": str(uuid4()),
        **{f"m{one.pk}": "on" for one in Member.objects.filter(branch=branch, status__in=PARTY)},
    }
    return {name: value for name, value in (typed | more).items() if value is not None}


def test_one_meeting_feeds_the_branch_and_every_member(
    signed_in: Callable[[str], Client], branch: Organization
) -> None:
    answer = signed_in("wangqiang").post("/meetings/new/", form(branch))

    entry = Entry.objects.order_by("-id").first()
    assert answer.status_code == 302
    assert entry is not None
    assert answer["Location"] == entry.url
    assert entry.facts.filter(kind="meeting.party_day", organization=branch).count() == 1
    assert (
        entry.facts.filter(kind="attendance.meeting").count()
        == Member.objects.filter(branch=branch, status__in=PARTY).count()
    )


@pytest.mark.holds("R1", "录入时当场说明用到哪几处")
def test_the_form_says_where_the_entry_will_count(signed_in: Callable[[str], Client]) -> None:
    page = signed_in("wangqiang").get("/meetings/new/").content.decode()

    assert "用到 3 处" in page
    assert "基本清单·主题党日" in page
    assert "组织生活与学习·参加组织生活" in page


@pytest.mark.holds("R7", "会议只需要写主题，其余已填好")
def test_only_the_theme_has_to_be_typed(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("wangqiang")
    page = client.get("/meetings/new/")

    prefilled = page.context["form"]
    assert prefilled["kind"].value()
    assert prefilled["on"].value()
    assert prefilled["place"].value()
    assert all(there for _, there, _ in prefilled.roll)
    assert not prefilled["title"].value()


def test_attendance_is_kept_when_the_form_has_an_error(
    signed_in: Callable[[str], Client], branch: Organization
) -> None:
    absent = Member.objects.get(name="李娜")
    typed = form(branch, title="", **{f"m{absent.pk}": None, f"w{absent.pk}": "sick"})

    answer = signed_in("wangqiang").post("/meetings/new/", typed)

    roll = {member.pk: (there, why) for member, there, why in answer.context["form"].roll}
    assert answer.status_code == 422
    assert "请写一句主题" in answer.content.decode()
    assert roll[absent.pk] == (False, "sick")
    assert not Meeting.objects.filter(place="会议室", title="").exists()


def test_leave_costs_nothing_and_absence_is_a_fact(signed_in: Callable[[str], Client], branch: Organization) -> None:
    lina, wangqiang = Member.objects.get(name="李娜"), Member.objects.get(name="王强")
    typed = form(branch)
    for one, why in ((lina, "sick"), (wangqiang, "absent")):
        typed.pop(f"m{one.pk}")
        typed[f"w{one.pk}"] = why

    signed_in("wangqiang").post("/meetings/new/", typed)

    entry = Entry.objects.order_by("-id")[0]
    assert not Fact.objects.filter(entry=entry, member=lina).exists()
    assert Fact.objects.get(entry=entry, member=wangqiang).kind == "attendance.absent"


def test_sent_twice_is_entered_once(signed_in: Callable[[str], Client], branch: Organization) -> None:
    typed, client = form(branch), signed_in("wangqiang")
    before = Meeting.objects.count()

    client.post("/meetings/new/", typed)
    client.post("/meetings/new/", typed)

    assert Meeting.objects.count() == before + 1
    assert Entry.objects.filter(key=typed["key"]).count() == 1


@pytest.mark.holds("R5", "迟填照收，只注明补录")
def test_late_entry_is_taken_and_marked(signed_in: Callable[[str], Client], branch: Organization, today: date) -> None:
    client, typed = signed_in("wangqiang"), form(branch, on=(today - timedelta(days=40)).isoformat())

    asked = client.post("/meetings/new/", typed)
    taken = client.post("/meetings/new/", {**typed, "late_because": "出差在外"})

    assert "补录不影响得分" in asked.content.decode()
    assert taken.status_code == 302
    assert Entry.objects.get(key=typed["key"]).is_late


def test_a_day_to_come_is_refused_with_a_reason(
    signed_in: Callable[[str], Client], branch: Organization, today: date
) -> None:
    typed = form(branch, on=(today + timedelta(days=1)).isoformat())

    answer = signed_in("wangqiang").post("/meetings/new/", typed)

    assert answer.status_code == 422
    assert "日期还没有到" in answer.content.decode()


def test_what_is_typed_is_there_again(signed_in: Callable[[str], Client], branch: Organization) -> None:
    client = signed_in("wangqiang")
    client.post("/meetings/draft/", form(branch, title="写到一半"))

    page = client.get("/meetings/new/").content.decode()

    assert "接着上次没写完的内容" in page
    assert "写到一半" in page


def test_a_neighbour_cannot_enter_for_this_branch(signed_in: Callable[[str], Client], branch: Organization) -> None:
    before = Entry.objects.count()

    answer = signed_in("liuyang").post("/meetings/new/", form(branch))

    assert answer.status_code == 403
    assert Entry.objects.count() == before


def test_a_post_cut_short_is_told_in_plain_chinese(signed_in: Callable[[str], Client]) -> None:
    answer = signed_in("wangqiang").post(
        "/meetings/new/", data=b"cut", content_type="multipart/form-data; boundary=\N{EN DASH}"
    )

    assert answer.status_code == 400
    assert "再提交一次" in answer.content.decode()


def test_a_meeting_of_a_thousand_is_taken(
    signed_in: Callable[[str], Client], branch: Organization, today: date
) -> None:
    typed = {
        "organization": branch.pk,
        "on": today.isoformat(),
        "kind": "meeting.heart_talk",
        "title": "千人大会",
        "key": str(uuid4()),
    }
    typed |= {f"{letter}{number}": "on" for letter in "mw" for number in range(1_000_000, 1_001_000)}
    typed |= {f"m{one.pk}": "on" for one in Member.objects.filter(branch=branch)}

    answer = signed_in("wangqiang").post("/meetings/new/", typed)

    assert answer.status_code == 302
