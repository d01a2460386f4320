"""One form, one verb: the page of a small task, alike everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sisiwu.foundation.receipts.actions import once
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
    """Show the form; when it is sent and right, do it, say so and go back; what is refused stands beside its field.

    Sent twice it is done once: the page carries a key, and the key is taken in the transaction of the deed.
    """
    status = 200
    form.fields["key"] = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    if request.method == "POST":
        if form.is_valid():
            data = dict(form.cleaned_data)
            key = data.pop("key") or uuid4()
            try:
                with transaction.atomic():
                    if once(key, request.user, title):
                        verb(data)
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
