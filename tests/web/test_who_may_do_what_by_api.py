"""Every operation of the API × everybody of the cast × inside and outside: whom it serves. New ones have to be added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from sisiwu.activities.articles.models import Article, Partner
from sisiwu.activities.assignments.models import Target
from sisiwu.activities.commendations.models import Commendation
from sisiwu.activities.entries.models import Activity
from sisiwu.activities.meetings.models import Gathering, Meeting
from sisiwu.activities.service_hours.models import Service
from sisiwu.activities.spot_checks.models import Check, Draw
from sisiwu.activities.trainings.models import Training
from sisiwu.activities.visits.models import Visit
from sisiwu.demo.cast import CAST, TEMPORARY
from sisiwu.faces.rest.api import api
from sisiwu.foundation.accounts.models import Grant, User
from sisiwu.foundation.accounts.roles import Role, Verb
from sisiwu.foundation.documents.models import Document
from sisiwu.foundation.evidence.models import File
from sisiwu.foundation.feedback.models import Suggestion
from sisiwu.foundation.inbox.actions import ask
from sisiwu.foundation.tokens.models import Scope
from sisiwu.ledger.models import Entry
from sisiwu.register.admissions.actions import apply
from sisiwu.register.detachments.models import Attachment
from sisiwu.register.intake.actions import leave_out
from sisiwu.register.intake.models import Upload
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import Organization
from sisiwu.register.transfers.models import Transfer, Type, Way

EVERYBODY = {one.username for one in CAST}
STAFF = {"zhengmin", "hejing"}
LOOKING = EVERYBODY - {"xitong", "anquan", "shenji"}
WHOLE = STAFF | {"yangzhigang", "sunzheng"}
BRANCH, ELSEWHERE = WHOLE | {"wangqiang", "chentao"}, WHOLE
ENTERING = STAFF | {"wangqiang", "chentao"}
ROLL = ENTERING
"""Who lets members of the branch in and out."""
SCORES = BRANCH | {"zhoumin"}
KINDS = ("articles", "trainings", "visits", "service_hours", "commendations")

INSIDE: dict[str, set[str]] = {
    "me": EVERYBODY, "inbox": EVERYBODY, "search": EVERYBODY, "log": {"sunzheng", "shenji"},
    "organizations_list": LOOKING, "organizations_one": BRANCH | {"lina"},
    "organizations_found": STAFF, "organizations_change": STAFF, "organizations_dissolve": STAFF, "organizations_merge": STAFF,
    "members_list": EVERYBODY, "members_one": (BRANCH | {"lina"}) - {"yangzhigang"},
    "members_enter": STAFF, "members_move": STAFF,
    "positions_list": LOOKING, "positions_appoint": STAFF, "positions_relieve": STAFF,
    "positions_terms": LOOKING, "positions_elect": STAFF,
    "detachments_list": STAFF | {"wangqiang", "chentao", "sunzheng"}, "detachments_attach": STAFF, "detachments_release": STAFF,
    "meetings_list": LOOKING, "meetings_one": BRANCH | {"lina"}, "meetings_enter": ENTERING, "meetings_mend": ENTERING,
    **{f"{room}_list": LOOKING for room in KINDS}, **{f"{room}_one": BRANCH | {"lina"} for room in KINDS},
    **{f"{room}_enter": ENTERING for room in KINDS}, **{f"{room}_mend": ENTERING for room in KINDS},
    "verification_merge": STAFF,
    "ledger_entries": LOOKING, "ledger_entry": BRANCH | {"lina"},
    "ledger_facts": LOOKING, "ledger_fact": BRANCH | {"lina"}, "ledger_reverse": STAFF,
    "verification_pending": STAFF, "verification_decide": STAFF, "verification_decide_many": STAFF,
    "feeds_of": LOOKING, "feeds_kinds": LOOKING,
    "scores_list": SCORES, "scores_organization": BRANCH, "scores_member": (BRANCH | {"lina"}) - {"yangzhigang"},
    "looks": {"wangqiang", "chentao", "lina", "liuyang", "zhaojun"},
    "organizations_tree": LOOKING, "organizations_regions": LOOKING, "positions_calendar": LOOKING, "members_link": STAFF,
    "transfers_list": ROLL | {"sunzheng"}, "transfers_one": ROLL | {"sunzheng"},
    "transfers_issue": STAFF, "transfers_expect": STAFF, "transfers_receive": ROLL, "transfers_refuse": ROLL,
    "transfers_withdraw": STAFF, "transfers_reissue": STAFF,
    "admissions_list": ROLL | {"sunzheng"}, "admissions_one": ROLL | {"sunzheng"}, "admissions_steps": LOOKING,
    "admissions_apply": ROLL, "admissions_do": ROLL, "admissions_extend": ROLL, "admissions_take_back": ROLL, "admissions_stop": ROLL,
    "intake_list": STAFF, "intake_receive": STAFF, "intake_template": STAFF, "intake_export": STAFF,
    **{f"intake_{do}": {"zhengmin"} for do in ("one", "marked", "skip", "write", "drop")},
    "meetings_gatherings": ENTERING | {"zhoumin"}, "meetings_gathering": ENTERING, "meetings_prepare": ENTERING, "meetings_drop": ENTERING,
    "articles_partners": STAFF, "articles_join": ENTERING, "articles_decide_partner": STAFF,
    "assignments_list": LOOKING, "assignments_one": LOOKING - {"zhoumin"}, "assignments_targets": LOOKING - {"zhoumin"},
    "assignments_target": BRANCH | {"lina"}, "assignments_todo": {"wangqiang", "chentao", "zhoumin"},
    **{f"assignments_{do}": STAFF for do in ("preview", "issue", "extend", "withdraw", "excuse", "extend_one")},
    "spot_checks_list": LOOKING, "spot_checks_one": LOOKING - {"zhoumin"}, "spot_checks_numbers": LOOKING - {"zhoumin"},
    "spot_checks_check": BRANCH | {"lina"}, "spot_checks_draw": STAFF, "spot_checks_show": ENTERING, "spot_checks_find": STAFF,
    "evidence_list": EVERYBODY, "evidence_file": BRANCH - {"yangzhigang"}, "evidence_drop": BRANCH - {"yangzhigang"},
    "evidence_upload": ENTERING,
    "ledger_once": LOOKING, "verification_twin": STAFF,
    "inbox_asked": STAFF, "inbox_hasten": STAFF, "inbox_preference": EVERYBODY, "inbox_prefer": EVERYBODY,
    "feedback_list": STAFF, "feedback_one": STAFF, "feedback_answer": STAFF, "feedback_close": STAFF,
    "feedback_mine": EVERYBODY, "feedback_suggest": EVERYBODY,
    "workdays_list": EVERYBODY, "workdays_one": EVERYBODY, "workdays_publish": STAFF | {"xitong"},
    "documents_list": LOOKING, "documents_one": LOOKING, "documents_sync": STAFF,
    "accounts_list": {"xitong", "anquan"}, "accounts_one": {"xitong", "anquan"},
    **{f"accounts_{do}": {"xitong"} for do in ("open", "reset", "close", "reopen")},
    "accounts_give": {"anquan"}, "accounts_take": {"anquan"},
}  # fmt: skip
"""Whom each operation serves for objects of the first branch (200 or 201, or 422 for what the day forbids)."""

OUTSIDE: dict[str, set[str]] = {
    **INSIDE,
    "organizations_one": WHOLE | {"liuyang", "zhaojun"}, "members_one": STAFF | {"sunzheng", "liuyang"},
    "meetings_one": WHOLE | {"liuyang", "zhaojun"}, "meetings_enter": STAFF, "meetings_mend": STAFF,
    **{f"{room}_one": WHOLE | {"liuyang", "zhaojun"} for room in KINDS},
    **{f"{room}_enter": STAFF for room in KINDS}, **{f"{room}_mend": STAFF for room in KINDS},
    "ledger_entry": WHOLE | {"liuyang", "zhaojun"}, "ledger_fact": WHOLE | {"liuyang", "zhaojun"},
    "scores_organization": WHOLE, "scores_member": STAFF | {"sunzheng", "liuyang"},
    "transfers_one": STAFF | {"sunzheng"}, "transfers_receive": STAFF, "transfers_refuse": STAFF,
    "admissions_one": STAFF | {"sunzheng"},
    **{f"admissions_{do}": STAFF for do in ("apply", "do", "extend", "take_back", "stop")},
    "meetings_gathering": STAFF, "meetings_prepare": STAFF, "meetings_drop": STAFF, "articles_join": STAFF,
    "assignments_target": WHOLE | {"liuyang", "zhaojun"}, "spot_checks_check": WHOLE | {"liuyang", "zhaojun"},
    "spot_checks_show": STAFF, "evidence_file": STAFF | {"sunzheng"}, "evidence_drop": STAFF | {"sunzheng"},
    "evidence_upload": STAFF,
}  # fmt: skip
"""The same for objects of the second branch."""


@dataclass
class World:
    """Objects of one branch that operations are tried on."""

    branch: Organization
    member: Member
    meeting: Meeting
    others: dict[str, int]
    """The number of one activity of each kind besides meetings, and of one object of each further room."""
    special: dict[str, int]
    """Of operations that are about another object than their room's."""
    entry: Entry
    today: date

    def path(self, operation: str, template: str) -> str:
        known = {
            "organizations": self.branch.pk, "members": self.member.pk, "meetings": self.meeting.pk,
            **self.others, **self.special, "ledger": self.entry.pk, "verification": self.entry.pk,
            "positions": self.branch.holdings.order_by("pk")[0].pk, "detachments": Attachment.objects.order_by("pk")[0].pk,
        }  # fmt: skip
        names = (operation, operation.rpartition("_")[0], operation.partition("_")[0])
        number = next((known[name] for name in names if name in known), 0)
        if operation in ("ledger_fact", "ledger_reverse"):
            number = self.entry.facts.filter(organization__isnull=False)[0].pk
        if operation == "scores_organization":
            number = self.branch.pk
        if operation == "scores_member":
            number = self.member.pk
        return template.replace("{pk}", str(number)).replace("{year}", "2026").replace("{number}", "2")

    def body(self, operation: str) -> dict[str, Any]:
        on = str(self.today)
        meeting = {"organization": self.branch.pk, "kind": "meeting.heart_talk", "title": "谈心", "on": on}
        common = {"organization": self.branch.pk, "title": "一件事", "on": on}
        others = {
            "articles": {**common, "medium": "法治日报", "level": "national"},
            "trainings": {**common, "kind": "central", "hours_centi": 800},
            "visits": {**common, "kind": "research", "place": "文庙社区"},
            "service_hours": {**common, "place": "文庙社区", "hours_centi": 200, "members": [self.member.pk]},
            "commendations": {**common, "kind": "commendation.organization", "level": "committee", "granted_by": "厅机关党委"},
        }  # fmt: skip
        another = Entry.objects.filter(organization=self.branch).exclude(pk=self.entry.pk)[0]
        temporary = Organization.objects.get(name=TEMPORARY)
        return {
            "organizations_found": {"parent": self.branch.pk, "name": "党小组", "code": "X1", "kind": 641, "on": on},
            "organizations_change": {"on": on, "why": "批复", "name": "改名"},
            "organizations_dissolve": {"on": on, "why": "批复"},
            "organizations_merge": {"into": temporary.pk, "on": on, "why": "批复"},
            "members_enter": {"branch": self.branch.pk, "name": "张三", "code": "X1", "since": on},
            "members_move": {"branch": temporary.pk, "on": on, "why": "调动"},
            "positions_appoint": {"organization": self.branch.pk, "member": self.member.pk, "position": 7, "since": on},
            "positions_relieve": {"on": on},
            "positions_elect": {"organization": self.branch.pk, "on": on},
            "detachments_attach": {"organization": temporary.pk, "member": self.member.pk, "since": on},
            "detachments_release": {"on": on},
            "meetings_enter": meeting, "meetings_mend": {**meeting, "version": 1},
            **{f"{room}_enter": body for room, body in others.items()},
            **{f"{room}_mend": {**body, "version": 1} for room, body in others.items()},
            "verification_merge": {"into": another.pk},
            "ledger_reverse": {"why": "重复"},
            "verification_decide": {"accepted": True},
            "verification_decide_many": {"accepted": True, "entries": [self.entry.pk]},
            **self.further(temporary, on),
        }[operation]  # fmt: skip

    def further(self, elsewhere: Organization, on: str) -> dict[str, dict[str, Any]]:
        """What is sent to the rooms that came later."""
        why, asked = {"why": "批复"}, {"kinds": ["meeting.party_day"], "counts_from": on, "picked": [self.branch.pk]}
        month = {"first": "2026-01-01", "last": "2026-01-02"}
        day = str(self.today + timedelta(days=30))
        file = SimpleUploadedFile("名册.csv", "姓名,党支部\n甲,乙".encode())
        return {
            "members_link": {"username": "lina"},
            "transfers_issue": {"member": self.member.pk, "outside": "成都市公安局党委", "issued_on": on},
            "transfers_expect": {
                "name": "单雄信", "code": "M9", "status": 1, "joined_on": "2015-07-01", "to": self.branch.pk,
                "outside": "成都市公安局党委", "number": "8号", "issued_on": on,
            },
            "transfers_receive": {"on": on}, "transfers_refuse": why, "transfers_withdraw": why,
            "transfers_reissue": {"issued_on": on, "number": "9号"},
            "admissions_apply": {"branch": self.branch.pk, "name": "周舟", "code": "M9", "on": on, "who": "王强"},
            "admissions_do": {"on": on, "who": "王强"}, "admissions_extend": {"months": 6, "on": on, **why},
            "admissions_take_back": why, "admissions_stop": {"on": on, **why},
            "intake_receive": {"file": file}, "intake_skip": {"all_wrong": True}, "intake_write": {}, "intake_drop": {},
            "assignments_preview": asked,
            "assignments_issue": {**asked, "title": "学习", "asked": "学一次", "basis": "文件", "due_on": day},
            "assignments_extend": {"until": day, **why}, "assignments_withdraw": why,
            "assignments_excuse": why, "assignments_extend_one": {"until": day, **why},
            "spot_checks_draw": {**month, "seed_on": on, "phrase": "瑞雪", "count": 1},
            "spot_checks_show": {"shown": "记录本第12页"}, "spot_checks_find": {"conforms": True},
            "articles_join": {"organization": self.branch.pk}, "articles_decide_partner": {"accepted": False},
            "meetings_prepare": {"organization": self.branch.pk}, "meetings_drop": {},
            "evidence_upload": {"organization": self.branch.pk, "entry_key": str(uuid4()), "files": [file]},
            "evidence_drop": {}, "inbox_hasten": {}, "inbox_prefer": {"channel": ""},
            "feedback_suggest": {"category": "other", "text": "少填一项"}, "feedback_answer": {"answer": "好"},
            "feedback_close": {}, "documents_sync": {},
            "workdays_publish": {"source": "通知", "text": "2026-02-16至2026-02-23 休 春节"},
            "accounts_open": {"name": "周舟", "username": "zhouzhou"}, "accounts_reset": {}, "accounts_close": {},
            "accounts_reopen": {}, "accounts_give": {"role": "leader", "since": on}, "accounts_take": {},
        }  # fmt: skip


