"""A scheme printed as a text, and two schemes held against each other."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.engine.strategies import schemes

from sisiwu.engine import words
from sisiwu.engine.diff import diff
from sisiwu.engine.scheme import load
from sisiwu.engine.scheme.model import Scheme
from sisiwu.engine.show import as_markdown, show

SCHEMES = Path(__file__).resolve().parents[2] / "schemes"
SHIPPED = sorted(path.parent for path in SCHEMES.rglob("scheme.yaml"))
QUICK = settings(
    max_examples=60, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: str(folder.relative_to(SCHEMES)))
def test_the_text_of_a_shipped_scheme_tells_every_rule_and_grade(folder: Path) -> None:
    scheme = load(folder)

    text = as_markdown(show(scheme))

    assert scheme.title in text
    for rule in scheme.rules():
        assert words.rule_in_words(rule, scheme).replace("|", "\\|") in text
    for grade in scheme.grading.grades:
        assert grade.name in text
    for line in words.order_of_application():
        assert line in text
    assert "None" not in text


def test_one_list_can_be_shown_alone() -> None:
    scheme = load(SCHEMES / "2018" / "organizations")

    document = show(scheme, "鼓励清单")

    assert [section.heading for section in document.sections] == ["鼓励清单"]
    with pytest.raises(KeyError):
        show(scheme, "没有这张清单")


def test_the_second_year_of_the_sample_differs_in_what_its_changelog_says() -> None:
    told = [
        str(change)
        for change in diff(load(SCHEMES / "2018" / "organizations"), load(SCHEMES / "2019" / "organizations"))
    ]
    rules = [line for line in told if "条款" not in line]

    assert rules == [
        "修改　鼓励清单：各条相加，最高10分，最低0分，在总分之外另行加减 → 各条相加，最高8分，最低0分，在总分之外另行加减",
        "修改　基本清单《党课》“书记少讲党课”：每缺1次党课（书记讲党课）（全年应1次）扣1分 → 每缺1次党课（书记讲党课）（全年应2次）扣1分",
        "修改　规定清单《专题学习教育》“专题学习教育逾期完成”：专题学习教育任务完成超过时限的每项扣1分 → 专题学习教育任务完成超过时限的每项扣0.5分",
        "修改　规定清单《精准扶贫》“精准扶贫任务逾期完成”：精准扶贫任务完成超过时限的每项扣1分 → 精准扶贫任务完成超过时限的每项扣0.5分",
        "修改　鼓励清单《党建文章》：封顶4分 → 封顶2分",
        (
            "修改　鼓励清单《党建文章》“党建文章刊发”：党建文章刊发：省级每篇加1分，国家级每篇加2分，同一事项就高，多人（多家）共同的平均分享"
            " → 党建文章刊发：省级每篇加0.5分，国家级每篇加1分，同一事项就高，多人（多家）共同的平均分享"
        ),
        "修改　等级：90分以上，不超过20%，只评成立满12个月的 → 90分以上，不超过25%，只评成立满12个月的",
    ]


def test_a_scheme_does_not_differ_from_itself() -> None:
    for folder in SHIPPED:
        assert diff(load(folder), load(folder)) == []


def test_an_item_under_another_name_of_its_id_is_renamed_and_not_removed() -> None:
    scheme = load(SCHEMES / "2018" / "organizations")
    first = scheme.lists[0]
    items = (replace(first.items[0], id="another"), *first.items[1:])

    changes = diff(scheme, replace(scheme, lists=(replace(first, items=items), *scheme.lists[1:])))

    assert [(change.kind, change.before, change.after) for change in changes] == [
        ("renamed", first.items[0].id, "another")
    ]


def numbers(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """Where in a scheme whole numbers stand that are counted."""
    if isinstance(value, bool):
        return []
    if isinstance(value, int):
        return [path]
    if isinstance(value, tuple):
        return [found for i, child in enumerate(value) for found in numbers(child, (*path, i))]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        skipped = ("place", "catalogue", "members", "sources", "clauses", "local", "amount_fen", "months")
        names = [field.name for field in dataclasses.fields(value) if field.name not in skipped]
        return [found for name in names for found in numbers(getattr(value, name), (*path, name))]
    return []


def changed(value: object, path: tuple[object, ...]) -> object:
    """The scheme with one number one higher."""
    if not path:
        assert isinstance(value, int)
        return value + 1
    step, rest = path[0], path[1:]
    if isinstance(value, tuple):
        assert isinstance(step, int)
        return (*value[:step], changed(value[step], rest), *value[step + 1 :])
    return replace(value, **{str(step): changed(getattr(value, str(step)), rest)})  # type: ignore[type-var]


@QUICK
@given(scheme=schemes(), data=st.data())
def test_no_counted_number_of_any_scheme_changes_unseen(scheme: Scheme, data: st.DataObject) -> None:
    places = numbers(scheme)
    assume(places)
    other = changed(scheme, data.draw(st.sampled_from(places)))

    assert isinstance(other, Scheme)
    assert diff(scheme, other)
