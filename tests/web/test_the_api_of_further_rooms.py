"""The API of transfers, the intake, evidence, accounts and others: what a program does there as people do on the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from worlds import world_of

from sisiwu.activities.meetings.models import Signing
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.audit.models import LogEntry
from sisiwu.ledger.models import Entry
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import Organization

V1 = "/api/v1"
LISTS = (
    "/transfers", "/transfers?state=overdue&q=a", "/admissions", "/admissions?state=ready&q=a", "/positions/calendar",
    "/organizations/tree", "/intake", "/meetings/gatherings", "/articles/partners", "/assignments", "/spot-checks",
    "/evidence", "/inbox/asked", "/feedback", "/feedback/mine", "/workdays", "/documents", "/documents?q=条例&in_force=true",
)  # fmt: skip


def send(client: Client, path: str, body: Any = None, key: UUID | None = None) -> Any:
    headers = {"Idempotency-Key": str(key or uuid4())}
    return client.post(V1 + path, body or {}, content_type="application/json", headers=headers)


def upload(client: Client, path: str, body: dict[str, Any]) -> Any:
    return client.post(V1 + path, body, headers={"Idempotency-Key": str(uuid4())})


@pytest.fixture
def staff(program: Callable[..., Client]) -> Client:
    return program("zhengmin")


@pytest.fixture
def secretary(program: Callable[..., Client]) -> Client:
    return program("wangqiang")


@pytest.mark.parametrize("path", LISTS)
def test_a_list_asks_a_constant_number_of_questions(
    path: str, staff: Client, branch: Organization, today: date, django_assert_max_num_queries: Any
) -> None:
    world_of(branch, today)
    staff.get(V1 + path)

    with django_assert_max_num_queries(6 if path == "/organizations/tree" else 5):
        told = staff.get(V1 + path).json()

    assert told["count"] >= len(told["items"])


def test_the_list_of_accounts_asks_as_little(
    program: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    officer = program("xitong")
    officer.get(f"{V1}/accounts")

    with django_assert_max_num_queries(5):
        assert officer.get(f"{V1}/accounts").json()["count"] == User.objects.count()


def test_a_member_comes_from_another_branch_by_a_letter(
    staff: Client, secretary: Client, branch: Organization, neighbour: Organization, today: date
) -> None:
    liuyang, key = Member.objects.get(name="刘洋"), uuid4()
    asked = {"member": liuyang.pk, "to": branch.pk, "issued_on": str(today)}

    issued, again = send(staff, "/transfers", asked, key), send(staff, "/transfers", asked, key)
    foreign = send(secretary, f"/transfers/{issued.json()['id']}/withdraw", {"why": "不调了"})
    received = send(secretary, f"/transfers/{issued.json()['id']}/receive", {"on": str(today)})

    assert (issued.status_code, again.status_code, foreign.status_code) == (201, 200, 403)
    assert issued.json()["from_words"] == neighbour.name
    assert received.json()["state"] == "received"
    assert Member.objects.get(pk=liuyang.pk).branch == branch


def test_an_application_is_taken_and_its_next_step_done(secretary: Client, branch: Organization, today: date) -> None:
    applied = send(secretary, "/admissions", {
        "branch": branch.pk, "name": "周舟", "code": "M9", "on": str(today), "who": "王强",
    }).json()  # fmt: skip
    early = send(secretary, f"/admissions/{applied['id']}/steps/5", {"on": str(today), "who": "王强"})
    done = send(secretary, f"/admissions/{applied['id']}/steps/2", {"on": str(today), "who": "王强"}).json()

    assert (applied["next_number"], done["next_number"]) == (2, 3)
    assert "还有" in early.json()["errors"]["on"][0]
    assert [one["number"] for one in done["done"]] == [1, 2]


def test_a_workbook_is_checked_rows_left_out_and_the_rest_written(staff: Client, branch: Organization) -> None:
    text = f"姓名,编号,所在支部,党籍\n单雄信,M9001,{branch.code},正式党员\n程咬金,M9002,没有的支部,正式党员\n"
    file = SimpleUploadedFile("党员.csv", text.encode())

    checked = upload(staff, "/intake", {"file": file}).json()
    refused = send(staff, f"/intake/{checked['id']}/write").json()
    skipped = send(staff, f"/intake/{checked['id']}/skip", {"all_wrong": True}).json()
    key = uuid4()
    written, again = (send(staff, f"/intake/{checked['id']}/write", {}, key).json() for _ in range(2))

    assert (checked["problems_count"], checked["may_write"], refused["written"]) == (1, False, False)
    assert (skipped["may_write"], [one["row"] for one in skipped["skipped"]]) == (True, [3])
    assert written == again == {"written": True, "detail": "已写入名册。", "upload": None}
    assert Member.objects.filter(name__in=("单雄信", "程咬金")).count() == 1


def test_the_register_goes_out_as_a_workbook(staff: Client) -> None:
    answer = staff.get(f"{V1}/intake/export")

    assert answer.content[:2] == b"PK"
    assert LogEntry.objects.filter(act="intake.export").exists()


def test_evidence_sent_first_lies_beside_the_entry(secretary: Client, branch: Organization, today: date) -> None:
    key, body = uuid4(), b"%PDF-1.4 minutes\n%%EOF"
    sent = upload(secretary, "/evidence/upload", {
        "organization": branch.pk, "entry_key": str(key), "files": [SimpleUploadedFile("纪要.pdf", body)],
    })  # fmt: skip
    meeting = {"organization": branch.pk, "kind": "meeting.heart_talk", "title": "谈心", "on": str(today)}
    entered = send(secretary, "/meetings", meeting, key).json()
    source = Entry.objects.get(pk=entered["entry"]).source

    (listed,) = secretary.get(f"{V1}/evidence", {"source": source}).json()["items"]
    bytes_ = b"".join(secretary.get(f"{V1}/evidence/{listed['id']}").streaming_content)  # type: ignore[attr-defined]
    late = send(secretary, f"/evidence/{listed['id']}/drop")

    assert (sent.status_code, sent.json()[0]["name"], listed["name"]) == (201, "纪要.pdf", "纪要.pdf")
    assert bytes_.startswith(b"%PDF")
    assert late.status_code == 422


def test_an_assignment_is_looked_at_issued_and_extended(staff: Client, branch: Organization, today: date) -> None:
    day = str(today.replace(year=today.year + 1))
    asked = {"kinds": ["meeting.party_day"], "counts_from": str(today), "picked": [branch.pk]}

    seen = send(staff, "/assignments/preview", asked).json()
    one = send(
        staff, "/assignments", {**asked, "title": "学党章", "asked": "学一次", "basis": "文件", "due_on": str(today)}
    ).json()
    send(staff, f"/assignments/{one['id']}/extend", {"until": day, "why": "年底任务重"})
    (target,) = staff.get(f"{V1}/assignments/{one['id']}/targets").json()["items"]

    assert (seen["number"], one["asked_of"]) == (1, 1)
    assert (target["organization"]["id"], target["due_on"]) == (branch.pk, day)


def test_a_program_prepares_signing_in_and_signs_for_nobody(secretary: Client, branch: Organization) -> None:
    one, key = send(secretary, "/meetings/gatherings", {"organization": branch.pk}).json(), uuid4()
    lina = Member.objects.get(name="李娜")
    Signing.objects.create(gathering_id=one["id"], member=lina)

    told = secretary.get(f"{V1}/meetings/gatherings/{one['id']}").json()
    gone, again = (send(secretary, f"/meetings/gatherings/{one['id']}/drop", {}, key) for _ in range(2))

    assert told["signed"] == [{"id": lina.pk, "name": "李娜"}]
    assert "secret" not in told
    assert gone.status_code == again.status_code == 200
    assert secretary.get(f"{V1}/meetings/gatherings/{one['id']}").status_code == 404


def test_a_first_password_is_answered_once(program: Callable[..., Client]) -> None:
    officer, key, asked = program("xitong"), uuid4(), {"name": "周舟", "username": "zhouzhou"}

    first, again = send(officer, "/accounts", asked, key), send(officer, "/accounts", asked, key)

    assert (first.status_code, again.status_code) == (201, 200)
    assert User.objects.get(username="zhouzhou").check_password(first.json()["password"])
    assert again.json()["password"] is None
    assert first.json()["password"] not in "".join(map(str, LogEntry.objects.values()))


def test_roles_are_given_by_the_security_officer_alone(program: Callable[..., Client], today: date) -> None:
    zhoumin, role = User.objects.get(username="zhoumin"), {"role": "leader", "at": "厅机关党委", "since": str(today)}

    refused = send(program("xitong"), f"/accounts/{zhoumin.pk}/roles", role)
    given = send(program("anquan"), f"/accounts/{zhoumin.pk}/roles", role).json()
    (new,) = [one for one in given["roles"] if one["role"]["code"] == "leader"]
    taken = send(program("anquan"), f"/accounts/roles/{new['id']}/take").json()

    assert refused.status_code == 403
    assert new["at"] == "厅机关党委"
    assert [one["until"] for one in taken["roles"] if one["id"] == new["id"]] == [str(today)]


def test_a_suggestion_is_answered_and_read_by_whoever_made_it(staff: Client, program: Callable[..., Client]) -> None:
    lina = program("lina")
    said = send(lina, "/feedback", {"category": "burden", "text": "少填一项"}).json()

    early = send(staff, f"/feedback/{said['id']}/close")
    send(staff, f"/feedback/{said['id']}/answer", {"answer": "下月起不用填"})

    assert early.status_code == 422
    assert lina.get(f"{V1}/feedback/mine").json()["items"][0]["answer"] == "下月起不用填"
    assert lina.get(f"{V1}/feedback/{said['id']}").status_code == 403


def test_the_counter_says_that_nothing_is_typed_twice(staff: Client) -> None:
    told = staff.get(f"{V1}/ledger/once").json()

    assert told["per_fact_centi"] == 100
    assert told["facts"] > told["entries"] > 0
    assert told["uses"] == sum(row["facts"] * row["uses"] for row in told["rows"]) > 0
