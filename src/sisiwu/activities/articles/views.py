"""Pages of articles."""

from __future__ import annotations

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from sisiwu.activities.articles import actions, queries
from sisiwu.activities.articles.facts import PUBLISHED
from sisiwu.activities.articles.forms import ArticleForm
from sisiwu.activities.articles.models import Article, Level, Partner
from sisiwu.activities.entries.choosing import choose
from sisiwu.activities.entries.pages import EntryDesk, EntryFilters, EntryTable, Pages
from sisiwu.activities.entries.queries import chosen_organization
from sisiwu.foundation.accounts.policies import may
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.ui.forms import FormMixin
from sisiwu.foundation.ui.requests import Request
from sisiwu.foundation.ui.tasks import carry_out
from sisiwu.ledger.actions import Entry


class ArticleFilters(EntryFilters):
    level = django_filters.ChoiceFilter(choices=Level.choices, label="级别", empty_label="全部")


class ArticleTable(EntryTable):
    title = tables.Column("题目")
    medium = tables.Column("报刊")
    level = tables.Column("级别")

    class Meta:
        sequence = ("on", "title", "medium", "level", "...")


class ArticlePages(Pages[Article, ArticleForm]):
    room, model, form = "articles", Article, ArticleForm
    new_words, mend_words = "登记一篇稿件", "修改稿件"

    def kinds(self, kind: str) -> list[str]:
        return [PUBLISHED]

    def enter(self, form: ArticleForm, request: Request) -> Entry:
        return actions.enter(form.instance, by=request.user, **form.how())

    def lines(self, one: Article) -> list[tuple[str, object]]:
        partners = one.partners.filter(accepted=True).select_related("organization").order_by("pk")
        return [
            ("报刊", f"{one.medium}（{one.get_level_display()}）"),
            ("期号、网址", one.issue),
            ("作者", one.authors),
            ("共同完成", "、".join(str(partner.organization) for partner in partners)),
        ]

    def visible(self, request: Request) -> QuerySet[Article]:
        return queries.visible(request.user)


pages = ArticlePages()


class ArticleDesk(EntryDesk):
    title = "活动：稿件"
    table, filters, pages = ArticleTable, ArticleFilters, pages
    empty = "还没有稿件。"


class JoinForm(FormMixin, forms.Form):
    """Why it is ours, too."""

    words = forms.CharField(
        label="说明（可不填）", max_length=200, required=False, help_text="例如：本支部同志为第二作者"
    )


@login_required
def join(request: Request, pk: int) -> HttpResponse:
    """We wrote this article together with who entered it; the same piece was typed before one gets here."""
    branch = chosen_organization(request)
    if branch is None:
        return choose(request)
    article = get_object_or_404(Article.objects.select_related("organization"), pk=pk)
    return carry_out(
        request,
        JoinForm(request.POST or None),
        lambda data: actions.join(article, branch, by=request.user, words=data["words"]),
        title=f"合并：与{article.organization}共同完成《{article.title}》",
        said="已提出，机关党委核实后两家都计入，不用再报。",
        back="/articles/",
        button="请求合并",
    )


class PartnerForm(FormMixin, forms.Form):
    """Together or not."""

    accepted = forms.TypedChoiceField(
        label="是否共同完成",
        choices=[("yes", "是，两家分享"), ("no", "不是，维持原样")],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
    )


@login_required
def partner(request: Request, pk: int) -> HttpResponse:
    """Staff say whether an article was written together."""
    one = get_object_or_404(Partner.objects.select_related("article__organization", "organization", "asked_by"), pk=pk)
    if not may(request.user, Verb.VERIFY, one.article.organization.path):
        raise Http404
    form = PartnerForm(request.POST or None)
    form.fields["accepted"].help_text = f"{one.asked_by}提出：{one.words or '（没有说明）'}"
    return carry_out(
        request,
        form,
        lambda data: actions.decide_partner(one, accepted=data["accepted"], by=request.user),
        title=f"核实共同完成：{one.article.organization}和{one.organization}，《{one.article.title}》",
        said="已处理。",
        back=one.article.get_absolute_url(),
    )