UPLOADS = {"intake_receive", "evidence_upload"}
QUERIES = {"search": {"q": "支部"}, "feeds_of": {"kind": "meeting.party_day"}}


SCHEMA = api.get_openapi_schema(path_prefix="")


def names() -> list[str]:
    return sorted(operation["operationId"] for methods in SCHEMA["paths"].values() for operation in methods.values())


ADDRESSES = {
    operation["operationId"]: (method, "/api/v1" + path)
    for path, methods in SCHEMA["paths"].items()
    for method, operation in methods.items()
}


def world_of(branch: Organization, today: date) -> World:
    meeting = Meeting.objects.filter(organization=branch).order_by("pk")[0]
    common = {"organization": branch, "title": "警心党建", "on": meeting.on}
    others: dict[str, Activity] = {
        "articles": Article(medium="四川日报", level="provincial", **common),
        "trainings": Training(hours_centi=800, **common), "visits": Visit(place="文庙社区", **common),
        "service_hours": Service(hours_centi=200, **common),
        "commendations": Commendation(level="committee", granted_by="厅机关党委", **common),
    }  # fmt: skip
    for one in others.values():
        one.save()
    entry = Entry.objects.filter(source=meeting.source)[0]
    name = {"刑侦总队第一党支部": "李娜", "刑侦总队第二党支部": "刘洋"}[branch.name]
    numbers = {room: one.pk for room, one in others.items()}
    member, staff = Member.objects.get(name=name), User.objects.get(username="zhengmin")
    further, special = later_rooms(branch, staff, meeting, entry, numbers["articles"])
    return World(branch, member, meeting, {**numbers, **further}, special, entry, today)


