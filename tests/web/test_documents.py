"""Documents are read from the schemes; each shows its clauses and the list items that stand on them (B3, C1)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.documents.actions import sync
from sisiwu.foundation.documents.models import Clause, Document
from sisiwu.scoring.in_force import scheme


def titles(page: object) -> set[str]:
    return {str(one) for one in page.context["page"].object_list}  # type: ignore[attr-defined]


def test_every_document_a_scheme_in_force_cites_is_there_with_the_clause() -> None:
    for name in ("organizations", "members"):
        for clause in scheme(name).clauses:
            assert Clause.objects.filter(
                document__code=clause.source, article=clause.article, text=clause.text
            ).exists()


def test_reading_again_changes_nothing() -> None:
    before = (list(Document.objects.values_list()), list(Clause.objects.values_list()))

    sync()

    assert (list(Document.objects.values_list()), list(Clause.objects.values_list())) == before


def test_a_document_shows_which_items_stand_on_which_clause(signed_in: Callable[[str], Client]) -> None:
    one = Document.objects.get(code="sisiwu_sample_2018")

    page = signed_in("wangqiang").get(f"/documents/{one.pk}/")

    cited = {clause.article: [each.item for each in items] for clause, items in page.context["clauses"]}
    assert cited["鼓励清单第一条"] == ["党建文章"]
    assert "鼓励清单·党建文章" in page.content.decode()


def test_two_characters_find_a_document_by_title_number_or_clause(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("wangqiang")

    assert "《中国共产党支部工作条例（试行）》" in titles(client.get("/documents/?q=支部"))
    assert titles(client.get("/documents/?q=国办函〔2026〕12号")) == {
        "《政务移动互联网应用程序规范化管理办法》（国办函〔2026〕12号）"
    }
    assert "四四五示例考核办法（2018年度）" in titles(client.get("/documents/?q=就高"))


def test_the_search_box_finds_documents_too(signed_in: Callable[[str], Client]) -> None:
    page = signed_in("lina").get("/search/?q=减负").content.decode()

    assert "《整治形式主义为基层减负若干规定》" in page


def test_what_was_abolished_is_marked_and_names_what_replaced_it(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("wangqiang")
    old = Document.objects.get(code="organ_regulation_2010")

    page = client.get(f"/documents/{old.pk}/").content.decode()

    assert "已于 2019年12月27日 废止" in page
    assert "（2019年修订）" in page
    assert str(old) not in titles(client.get("/documents/?state=yes&q=机关"))
    assert str(old) in titles(client.get("/documents/?state=no"))


def test_the_eight_systems_of_the_source_are_named_as_far_as_it_names_them(signed_in: Callable[[str], Client]) -> None:
    rows = Document.objects.filter(code__startswith="system_")

    assert rows.count() == 8
    assert rows.filter(note="名称见原文，正文待补").count() == 4
    assert rows.filter(title="党委中心组学习制度").exists()


def test_only_those_who_keep_the_register_read_it_again(person: Callable[[str], User]) -> None:
    with pytest.raises(PermissionDenied):
        sync(person("wangqiang"))
    assert sync(person("zhengmin"))[0] == Document.objects.count()
