"""The HTTP API of suggestions under one's name; an anonymous one is sent on the page: a program says whose it is."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status
from pydantic import Field

from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.feedback import actions, queries
from sisiwu.foundation.feedback.models import Category, Suggestion
from sisiwu.foundation.rest.keys import Key, do_once
from sisiwu.foundation.rest.shapes import MORE_LINES, Body, Line, Named, Page, Paging, inline, named, page
from sisiwu.foundation.rest.spec import does, makes, reads
from sisiwu.foundation.tokens.models import Scope
from sisiwu.foundation.ui.requests import Request

router = Router(tags=["意见建议"])
CATEGORIES = "、".join(f"{one.value} {one.label}" for one in Category)
About = Annotated[Category, inline(Category)]
STATES = "open 待答复、answered 已答复、closed 已办结"


class SuggestionRow(Schema):
    """What somebody said, and what was answered; without a name nobody knows whose it is."""

    id: int
    category: str = Field(description=CATEGORIES)
    text: str
    page: str = Field(description="说的是哪个页面")
    by: Named | None = Field(description="匿名的为空")
    on: date
    state: Literal["open", "answered", "closed"] = Field(description=STATES)
    answer: str
    answered_by: Named | None
    answered_on: date | None


class SuggestionFilters(Schema):
    q: Line = Field("", description="内容")
    category: About | None = Field(None, description=CATEGORIES)
    state: Literal["open", "answered", "closed"] | None = Field(None, description=STATES)


class SuggestBody(Body):
    category: About = Field(description=CATEGORIES)
    text: str = Field(min_length=1, max_length=2000, pattern=MORE_LINES)
    page: Line = Field("", description="说的是哪个页面，如 /meetings/new/")


class ReplyBody(Body):
    answer: str = Field(min_length=1, max_length=2000, pattern=MORE_LINES)


SAID: dict[str, Any] = {
    "id": 1, "category": "burden", "text": "会议记录能不能少填一项", "page": "/meetings/new/", "by": {"id": 5, "name": "李娜"},
    "on": "2026-11-20", "state": "open", "answer": "", "answered_by": None, "answered_on": None,
}  # fmt: skip
ANSWERED = {
    **SAID, "state": "answered", "answer": "下个月起不用填了。", "answered_by": {"id": 1, "name": "郑敏"},
    "answered_on": "2026-11-24",
}  # fmt: skip
RELATED = ("by", "answered_by")


def tell(one: Suggestion) -> dict[str, Any]:
    """One row; the people are read along with it."""
    return {
        "id": one.pk, "category": one.category, "text": one.text, "page": one.page, "by": named(one.by), "on": one.on,
        "state": "closed" if one.closed_on else "answered" if one.answered_on else "open", "answer": one.answer,
        "answered_by": named(one.answered_by), "answered_on": one.answered_on,
    }  # fmt: skip


@router.get("", **reads("意见建议列表", Page[SuggestionRow], Scope.VERIFY,
    {"count": 1, "limit": 50, "offset": 0, "items": [SAID]}, "机关党委看全部。"))  # fmt: skip
def feedback_list(request: Request, paging: Query[Paging], chosen: Query[SuggestionFilters]) -> dict[str, Any]:
    demand(request.user, Verb.VERIFY)
    rows = queries.visible(request.user)
    if chosen.q:
        rows = rows.filter(text__contains=chosen.q)
    if chosen.category:
        rows = rows.filter(category=chosen.category)
    if chosen.state == "closed":
        rows = rows.filter(closed_on__isnull=False)
    elif chosen.state:
        rows = rows.filter(closed_on__isnull=True, answered_on__isnull=chosen.state == "open")
    return page(rows, paging, tell)


@router.get("/mine", **reads("我提的意见和答复", Page[SuggestionRow], None,
    {"count": 1, "limit": 50, "offset": 0, "items": [SAID]}))  # fmt: skip
def feedback_mine(request: Request, paging: Query[Paging]) -> dict[str, Any]:
    return page(queries.mine(request.user).select_related(*RELATED), paging, tell)


@router.post("", **makes("提一条意见", SuggestionRow, Scope.WRITE_OWN,
    {"category": "burden", "text": "会议记录能不能少填一项", "page": "/meetings/new/"}, SAID,
    "记在令牌的主人名下；要匿名，请在网页上提（不登录也行）。"))  # fmt: skip
def feedback_suggest(request: Request, body: SuggestBody, key: Key) -> Status[dict[str, Any]]:
    user = request.user
    new, one = do_once(
        key, user, "feedback.suggest",
        lambda: actions.suggest(body.category, body.text, key=key, by=user, anonymous=False, page=body.page),
        queries.mine(user).select_related(*RELATED),
    )  # fmt: skip
    return Status(201 if new else 200, tell(one))


@router.get("/{int:pk}", **reads("一条意见", SuggestionRow, Scope.VERIFY, SAID))
def feedback_one(request: Request, pk: int) -> dict[str, Any]:
    demand(request.user, Verb.VERIFY)
    return tell(get_object_or_404(queries.visible(request.user), pk=pk))


@router.post("/{int:pk}/answer", **does("答复一条意见", SuggestionRow, Scope.VERIFY,
    {"answer": "下个月起不用填了。"}, ANSWERED))  # fmt: skip
def feedback_answer(request: Request, pk: int, body: ReplyBody, key: Key) -> dict[str, Any]:
    user = request.user
    demand(user, Verb.VERIFY)
    rows = queries.visible(user)
    one = get_object_or_404(rows, pk=pk)
    do_once(key, user, "feedback.answer", lambda: actions.answer(one, body.answer, by=user), rows, one)
    return tell(rows.get(pk=pk))


@router.post("/{int:pk}/close", **does("办结一条意见", SuggestionRow, Scope.VERIFY, None,
    {**ANSWERED, "state": "closed"}, "先答复，再办结。"))  # fmt: skip
def feedback_close(request: Request, pk: int, key: Key) -> dict[str, Any]:
    user = request.user
    demand(user, Verb.VERIFY)
    rows = queries.visible(user)
    one = get_object_or_404(rows, pk=pk)
    do_once(key, user, "feedback.close", lambda: actions.close(one, by=user), rows, one)
    return tell(rows.get(pk=pk))