def later_rooms(
    branch: Organization, staff: User, meeting: Meeting, entry: Entry, article: int
) -> tuple[dict[str, int], dict[str, int]]:
    """One object of the branch in each further room, and those of operations that are about another one."""
    on, lina = meeting.on, User.objects.get(username="lina")
    transfer = Transfer.objects.create(
        way=Way.IN, type=Type.OUTSIDE, name="单雄信", code=f"T{branch.pk}", status=1, target=branch, outside="成都市公安局",
        why="调动", number=f"{branch.pk}号", issued_on=on, valid_until=on + timedelta(days=60),
    )  # fmt: skip
    admission = apply(branch=branch, name="周舟", code=f"A{branch.pk}", on=on, who="王强", by=staff)
    upload = Upload.objects.create(
        user=staff, name="名册.csv", form=".csv", content="姓名,党支部\n甲,乙".encode(), day=on, report={}
    )
    leave_out(upload, [], by=staff)
    target = Target.objects.filter(organization=branch).order_by("pk")[0]
    draw = Draw.objects.create(
        organization=branch.parent, first=on, last=on, seed_on=on, phrase="瑞雪", count=1, population=1,
        drawn_at=timezone.now(), by=staff,
    )  # fmt: skip
    check = Check.objects.create(draw=draw, entry=entry, place=1, digest="0" * 64)
    elsewhere = Organization.objects.get(name=TEMPORARY)
    partner = Partner.objects.create(article_id=article, organization=elsewhere, asked_by=staff)
    gathering = Gathering.objects.create(organization=branch, on=timezone.localdate())
    file = File.objects.create(
        sha256="0" * 64, name="纪要.pdf", media_type="application/pdf", size_bytes=1, path=branch.path, key=uuid4(),
        source=meeting.source, by=staff,
    )  # fmt: skip
    file.place.parent.mkdir(parents=True, exist_ok=True)
    file.place.write_bytes(b"%PDF-")
    given = Grant.objects.create(
        user=lina, role=Role.LEADER, path=branch.path, since=timezone.localdate() + timedelta(days=1)
    )
    rooms = {
        "transfers": transfer.pk, "admissions": admission.pk, "intake": upload.pk, "assignments": target.assignment_id,
        "spot_checks": draw.pk, "evidence": file.pk, "documents": Document.objects.order_by("pk")[0].pk,
        "feedback": Suggestion.objects.get(by=lina).pk, "accounts": lina.pk,
        "inbox": ask(f"spot:show:{branch.pk}", Verb.ENTER, branch.path, "抽查", "/").pk,
    }  # fmt: skip
    special = {
        **dict.fromkeys(("assignments_target", "assignments_excuse", "assignments_extend_one"), target.pk),
        **dict.fromkeys(("spot_checks_check", "spot_checks_show", "spot_checks_find"), check.pk),
        **dict.fromkeys(("meetings_gathering", "meetings_drop"), gathering.pk),
        "articles_decide_partner": partner.pk, "accounts_take": given.pk,
    }  # fmt: skip
    return rooms, special


