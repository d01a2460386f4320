"""Pages of signing in: prepare, the wall, the member's one page."""

from __future__ import annotations

from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sisiwu.activities.entries.choosing import choose
from sisiwu.activities.entries.queries import chosen_organization
from sisiwu.activities.meetings import gatherings
from sisiwu.activities.meetings.forms import NumberForm, PrepareForm
from sisiwu.activities.meetings.models import Gathering
from sisiwu.foundation.ui.requests import Request
from sisiwu.foundation.ui.tasks import tell
from sisiwu.register.detachments.queries import roll_call


@login_required
def prepare(request: Request) -> HttpResponse:
    """Before the meeting: open the wall page."""
    branch = chosen_organization(request)
    if branch is None:
        return choose(request)
    one = Gathering(organization=branch, on=timezone.localdate(), place=branch.place)
    form = PrepareForm(request.POST or None, instance=one)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                gatherings.prepare(form.instance, by=request.user)
            except ValidationError as error:
                tell(form, error)
            else:
                return redirect("meetings:wall", one.pk)
    there = gatherings.prepared(request.user, one.on).filter(organization=branch)
    context = {"title": "会前：准备签到", "form": form, "branch": branch, "there": there}
    return render(request, "meetings/prepare.html", context, status=status)


@login_required
@never_cache
def wall(request: Request, pk: int) -> HttpResponse:
    """What hangs on the wall: the code, the number, how many have signed in. Renewed by itself."""
    one = _prepared(request, pk)
    at = gatherings.window()
    address = request.build_absolute_uri(reverse("sign", args=[one.pk, gatherings.token(one, at)]))
    picture = segno.make(address, error="m").svg_inline(border=2, omitsize=True, svgclass="qr")
    number = gatherings.number(one, at)
    context: dict[str, Any] = {
        "title": str(one),
        "one": one,
        "address": address,
        "picture": mark_safe(picture),  # noqa: S308 - drawn by segno from an address of ours
        "number": f"{number[:3]} {number[3:]}",
        "count": len(gatherings.signed(one)),
        "due": roll_call(one.organization, one.on).count(),
    }
    fragment = request.headers.get("HX-Request") == "true"
    return render(request, "meetings/wall.html#code" if fragment else "meetings/wall.html", context)


@login_required
@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    """No signing in after all."""
    gatherings.drop(_prepared(request, pk), by=request.user)
    messages.success(request, "已取消签到；会议照常用名单记录。")
    return redirect("meetings:list")


@login_required
@never_cache
def sign(request: Request, pk: int, token: str) -> HttpResponse:
    """What a scan opens: signed in at once, with a way back."""
    one = Gathering.objects.filter(pk=pk).select_related("organization").first()
    if one is None:
        return _said(request, "这次会议的签到已经结束。如果您到了会，请告诉书记。", status=403)
    try:
        gatherings.sign(one, token, by=request.user)
    except ValidationError as error:
        return _said(request, error.messages[0], status=403)
    except PermissionDenied as error:
        return _said(request, str(error), status=403)
    return _said(request, "", one)


@login_required
def by_number(request: Request) -> HttpResponse:
    """The six digits instead of a scan."""
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            one, _ = gatherings.sign_by_number(form.cleaned_data["number"], by=request.user)
        except PermissionDenied as error:
            form.add_error("number", str(error))
        else:
            return _said(request, "", one)
    status = 422 if request.method == "POST" else 200
    context = {"title": "签到", "form": form, "there": gatherings.open_to(request.user)}
    return render(request, "meetings/number.html", context, status=status)


@login_required
@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """I was not there after all."""
    one = next((one for one in gatherings.open_to(request.user) if one.pk == pk), None)
    if one is not None:
        gatherings.unsign(one, by=request.user)
    return _said(request, "已撤销签到。要重新签到，请再扫一次墙上的二维码。")


def _said(request: Request, words: str, one: Gathering | None = None, status: int = 200) -> HttpResponse:
    context = {"title": "已签到" if one else "签到", "words": words, "one": one}
    return render(request, "meetings/signed.html", context, status=status)


def _prepared(request: Request, pk: int) -> Gathering:
    return get_object_or_404(gatherings.prepared(request.user, timezone.localdate()), pk=pk)
