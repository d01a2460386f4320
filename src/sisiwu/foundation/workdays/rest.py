"""The HTTP API of working days."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router, Schema
from pydantic import Field

from sisiwu.foundation.rest.shapes import MORE_LINES, Body, Page, Paging, Words, page
from sisiwu.foundation.rest.spec import does, reads
from sisiwu.foundation.tokens.models import Scope
from sisiwu.foundation.ui.requests import Request
from sisiwu.foundation.workdays import actions
from sisiwu.foundation.workdays.models import Year
from sisiwu.foundation.workdays.notice import HINT

router = Router(tags=["工作日"])


YearNumber = Annotated[int, Path(ge=1, le=9999, description="哪一年")]


class YearRow(Schema):
    """A year whose notice is known."""

    year: int
    source: str = Field(description="依据")


class SpecialRow(Schema):
    """A day that differs from Monday to Friday."""

    day: date
    is_worked: bool
    name: str


class YearTold(YearRow):
    """A year with its days."""

    days: list[SpecialRow]


class YearBody(Body):
    source: Words = Field(max_length=120, description="通知的名称和文号")
    text: str = Field(min_length=1, max_length=10_000, pattern=MORE_LINES, description=HINT)


YEAR = {"year": 2026, "source": "国务院办公厅关于2026年部分节假日安排的通知"}
TOLD = {**YEAR, "days": [{"day": "2026-02-16", "is_worked": False, "name": "春节"}]}


def tell(one: Year) -> dict[str, Any]:
    return {"year": one.year, "source": one.source}


def tell_all(one: Year) -> dict[str, Any]:
    days = [{"day": row.day, "is_worked": row.is_worked, "name": row.name} for row in one.days.order_by("day")]
    return {**tell(one), "days": days}


@router.get("", **reads("放假安排已知的年份", Page[YearRow], None,
    {"count": 1, "limit": 50, "offset": 0, "items": [YEAR]}, "别的年份按周一至周五数。"))  # fmt: skip
def workdays_list(request: Request, paging: Query[Paging]) -> dict[str, Any]:  # noqa: ARG001 - ninja gives it
    return page(Year.objects.order_by("-year"), paging, tell)


@router.get("/{int:year}", **reads("一年的放假和调休", YearTold, None, TOLD))
def workdays_one(request: Request, year: YearNumber) -> dict[str, Any]:  # noqa: ARG001 - ninja gives it
    return tell_all(get_object_or_404(Year, year=year))


@router.put("/{int:year}", **does("录入一年的放假安排", YearTold, Scope.WRITE_REGISTER,
    {"source": YEAR["source"], "text": "2026-02-16至2026-02-23 休 春节"}, TOLD, "代替这一年原有的；再发一次结果相同。"))  # fmt: skip
def workdays_publish(request: Request, year: YearNumber, body: YearBody) -> dict[str, Any]:
    if not actions.may_keep(request.user):
        raise PermissionDenied
    return tell_all(actions.publish(year, body.text, source=body.source, by=request.user))
