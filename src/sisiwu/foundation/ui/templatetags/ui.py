"""Small helps for templates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import conditional_escape
from django.utils.timezone import localtime

from sisiwu.engine.values import score_text
from sisiwu.foundation.ui.burden import burden_of

register = template.Library()
NONE = "—"


@register.simple_tag
def cell(table: Any, column: Any, record: Any) -> Any:
    """One cell: the same words as tables2 would show, without its machinery per cell (five times cheaper).

    Days as 2018-11-26, moments with the minute.
    """
    try:
        value = column.accessor.resolve(record)
    except (ValueError, AttributeError):
        value = None
    show = getattr(table, f"render_{column.name}", None)
    if show is not None:
        return show(record=record, value=value)
    display = getattr(record, f"get_{column.accessor}_display", None)
    if display is not None:
        return display()
    if value is None or value == "":
        return NONE
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return "是" if value is True else "否" if value is False else value


@register.filter
def points(value_centi: int | None) -> str:
    """Points in hundredths, as 87.50."""
    return NONE if value_centi is None else score_text(value_centi)


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: Any) -> str:
    """The address of this list with some parameters changed."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = value
    return "?" + conditional_escape(query.urlencode())


@register.inclusion_tag("ui/burden.html")
def burden(form: str) -> dict[str, Any]:
    """Who asks for this form, on what basis, how often, how long it takes (R6)."""
    return {"burden": burden_of(form)}
