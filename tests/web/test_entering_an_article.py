"""An article is entered once, whoever enters it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.test import Client

from sisiwu.activities.articles.models import Article
from sisiwu.foundation.accounts.actions import grant
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.roles import Role
from sisiwu.ledger.models import Entry, Fact
from sisiwu.register.organizations.models import Organization
from sisiwu.scoring.queries import told


def form(branch: Organization, **more: Any) -> dict[str, Any]:
    typed = {
        "organization": branch.pk, "on": "今天", "title": "“警心党建”暖人心", "medium": "四川日报", "level": "provincial",
        "key": str(uuid4()),
    }  # fmt: skip
    return typed | more


def test_an_article_becomes_a_fact_with_its_level_and_counts_when_verified(
    signed_in: Callable[[str], Client], branch: Organization
) -> None:
    before = told("organizations", branch)

    answer = signed_in("wangqiang").post("/articles/new/", form(branch))
    entry = Entry.objects.order_by("-id")[0]
    signed_in("zhengmin").post("/verify/", {"entry": entry.pk, "do": "accept"})

    after = told("organizations", branch)
    fact = Fact.objects.get(entry=entry)
    assert answer.status_code == 302
    assert (fact.kind, fact.level, fact.organization) == ("article.published", "provincial", branch)
    assert before is not None
    assert after is not None
    assert after.result.total_centi > before.result.total_centi


def test_the_same_piece_entered_by_another_is_answered_with_where_it_is(
    signed_in: Callable[[str], Client], branch: Organization, neighbour: Organization, person: Callable[[str], User]
) -> None:
    signed_in("wangqiang").post("/articles/new/", form(branch))
    grant(person("liuyang"), Role.SECRETARY, neighbour.path, since=branch.founded_on)

    again = signed_in("liuyang").post("/articles/new/", form(neighbour, title="警心党建　暖人心！"))

    page = again.content.decode()
    assert again.status_code == 422
    assert "这篇稿件已经有了：刑侦总队第一党支部" in page
    assert "不用再报" in page
    assert Article.objects.filter(piece="警心党建暖人心").count() == 1


def test_a_returned_article_is_mended_and_sent_again(signed_in: Callable[[str], Client], branch: Organization) -> None:
    signed_in("wangqiang").post("/articles/new/", form(branch))
    entry = Entry.objects.order_by("-id")[0]
    signed_in("zhengmin").post("/verify/", {"entry": entry.pk, "do": "return", "reason": "请补期号"})

    client = signed_in("wangqiang")
    fields = client.get(f"{entry.url}mend/").context["form"]
    answer = client.post(
        f"{entry.url}mend/",
        form(branch, issue="第3版", key=str(fields["key"].value()), version=fields["version"].value()),
    )

    assert answer.status_code == 302
    assert Article.objects.get(piece="警心党建暖人心").issue == "第3版"
    assert Entry.objects.filter(source=entry.source).count() == 2


def test_what_is_missing_is_told_beside_each_field(signed_in: Callable[[str], Client], branch: Organization) -> None:
    page = signed_in("wangqiang").post("/articles/new/", form(branch, title="", medium="", level="")).content.decode()

    assert "请写稿件的题目" in page
    assert "例如“四川日报”" in page
    assert "请选报刊的级别" in page
