"""Pages of articles."""

from __future__ import annotations

import django_filters
import django_tables2 as tables

from sisiwu.activities.articles import actions
from sisiwu.activities.articles.facts import PUBLISHED
from sisiwu.activities.articles.forms import ArticleForm
from sisiwu.activities.articles.models import Article, Level
from sisiwu.activities.entries.pages import EntryDesk, EntryFilters, EntryTable, Pages
from sisiwu.foundation.ui.requests import Request
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
    basis = "登记自愿，约半分钟；不需要截图，不统计阅读和转发。《整治形式主义为基层减负若干规定》施行以后的考核是否计入，由办法决定。"

    def kinds(self, kind: str) -> list[str]:
        return [PUBLISHED]

    def enter(self, form: ArticleForm, request: Request) -> Entry:
        return actions.enter(form.instance, by=request.user, **form.how())

    def lines(self, one: Article) -> list[tuple[str, object]]:
        return [
            ("报刊", f"{one.medium}（{one.get_level_display()}）"),
            ("期号、网址", one.issue),
            ("作者", one.authors),
        ]


pages = ArticlePages()


class ArticleDesk(EntryDesk):
    title = "活动：稿件"
    table, filters, pages = ArticleTable, ArticleFilters, pages
    empty = "还没有稿件。"
