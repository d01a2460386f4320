"""Types of fields, and pages of lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum
from typing import Annotated, Any

from django.db.models import QuerySet
from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints, WithJsonSchema

LIMIT_MAX = 200
OFFSET_MAX = 100_000_000
ONE_LINE = r"^[^\x00-\x1f\x7f]*$"
MORE_LINES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31), description="日期，如 2026-11-24")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=ONE_LINE)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=ONE_LINE)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20, pattern=ONE_LINE)]


class Body(Schema):
    """What a client sends: a field that is not known is an error, not a loss."""

    model_config = ConfigDict(extra="forbid")


class Paging(Schema):
    """Which part of a list."""

    limit: int = Field(50, ge=1, le=LIMIT_MAX, description=f"每页多少条，最多 {LIMIT_MAX}")
    offset: int = Field(0, ge=0, le=OFFSET_MAX, description="从第几条起（0 为第一条）")


class Page[T](Schema):
    """A part of a list, and how long it is."""

    count: int = Field(description="总数")
    limit: int
    offset: int
    items: list[T]


class Named(Schema):
    """An object that is referred to."""

    id: int
    name: str


class Choice(Schema):
    """A value of ours and what people call it."""

    code: int | str
    name: str


def inline(kind: type[Enum]) -> WithJsonSchema:
    """The values of a choice where it is used: two rooms may call their choices by one name."""
    values = [one.value for one in kind]
    return WithJsonSchema({"type": "integer" if isinstance(values[0], int) else "string", "enum": values})


def named(one: Any) -> dict[str, Any] | None:
    """An object as it is referred to."""
    return None if one is None else {"id": one.pk, "name": str(one)}


def page[M](rows: QuerySet[Any] | Sequence[M], paging: Paging, tell: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    """A part of some rows, each as it is told; two questions to the database."""
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    part = rows[paging.offset : paging.offset + paging.limit]
    return {"count": count, "limit": paging.limit, "offset": paging.offset, "items": [tell(one) for one in part]}
