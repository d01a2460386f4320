"""The form of an article: three things to type, the rest is known."""

from __future__ import annotations

from django import forms

from sisiwu.activities.articles.models import Article
from sisiwu.activities.entries.forms import EntryForm


class ArticleForm(EntryForm):
    """Title, medium, level; the day of publication is prefilled."""

    more = ("issue", "authors")

    class Meta:
        model = Article
        fields = ["title", "medium", "level", "organization", "on", "issue", "authors"]
        labels = {"title": "题目"}
        widgets = {"level": forms.RadioSelect}
        error_messages = {
            "title": {"required": "请写稿件的题目。"},
            "medium": {"required": "请写刊发的报刊，例如“四川日报”。"},
            "level": {"required": "请选报刊的级别。"},
        }
