"""What is still missing to the next grade, and whether doing it leads there."""

from datetime import date

import pytest
from tests.engine.build import case, of_rules

from sisiwu.engine.advise import Advice, advise
from sisiwu.engine.scheme.model import Scheme

RULES = """\
- {rule: lecture, kind: per_missing, count: 党课, required: 1, each: quarter, points: -1}
- {rule: day, kind: per_missing, count: 主题党日, required: 1, each: month, points: -0.5}
- {rule: article, kind: by_level, count: 党建文章刊发, points: {省级: 5, 国家级: 9}}
- {rule: praise, kind: by_level, count: 党建工作通报表扬, points: {厅机关党委: 1, 省部级: 4}}
"""
MORE = "grading: {grades: [{grade: 好, from: 98}, {grade: 较好, from: 90}, {grade: 差}]}"
DONE = """\
facts:
  - {kind: 党课, on: 2018-03-01}
  - {kind: 党课, on: 2018-05-01}
  - {kind: 主题党日, on: 2018-01-05}
  - {kind: 主题党日, on: 2018-02-05}
  - {kind: 主题党日, on: 2018-03-05}
  - {kind: 主题党日, on: 2018-04-05}
  - {kind: 主题党日, on: 2018-05-05}
  - {kind: 主题党日, on: 2018-06-05}
"""


def advice(facts: str = DONE, more: str = MORE, day: date = date(2018, 6, 30), rules: str = RULES) -> Advice:
    scheme: Scheme = of_rules(rules, list_="base: 100", more=more)
    happened = case(scheme, facts)
    return advise(scheme, happened.dataset, happened.period, 1, day)


def test_the_plan_is_the_missing_duties_each_in_its_own_time_and_reaches_the_grade() -> None:
    found = advice()

    # Nothing more done: two quarters without a lecture, six months without a party day: 100 - 2 - 3 = 95.
    assert (found.now.total_centi, found.now.grade, found.target) == (9500, "较好", "好")
    assert found.reached
    assert found.total_centi >= 9800
    assert {step.action.title for step in found.steps} <= {"党课", "主题党日"}
    assert sum(step.gain_centi for step in found.steps) == found.total_centi - found.now.total_centi
    assert all(step.action.when > date(2018, 6, 30) for step in found.steps)
    months = [step.action.when.month for step in found.steps if step.action.title == "主题党日"]
    assert len(set(months)) == len(months)


def test_the_plan_holds_nothing_that_could_be_left_out() -> None:
    found = advice()
    surplus = found.total_centi - 9800

    assert all(step.gain_centi > surplus for step in found.steps)


def test_press_articles_are_never_proposed_and_commendations_only_when_nothing_else_is_left() -> None:
    late = advice(facts="facts: [{kind: 党课, on: 2018-12-01}]", day=date(2018, 12, 15))

    # 100 - 3 - 6 = 91; a party day in December alone gives 0.5; even all that is granted gives 5 more.
    assert late.now.total_centi == 9100
    assert {step.action.title: step.action.granted for step in late.steps} == {
        "主题党日": False,
        "党建工作通报表扬（厅机关党委）": True,
        "党建工作通报表扬（省部级）": True,
    }
    assert not late.reached
    assert late.obstacles


def test_what_a_veto_bars_is_said_and_nothing_is_proposed() -> None:
    more = (
        MORE + "\nvetoes: [{veto: v, title: 重大责任事故, clause: c, when: {count: 重大责任事故}, effect: {grade: 差}}]"
    )

    found = advice(DONE + "  - {kind: 重大责任事故, on: 2018-06-01}\n", more)

    assert found.steps == ()
    assert any("一票否决" in obstacle for obstacle in found.obstacles)


def test_the_best_grade_has_nothing_above_it() -> None:
    rules = "- {rule: lecture, kind: per_missing, count: 党课, required: 1, points: -1}"

    assert advice(rules=rules).target == ""


def test_a_day_after_the_period_is_refused() -> None:
    with pytest.raises(ValueError, match="2018-12-31"):
        advice(day=date(2018, 12, 31))
