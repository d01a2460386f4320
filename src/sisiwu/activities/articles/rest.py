"""The HTTP API of articles."""

from __future__ import annotations

from sisiwu.activities.articles import actions, queries
from sisiwu.activities.articles.forms import ArticleForm
from sisiwu.activities.entries.rest import Recorded, router_of

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
