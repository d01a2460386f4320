"""The HTTP API of any kind of activity: list, one, enter, mend. A kind declares itself with ``Recorded``.

The body is read by the kind's own form, so that a program is told the same sentences as a person.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status
from pydantic import Field, create_model

from sisiwu.activities.entries.forms import EntryForm, RollForm
from sisiwu.activities.entries.models import Activity
from sisiwu.activities.entries.people import PEOPLE, PEOPLE_EXAMPLE, roll_field, spread_roll, tell_people
from sisiwu.activities.entries.queries import enterable, visible_activities
from sisiwu.activities.entries.shapes import body_of, model_of, references, row_of, tell_fields, typed
from sisiwu.activities.entries.submitting import OutdatedError
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import Anyone, demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.receipts.actions import KeyOfAnother, once
from sisiwu.foundation.rest.errors import StaleError
from sisiwu.foundation.rest.keys import AnyKey, Key
from sisiwu.foundation.rest.shapes import Body, Day, Id, Line, Named, Page, Paging, named, page
from sisiwu.foundation.rest.spec import does, makes, reads
from sisiwu.foundation.tokens.models import Scope
from sisiwu.foundation.ui.requests import Request
from sisiwu.ledger.actions import Entry
from sisiwu.ledger.queries import last_entry, sent, with_state
from sisiwu.ledger.rest import STATE_WORDS, FeedRow, State, state_of, tell_feeds
from sisiwu.register.organizations.models import Organization

STATES: dict[bool | None, State] = {True: "accepted", False: "returned", None: "waiting"}
Send = Callable[[Any, User], Entry]
Spread = Callable[[Any, Organization], dict[str, str]]
Details = Callable[[Any, Anyone], dict[str, Any]]


@dataclass(frozen=True)
class Recorded:
    """One kind of activity as a program sees it."""

    name: str
    """English plural, as in the address: ``articles``."""
    title: str
    """What people call one of them: 稿件."""
    form: type[EntryForm]
    send: Send
    """A valid form and who sends it -> the room's own verb."""
    example: dict[str, Any]
    """What a client sends."""
    visible: Callable[[Anyone], QuerySet[Any]] | None = None
    """What a user may see, where that is more than what their organizations did."""
    more: dict[str, Any] = field(default_factory=dict)
    """Fields of the body that the form's page shows otherwise (a roll), as for ``pydantic.create_model``."""
    spread: Spread | None = None
    """``more`` as the form's page would send it; None: the roll of a ``RollForm``, if it is one."""
    also: dict[str, Any] = field(default_factory=dict)
    """Fields told of one besides its own columns, as for ``create_model``."""
    details: Details = lambda _one, _user: {}
    """Their values."""
    told: dict[str, Any] = field(default_factory=dict)
    """Example of the own and the other fields, where it differs from what is sent."""


class ActivityRow(Schema):
    """What is told of every activity."""

    id: int
    organization: Named
    title: str
    on: date
    state: State = Field(description=STATE_WORDS)
    is_late: bool = Field(description="补录")
    version: int = Field(description="修改时要带上它")
    url: str = Field(description="网页地址")


class ActivityTold(ActivityRow):
    """The same with what became of it."""

    entry: int | None = Field(description="台账里最近一次录入的 id")
    late_because: str
    reason: str = Field(description="退回的理由")
    feeds: list[FeedRow] = Field(description="用到哪几处")


class ActivityFilters(Schema):
    q: Line = Field("", description="主题")
    organization: Id | None = None
    state: Literal["waiting", "accepted", "returned"] | None = Field(None, description=STATE_WORDS)
    since: Day | None = Field(None, description="日期从")
    until: Day | None = Field(None, description="日期到（含）")