def served(world: World, operation: str, client: Client) -> bool:
    """Whether somebody is served; what was changed is taken back. A 422 is an answer about the matter, not the person."""
    method, template = ADDRESSES[operation]
    path, body = world.path(operation, template), {} if method == "get" else world.body(operation)
    with transaction.atomic():
        if method == "get":
            answer = client.get(path, QUERIES.get(operation, {}))
        else:
            kind = {} if operation in UPLOADS else {"content_type": "application/json"}
            answer = getattr(client, method)(path, body, headers={"Idempotency-Key": str(uuid4())}, **kind)
        transaction.set_rollback(True)
    assert answer.status_code in (200, 201, 403, 404, 422), answer.content.decode()
    answer.close()
    assert answer.status_code < 400 or set(answer.json()) >= {"detail", "errors"}
    return answer.status_code in (200, 201, 422)


def test_every_operation_is_in_the_matrix() -> None:
    assert names() == sorted(INSIDE)


@pytest.mark.parametrize("operation", sorted(INSIDE))
def test_each_of_the_cast_is_served_as_the_role_allows(
    operation: str,
    signed_in: Callable[[str], Client],
    branch: Organization,
    neighbour: Organization,
    today: date,
) -> None:
    inside, outside = world_of(branch, today), world_of(neighbour, today)

    assert {one for one in EVERYBODY if served(inside, operation, signed_in(one))} == INSIDE[operation]
    assert {one for one in EVERYBODY if served(outside, operation, signed_in(one))} == OUTSIDE[operation]


