"""The HTTP API of evidence: the files of an activity, the bytes, letting go. Sending one: ``activities/entries/uploading.py``."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field

from sisiwu.foundation.evidence import actions, queries
from sisiwu.foundation.evidence.models import File
from sisiwu.foundation.rest.keys import Key, do_gone
from sisiwu.foundation.rest.shapes import Line, Page, Paging, page
from sisiwu.foundation.rest.spec import BYTES, does, gives, reads
from sisiwu.foundation.tokens.models import Scope
from sisiwu.foundation.ui.requests import Request

router = Router(tags=["佐证材料"])


class FileRow(Schema):
    """One file beside an activity."""

    id: int
    name: str
    media_type: str
    size_bytes: int
    sha256: str
    key: UUID = Field(description="录入的 Idempotency-Key")
    source: str = Field(description="哪个活动，如 meetings.meeting:12；空的是还没有提交")
    at: datetime


class FileFilters(Schema):
    source: Line = Field("", description="哪个活动，如 meetings.meeting:12")
    key: UUID | None = Field(None, description="录入的 Idempotency-Key")


class FileGone(Schema):
    detail: str


FILE: dict[str, Any] = {
    "id": 1, "name": "签到表.pdf", "media_type": "application/pdf", "size_bytes": 12_345, "sha256": "0" * 64,
    "key": "0c6a5a1e-6a83-4b6e-9a53-0d0f6d7c1c11", "source": "", "at": "2026-11-24T09:00:00+08:00",
}  # fmt: skip
GONE = {"detail": "已撤下。"}


def tell(one: File) -> dict[str, Any]:
    return {name: getattr(one, name) for name in FILE if name != "id"} | {"id": one.pk}


@router.get("", **reads("佐证材料列表", Page[FileRow], Scope.READ_ACTIVITIES,
    {"count": 1, "limit": 50, "offset": 0, "items": [FILE]}, "看得到名册的人能看，还有自己传的。"))  # fmt: skip
def evidence_list(request: Request, paging: Query[Paging], chosen: Query[FileFilters]) -> dict[str, Any]:
    rows = queries.visible(request.user)
    if chosen.source:
        rows = rows.filter(source=chosen.source)
    if chosen.key:
        rows = rows.filter(key=chosen.key)
    return page(rows.order_by("-id"), paging, tell)


@router.get("/{int:pk}", **gives("下载一份材料", Scope.READ_ACTIVITIES, BYTES))
def evidence_file(request: Request, pk: int) -> FileResponse:
    """The bytes, always to be kept and never shown: whatever is in them stays inert."""
    one = get_object_or_404(queries.visible(request.user), pk=pk)
    if not one.place.is_file():
        raise Http404
    answer = FileResponse(one.place.open("rb"), content_type=BYTES)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(one.name)}"
    return answer


@router.post("/{int:pk}/drop", **does("撤下选错的材料", FileGone, Scope.WRITE_ACTIVITIES, None, GONE,
    "随活动提交以后就不能撤下了。"))  # fmt: skip
def evidence_drop(request: Request, pk: int, key: Key) -> dict[str, Any]:
    user = request.user
    do_gone(
        key, user, "evidence.drop", lambda: actions.drop(get_object_or_404(queries.visible(user), pk=pk), user)
    )  # fmt: skip
    return GONE
