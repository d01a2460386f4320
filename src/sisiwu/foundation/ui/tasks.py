"""One form, one verb: the page of a small task, alike everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sisiwu.foundation.ui.requests import Request


def carry_out(
    request: Request,
    form: forms.Form,
    verb: Callable[[dict[str, Any]], object],
    *,
    title: str,
    said: str,
    back: str,
    button: str = "保存",
) -> HttpResponse:
    """Show the form; when it is sent and right, do it, say so and go back; what is refused stands beside its field."""
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                verb(form.cleaned_data)
            except ValidationError as error:
                tell(form, error)
            else:
                messages.success(request, said)
                return redirect(back)
        status = 422
    context = {"title": title, "form": form, "button": button, "back": back}
    return render(request, "ui/task.html", context, status=status)


def tell(form: forms.BaseForm, error: ValidationError) -> None:
    """What a verb refused, beside its field."""
    known = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, words in known.items():
        form.add_error(name if name in form.fields else None, words)
