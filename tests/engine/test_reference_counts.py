"""Forms that look at how often something happened."""

import pytest
from tests.engine.build import of_rules, result, rule, totals, worth


def lectures(*dates: str, kind: str = "党课") -> str:
    return "".join(f"- {{kind: {kind}, on: 2018-{day}}}\n" for day in dates)


def test_each_missing_occurrence_costs():
    rules = "- {rule: a, kind: per_missing, count: 党课, required: 4, points: -1.5}"

    assert worth(rules, lectures("03-01")) == "-4.50"
    assert worth(rules, lectures(*["03-01"] * 5)) == "0.00"


def test_a_surplus_of_one_quarter_does_not_help_another():
    rules = "- {rule: a, kind: per_missing, count: 党课, required: 1, each: quarter, points: -1}"

    assert worth(rules, lectures("01-01", "03-31", "07-01")) == "-2.00"


def test_what_is_required_may_depend_on_the_head_count():
    rules = "- {rule: a, kind: per_missing, count: 党课, required: {3: 2, 7: 4}, points: -1}"
    text = "organizations: [{id: 二, size: 2}, {id: 三, size: 3}, {id: 六, size: 6}, {id: 七, size: 7}]"

    assert totals(of_rules(rules), text) == {"二": "0.00", "三": "-2.00", "六": "-2.00", "七": "-4.00"}


def test_days_of_deployment_lower_the_requirement():
    rules = "- {rule: a, kind: per_missing, count: 党课, required: 12, deployed: 执行任务天数, points: -1}"
    away = "- {kind: 执行任务天数, quantity: 100.9, on: 2018-06-01}"

    # floor(12 × (365 − 100) ÷ 365) = floor(8.71)
    assert worth(rules, away) == "-8.00"


def test_days_of_deployment_count_in_the_part_in_which_they_are_recorded():
    rules = (
        "- {rule: a, kind: per_missing, count: 党课, required: 2, each: quarter, deployed: 执行任务天数, points: -1}"
    )
    away = "- {kind: 执行任务天数, quantity: 46, on: 2018-02-01}"

    # first quarter: floor(2 × 44 ÷ 90) = 0; the other three 2 each
    assert worth(rules, away) == "-6.00"


def test_points_once_when_there_are_enough():
    rules = "- {rule: a, kind: flat_if, count: 党课, at_least: 2, points: 3}"

    assert worth(rules, lectures("03-01")) == "0.00"
    assert worth(rules, lectures("03-01", "04-01", "05-01")) == "3.00"


def test_points_once_when_there_is_none():
    rules = "- {rule: a, kind: flat_if, count: 党课, absent: yes, points: -3}"

    assert worth(rules, "") == "-3.00"
    assert worth(rules, lectures("03-01")) == "0.00"


def test_the_last_row_of_a_table_that_is_reached():
    rules = "- {rule: a, kind: count_table, count: 组织生活不规范, table: {2: -1, 4: -3}}"

    found = [worth(rules, lectures(*["03-01"] * times, kind="组织生活不规范")) for times in (1, 2, 3, 4, 9)]

    assert found == ["0.00", "-1.00", "-1.00", "-3.00", "-3.00"]


def test_nothing_at_all_may_be_earned_in_the_item():
    scheme = of_rules(
        "- {rule: a, kind: count_table, count: 组织生活不规范, table: {1: -2, 3: 不得分}}", item="full: 10"
    )

    found = [
        result(scheme, f"facts: [{{kind: 组织生活不规范, on: 2018-03-01, times: {times}}}]") for times in (1, 2, 3)
    ]

    assert [one.total_centi for one in found] == [800, 800, 0]
    assert found[2].lists[0].items[0].note == "本条目不得分"


def test_a_whole_period_without_incident_earns():
    rules = "- {rule: a, kind: zero_event_bonus, count: 重大责任事故, points: 2}"

    assert worth(rules, "") == "2.00"
    assert worth(rules, lectures("12-31", kind="重大责任事故")) == "0.00"


def test_each_quarter_that_is_over_without_incident_earns():
    rules = "- {rule: a, kind: zero_event_bonus, count: 重大责任事故, points: 0.5, each: quarter}"

    assert worth(rules, lectures("03-31", kind="重大责任事故")) == "1.50"
    assert worth(rules, "", as_of="2018-06-30") == "1.00"
    assert worth(rules, "", as_of="2018-06-29") == "0.50"


def good(*years: int) -> str:
    return "".join(f"- {{kind: 历年等级评定结果, level: 好, on: {year}-12-31}}\n" for year in years)


@pytest.mark.parametrize(
    ("years", "points"),
    [((), "0.00"), ((2017,), "1.00"), ((2016, 2017), "3.00"), ((2015, 2016, 2017), "3.00"), ((2016, 2018), "0.00")],
)
def test_points_for_good_years_in_a_row(years, points):
    rules = "- {rule: a, kind: streak, count: 历年等级评定结果, where: {level: 好}, table: [1, 3]}"

    assert worth(rules, good(*years)) == points


def test_the_sentence_tells_what_is_missing_where():
    rules = "- {rule: a, kind: per_missing, count: 党课, required: 1, each: quarter, points: -1}"

    score = rule(result(of_rules(rules), f"facts:\n{lectures('01-01', '07-01')}"), "a")

    expected = "每 3 个月应 1 次，已满 4 段，缺 2 次（第 2 段缺 1 次；第 4 段缺 1 次），2 × -1 = -2.00"
    assert score.arithmetic == expected
