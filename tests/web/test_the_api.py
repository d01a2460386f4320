"""The API does what the screens do: lists, the register, activities, verification, scores; refusals in one shape."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from sisiwu.activities.articles.models import Article
from sisiwu.activities.assignments.actions import issue
from sisiwu.activities.assignments.models import Assignment
from sisiwu.activities.meetings.models import Meeting
from sisiwu.demo.cast import TEMPORARY
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.audit.models import LogEntry
from sisiwu.foundation.receipts.models import Receipt
from sisiwu.ledger.actions import decide
from sisiwu.ledger.models import Decision, Entry, Fact
from sisiwu.register.detachments.queries import roll_call
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import Organization
from sisiwu.register.positions.models import Holding, Term
from sisiwu.scoring.queries import standings

V1 = "/api/v1"
LISTS = (
    "/organizations", "/members", "/members?q=zw", "/positions", "/positions/terms", "/detachments", "/meetings", "/articles", "/trainings", "/visits", "/service-hours", "/commendations",
    "/ledger", "/ledger/facts", "/verification", "/inbox", "/log",
)  # fmt: skip


def send(client: Client, method: str, path: str, body: Any, key: UUID | str | None = None) -> Any:
    headers = {} if key == "" else {"Idempotency-Key": str(key or uuid4())}
    return getattr(client, method)(V1 + path, body, content_type="application/json", headers=headers)


@pytest.fixture
def staff(program: Callable[..., Client]) -> Client:
    return program("zhengmin")


@pytest.fixture
def secretary(program: Callable[..., Client]) -> Client:
    return program("wangqiang")


def meeting(branch: Organization, today: date, **more: Any) -> dict[str, Any]:
    return {"organization": branch.pk, "kind": "meeting.heart_talk", "title": "谈心谈话", "on": str(today), **more}


# --- reading


@pytest.mark.parametrize("path", LISTS)
def test_a_list_asks_a_constant_number_of_questions(
    path: str, program: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    client = program("sunzheng" if path == "/log" else "hejing")
    client.get(V1 + path)

    with django_assert_max_num_queries(5):
        told = client.get(V1 + path, {"limit": 200} if "?" not in path else {}).json()

    assert set(told) == {"count", "limit", "offset", "items"}
    assert told["count"] >= len(told["items"])


def test_pages_join_to_the_whole_list(staff: Client) -> None:
    whole = staff.get(f"{V1}/members?limit=200").json()

    parts = [staff.get(f"{V1}/members?limit=3&offset={at}").json() for at in range(0, whole["count"], 3)]

    assert [one["id"] for part in parts for one in part["items"]] == [one["id"] for one in whole["items"]]
    assert {part["count"] for part in parts} == {whole["count"]}
    assert staff.get(f"{V1}/members?limit=201").json()["errors"] == {"limit": ["不能大于 200。"]}


def test_an_organization_is_told_as_it_was_on_a_day(staff: Client, branch: Organization, today: date) -> None:
    before = branch.name
    answer = send(
        staff,
        "post",
        f"/organizations/{branch.pk}/change",
        {"on": str(today), "why": "批复", "name": "刑事侦查第一支部"},
    )

    then = staff.get(f"{V1}/organizations/{branch.pk}?on={today - timedelta(days=1)}").json()
    never = staff.get(f"{V1}/organizations/{branch.pk}?on=1999-01-01").json()

    assert answer.json()["as_of"]["name"] == then["name"] == "刑事侦查第一支部"
    assert then["as_of"]["name"] == before
    assert never["as_of"] is None
    assert [one["name"] for one in then["above"]] == ["省公安厅党委", "厅机关党委"]


def test_a_look_at_a_member_is_noted_as_on_the_page(staff: Client, program: Callable[..., Client]) -> None:
    lina = Member.objects.get(name="李娜")

    staff.get(f"{V1}/members/{lina.pk}")
    program("lina").get(f"{V1}/members/{lina.pk}")

    assert [str(one.by) for one in LogEntry.objects.filter(person=lina.pk, act="member.look")] == ["郑敏"]


def test_a_member_reads_own_attendance_only(program: Callable[..., Client], branch: Organization) -> None:
    one = Meeting.objects.filter(organization=branch).order_by("pk")[0]

    told = program("lina").get(f"{V1}/meetings/{one.pk}").json()

    assert [row["member"]["name"] for row in told["attendance"]] == ["李娜"]
    assert told["due"] > 1


def test_facts_of_members_are_for_those_who_read_the_roll(program: Callable[..., Client], branch: Organization) -> None:
    entry = Entry.objects.filter(organization=branch).order_by("pk")[0]

    lina = program("lina").get(f"{V1}/ledger/{entry.pk}").json()
    leader = program("yangzhigang").get(f"{V1}/ledger/{entry.pk}").json()
    secretary = program("wangqiang").get(f"{V1}/ledger/{entry.pk}").json()

    assert {fact["member"]["name"] for fact in lina["facts"] if fact["member"]} == {"李娜"}
    assert not [fact for fact in leader["facts"] if fact["member"]]
    assert len(secretary["facts"]) == entry.facts.count() > 2


def test_a_branch_is_told_its_points_and_no_place(staff: Client, secretary: Client, branch: Organization) -> None:
    own, office = secretary.get(f"{V1}/scores").json(), staff.get(f"{V1}/scores").json()
    why = secretary.get(f"{V1}/scores/organizations/{branch.pk}").json()

    assert [(one["total_centi"], one["place"]) for one in own["items"]] == [(standings()[branch.pk].total_centi, None)]
    assert sorted(one["place"] for one in office["items"] if one["place"])[:2] == [1, 2]
    assert why["total_centi"] == own["items"][0]["total_centi"]
    assert why["grade"] == ""
    assert sum(line["points_centi"] or 0 for line in why["lines"]) == why["total_centi"]


def test_search_leaves_out_what_the_token_is_not_for(program: Callable[..., Client]) -> None:
    wide = program("hejing").get(f"{V1}/search", {"q": "学习"}).json()
    narrow = program("hejing", "read:register").get(f"{V1}/search", {"q": "学习"}).json()

    assert {one["kind"] for one in wide} >= {"entry"}
    assert {one["kind"] for one in narrow} <= {"organization", "member"}


def test_before_entering_it_is_told_where_a_kind_counts(secretary: Client) -> None:
    told = secretary.get(f"{V1}/feeds", {"kind": "meeting.party_day"}).json()

    assert {"scheme", "list", "item", "clause"} == set(told[0])
    assert secretary.get(f"{V1}/feeds", {"kind": "meeting.tea"}).status_code == 422
    assert "meeting.party_day" in {one["code"] for one in secretary.get(f"{V1}/feeds/kinds").json()}


# --- the register


def test_staff_found_a_branch_enter_a_member_appoint_and_elect(staff: Client, today: date) -> None:
    committee, on = Organization.objects.get(name="厅机关党委"), str(today - timedelta(days=1))
    new = {"parent": committee.pk, "name": "援疆警队临时党支部", "code": "DZ9001", "kind": 931, "on": on}

    branch = send(staff, "post", "/organizations", new).json()
    member = send(
        staff, "post", "/members", {"branch": branch["id"], "name": "单雄信", "code": "M9", "since": on}
    ).json()
    held = send(staff, "post", "/positions", {
        "organization": branch["id"], "member": member["id"], "position": 1, "since": str(today),
    }).json()  # fmt: skip
    term = send(staff, "post", "/positions/terms", {"organization": branch["id"], "on": str(today)}).json()

    assert member["memberships"] == [
        {"branch": {"id": branch["id"], "name": new["name"]}, "since": on, "until": None, "why": "录入名册"}
    ]
    assert Holding.objects.get(pk=held["id"]).organization_id == branch["id"]
    assert Term.objects.get(pk=term["id"]).number == 1
    assert Member.objects.get(pk=member["id"]).spoken == "shanxiongxin sxx"


def test_a_member_is_moved_attached_and_released(staff: Client, branch: Organization, today: date) -> None:
    lina, temporary = Member.objects.get(name="李娜"), Organization.objects.get(name=TEMPORARY)
    since, on = str(today - timedelta(days=3)), str(today)

    attached = send(
        staff, "post", "/detachments", {"organization": temporary.pk, "member": lina.pk, "since": since}
    ).json()
    released = send(staff, "post", f"/detachments/{attached['id']}/release", {"on": on}).json()
    moved = send(staff, "post", f"/members/{lina.pk}/move", {"branch": temporary.pk, "on": on, "why": "调动"}).json()

    assert released["until"] == on
    assert moved["branch"]["name"] == TEMPORARY
    assert [one["branch"]["name"] for one in moved["memberships"]] == [TEMPORARY, branch.name]


def test_two_branches_become_one(staff: Client, branch: Organization, today: date) -> None:
    on, key = str(today - timedelta(days=2)), uuid4()
    new = {"parent": branch.parent_id, "name": "专案组党支部", "code": "DZ9001", "on": on}
    other = send(staff, "post", "/organizations", new).json()
    member = send(staff, "post", "/members", {"branch": other["id"], "name": "张三", "code": "M9", "since": on}).json()
    path, body = f"/organizations/{other['id']}/merge", {"into": branch.pk, "on": str(today), "why": "批复"}

    first, again = send(staff, "post", path, body, key), send(staff, "post", path, body, key)

    assert first.status_code == 200, first.json()
    assert first.json() == again.json()
    assert first.json()["dissolved_on"] == str(today)
    assert Member.objects.get(pk=member["id"]).branch == branch


def test_the_same_key_answers_the_same_deed(staff: Client, branch: Organization, today: date) -> None:
    body, key = {"branch": branch.pk, "name": "张三", "code": "M9", "since": str(today)}, uuid4()

    first, second = send(staff, "post", "/members", body, key), send(staff, "post", "/members", body, key)

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert Member.objects.filter(code="M9").count() == 1


def test_a_refused_deed_leaves_its_key_free(staff: Client, branch: Organization, today: date) -> None:
    key, taken = uuid4(), Member.objects.get(name="李娜").code
    body = {"branch": branch.pk, "name": "张三", "code": taken, "since": str(today)}

    refused = send(staff, "post", "/members", body, key)
    mended = send(staff, "post", "/members", {**body, "code": "M9"}, key)

    assert refused.status_code == 422
    assert list(refused.json()["errors"]) == ["code"]
    assert mended.status_code == 201


def test_the_key_of_another_person_or_deed_is_refused(
    staff: Client, program: Callable[..., Client], branch: Organization, today: date
) -> None:
    key = uuid4()
    body = {"branch": branch.pk, "name": "张三", "code": "M9", "since": str(today)}
    send(staff, "post", "/members", body, key)

    another = send(program("hejing"), "post", "/members", {**body, "code": "M10"}, key)
    otherwise = send(staff, "post", "/positions/terms", {"organization": branch.pk, "on": str(today)}, key)

    assert another.status_code == otherwise.status_code == 409
    assert Member.objects.filter(name="张三").count() == 1
    assert Receipt.objects.filter(key=key).count() == 1


def test_making_something_without_a_key_is_refused(
    staff: Client, secretary: Client, branch: Organization, today: date
) -> None:
    refused = send(
        staff, "post", "/members", {"branch": branch.pk, "name": "张三", "code": "M9", "since": str(today)}, ""
    )

    assert refused.status_code == 422
    assert refused.json()["errors"] == {"Idempotency-Key": ["必填。"]}
    assert send(secretary, "post", "/meetings", meeting(branch, today), "").status_code == 422


# --- activities


def test_a_meeting_is_entered_with_everybody_but_those_named(
    secretary: Client, branch: Organization, today: date
) -> None:
    lina = Member.objects.get(name="李娜")

    answer = send(
        secretary, "post", "/meetings", meeting(branch, today, absences=[{"member": lina.pk, "presence": "sick"}])
    )

    told = answer.json()
    assert answer.status_code == 201
    assert (told["state"], told["due"] - told["present"], told["version"]) == ("waiting", 1, 1)
    assert {row["presence"] for row in told["attendance"] if row["member"]["id"] == lina.pk} == {"sick"}
    assert told["feeds"]
    assert Fact.objects.filter(entry=told["entry"], member=lina).count() == 0


def test_a_program_is_told_the_same_sentences_as_a_person(secretary: Client, branch: Organization, today: date) -> None:
    stranger = Member.objects.exclude(branch=branch).filter(attachments__isnull=True)[0]
    late = send(secretary, "post", "/meetings", meeting(branch, today - timedelta(days=30))).json()
    lecture = send(secretary, "post", "/meetings", meeting(branch, today, kind="meeting.party_lecture")).json()
    future = send(secretary, "post", "/meetings", meeting(branch, today + timedelta(days=1))).json()
    absent = meeting(branch, today, absences=[{"member": stranger.pk, "presence": "sick"}])

    assert "请用一句话说明补录原因" in late["errors"]["late_because"][0]
    assert "党课请选讲课人" in lecture["errors"]["lecturer"][0]
    assert "日期还没有到" in future["errors"]["on"][0]
    assert "不在名册上" in send(secretary, "post", "/meetings", absent).json()["errors"]["absences"][0]
    assert not Meeting.objects.filter(title="谈心谈话").exists()


def test_the_same_article_of_another_is_answered_with_where_it_is(
    secretary: Client, staff: Client, branch: Organization, neighbour: Organization, today: date
) -> None:
    article = {"title": "警心党建", "on": str(today), "medium": "四川日报", "level": "provincial"}
    send(secretary, "post", "/articles", {**article, "organization": branch.pk})

    again = send(staff, "post", "/articles", {**article, "organization": neighbour.pk})

    assert again.status_code == 422
    assert "不用再报" in again.json()["errors"]["title"][0]
    assert Article.objects.filter(title="警心党建").count() == 1


def test_the_same_key_enters_a_meeting_once(
    secretary: Client, program: Callable[..., Client], branch: Organization, today: date
) -> None:
    key, body = uuid4(), meeting(branch, today)

    first, second = send(secretary, "post", "/meetings", body, key), send(secretary, "post", "/meetings", body, key)
    another = send(program("chentao"), "post", "/meetings", body, key)

    assert (first.status_code, second.status_code, another.status_code) == (201, 200, 409)
    assert first.json() == second.json()
    assert Entry.objects.filter(key=key).count() == 1


def test_the_key_of_a_meeting_does_not_answer_for_an_article(
    secretary: Client, branch: Organization, today: date
) -> None:
    key = uuid4()
    send(secretary, "post", "/meetings", meeting(branch, today), key)

    article = {
        "organization": branch.pk,
        "title": "警心党建",
        "on": str(today),
        "medium": "四川日报",
        "level": "provincial",
    }

    assert send(secretary, "post", "/articles", article, key).status_code == 409
    assert not Article.objects.filter(title="警心党建").exists()


def test_an_older_version_gets_409_with_both(
    secretary: Client, program: Callable[..., Client], branch: Organization, today: date
) -> None:
    one = send(secretary, "post", "/meetings", meeting(branch, today)).json()
    decide(Entry.objects.get(pk=one["entry"]), accepted=False, reason="请补内容", by=None)
    body = {**meeting(branch, today), "version": 1}
    mended = send(secretary, "put", f"/meetings/{one['id']}", {**body, "title": "谈心谈话（补充）"}, "")

    stale = send(program("chentao"), "put", f"/meetings/{one['id']}", {**body, "title": "谈心谈话，另一稿"})

    told = stale.json()
    assert (mended.status_code, mended.json()["version"]) == (200, 2)
    assert stale.status_code == 409
    assert (told["stored"]["title"], told["yours"]["title"]) == ("谈心谈话（补充）", "谈心谈话，另一稿")
    assert (told["stored"]["version"], told["yours"]["version"]) == (2, 1)
    assert Meeting.objects.get(pk=one["id"]).title == "谈心谈话（补充）"


def test_what_waits_or_counts_cannot_be_changed(secretary: Client, branch: Organization, today: date) -> None:
    one = send(secretary, "post", "/meetings", meeting(branch, today)).json()

    refused = send(secretary, "put", f"/meetings/{one['id']}", {**meeting(branch, today), "version": 1})

    assert refused.status_code == 422
    assert "正在核实" in refused.json()["detail"]


@pytest.mark.parametrize(("path", "more", "people"), [
    ("/trainings", {"kind": "rotation", "hours_centi": 850}, "all"),
    ("/trainings", {"kind": "rotation", "hours_centi": 850, "others": "刘洋"}, "all and one"),
    ("/visits", {"kind": "comfort", "place": "文庙社区"}, "none"),
    ("/service-hours", {"place": "文庙社区", "hours_centi": 150}, "named"),
    ("/commendations", {"kind": "commendation.organization", "level": "committee", "granted_by": "厅机关党委"}, None),
])  # fmt: skip
def test_every_kind_of_activity_is_entered_alike(
    path: str, more: dict[str, Any], people: str | None, staff: Client, branch: Organization, today: date
) -> None:
    roll, lina = roll_call(branch, today).count(), Member.objects.get(name="李娜")
    expected = {"all": roll, "all and one": roll + 1, "none": 0, "named": 1}
    body = {"organization": branch.pk, "title": "一件没有过的事", "on": str(today), **more}
    if people == "named":
        body["members"] = [lina.pk]

    answer = send(staff, "post", path, body)

    told = answer.json()
    assert answer.status_code == 201, told
    assert told.get("hours_centi") == more.get("hours_centi")
    assert (told["state"], told["version"]) == ("waiting", 1)
    assert people is None or told["people_count"] == len(told["people"]) == expected[people]


def test_a_twin_is_told_and_entered_when_it_is_said_to_be_another(
    secretary: Client, branch: Organization, today: date
) -> None:
    body = meeting(branch, today, kind="meeting.organization_life")
    send(secretary, "post", "/meetings", body)

    again = send(secretary, "post", "/meetings", body)

    assert list(again.json()["errors"]) == ["another"]
    assert "<a" not in again.json()["errors"]["another"][0]
    assert send(secretary, "post", "/meetings", {**body, "another": True}).status_code == 201


def test_an_entry_says_which_assignment_it_does(
    secretary: Client, person: Callable[[str], User], branch: Organization, today: date
) -> None:
    wrong = send(secretary, "post", "/meetings", meeting(branch, today, assignment=10**6))
    asked = Assignment(
        key=uuid4(), title="廉政教育", asked="谈一次心", basis="厅党委部署", category="study", kinds=["meeting.heart_talk"],
        counts_from=today, due_on=today, chosen="点名", issuer=Organization.objects.get(name="厅机关党委"),
    )  # fmt: skip
    target = issue(asked, [branch], by=person("zhengmin")).targets.get()

    told = send(secretary, "post", "/meetings", meeting(branch, today, assignment=target.pk))

    assert list(wrong.json()["errors"]) == ["assignment"]
    assert told.status_code == 201, told.json()
    assert target.answers.get().source == f"meetings.meeting:{told.json()['id']}"


# --- verification


def test_two_entries_of_one_matter_are_merged(staff: Client, entered: Callable[..., Entry]) -> None:
    one, two = entered(), entered()

    told = send(staff, "post", f"/verification/{two.pk}/merge", {"into": one.pk}).json()

    assert (told["state"], "是同一件事" in told["reason"]) == ("returned", True)


def test_an_entry_is_verified_and_counts(staff: Client, entered: Callable[..., Entry]) -> None:
    entry = entered()
    assert entry.pk in {one["id"] for one in staff.get(f"{V1}/verification?limit=200").json()["items"]}

    told = send(staff, "post", f"/verification/{entry.pk}", {"accepted": True}).json()

    assert (told["state"], told["decided_by"]["name"]) == ("accepted", "郑敏")


def test_several_are_decided_each_for_itself(staff: Client, entered: Callable[..., Entry]) -> None:
    one, two = entered(), entered()
    decide(two, accepted=True, by=None)
    key, body = uuid4(), {"entries": [one.pk, two.pk, 10**9], "accepted": True}

    first, second = send(staff, "post", "/verification", body, key), send(staff, "post", "/verification", body, key)

    assert [row["done"] for row in first.json()] == [row["done"] for row in second.json()] == [True, False, False]
    assert "已经处理过" in first.json()[1]["detail"]
    assert Decision.objects.filter(entry=one).count() == 1


def test_returning_needs_a_reason_and_nobody_decides_their_own(
    staff: Client, program: Callable[..., Client], entered: Callable[..., Entry], branch: Organization, today: date
) -> None:
    entry = entered()
    own = send(staff, "post", "/meetings", meeting(branch, today)).json()["entry"]

    assert send(staff, "post", f"/verification/{entry.pk}", {"accepted": False}).status_code == 422
    assert send(staff, "post", f"/verification/{own}", {"accepted": True}).status_code == 403


def test_a_fact_is_reversed_once(staff: Client, entered: Callable[..., Entry], today: date) -> None:
    fact, key = entered().facts.all()[0], uuid4()

    first = send(staff, "post", f"/ledger/facts/{fact.pk}/reverse", {"why": "重复"}, key)
    again = send(staff, "post", f"/ledger/facts/{fact.pk}/reverse", {"why": "重复"}, key)
    anew = send(staff, "post", f"/ledger/facts/{fact.pk}/reverse", {"why": "重复"})

    assert first.json() == again.json()
    assert first.json()["reversed_on"] == str(today)
    assert anew.status_code == 422


# --- refusals


def test_every_refusal_has_one_shape(staff: Client, branch: Organization) -> None:
    answers = {
        400: staff.post(
            f"{V1}/members", "{", content_type="application/json", headers={"Idempotency-Key": str(uuid4())}
        ),
        401: Client().get(f"{V1}/me"),
        404: staff.get(f"{V1}/organizations/999999999"),
        405: staff.delete(f"{V1}/organizations"),
        422: staff.get(f"{V1}/organizations?limit=x&kind=7"),
    }

    for status, answer in answers.items():
        assert answer.status_code == status
        assert answer["Content-Type"].startswith("application/json")
        assert set(answer.json()) == {"detail", "errors"}
        assert any("一" <= char <= "鿿" for char in answer.json()["detail"])
    assert staff.get("/api/v2/anything").json()["detail"].startswith("没有找到")
    assert answers[422].json()["errors"]["limit"] == ["请写成整数。"]


def test_a_field_that_is_not_known_is_named(staff: Client, branch: Organization, today: date) -> None:
    body = {"branch": branch.pk, "nmae": "张三", "code": "M9", "since": "下周"}

    errors = send(staff, "post", "/members", body).json()["errors"]

    assert errors == {
        "nmae": ["没有这个字段，请检查拼写。"],
        "name": ["必填。"],
        "since": ["请写成日期，例如 2026-11-24。"],
    }


def test_a_failure_of_ours_is_told_in_the_same_shape_and_changes_nothing(
    staff: Client, branch: Organization, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sisiwu.register.members.actions.note", lambda *_a, **_k: 1 / 0)

    answer = send(staff, "post", "/members", {"branch": branch.pk, "name": "张三", "code": "M9", "since": str(today)})

    assert answer.status_code == 500
    assert answer.json()["detail"].startswith("程序出错了")
    assert not Member.objects.filter(code="M9").exists()
    assert not Receipt.objects.filter(what="members.enter").exists()


def test_a_browser_reads_with_its_cookie_and_writes_with_the_csrf_token(branch: Organization, today: date) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(branch_user(), backend="allauth.account.auth_backends.AuthenticationBackend")
    token = browser.get("/me/tokens/").cookies["csrftoken"].value
    body, key = meeting(branch, today), str(uuid4())
    path, kind = f"{V1}/meetings", "application/json"

    without = browser.post(path, body, content_type=kind, headers={"Idempotency-Key": key})
    within = browser.post(path, body, content_type=kind, headers={"Idempotency-Key": key, "X-CSRFToken": token})

    assert browser.get(f"{V1}/meetings").status_code == 200
    assert without.status_code == 403
    assert "X-CSRFToken" in without.json()["detail"]
    assert within.status_code == 201


def branch_user() -> Any:
    return Member.objects.get(name="王强").user


def test_too_many_requests_of_one_token_are_put_off(program: Callable[..., Client], settings: Any) -> None:
    settings.SISIWU_REST_RATE = "3/min"
    one, other = program("zhengmin"), program("zhengmin")

    answers = [one.get(f"{V1}/me") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert set(answers[3].json()) == {"detail", "errors"}
    assert 0 < int(answers[3]["Retry-After"]) <= 60
    assert other.get(f"{V1}/me").status_code == 200
