"""Every operation of the API × everybody of the cast × inside and outside: whom it serves. New ones have to be added."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from worlds import UPLOADS, World, world_of

from sisiwu.demo.cast import CAST
from sisiwu.faces.rest.api import api
from sisiwu.foundation.tokens.models import Scope
from sisiwu.register.organizations.models import Organization

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


QUERIES = {"search": {"q": "支部"}, "feeds_of": {"kind": "meeting.party_day"}}


SCHEMA = api.get_openapi_schema(path_prefix="")


def names() -> list[str]:
    return sorted(operation["operationId"] for methods in SCHEMA["paths"].values() for operation in methods.values())


ADDRESSES = {
    operation["operationId"]: (method, "/api/v1" + path)
    for path, methods in SCHEMA["paths"].items()
    for method, operation in methods.items()
}


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
    if answer.streaming:
        b"".join(answer.streaming_content)  # to the end; close() would end the connection of the test, too
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
    settings: Any,
    tmp_path: Path,
) -> None:
    if operation == "documents_sync":
        settings.SISIWU_SCHEMES = tmp_path  # reading all schemes takes long, and is not what is asked here
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
