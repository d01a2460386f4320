"""What a person reads when asking why."""

from dataclasses import replace

import pytest
from tests.engine.build import case, of_rules

from sisiwu.engine import reference
from sisiwu.engine.explain import as_text, columns, explain, wrapped
from sisiwu.engine.scheme.model import Rule, Scheme, Source

RULES = """\
- {rule: flaws, kind: per_event, count: 组织生活不规范, points: -2, cap: 5, title: 不规范, clause: c8}
- {rule: praise, kind: by_level, count: 党建工作通报表扬, points: {省部级: 4, 厅机关党委: 1}, once_per_matter: yes, clause: c9}
"""
MORE = """\
clauses:
  - {clause: c8, source: rules, article: 第八条, text: “组织生活不规范的，每次扣2分，最多扣5分。”}
  - {clause: c9, source: rules, article: 第九条, text: “受通报表扬的，加1—4分。”}
grading: {grades: [{grade: 好, from: 100, share: 40%}, {grade: 差}]}
"""
FACTS = """\
facts:
  - {kind: 组织生活不规范, on: 2018-03-01, times: 3}
  - {kind: 党建工作通报表扬, level: 省部级, matter: 抗震救灾, on: 2018-05-01}
  - {kind: 党建工作通报表扬, level: 厅机关党委, matter: 抗震救灾, on: 2018-04-01}
"""


class Words:
    """Stands in for engine.words."""

    def rule_in_words(self, rule: Rule, scheme: Scheme) -> str:
        return f"〔{rule.kind}〕"


@pytest.fixture
def told():
    plain = of_rules(RULES, item="full: 10\ncap: 12", list_="base: 90", more=MORE)
    scheme = replace(plain, sources=(Source("rules", "党建考核办法"),))
    happened = case(scheme, FACTS)
    result = reference.evaluate(scheme, happened.dataset, happened.period)[1]
    return explain(scheme, result, happened.dataset, Words())


def test_the_page_adds_up_from_the_facts_to_the_total(told):
    assert as_text(told, width=80) == (
        """\
样例办法 1
甲支部
甲支部总分                                                                 99.00
  99.00 = 唯一清单 99.00
  等级：差，第 1 名
  唯一清单                                                                 99.00
    基础分                                                                 90.00
    唯一条目（满分 10）                                                     9.00
      满分                                                                 10.00
      不规范：〔per_event〕                                                -5.00
        依据：《党建考核办法》第八条：“组织生活不规范的，每次扣2分，最
          多扣5分。”
        2018-03-01 组织生活不规范 [0001]                                   -2.00
        2018-03-01 组织生活不规范 [0002]                                   -2.00
        2018-03-01 组织生活不规范 [0003]                                   -2.00
        本条最多扣 5 分                                                    +1.00
      〔by_level〕                                                         +4.00
        依据：《党建考核办法》第九条：“受通报表扬的，加1—4分。”
        2018-05-01 党建工作通报表扬 省部级 事项 抗震救灾 [0004]            +4.00
        2018-04-01 党建工作通报表扬 厅机关党委 事项 抗震救灾 [0005]
          （不计：同一事项就高，已在别处计分）
"""
    )


def test_one_item_may_be_asked_for_by_its_id_or_its_title(told):
    by_id, by_title = as_text(told, "one"), as_text(told, "唯一条目")

    assert by_id == by_title
    assert by_id.splitlines()[2].startswith("唯一条目（满分 10）")
    with pytest.raises(KeyError):
        as_text(told, "没有的")


def test_no_line_is_wider_than_the_terminal(told):
    for width in (60, 72, 100):
        assert max(columns(line) for line in as_text(told, width=width).splitlines()) <= width


def test_a_chinese_character_takes_two_columns_and_numbers_stay_whole():
    assert columns("扣1.25分") == 8
    assert wrapped("应扣分数12345.67分", 10) == ["应扣分数", "12345.67分"]


def test_what_a_weight_makes_of_a_list_is_a_line_of_its_own():
    scheme = of_rules(RULES, list_="score: hundred\nweight: 20")
    happened = case(scheme, "facts: [{kind: 组织生活不规范, on: 2018-03-01}]")
    result = reference.evaluate(scheme, happened.dataset, happened.period)[1]

    list_ = next(
        entry for entry in explain(scheme, result, happened.dataset, Words()).root.walk() if entry.kind == "list"
    )

    assert [(entry.text, entry.points_centi) for entry in list_.children if entry.kind == "weight"] == [
        ("折算：（100 － 2.00）× 20% = 19.60", 2160)
    ]


def test_a_member_is_named_where_a_branch_answers_for_members():
    scheme = of_rules("- {rule: a, kind: per_event, count: 无故缺席组织生活, of: members, points: -1}")
    happened = case(scheme, "members: [{id: 张三}]\nfacts: [{kind: 无故缺席组织生活, on: 2018-03-01}]")
    result = reference.evaluate(scheme, happened.dataset, happened.period)[1]

    assert "2018-03-01 无故缺席组织生活 张三 [0001]" in as_text(explain(scheme, result, happened.dataset, Words()))