def router_of(kind: Recorded) -> Router:
    """The addresses of one kind."""
    router = Router(tags=[kind.title])
    word = kind.form.__name__.removesuffix("Form")
    has_roll = issubclass(kind.form, RollForm)
    body_type = body_of(kind.form, roll_field(kind.form) if issubclass(kind.form, RollForm) else kind.more)
    mend_type = create_model(
        f"{word}MendBody", __base__=body_type, version=(int, Field(ge=1, le=2**31 - 1, description="您看到的版本"))
    )
    row_type = create_model(f"{word}Row", __base__=ActivityRow, **row_of(kind.form))
    told_type = create_model(
        f"{word}Told", __base__=ActivityTold, **row_of(kind.form), **(PEOPLE if has_roll else kind.also)
    )
    related, own = references(kind.form), tuple(row_of(kind.form))
    unsaid = {name: "" if told is str else None for name, (told, _) in row_of(kind.form).items()}

    common = {
        "id": 1, "organization": {"id": 3, "name": "刑侦总队第一党支部"}, "title": kind.example["title"],
        "on": kind.example["on"], "state": "waiting", "is_late": False, "version": 1, "url": f"/{kind.name}/1/",
    }  # fmt: skip
    row_example = {**common, **{name: kind.told.get(name, kind.example.get(name, unsaid[name])) for name in own}}
    feed = {"scheme": "五张责任清单考核办法", "list": "鼓励清单", "item": kind.title, "clause": "第八条"}
    told_example = {
        **row_example,
        "entry": 1,
        "late_because": "",
        "reason": "",
        "feeds": [feed],
        **(PEOPLE_EXAMPLE if has_roll else {}),
        **kind.told,
    }

    def rows(user: Anyone) -> QuerySet[Any]:
        seen = kind.visible(user) if kind.visible else visible_activities(model_of(kind.form), user)
        return with_state(seen).select_related("organization", *related)

    def tell(one: Any) -> dict[str, Any]:
        return {
            "id": one.pk,
            "organization": named(one.organization),
            "title": one.title,
            "on": one.on,
            "state": STATES[one.accepted],
            "is_late": bool(one.is_late),
            "version": one.version,
            "url": one.get_absolute_url(),
            **tell_fields(one, kind.form),
        }

    def tell_all(pk: int, user: Anyone) -> dict[str, Any]:
        one = get_object_or_404(rows(user), pk=pk)
        entry = last_entry(one.source)
        decision = getattr(entry, "decision", None)
        kinds = list(entry.facts.order_by("kind").values_list("kind", flat=True).distinct()) if entry else []
        return {
            **tell(one),
            "state": state_of(entry) if entry else "waiting",
            "entry": entry.pk if entry else None,
            "late_because": entry.late_because if entry else "",
            "reason": decision.reason if decision and not decision.accepted else "",
            "feeds": tell_feeds(kinds),
            **(tell_people(one, user) if has_roll else kind.details(one, user)),
        }

    def send(user: User, body: Body, organization: Organization, key: Any, before: Activity | None) -> Entry:
        spread = kind.spread or (spread_roll if has_roll else None)
        data = typed(body, kind.form, spread(body, organization) if spread else {})
        data["organization"], data["key"] = str(organization.pk), str(key)
        if before is not None:
            data["version"] = str(getattr(body, "version", ""))
        form = kind.form(data, instance=before, user=user, organization=organization)
        if gone := [name for name in data if name in kind.form.base_fields and name not in form.fields]:
            raise ValidationError(dict.fromkeys(gone, "现在没有可选的，请不要填。"))
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        try:
            return kind.send(form, user)
        except OutdatedError as error:
            stored = tell_all(error.stored.pk, user)
            raise StaleError("别的同志刚刚改过这条记录，请对照最新的版本后再发。", stored, _plain(body)) from error

    def enter_once(
        user: User, body: Body, organization: Organization, key: Any, before: Activity | None
    ) -> tuple[bool, int]:
        """Whether it is new, and the activity's number."""
        with transaction.atomic():
            new = once(key, user, f"{kind.name}.enter")
            there = sent(key)
            if there is not None and there.entered_by_id != user.pk:
                raise KeyOfAnother("这次提交的编号已被别人用过，请换一个。")
            entry = there or (send(user, body, organization, key, before) if new else None)
        label, _, pk = (entry.source if entry else "").rpartition(":")
        if label != model_of(kind.form)._meta.label_lower:
            raise KeyOfAnother("这个 Idempotency-Key 已用于另一件事，请换一个新的 UUID。")
        return new and there is None, int(pk)

    @router.get(
        "",
        **reads(f"{kind.title}列表", Page[row_type], Scope.READ_ACTIVITIES,  # type: ignore[valid-type]
                {"count": 1, "limit": 50, "offset": 0, "items": [row_example]}),
        operation_id=f"{kind.name}_list",
    )  # fmt: skip
    def listing(request: Request, paging: Query[Paging], chosen: Query[ActivityFilters]) -> dict[str, Any]:
        demand(request.user, Verb.VIEW)
        found = rows(request.user)
        if chosen.q:
            found = found.filter(title__contains=chosen.q)
        if chosen.organization:
            found = found.filter(organization=chosen.organization)
        if chosen.state:
            found = found.filter(accepted={"accepted": True, "returned": False, "waiting": None}[chosen.state])
        if chosen.since:
            found = found.filter(on__gte=chosen.since)
        if chosen.until:
            found = found.filter(on__lte=chosen.until)
        return page(found.order_by("-on", "-id"), paging, tell)

    @router.post(
        "",
        **makes(f"录入：{kind.title}", told_type, Scope.WRITE_ACTIVITIES, kind.example, told_example,
                "与网页上的录入相同：核实后计入；七天以前的事要写补录原因。"),
        operation_id=f"{kind.name}_enter",
    )  # fmt: skip
    def enter(request: Request, body: body_type, key: Key) -> Status[dict[str, Any]]:  # type: ignore[valid-type]
        demand(request.user, Verb.ENTER)
        organization = get_object_or_404(enterable(request.user), pk=body.organization)  # type: ignore[attr-defined]
        new, pk = enter_once(request.user, body, organization, key, None)
        return Status(201 if new else 200, tell_all(pk, request.user))

    @router.get(
        "/{int:pk}",
        **reads(f"一条{kind.title}", told_type, Scope.READ_ACTIVITIES, told_example),
        operation_id=f"{kind.name}_one",
    )
    def single(request: Request, pk: int) -> dict[str, Any]:
        return tell_all(pk, request.user)

    @router.put(
        "/{int:pk}",
        **does(f"修改后重新提交：{kind.title}", told_type, Scope.WRITE_ACTIVITIES, {**kind.example, "version": 1},
               {**told_example, "version": 2},
               "退回以后才能改；version 不是最新的，回答 409，正文里 stored 是最新的，yours 是您发来的。"),
        operation_id=f"{kind.name}_mend",
    )  # fmt: skip
    def mend(
        request: Request,
        pk: int,
        body: mend_type,  # type: ignore[valid-type]
        key: AnyKey = None,
    ) -> dict[str, Any]:
        one = get_object_or_404(rows(request.user), pk=pk)
        demand(request.user, Verb.ENTER, one.organization.path)
        if body.organization != one.organization_id:  # type: ignore[attr-defined]
            raise ValidationError({"organization": "修改时不能换党组织。"})
        _, pk = enter_once(request.user, body, one.organization, key or uuid4(), one)
        return tell_all(pk, request.user)

    return router


def _plain(body: Body) -> dict[str, Any]:
    return body.model_dump(mode="json")
