"""How every form of ours looks and speaks: label, field, help and error together, in Chinese."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils import timezone

from sisiwu.engine.values import centi, points_text
from sisiwu.foundation.values.dates import HINT, read_date

CHOOSE = "请选择"


class Field(forms.BoundField):
    """Gives the widget its class and ties it to its error for screen readers."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built: dict[str, Any] = {**super().build_widget_attrs(attrs, widget)}
        widget = widget or self.field.widget
        kind = "form-control"
        if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
            kind = "form-check-input"
        elif isinstance(widget, forms.Select):
            kind = "form-select"
        built["class"] = f"{built.get('class', widget.attrs.get('class', ''))} {kind}".strip()
        if self.errors:
            built["class"] += " is-invalid"
        return built


class Renderer(DjangoTemplates):
    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
    bound_field_class = Field


class FormMixin:
    """Put first among the bases of every form of the house."""

    default_renderer: Any = Renderer
    required_css_class = "required"

    def __init__(self, *args: Any, **extra: Any) -> None:
        extra.setdefault("label_suffix", "")
        super().__init__(*args, **extra)
        for field in self.fields.values():  # type: ignore[attr-defined]
            _say_choose(field)


def _say_choose(field: forms.Field) -> None:
    """Django's words for nothing chosen have no Chinese."""
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label is not None:
            field.empty_label = CHOOSE
    elif isinstance(field, forms.ChoiceField) and not callable(field.choices):
        choices = field.choices
        if isinstance(field.widget, forms.RadioSelect) and field.required:
            choices = [one for one in choices if one[0] != ""]  # nothing marked says it already
        field.choices = [(value, CHOOSE if value == "" else words) for value, words in choices]


class DayField(forms.Field):
    """A day as people write it: 1126, 11.26, 2026-11-26, 今天, 昨天. Gives a date."""

    def __init__(self, **extra: Any) -> None:
        extra.setdefault("help_text", HINT)
        super().__init__(**extra)

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, date) or value in self.empty_values:
            return value or None
        try:
            return read_date(str(value), timezone.localdate())
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class HundredthsField(forms.Field):
    """A number with at most two decimals, as people write it (8、7.5、半天写4). Gives whole hundredths."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        return points_text(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        try:
            return centi(unicodedata.normalize("NFKC", str(value)).strip())
        except ValueError:
            raise forms.ValidationError(f"“{value}”不是数字，请写成 8 或 7.5，最多两位小数。") from None
