"""Pages of transfers: the list, one transfer, its letter, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from sisiwu.foundation.accounts.policies import demand, may
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.ui.desk import Desk, Filters
from sisiwu.foundation.ui.requests import Request
from sisiwu.foundation.ui.tasks import carry_out
from sisiwu.register.members.queries import TABS
from sisiwu.register.transfers import actions, queries
from sisiwu.register.transfers.forms import ExpectForm, IssueForm, ReceiveForm, ReissueForm, WhyForm
from sisiwu.register.transfers.models import State, Transfer, Type, Way

OVERDUE = "overdue"
LOOKS = {State.PENDING: "wait", State.RECEIVED: "ok", State.REFUSED: "back", State.WITHDRAWN: "late"}


def state_of(one: Transfer) -> tuple[str, str]:
    """The state in words, and how it looks."""
    return ("过期未接收", "back") if one.is_expired else (one.get_state_display(), LOOKS[State(one.state)])


class TransferFilters(Filters):
    q = django_filters.CharFilter(method="search", label="姓名、编号或介绍信号")
    state = django_filters.ChoiceFilter(
        choices=[(OVERDUE, "过期未接收"), *State.choices], method="in_state", label="状态", empty_label="全部"
    )
    way = django_filters.ChoiceFilter(choices=Way.choices, label="方向", empty_label="全部")
    type = django_filters.ChoiceFilter(choices=Type.choices, label="类型", empty_label="全部")

    def search(self, rows: QuerySet[Transfer], _name: str, text: str) -> QuerySet[Transfer]:
        text = text.strip()
        return rows.filter(Q(name__contains=text) | Q(code__iexact=text) | Q(number__contains=text))

    def in_state(self, rows: QuerySet[Transfer], _name: str, value: str) -> QuerySet[Transfer]:
        if value == OVERDUE:
            return rows.filter(state=State.PENDING, valid_until__lt=timezone.localdate())
        return rows.filter(state=value)


class TransferTable(tables.Table):
    name = tables.Column("党员", orderable=False)
    from_words = tables.Column("转出", orderable=False)
    to_words = tables.Column("转入", orderable=False)
    type = tables.Column("类型")
    number = tables.Column("介绍信")
    issued_on = tables.Column("开具日期")
    valid_until = tables.Column("有效期至")
    state = tables.Column("状态")

    def render_name(self, record: Transfer, **_: Any) -> str:
        return format_html('<a href="/transfers/{}/">{}</a>', record.pk, record.name)

    def render_state(self, record: Transfer, **_: Any) -> str:
        words, look = state_of(record)
        return format_html('<span class="tag {}">{}</span>', look, words)

    def render_type(self, record: Transfer, **_: Any) -> str:
        return str(record.get_type_display())

    value_name = staticmethod(lambda record: record.name)
    value_state = staticmethod(lambda record: state_of(record)[0])


class TransferDesk(Desk):
    title = "组织关系转接"
    verb = Verb.MEMBERS
    table = TransferTable
    filters = TransferFilters
    empty = "没有转接。"
    tabs = TABS

    def rows(self) -> QuerySet[Transfer]:
        return queries.listed(self.request.user)

    def actions(self) -> list[tuple[str, str]]:
        if not may(self.request.user, Verb.REGISTER):
            return []
        return [("开介绍信", reverse("transfers:new")), ("登记转入", reverse("transfers:incoming"))]


@login_required
def new(request: Request) -> HttpResponse:
    """Issue a letter."""
    demand(request.user, Verb.REGISTER)
    return carry_out(
        request,
        IssueForm(request.POST or None, request=request, initial={"member": request.GET.get("member", "")}),
        lambda data: actions.issue(data.pop("member"), by=request.user, **data),
        title="开具党员组织关系介绍信",
        said="已开具，接收支部的待办里有提醒；接收以前组织关系不动。点进去可以打印介绍信。",
        back=reverse("transfers:list"),
        button="开具",
    )


@login_required
def incoming(request: Request) -> HttpResponse:
    """A letter from outside was handed in."""
    demand(request.user, Verb.REGISTER)
    return carry_out(
        request,
        ExpectForm(request.POST or None),
        lambda data: actions.expect(by=request.user, **data),
        title="登记系统外转入的介绍信",
        said="已登记，请支部在待办里确认接收；接收当天编入名册。",
        back=reverse("transfers:list"),
        button="登记",
    )


@login_required
def detail(request: Request, pk: int) -> HttpResponse:
    """One transfer: the way, the letter, what was before, what can be done."""
    one = queries.opened(request.user, pk)
    words, look = state_of(one)
    keeps = may(request.user, Verb.REGISTER, one.home.path)
    receives = may(request.user, Verb.ROLL if one.target else Verb.REGISTER, one.receiver.path)
    pending = one.state == State.PENDING
    context = {
        "title": f"组织关系转接：{one.name}",
        "one": one,
        "state": words,
        "look": look,
        "former": one.former_letters.all(),
        "may_receive": receives and pending,
        "may_withdraw": keeps and one.state in (State.PENDING, State.REFUSED),
        "may_reissue": keeps and (one.is_expired or one.state == State.REFUSED),
        "is_out": one.way == Way.OUT,
    }
    return render(request, "transfers/detail.html", context)


@login_required
def letter(request: Request, pk: int) -> HttpResponse:
    """The letter as it is printed: stub, letter, receipt."""
    one = queries.opened(request.user, pk)
    if one.state == State.WITHDRAWN:
        raise PermissionDenied("介绍信已撤回，不能再打印。")
    days = (one.valid_until - one.issued_on).days
    context = {
        "title": "中国共产党党员组织关系介绍信",
        "one": one,
        "issuer": queries.issuer(one),
        "receiver": queries.receiving_committee(one),
        "days": days,
        "only_receipt": one.way == Way.IN,
    }
    return render(request, "transfers/letter.html", context)


def _task(
    request: Request, one: Transfer, form: forms.Form, verb: Callable[[dict[str, Any]], object], **words: str
) -> HttpResponse:
    return carry_out(request, form, verb, back=reverse("transfers:detail", args=[one.pk]), **words)


def _received_here(request: Request, pk: int) -> Transfer:
    """For whoever may confirm; others who see it are refused."""
    one = queries.opened(request.user, pk)
    demand(request.user, Verb.ROLL if one.target else Verb.REGISTER, one.receiver.path)
    return one


def _kept_here(request: Request, pk: int) -> Transfer:
    """For whoever answers for the letter; others who see it are refused."""
    one = queries.opened(request.user, pk)
    demand(request.user, Verb.REGISTER, one.home.path)
    return one


@login_required
def receive(request: Request, pk: int) -> HttpResponse:
    """Confirm: the membership moves from that day."""
    one = _received_here(request, pk)
    form = ReceiveForm(request.POST or None)
    return _task(
        request, one, form, lambda data: actions.receive(one, on=data["on"], by=request.user),
        title=f"{'登记回执' if one.way == Way.OUT else '接收组织关系'}：{one.name}", button="确认接收",
        said=f"已接收，{one.name}的组织关系从这一天起{'转出' if one.way == Way.OUT else f'在{one.to_words}'}。",
    )  # fmt: skip


@login_required
def refuse(request: Request, pk: int) -> HttpResponse:
    """Send it back with a reason."""
    one = _received_here(request, pk)
    form = WhyForm(request.POST or None)
    return _task(
        request, one, form, lambda data: actions.refuse(one, why=data["why"], by=request.user),
        title=f"退回组织关系：{one.name}", button="退回", said="已退回，转出单位的待办里有理由；组织关系没有动。",
    )  # fmt: skip


@login_required
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take the letter back."""
    one = _kept_here(request, pk)
    form = WhyForm(request.POST or None)
    return _task(
        request, one, form, lambda data: actions.withdraw(one, why=data["why"], by=request.user),
        title=f"撤回转接：{one.name}", button="撤回", said="已撤回；组织关系没有动，记录保留。",
    )  # fmt: skip


@login_required
def reissue(request: Request, pk: int) -> HttpResponse:
    """Another letter after the first ran out or came back."""
    one = _kept_here(request, pk)
    form = ReissueForm(request.POST or None, transfer=one)
    return _task(
        request, one, form, lambda data: actions.reissue(one, by=request.user, **data),
        title=f"重新开具介绍信：{one.name}", button="重新开具", said="已重新开具；原介绍信作废，存根保留。",
    )  # fmt: skip
