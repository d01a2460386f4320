"""From the form of a kind of activity to what the API takes and tells: the form says it once, for screens and programs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey
from django.http import QueryDict
from pydantic import Field, StringConstraints, create_model

from sisiwu.activities.entries.forms import EntryForm
from sisiwu.activities.entries.models import Activity
from sisiwu.engine.values import points_text
from sisiwu.foundation.rest.shapes import MORE_LINES, ONE_LINE, Body, Day, Id, Named, named
from sisiwu.foundation.ui.forms import DayField, HundredthsField

TEXT_MAX = 20_000
OWN = ("organization", "key", "version", "on", "title", "late_because")
"""Fields that every kind has and that are declared here."""


def body_of(form: type[EntryForm], more: dict[str, Any]) -> type[Body]:
    """What a client sends for a kind: the fields of its form, and ``more`` that the form's page shows otherwise."""
    fields: dict[str, Any] = {"organization": (Id, Field(description="党组织的 id"))}
    for name, field in form.base_fields.items():
        if name in ("organization", "key", "version") or isinstance(field, forms.FileField):
            continue
        taken = _taken(field)
        if taken is not None:
            fields[name] = (taken[0], Field(taken[1], description=_about(field)))
    return create_model(f"{_name(form)}Body", __base__=Body, **fields, **more)


def row_of(form: type[EntryForm]) -> dict[str, Any]:
    """What is told of a kind's own fields, for ``create_model``."""
    fields: dict[str, Any] = {}
    for name in own_fields(form):
        field = form.base_fields[name]
        fields[name] = (_told(field), Field(description=_about(field)))
    return fields


def own_fields(form: type[EntryForm]) -> list[str]:
    """The fields that are columns of the kind's own table, besides those every kind has."""
    found = []
    for name in form.base_fields:
        try:
            column = model_of(form)._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if name not in OWN and not column.many_to_many:
            found.append(name)
    return found


def references(form: type[EntryForm]) -> list[str]:
    """The own fields that refer to something, to be read along."""
    return [name for name in own_fields(form) if isinstance(model_of(form)._meta.get_field(name), ForeignKey)]


def tell_fields(one: Activity, form: type[EntryForm]) -> dict[str, Any]:
    """The values of the own fields."""
    related = set(references(form))
    return {name: named(getattr(one, name)) if name in related else getattr(one, name) for name in own_fields(form)}


def typed(body: Body, form: type[EntryForm], more: dict[str, str]) -> QueryDict:
    """What was sent, as the form's page would send it."""
    data = QueryDict(mutable=True)
    for name, value in body.model_dump(exclude_none=True).items():
        if name not in form.base_fields or value is False:
            continue
        if isinstance(form.base_fields[name], HundredthsField):
            data[name] = points_text(value)
        elif isinstance(value, list):
            data.setlist(name, [str(one) for one in value])
        else:
            data[name] = "on" if value is True else value.isoformat() if isinstance(value, date) else str(value)
    for name, text in more.items():
        data[name] = text
    return data


def model_of(form: type[EntryForm]) -> type[Activity]:
    """The kind's table."""
    model: type[Activity] = form._meta.model
    return model


def _name(form: type[EntryForm]) -> str:
    return form.__name__.removesuffix("Form")


def _about(field: forms.Field) -> str:
    listed = isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField)
    choices: Any = getattr(field, "choices", ()) if listed else ()
    said = [f"{value} {label}" for value, label in choices if value != ""]
    label = f"{field.label}（百分之一）" if isinstance(field, HundredthsField) else str(field.label or "")
    return "：".join(part for part in (label, "、".join(said)) if part)


def _taken(field: forms.Field) -> tuple[Any, Any] | None:
    """The type a client sends and its default; None: not for clients."""
    plain = _plain(field)
    if plain is None:
        return None
    if isinstance(field, forms.BooleanField):
        return bool, False
    if isinstance(field, forms.ModelMultipleChoiceField):
        return list[plain], ... if field.required else []  # type: ignore[valid-type]
    if field.required:
        return plain, ...
    return (plain, "") if plain is not None and isinstance(field, forms.CharField) else (plain | None, None)


def _plain(field: forms.Field) -> Any:
    """The type of one value."""
    if isinstance(field, DayField | forms.DateField):
        return Day
    if isinstance(field, forms.ModelChoiceField):
        return Id
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        values = [value for value, _ in choices if value != ""]
        return Literal[tuple(values)] if values else Id
    if isinstance(field, forms.BooleanField):
        return bool
    if isinstance(field, forms.DecimalField):
        return Annotated[Decimal, Field(ge=_bound(field.min_value, -(10**9)), le=_bound(field.max_value, 10**9))]
    if isinstance(field, forms.IntegerField):
        return Annotated[int, Field(ge=_bound(field.min_value, -(10**9)), le=_bound(field.max_value, 10**9))]
    if isinstance(field, forms.UUIDField):
        return None
    if isinstance(field, HundredthsField):
        return Annotated[int, Field(ge=0, le=10**9)]
    lines = MORE_LINES if isinstance(field.widget, forms.Textarea) else ONE_LINE
    longest = getattr(field, "max_length", None) or TEXT_MAX
    least = 1 if field.required else 0
    return Annotated[str, StringConstraints(strip_whitespace=True, min_length=least, max_length=longest, pattern=lines)]


def _bound(value: Any, other: int) -> int:
    return int(value() if callable(value) else value) if value is not None else other


def _told(field: forms.Field) -> Any:
    """The type a client is told."""
    if isinstance(field, forms.ModelChoiceField):
        return Named | None
    if isinstance(field, DayField | forms.DateField):
        return date | None
    if isinstance(field, forms.BooleanField):
        return bool
    if isinstance(field, forms.DecimalField):
        return Decimal | None
    if isinstance(field, forms.IntegerField | HundredthsField):
        return int | None
    if isinstance(field, forms.ChoiceField) and field.required:
        return _plain(field)
    return str
