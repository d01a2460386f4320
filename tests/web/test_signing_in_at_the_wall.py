"""签到 by the code on the wall: it fills the roll, replaces nobody's say, and keeps nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from sisiwu.activities.meetings import gatherings
from sisiwu.activities.meetings.models import Gathering, Meeting, Signing
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.audit.models import LogEntry
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import Organization

type Client_ = Callable[[str], Client]


@pytest.fixture
def prepared(branch: Organization, person: Callable[[str], User], today: date) -> Gathering:
    one = Gathering(organization=branch, kind="meeting.heart_talk", title="谈谈思想", on=today, place="会议室")
    return gatherings.prepare(one, by=person("wangqiang"))


def scan(client: Client, one: Gathering, back: int = 0) -> Any:
    return client.get(f"/s/{one.pk}/{gatherings.token(one, gatherings.window() - back)}/")


def test_the_secretary_opens_the_wall_with_one_click(signed_in: Client_, branch: Organization, today: date) -> None:
    secretary = signed_in("wangqiang")
    form = secretary.get("/meetings/prepare/").context["form"]

    answer = secretary.post("/meetings/prepare/", {"kind": form["kind"].value(), "place": form["place"].value()})

    one = Gathering.objects.get(organization=branch)
    page = secretary.get(answer["Location"]).content.decode()
    assert one.on == today
    assert one.place == branch.place
    assert "<svg" in page
    assert re.search(r"\d{3} \d{3}", page)
    assert "已签到 <b>0</b> / 应到 8" in page


def test_a_scan_signs_in_and_a_second_one_is_the_same(signed_in: Client_, prepared: Gathering) -> None:
    member = signed_in("lina")

    first, again = scan(member, prepared), scan(member, prepared)

    assert (first.status_code, again.status_code) == (200, 200)
    assert "已签到" in first.content.decode()
    assert [str(one.member) for one in Signing.objects.filter(gathering=prepared)] == ["李娜"]


def test_the_wall_gives_the_address_that_signs_in(signed_in: Client_, prepared: Gathering) -> None:
    wall = signed_in("wangqiang").get(f"/meetings/gatherings/{prepared.pk}/wall/").context["address"]

    assert signed_in("lina").get(wall.removeprefix("http://testserver")).status_code == 200
    assert gatherings.signed(prepared) == {Member.objects.get(name="李娜").pk}


@pytest.mark.parametrize("back", [0, 1, 2, 3])
def test_a_code_holds_for_its_window_and_three_more(signed_in: Client_, prepared: Gathering, back: int) -> None:
    assert scan(signed_in("lina"), prepared, back).status_code == 200


@pytest.mark.parametrize("back", [4, 5, -1, 1000])
def test_another_code_is_refused_with_what_to_do(signed_in: Client_, prepared: Gathering, back: int) -> None:
    answer = scan(signed_in("lina"), prepared, back)

    assert answer.status_code == 403
    assert "请再扫一次墙上的二维码" in answer.content.decode()
    assert not Signing.objects.exists()


def test_the_code_of_one_meeting_is_none_of_another(
    signed_in: Client_, prepared: Gathering, person: Callable[[str], User], branch: Organization, today: date
) -> None:
    other = gatherings.prepare(Gathering(organization=branch, on=today), by=person("wangqiang"))

    answer = signed_in("lina").get(f"/s/{other.pk}/{gatherings.token(prepared, gatherings.window())}/")

    assert answer.status_code == 403


def test_who_is_not_on_the_roll_is_told_so(signed_in: Client_, prepared: Gathering) -> None:
    answer = scan(signed_in("liuyang"), prepared)

    assert answer.status_code == 403
    assert "不在“刑侦总队第一党支部”这次会议的名册上" in answer.content.decode()
    assert not Signing.objects.exists()


def test_a_stranger_signs_in_to_the_site_first(prepared: Gathering) -> None:
    answer = scan(Client(), prepared)

    assert answer.status_code == 302
    assert f"next=/s/{prepared.pk}/" in answer["Location"]


def test_the_six_digits_do_the_same(signed_in: Client_, prepared: Gathering) -> None:
    member = signed_in("lina")
    digits = gatherings.number(prepared, gatherings.window())

    there = member.get("/meetings/sign/").content.decode()
    answer = member.post("/meetings/sign/", {"number": digits})

    assert "谈心谈话：谈谈思想" in there
    assert "已签到" in answer.content.decode()
    assert Signing.objects.filter(gathering=prepared).count() == 1


def test_wrong_digits_are_told_beside_the_field_and_guessing_ends(signed_in: Client_, prepared: Gathering) -> None:
    member, right = signed_in("lina"), gatherings.number(prepared, gatherings.window())
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"

    first = member.post("/meetings/sign/", {"number": wrong})
    for _ in range(gatherings.WRONG_MAX):
        last = member.post("/meetings/sign/", {"number": wrong})

    assert first.status_code == 422
    assert "签到码已经换了" in first.context["form"].errors["number"][0]
    assert "请过五分钟再试" in last.context["form"].errors["number"][0]
    assert member.post("/meetings/sign/", {"number": right}).status_code == 422


def test_it_can_be_taken_back(signed_in: Client_, prepared: Gathering) -> None:
    member = signed_in("lina")
    scan(member, prepared)

    answer = member.post(f"/meetings/gatherings/{prepared.pk}/undo/")

    assert "已撤销签到" in answer.content.decode()
    assert not Signing.objects.exists()


def test_everybody_stays_ticked_and_the_signed_ones_are_marked(signed_in: Client_, prepared: Gathering) -> None:
    scan(signed_in("lina"), prepared)

    page = signed_in("wangqiang").get(f"/meetings/new/?gathering={prepared.pk}")

    form = page.context["form"]
    assert all(there for _, there, _ in form.roll)
    assert [str(member) for member, _, _ in form.roll if member.pk in form.signed] == ["李娜"]
    assert (form["kind"].value(), form["title"].value()) == ("meeting.heart_talk", "谈谈思想")


def test_only_the_signed_ones_are_ticked_when_the_secretary_says_so(signed_in: Client_, prepared: Gathering) -> None:
    scan(signed_in("lina"), prepared)

    page = signed_in("wangqiang").get(f"/meetings/new/?gathering={prepared.pk}&only_signed=on")

    assert [str(member) for member, there, _ in page.context["form"].roll if there] == ["李娜"]


def test_the_secretary_overrules_and_the_signings_are_forgotten(
    signed_in: Client_, prepared: Gathering, branch: Organization, today: date
) -> None:
    scan(signed_in("lina"), prepared)
    lina = Member.objects.get(name="李娜")
    typed = {
        "kind": "meeting.heart_talk", "organization": branch.pk, "on": today.isoformat(), "title": "谈谈思想", "place": "会议室",
        "gathering": prepared.pk, "key": str(uuid4()), f"w{lina.pk}": "duty",
        **{f"m{one.pk}": "on" for one in Member.objects.filter(branch=branch).exclude(pk=lina.pk)},
    }  # fmt: skip

    answer = signed_in("wangqiang").post("/meetings/new/", typed)

    meeting = Meeting.objects.get(title="谈谈思想")
    assert answer.status_code == 302
    assert meeting.attendances.get(member=lina).presence == "duty"
    assert meeting.attendances.filter(presence="present").count() == 7
    assert not Gathering.objects.exists()
    assert not Signing.objects.exists()


def test_a_mistake_in_the_form_keeps_the_signings(
    signed_in: Client_, prepared: Gathering, branch: Organization
) -> None:
    scan(signed_in("lina"), prepared)

    answer = signed_in("wangqiang").post(
        "/meetings/new/", {"organization": branch.pk, "gathering": prepared.pk, "key": str(uuid4())}
    )

    assert answer.status_code == 422
    assert len(gatherings.signed(prepared)) == 1


def test_only_a_meeting_of_today_is_prepared(branch: Organization, person: Callable[[str], User], today: date) -> None:
    with pytest.raises(ValidationError, match="今天"):
        gatherings.prepare(Gathering(organization=branch, on=today + timedelta(days=1)), by=person("wangqiang"))


def test_it_can_be_dropped_and_another_branch_cannot_see_it(signed_in: Client_, prepared: Gathering) -> None:
    wall = f"/meetings/gatherings/{prepared.pk}/"

    assert signed_in("liuyang").get(f"{wall}wall/").status_code == 404
    assert signed_in("liuyang").post(f"{wall}drop/").status_code == 404
    signed_in("wangqiang").post(f"{wall}drop/")

    assert not Gathering.objects.exists()


def test_neither_place_nor_time_nor_device_is_kept(signed_in: Client_, prepared: Gathering) -> None:
    """R3; users.md, section 6: no location, no device data. A line of the log would have an address."""
    before = LogEntry.objects.count()

    scan(signed_in("lina"), prepared)

    assert {field.name for field in Signing._meta.get_fields()} == {"id", "gathering", "member"}
    assert LogEntry.objects.count() == before


def test_the_home_page_leads_there_while_there_is_a_meeting(signed_in: Client_, prepared: Gathering) -> None:
    assert "签到：谈心谈话：谈谈思想" in signed_in("lina").get("/").content.decode()
    assert "签到：" not in signed_in("liuyang").get("/").content.decode()
    scan(signed_in("lina"), prepared)
    assert "签到：" not in signed_in("lina").get("/").content.decode()
