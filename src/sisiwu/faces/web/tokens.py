"""接口令牌: a user's own tokens; a new one is shown once, on the answer to the form itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.tokens import actions
from sisiwu.foundation.tokens.queries import offered
from sisiwu.foundation.ui.forms import FormMixin
from sisiwu.foundation.ui.requests import Request
from sisiwu.foundation.ui.tasks import tell

LASTING = [(30, "30 天"), (90, "90 天"), (180, "180 天"), (actions.DAYS_MAX, "一年")]
SHOWN_MAX = 50


class TokenForm(FormMixin, forms.Form):
    """What it is for, what it may do, for how long."""

    name = forms.CharField(label="名称", max_length=40, help_text="给谁用、做什么，例如“月报程序”")
    days = forms.TypedChoiceField(label="有效期", choices=LASTING, coerce=int, initial=90)
    scopes = forms.MultipleChoiceField(
        label="用途",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少勾选一项用途。"},
        help_text="只勾需要的。令牌能做的，不会超过您自己的角色。",
    )

    def __init__(self, *args: Any, user: User, **extra: Any) -> None:
        super().__init__(*args, **extra)
        chosen = self.fields["scopes"]
        assert isinstance(chosen, forms.MultipleChoiceField)  # noqa: S101
        chosen.choices = [(scope.value, scope.label) for scope in offered(user)]


@never_cache
@login_required
def mine(request: Request) -> HttpResponse:
    """My tokens, and making one."""
    form = TokenForm(request.POST or None, user=request.user)
    made, text, status = None, "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            until = timezone.localdate() + timedelta(days=data["days"])
            try:
                made, text = actions.make(request.user, name=data["name"], scopes=data["scopes"], until=until)
            except ValidationError as error:
                tell(form, error)
            else:
                form, status = TokenForm(user=request.user), 201
    context = {
        "title": "接口令牌",
        "form": form,
        "tokens": request.user.tokens.order_by("revoked_at", "-until", "-id")[:SHOWN_MAX],
        "today": timezone.localdate(),
        "made": made,
        "text": text,
        "offers": bool(offered(request.user)),
    }
    return render(request, "web/tokens.html", context, status=status)


@login_required
@require_POST
def revoke(request: Request, pk: int) -> HttpResponse:
    """One of mine is good for nothing from now on."""
    token = get_object_or_404(request.user.tokens, pk=pk)
    try:
        actions.revoke(token, by=request.user)
    except ValidationError as error:
        messages.warning(request, "；".join(error.messages))
    else:
        messages.success(request, f"已撤销“{token}”，用它的程序从现在起不能再用。")
    return redirect("tokens")
