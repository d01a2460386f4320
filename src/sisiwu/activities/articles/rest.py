"""The HTTP API of articles, and of those that organizations wrote together."""

from __future__ import annotations

from typing import Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Query, Schema, Status
from pydantic import Field

from sisiwu.activities.articles import actions, queries
from sisiwu.activities.articles.forms import ArticleForm
from sisiwu.activities.articles.models import Article, Partner
from sisiwu.activities.entries.queries import enterable
from sisiwu.activities.entries.rest import Recorded, router_of
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.rest.keys import Key, do_once
from sisiwu.foundation.rest.shapes import Body, Id, Line, Named, Page, Paging, named, page
from sisiwu.foundation.rest.spec import does, makes, reads
from sisiwu.foundation.tokens.models import Scope
from sisiwu.foundation.ui.requests import Request

router = router_of(
    Recorded(
        name="articles",
        title="稿件",
        form=ArticleForm,
        visible=queries.visible,
        send=lambda form, by: actions.enter(form.instance, by=by, **form.how()),
        example={
            "organization": 3, "title": "“警心党建”暖人心", "on": "2026-11-20", "medium": "四川日报", "level": "provincial",
            "issue": "第 3 版", "authors": "李娜",
        },
    )
)  # fmt: skip


class PartnerRow(Schema):
    """An organization that says it wrote an article of another one, too."""

    id: int
    article: Named
    of: Named = Field(description="登记稿件的党组织")
    organization: Named = Field(description="说是共同完成的党组织")
    words: str
    state: Literal["waiting", "accepted", "refused"] = Field(
        description="waiting 待核实，accepted 共同完成，refused 不是"
    )


class JoinBody(Body):
    organization: Id
    words: Line = Field("", description="说明，例如“本支部同志为第二作者”")


class PartnerBody(Body):
    accepted: bool = Field(description="true 是共同完成，两家分享；false 不是")


PARTNER = {
    "id": 1, "article": {"id": 1, "name": "“警心党建”暖人心"}, "of": {"id": 3, "name": "刑侦总队第一党支部"},
    "organization": {"id": 4, "name": "刑侦总队第二党支部"}, "words": "第二作者", "state": "waiting",
}  # fmt: skip


def tell_partner(one: Partner) -> dict[str, Any]:
    """One row; article and organizations are read along with it."""
    state = {None: "waiting", True: "accepted", False: "refused"}[one.accepted]
    return {
        "id": one.pk, "article": named(one.article), "of": named(one.article.organization),
        "organization": named(one.organization), "words": one.words, "state": state,
    }  # fmt: skip


@router.get("/partners", **reads("待核实的共同完成", Page[PartnerRow], Scope.VERIFY,
    {"count": 1, "limit": 50, "offset": 0, "items": [PARTNER]}))  # fmt: skip
def articles_partners(request: Request, paging: Query[Paging]) -> dict[str, Any]:
    demand(request.user, Verb.VERIFY)
    return page(queries.partners(request.user).filter(accepted__isnull=True).order_by("pk"), paging, tell_partner)


@router.post("/{int:pk}/join", **makes("请求合并：共同完成的稿件", PartnerRow, Scope.WRITE_ACTIVITIES,
    {"organization": 4, "words": "第二作者"}, PARTNER, "别家已经登记过的稿件，核实后两家都计入，不用再报。"))  # fmt: skip
def articles_join(request: Request, pk: int, body: JoinBody, key: Key) -> Status[dict[str, Any]]:
    user = request.user
    demand(user, Verb.ENTER)
    organization = get_object_or_404(enterable(user), pk=body.organization)
    article = get_object_or_404(Article.objects.select_related("organization"), pk=pk)
    rows = Partner.objects.select_related("article__organization", "organization").filter(asked_by=user)
    new, one = do_once(
        key, user, "articles.join", lambda: actions.join(article, organization, by=user, words=body.words), rows
    )
    return Status(201 if new else 200, tell_partner(one))


@router.post("/partners/{int:pk}", **does("核实共同完成", PartnerRow, Scope.VERIFY,
    {"accepted": True}, {**PARTNER, "state": "accepted"}))  # fmt: skip
def articles_decide_partner(request: Request, pk: int, body: PartnerBody, key: Key) -> dict[str, Any]:
    user, rows = request.user, queries.partners(request.user)
    one = get_object_or_404(rows, pk=pk)
    do_once(
        key, user, "articles.partner", lambda: actions.decide_partner(one, accepted=body.accepted, by=user), rows, one
    )
    return tell_partner(rows.get(pk=pk))
