"""OpenAPI for all that the screens can do (issue 3): every address of the site has its operations, or a reason why not."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from sisiwu.faces.rest.api import api

KINDS = {
    "articles": "articles", "trainings": "trainings", "visits": "visits", "service-hours": "service_hours",
    "commendations": "commendations", "meetings": "meetings",
}  # fmt: skip

COVERED: dict[str, tuple[str, ...]] = {
    "": ("inbox", "assignments_todo"), "search/": ("search",), "log/": ("log",), "me/looks/": ("looks",),
    "organizations/": ("organizations_list",), "organizations/<int:pk>/": ("organizations_one", "positions_list", "members_list"),
    "organizations/tree/": ("organizations_tree",), "organizations/regions/": ("organizations_regions",),
    "organizations/<int:pk>/found/": ("organizations_found",), "organizations/<int:pk>/change/": ("organizations_change",),
    "organizations/<int:pk>/dissolve/": ("organizations_dissolve",), "organizations/<int:pk>/merge/": ("organizations_merge",),
    "members/": ("members_list",), "members/<int:pk>/": ("members_one", "members_move", "positions_list"),
    "members/enter/<int:pk>/": ("members_enter",), "members/<int:pk>/link/": ("members_link",),
    "positions/calendar/": ("positions_calendar", "positions_terms"), "positions/<int:pk>/appoint/": ("positions_appoint",),
    "positions/<int:pk>/elect/": ("positions_elect",), "positions/held/<int:pk>/relieve/": ("positions_relieve",),
    "detachments/<int:pk>/attach/": ("detachments_attach", "detachments_list"),
    "detachments/attached/<int:pk>/end/": ("detachments_release",),
    "transfers/": ("transfers_list",), "transfers/new/": ("transfers_issue",), "transfers/incoming/": ("transfers_expect",),
    "transfers/<int:pk>/": ("transfers_one",), "transfers/<int:pk>/letter/": ("transfers_one",),
    **{f"transfers/<int:pk>/{do}/": (f"transfers_{do}",) for do in ("receive", "refuse", "withdraw", "reissue")},
    "admissions/": ("admissions_list",), "admissions/new/": ("admissions_apply",),
    "admissions/<int:pk>/": ("admissions_one", "admissions_steps"), "admissions/<int:pk>/do/<int:number>/": ("admissions_do",),
    "admissions/<int:pk>/extend/": ("admissions_extend",), "admissions/<int:pk>/back/": ("admissions_take_back",),
    "admissions/<int:pk>/stop/": ("admissions_stop",),
    "intake/": ("intake_list", "intake_receive"), "intake/template/": ("intake_template",), "intake/export/": ("intake_export",),
    "intake/<int:pk>/": ("intake_one", "intake_skip", "intake_write", "intake_drop"), "intake/<int:pk>/marked/": ("intake_marked",),
    **{f"{room}/": (f"{name}_list",) for room, name in KINDS.items()},
    **{f"{room}/new/": (f"{name}_enter", "evidence_upload") for room, name in KINDS.items()},
    **{f"{room}/<int:pk>/": (f"{name}_one", "evidence_list") for room, name in KINDS.items()},
    **{f"{room}/<int:pk>/mend/": (f"{name}_mend",) for room, name in KINDS.items()},
    **{f"{room}/feeds/": ("feeds_of", "feeds_kinds") for room in KINDS},
    "meetings/prepare/": ("meetings_prepare", "meetings_gatherings"),
    "meetings/gatherings/<int:pk>/wall/": ("meetings_gathering",), "meetings/gatherings/<int:pk>/drop/": ("meetings_drop",),
    "articles/<int:pk>/join/": ("articles_join",), "articles/partners/<int:pk>/": ("articles_partners", "articles_decide_partner"),
    "assignments/": ("assignments_list",), "assignments/todo/": ("assignments_todo",),
    "assignments/new/": ("assignments_preview", "assignments_issue"),
    "assignments/<int:pk>/": ("assignments_one", "assignments_targets"),
    "assignments/<int:pk>/extend/": ("assignments_extend",), "assignments/<int:pk>/withdraw/": ("assignments_withdraw",),
    "assignments/targets/<int:pk>/": ("assignments_target",), "assignments/targets/<int:pk>/answer/": ("meetings_enter",),
    "assignments/targets/<int:pk>/excuse/": ("assignments_excuse",),
    "assignments/targets/<int:pk>/extend/": ("assignments_extend_one",),
    "spot-checks/": ("spot_checks_list",), "spot-checks/new/": ("spot_checks_draw",), "spot-checks/<int:pk>/": ("spot_checks_one",),
    "spot-checks/<int:pk>/numbers/": ("spot_checks_numbers",),
    "spot-checks/check/<int:pk>/": ("spot_checks_check", "spot_checks_show", "spot_checks_find"),
    "evidence/<int:pk>/": ("evidence_file",), "evidence/<int:pk>/drop/": ("evidence_drop",),
    "inbox/reminding/": ("inbox_preference", "inbox_prefer"), "inbox/asked/": ("inbox_asked",),
    "inbox/<int:pk>/hasten/": ("inbox_hasten",),
    "feedback/": ("feedback_list",), "feedback/new/": ("feedback_suggest", "feedback_mine"),
    "feedback/<int:pk>/": ("feedback_one", "feedback_answer", "feedback_close"),
    "workdays/": ("workdays_list", "workdays_one"), "workdays/publish/": ("workdays_publish",),
    "documents/": ("documents_list",), "documents/<int:pk>/": ("documents_one",), "documents/sync/": ("documents_sync",),
    "verify/": ("verification_pending", "verification_decide", "verification_decide_many", "verification_twin", "verification_merge"),
    "ledger/once/": ("ledger_once",), "ledger/<int:pk>/": ("ledger_entry", "ledger_entries"),
    "ledger/fact/<int:pk>/": ("ledger_fact", "ledger_facts"), "ledger/fact/<int:pk>/reverse/": ("ledger_reverse",),
    "scores/": ("scores_list",), "scores/organizations/<int:pk>/": ("scores_organization",),
    "scores/members/<int:pk>/": ("scores_member",),
    "accounts/people/": ("accounts_list",), "accounts/people/open/": ("accounts_open",),
    "accounts/people/<int:pk>/": ("accounts_one",), "accounts/people/<int:pk>/give/": ("accounts_give",),
    "accounts/people/<int:pk>/change/": ("accounts_reset", "accounts_close", "accounts_reopen"),
    "accounts/people/grants/<int:pk>/take/": ("accounts_take",),
}  # fmt: skip
"""Address of a page -> the operations that do what it does."""

APART: dict[str, str] = {
    "about/": "what the software is; nothing is listed or changed",
    "burden/": "the software's report on itself, computed from its own forms",
    "me/type/": "how large letters are on the user's own screen",
    "me/tokens/": "a token must not make further tokens: whoever steals one could stay",
    "me/tokens/<int:pk>/revoke/": "the same page; a token that leaked is revoked by its owner, signed in",
    "demo/sign-in/": "signing in, and only in the demonstration",
    "meetings/sign/": "signing in at the wall is for whoever stands in the room: no program signs for anybody",
    "meetings/gatherings/<int:pk>/undo/": "the same",
    "s/<int:pk>/<str:token>/": "the same",
    "feedback/code/": "an anonymous answer: a token says whose it is",
    **{f"{room}/draft/": "what is being typed in a browser; a program keeps its own drafts" for room in KINDS},
}
"""Address -> why a program cannot do it; reviewed one by one."""

MORE = {"me"}
"""Operations that only programs need."""
WRITING = ("carry_out(", "_task(", "request.POST", 'method == "POST"', "require_POST")
"""How the source of a view shows that something is sent to it."""


def pages(patterns: list[Any], before: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for one in patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from pages(one.url_patterns, here)
        elif isinstance(one, URLPattern) and (
            not here.startswith(("accounts/", "api/")) or here.startswith("accounts/people/")
        ):
            yield here, one.callback


PAGES = dict(pages(get_resolver().url_patterns))
"""Everything of ours; /accounts/ besides people is django-allauth's: passwords and second factors are for people."""
METHODS = {
    operation["operationId"]: method
    for methods in api.get_openapi_schema(path_prefix="")["paths"].values()
    for method, operation in methods.items()
}


def test_every_page_has_its_operations_or_a_reason() -> None:
    assert set(PAGES) - set(COVERED) - set(APART) == set()
    assert set(COVERED) & set(APART) == set()
    assert (set(COVERED) | set(APART)) - set(PAGES) == set()


def test_every_operation_belongs_to_a_page() -> None:
    named = {operation for operations in COVERED.values() for operation in operations}

    assert named - set(METHODS) == set()
    assert set(METHODS) - named == MORE


@pytest.mark.parametrize("address", sorted(COVERED))
def test_what_a_page_changes_an_operation_changes(address: str) -> None:
    """Read from the source of the view: what takes a POST needs an operation that is no GET."""
    view = inspect.unwrap(PAGES[address])
    source = inspect.getsource(view)

    if any(sign in source for sign in WRITING):
        assert {METHODS[operation] for operation in COVERED[address]} - {"get"}, source
