"""The HTTP API of documents and the clauses that schemes quote."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.documents import actions, queries
from sisiwu.foundation.documents.citations import citations
from sisiwu.foundation.documents.models import Document
from sisiwu.foundation.receipts.actions import once
from sisiwu.foundation.rest.keys import Key
from sisiwu.foundation.rest.shapes import Line, Named, Page, Paging, named, page
from sisiwu.foundation.rest.spec import does, reads
from sisiwu.foundation.tokens.models import Scope
from sisiwu.foundation.ui.requests import Request

router = Router(tags=["文件与条款"])


class DocumentRow(Schema):
    """A document that rules cite."""

    id: int
    code: str
    title: str
    issuer: str
    number: str = Field(description="文号")
    issued_on: date | None
    abolished_on: date | None
    url: str
    quoted: int = Field(description="引用了几条")


class ClauseRow(Schema):
    """A clause as schemes quote it."""

    article: str
    text: str


class CitationRow(Schema):
    """A list item of a scheme in force that stands on a clause."""

    scheme: str
    list: str
    item: str
    article: str


class DocumentTold(DocumentRow):
    """A document with its clauses and where they are cited."""

    replaced_by: Named | None
    remark: str
    clauses: list[ClauseRow]
    cited: list[CitationRow]


class DocumentFilters(Schema):
    q: Line = Field("", description="名称、文号、条文")
    in_force: bool | None = Field(None, description="true 现行，false 已废止")


class Synced(Schema):
    documents: int
    clauses: int


ROW: dict[str, Any] = {
    "id": 1, "code": "branch-work", "title": "中国共产党支部工作条例（试行）", "issuer": "中共中央", "number": "",
    "issued_on": "2018-10-28", "abolished_on": None, "url": "", "quoted": 1,
}  # fmt: skip
TOLD = {
    **ROW, "replaced_by": None, "remark": "", "clauses": [{"article": "第十四条", "text": "党支部应当严格执行党的组织生活制度。"}],
    "cited": [{"scheme": "五张责任清单考核办法", "list": "基本清单", "item": "主题党日", "article": "第十四条"}],
}  # fmt: skip


def tell(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ROW}


def _rows() -> Any:
    return Document.objects.annotate(quoted=Count("clauses")).order_by("-issued_on", "title", "pk")


@router.get("", **reads("文件列表", Page[DocumentRow], Scope.READ_ACTIVITIES,
    {"count": 1, "limit": 50, "offset": 0, "items": [ROW]}))  # fmt: skip
def documents_list(request: Request, paging: Query[Paging], chosen: Query[DocumentFilters]) -> dict[str, Any]:
    demand(request.user, Verb.VIEW)
    rows = _rows()
    if chosen.q:
        rows = queries.searched(rows, chosen.q)
    if chosen.in_force is not None:
        now = queries.in_force(timezone.localdate())
        rows = rows.filter(now) if chosen.in_force else rows.exclude(now)
    return page(rows, paging, tell)


@router.get("/{int:pk}", **reads("一份文件和引用的条款", DocumentTold, Scope.READ_ACTIVITIES, TOLD))
def documents_one(request: Request, pk: int) -> dict[str, Any]:
    demand(request.user, Verb.VIEW)
    one = get_object_or_404(_rows().select_related("replaced_by"), pk=pk)
    return {
        **tell(one),
        "replaced_by": named(one.replaced_by),
        "remark": one.note,
        "clauses": [{"article": row.article, "text": row.text} for row in one.clauses.all()],
        "cited": [
            {"scheme": row.scheme, "list": row.list, "item": row.item, "article": row.article}
            for row in citations(one.code)
        ],
    }


@router.post(
    "/sync", **does("按考核办法更新文件和条款", Synced, Scope.WRITE_REGISTER, None, {"documents": 30, "clauses": 60})
)
def documents_sync(request: Request, key: Key) -> dict[str, Any]:
    user = request.user
    demand(user, Verb.REGISTER)
    once(key, user, "documents.sync")
    documents, clauses = actions.sync(user)
    return {"documents": documents, "clauses": clauses}
