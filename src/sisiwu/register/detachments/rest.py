"""The HTTP API of temporary attachments."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status
from pydantic import Field

from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.rest.keys import Key, do_once
from sisiwu.foundation.rest.shapes import Body, Day, Id, Named, Page, Paging, named, page
from sisiwu.foundation.rest.spec import does, makes, reads
from sisiwu.foundation.tokens.models import Scope
from sisiwu.foundation.ui.requests import Request
from sisiwu.register.detachments import actions
from sisiwu.register.detachments.models import Attachment
from sisiwu.register.members import queries as members
from sisiwu.register.organizations import queries as organizations

router = Router(tags=["临时党支部"])


class AttachmentRow(Schema):
    """A member works in a temporary organization; ``until`` is the first day back home."""

    id: int
    member: Named
    organization: Named
    since: date
    until: date | None


class AttachBody(Body):
    organization: Id = Field(description="临时党组织的 id")
    member: Id
    since: Day = Field(description="编入日期")


class ReleaseBody(Body):
    on: Day = Field(description="归建日期")


ROW: dict[str, Any] = {
    "id": 1, "member": {"id": 12, "name": "赵军"}, "organization": {"id": 5, "name": "援藏警队临时党支部"},
    "since": "2025-12-01", "until": None,
}  # fmt: skip


def tell(one: Attachment) -> dict[str, Any]:
    return {
        "id": one.pk,
        "member": named(one.member),
        "organization": named(one.organization),
        "since": one.since,
        "until": one.until,
    }


@router.get("", **reads("临时编入列表", Page[AttachmentRow], Scope.READ_REGISTER,
    {"count": 1, "limit": 50, "offset": 0, "items": [ROW]}, "您看得到党员名册的临时党组织。"))  # fmt: skip
def detachments_list(request: Request, paging: Query[Paging], organization: Id | None = None) -> dict[str, Any]:
    demand(request.user, Verb.MEMBERS)
    seen = organizations.visible(request.user, Verb.MEMBERS)
    rows = Attachment.objects.filter(organization__in=seen.values("pk")).select_related("member", "organization")
    if organization is not None:
        rows = rows.filter(organization=organization)
    return page(rows.order_by("-since", "id"), paging, tell)


@router.post("", **makes("编入临时党组织", AttachmentRow, Scope.WRITE_REGISTER,
    {"organization": 5, "member": 6, "since": "2026-11-20"}, ROW, "组织关系仍在原支部，两边的工作都算。"))  # fmt: skip
def detachments_attach(request: Request, body: AttachBody, key: Key) -> Status[dict[str, Any]]:
    user = request.user
    at = organizations.looked_after(user, body.organization)
    member = members.visible(user).select_related("branch", "user").filter(pk=body.member).first()
    if member is None:
        raise ValidationError({"member": "名册里没有这名党员，或不在您的管理范围内。"})
    rows = Attachment.objects.select_related("member", "organization")
    new, one = do_once(
        key, user, "detachments.attach", lambda: actions.attach(member, at, since=body.since, by=user), rows
    )
    return Status(201 if new else 200, tell(one))


@router.post("/{int:pk}/release", **does("归建", AttachmentRow, Scope.WRITE_REGISTER,
    {"on": "2026-11-20"}, {**ROW, "until": "2026-11-20"}))  # fmt: skip
def detachments_release(request: Request, pk: int, body: ReleaseBody, key: Key) -> dict[str, Any]:
    rows = Attachment.objects.select_related("member", "organization")
    one = get_object_or_404(rows, pk=pk)
    organizations.looked_after(request.user, one.organization_id)
    do_once(
        key, request.user, "detachments.release", lambda: actions.release(one, on=body.on, by=request.user), rows, one
    )
    return tell(rows.get(pk=pk))
