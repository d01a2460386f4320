"""Pages of spot checks."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html

from sisiwu.activities.entries.queries import TABS
from sisiwu.activities.spot_checks import actions, queries
from sisiwu.activities.spot_checks.forms import DrawForm, FindForm, ShowForm
from sisiwu.activities.spot_checks.models import Check, Draw
from sisiwu.foundation.accounts.policies import may, scope
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.ui.desk import Desk
from sisiwu.foundation.ui.requests import Request
from sisiwu.foundation.ui.tasks import carry_out, tell
from sisiwu.register.organizations.queries import visible as organizations


class DrawTable(tables.Table):
    period = tables.Column("期间", empty_values=(), orderable=False)
    organization = tables.Column("范围", orderable=False)
    count = tables.Column("抽取")
    conforming = tables.Column("相符")
    failing = tables.Column("不相符")
    drawn_at = tables.Column("抽取日期")

    def render_period(self, record: Draw, **_: Any) -> str:
        return format_html('<a href="/spot-checks/{}/">{}</a>', record.pk, self.value_period(record))

    def render_drawn_at(self, record: Draw, **_: Any) -> str:
        return f"{record.drawn_at:%Y-%m-%d}"

    value_period = staticmethod(lambda record: f"{record.first}至{record.last}")


class DrawDesk(Desk):
    title = "活动：抽查"
    verb = Verb.VIEW
    table = DrawTable
    empty = "还没有抽查过。"
    tabs = TABS

    def rows(self) -> QuerySet[Draw]:
        return queries.listed(self.request.user)

    def actions(self) -> list[tuple[str, str]]:
        return [("抽查一期", reverse("spot_checks:new"))] if may(self.request.user, Verb.VERIFY) else []


@login_required
def new(request: Request) -> HttpResponse:
    """Draw from a period that is over, under the widest organization one verifies."""
    top = organizations(request.user, Verb.VERIFY).first()
    if top is None:
        raise PermissionDenied
    return carry_out(
        request,
        DrawForm(request.POST or None),
        lambda typed: actions.draw(
            top, typed["first"], typed["last"], seed_on=typed["seed_on"], phrase=typed["phrase"], count=typed["count"],
            by=request.user,
        ),
        title=f"抽查一期（{top}）",
        said="已抽取并公布；抽到的支部收到了待办，没抽到的什么也不用做。",
        back="/spot-checks/",
        button="抽取并公布",
    )  # fmt: skip


@login_required
def detail(request: Request, pk: int) -> HttpResponse:
    """One draw: the seed, how to draw it again, and what was drawn; titles only of what one may look at."""
    one = get_object_or_404(queries.visible(request.user), pk=pk)
    paths = scope(request.user, Verb.VIEW)
    rows = [
        (check, any(check.entry.path.startswith(path) for path in paths))
        for check in one.checks.select_related("entry__organization")
    ]
    again = [number for number, _ in queries.redrawn(one)]
    context = {
        "title": f"抽查：{one.first}至{one.last}",
        "one": one,
        "rows": rows,
        "same": again == [check.entry_id for check, _ in rows],
    }
    return render(request, "spot_checks/detail.html", context)


@login_required
def numbers(request: Request, pk: int) -> HttpResponse:
    """The numbers that were drawn from, one a line."""
    one = get_object_or_404(queries.visible(request.user), pk=pk)
    body = "".join(f"{number}\n" for number in queries.numbers(one))
    answer = HttpResponse(body, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="numbers-{one.pk}.txt"'
    return answer


@login_required
def check(request: Request, pk: int) -> HttpResponse:
    """One drawn record: the branch says where it is, staff say whether it conforms."""
    one = get_object_or_404(queries.checks(request.user), pk=pk)
    may_find = one.conforms is None and may(request.user, Verb.VERIFY, one.entry.path)
    may_show = one.conforms is None and not may_find and may(request.user, Verb.ENTER, one.entry.path)
    posted = request.POST if request.method == "POST" else None
    form = FindForm(posted) if may_find else ShowForm(posted, initial={"shown": one.shown}) if may_show else None
    status = 200
    if posted is not None:
        if form is None:
            raise PermissionDenied
        if form.is_valid() and _done(request, one, form):
            return redirect("spot_checks:check", one.pk)
        status = 422
    context = {"title": "抽查：出示原始记录", "one": one, "form": form, "finding": may_find}
    return render(request, "spot_checks/check.html", context, status=status)


def _done(request: Request, one: Check, form: FindForm | ShowForm) -> bool:
    typed = form.cleaned_data
    try:
        if isinstance(form, FindForm):
            actions.find(one, conforms=typed["conforms"], words=typed["note"], by=request.user)
            messages.success(request, "已记录核查结果；得分没有变化。")
        else:
            actions.show(one, typed["shown"], by=request.user)
            messages.success(request, "已告诉核查人，不用再做别的。")
    except ValidationError as error:
        tell(form, error)
        return False
    return True