def asked_of(client: Client, operation: str) -> Any:
    """The answer to somebody who is not let in: nothing is read of what is asked."""
    method, template = ADDRESSES[operation]
    path = template.replace("{pk}", "1").replace("{year}", "2026").replace("{number}", "2")
    return client.get(path) if method == "get" else getattr(client, method)(path, {}, content_type="application/json")


@pytest.mark.parametrize("operation", sorted(INSIDE))
def test_a_stranger_gets_401(operation: str) -> None:
    answer = asked_of(Client(), operation)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert "令牌" in answer.json()["detail"]


ANY_TOKEN = {"me", "inbox", "looks", "inbox_preference", "feedback_mine", "workdays_list", "workdays_one"}
"""What is one's own, or everybody's."""


@pytest.mark.parametrize("operation", sorted(set(INSIDE) - ANY_TOKEN))
def test_a_token_without_the_scope_gets_403(operation: str, program: Callable[..., Client]) -> None:
    method, template = ADDRESSES[operation]
    said = SCHEMA["paths"][template.removeprefix("/api/v1")][method]["description"]
    needed = {one for one in Scope.values if f"令牌用途：`{one}`" in said}

    answer = asked_of(program(min(INSIDE[operation]), *sorted(set(Scope.values) - needed)), operation)

    assert len(needed) == 1
    assert answer.status_code == 403
    assert needed.pop() in answer.json()["detail"]
