"""The HTTP API of uses: where a kind of fact counts, and how often something was entered for how many uses."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.rest.shapes import Day, Line
from sisiwu.foundation.rest.spec import reads
from sisiwu.foundation.tokens.models import Scope
from sisiwu.foundation.ui.requests import Request
from sisiwu.ledger.counter import counted_once
from sisiwu.ledger.dictionary import dictionary
from sisiwu.ledger.rest import FEED, FeedRow, tell_feeds

router = Router(tags=["用到哪里"])
once = Router(tags=["用到哪里"])


class KindRow(Schema):
    """A kind of fact of the dictionary."""

    code: str
    title: str
    subject: Literal["organization", "member"] = Field(description="记在谁名下")
    levels: dict[str, str]


class UseRow(Schema):
    """One kind of fact in a period, and how many places of schemes in force look at each."""

    title: str = Field(description="事实的类型")
    facts: int
    uses: int


class CounterTold(Schema):
    """一次录入的账: how often something was entered, how many facts and uses came of it."""

    since: date
    until: date
    entries: int
    activities: int
    merged: int = Field(description="合并掉的重复录入")
    per_fact_centi: int = Field(description="每件事录入几次，百分之一；100 就是没有一件录了两遍")
    facts: int
    uses: int = Field(description="一共用到几处")
    rows: list[UseRow]


class Period(Schema):
    since: Day | None = Field(None, description="从哪一天起；不写就是今年一月一日")
    until: Day | None = Field(None, description="到哪一天（含）；不写就是今天")


class FeedQuestion(Schema):
    kind: Line = Field(description="事实类型，见 /feeds/kinds")


@once.get("/once", **reads("一次录入的账", CounterTold, Scope.READ_ACTIVITIES,
    {"since": "2026-01-01", "until": "2026-11-24", "entries": 10, "activities": 10, "merged": 0, "per_fact_centi": 100,
     "facts": 90, "uses": 180, "rows": [{"title": "主题党日", "facts": 10, "uses": 2}]},
    "一段时间里录入了几次，用到了几处。"))  # fmt: skip
def ledger_once(request: Request, chosen: Query[Period]) -> dict[str, Any]:
    demand(request.user, Verb.VIEW)
    today = timezone.localdate()
    since, until = chosen.since or today.replace(month=1, day=1), chosen.until or today
    counter = counted_once(request.user, since, until)
    return {
        "since": since, "until": until, "entries": counter.entries, "activities": counter.activities,
        "merged": counter.merged, "per_fact_centi": counter.per_fact_centi, "facts": counter.facts, "uses": counter.uses,
        "rows": [
            {"title": row.kind, "facts": row.facts, "uses": row.uses}
            for row in counter.rows
        ],
    }  # fmt: skip


@router.get("", **reads("某类事实用到哪几处", list[FeedRow], Scope.READ_ACTIVITIES, [FEED],
    "录入之前就能知道会用到哪几处，不用重复报。"))  # fmt: skip
def feeds_of(request: Request, chosen: Query[FeedQuestion]) -> list[dict[str, str]]:
    demand(request.user, Verb.VIEW)
    if dictionary().kind(chosen.kind) is None:
        raise ValidationError({"kind": f"没有“{chosen.kind}”这类事实，可用的见 /api/v1/feeds/kinds。"})
    return tell_feeds([chosen.kind])


@router.get("/kinds", **reads("事实的类型", list[KindRow], Scope.READ_ACTIVITIES,
    [{"code": "article.published", "title": "刊发稿件", "subject": "organization", "levels": {"provincial": "省级"}}],
    "事实字典（schemes/facts.yaml）。"))  # fmt: skip
def feeds_kinds(request: Request) -> list[dict[str, Any]]:
    demand(request.user, Verb.VIEW)
    return [
        {"code": k.code, "title": k.title, "subject": k.subject, "levels": dict(k.levels)} for k in dictionary().kinds
    ]
