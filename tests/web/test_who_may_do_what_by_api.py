"""Every operation of the API × everybody of the cast × inside and outside: whom it serves. New ones have to be added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from sisiwu.activities.articles.models import Article
from sisiwu.activities.commendations.models import Commendation
from sisiwu.activities.entries.models import Activity
from sisiwu.activities.meetings.models import Meeting
from sisiwu.activities.service_hours.models import Service
from sisiwu.activities.trainings.models import Training
from sisiwu.activities.visits.models import Visit
from sisiwu.demo.cast import CAST, TEMPORARY
from sisiwu.faces.rest.api import api
from sisiwu.ledger.models import Entry
from sisiwu.register.detachments.models import Attachment
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import Organization

EVERYBODY = {one.username for one in CAST}
STAFF = {"zhengmin", "hejing"}
LOOKING = EVERYBODY - {"xitong", "anquan", "shenji"}
WHOLE = STAFF | {"yangzhigang", "sunzheng"}
BRANCH, ELSEWHERE = WHOLE | {"wangqiang", "chentao"}, WHOLE
ENTERING = STAFF | {"wangqiang", "chentao"}
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
}  # fmt: skip
"""The same for objects of the second branch."""


@dataclass
class World:
    """Objects of one branch that operations are tried on."""

    branch: Organization
    member: Member
    meeting: Meeting
    others: dict[str, int]
    """The number of one activity of each kind besides meetings."""
    entry: Entry
    today: date

    def path(self, operation: str, template: str) -> str:
        known = {
            "organizations": self.branch.pk, "members": self.member.pk, "meetings": self.meeting.pk,
            **self.others, "ledger": self.entry.pk, "verification": self.entry.pk,
            "positions": self.branch.holdings.order_by("pk")[0].pk, "detachments": Attachment.objects.order_by("pk")[0].pk,
        }  # fmt: skip
        number = known.get(operation.rpartition("_")[0], known.get(operation.partition("_")[0], 0))
        if operation in ("ledger_fact", "ledger_reverse"):
            number = self.entry.facts.filter(organization__isnull=False)[0].pk
        if operation == "scores_organization":
            number = self.branch.pk
        if operation == "scores_member":
            number = self.member.pk
        return template.replace("{pk}", str(number))

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
        }[operation]  # fmt: skip


QUERIES = {"search": {"q": "支部"}, "feeds_of": {"kind": "meeting.party_day"}}


def names() -> list[str]:
    schema = api.get_openapi_schema(path_prefix="")
    return sorted(operation["operationId"] for methods in schema["paths"].values() for operation in methods.values())


ADDRESSES = {
    operation["operationId"]: (method, "/api/v1" + path)
    for path, methods in api.get_openapi_schema(path_prefix="")["paths"].items()
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
    return World(
        branch, Member.objects.get(name=name), meeting, {room: one.pk for room, one in others.items()}, entry, today
    )


def served(world: World, operation: str, client: Client) -> bool:
    """Whether somebody is served; what was changed is taken back. A 422 is an answer about the matter, not the person."""
    method, template = ADDRESSES[operation]
    path, body = world.path(operation, template), {} if method == "get" else world.body(operation)
    with transaction.atomic():
        if method == "get":
            answer = client.get(path, QUERIES.get(operation, {}))
        else:
            answer = getattr(client, method)(
                path, body, content_type="application/json", headers={"Idempotency-Key": str(uuid4())}
            )
        transaction.set_rollback(True)
    assert answer.status_code in (200, 201, 403, 404, 422), answer.content.decode()
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


@pytest.mark.parametrize("operation", sorted(INSIDE))
def test_a_stranger_gets_401(operation: str, branch: Organization, today: date) -> None:
    world = world_of(branch, today)
    method, template = ADDRESSES[operation]

    path, sent = world.path(operation, template), {} if method == "get" else world.body(operation)
    answer = (
        Client().get(path)
        if method == "get"
        else getattr(Client(), method)(path, sent, content_type="application/json")
    )

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert "令牌" in answer.json()["detail"]


@pytest.mark.parametrize("operation", sorted(set(INSIDE) - {"me", "inbox"}))
def test_a_token_without_the_scope_gets_403(
    operation: str, program: Callable[..., Client], branch: Organization, today: date
) -> None:
    schema = api.get_openapi_schema(path_prefix="")
    method, template = ADDRESSES[operation]
    said = schema["paths"][template.removeprefix("/api/v1")][method]["description"]
    scopes = {
        "read:register",
        "write:register",
        "read:activities",
        "write:activities",
        "verify",
        "read:scores",
        "read:log",
    }
    needed = {one for one in scopes if f"`{one}`" in said}
    world, client = (
        world_of(branch, today),
        program("sunzheng" if operation == "log" else "hejing", *sorted(scopes - needed)),
    )

    assert len(needed) == 1
    assert not served(world, operation, client)
