"""Sums of facts: what each fact is worth, and what happens on the way to the sum."""

import pytest
from tests.engine.build import of_rules, result, rule, worth


def days(*dates: str, kind: str = "组织生活不规范", more: str = "") -> str:
    """Facts of one kind on these days of 2018."""
    return "".join(f"- {{kind: {kind}, on: 2018-{day}{more}}}\n" for day in dates)


def test_each_fact_has_its_points():
    rules = "- {rule: a, kind: per_event, count: 组织生活不规范, points: -0.5}"

    assert worth(rules, days("03-01", "03-01", "05-01")) == "-1.50"


def test_points_may_be_for_each_unit_of_quantity():
    rules = "- {rule: a, kind: per_event, count: 志愿服务时长, points: 0.25, per_quantity: yes}"
    facts = "- {kind: 志愿服务时长, quantity: 2.5, on: 2018-03-01}"

    # 0.25 × 2.5 = 0.625
    assert worth(rules, facts, subject="member") == "0.63"


PRAISE = """\
- rule: a
  kind: by_level
  count: 党建工作通报表扬
  points: {厅机关党委: 1, 省直机关工委: 2, 省部级: 4}
"""


def test_points_may_depend_on_the_level():
    assert worth(PRAISE, days("03-01", kind="党建工作通报表扬", more=", level: 省部级")) == "4.00"


def test_stacking_gives_the_lower_levels_too():
    rules = PRAISE + "  stacking: yes\n"

    assert worth(rules, days("03-01", kind="党建工作通报表扬", more=", level: 省直机关工委")) == "3.00"


def test_a_level_outside_the_table_is_not_counted():
    rules = "- {rule: a, kind: by_level, count: 党建工作通报表扬, points: {省部级: 4}}"

    assert worth(rules, days("03-01", kind="党建工作通报表扬", more=", level: 厅机关党委")) == "0.00"


@pytest.mark.parametrize(("quantity", "points"), [("0.2", "-0.50"), ("1.2", "-1.20"), ("9", "-3.00")])
def test_a_decision_is_kept_within_its_range(quantity, points):
    rules = "- {rule: a, kind: discretionary_range, count: 组织生活不规范, from: -3, to: -0.5}"

    assert worth(rules, days("03-01", more=f", quantity: {quantity}")) == points


def test_a_deadline_is_missed_on_the_day_after():
    rules = "- {rule: a, kind: deadline, count: 专题学习教育任务完成, within_days: 3, points: -2}"
    facts = """\
        - {kind: 专题学习教育任务完成, due: 2018-03-01, on: 2018-03-04}
        - {kind: 专题学习教育任务完成, due: 2018-03-01, on: 2018-03-05}
        - {kind: 专题学习教育任务完成, on: 2018-12-05}
        """

    assert worth(rules, facts) == "-2.00"


def test_each_day_beyond_a_deadline_may_count():
    rules = "- {rule: a, kind: deadline, count: 专题学习教育任务完成, within_days: 3, points: -0.1, per_day: yes}"
    facts = "- {kind: 专题学习教育任务完成, due: 2018-03-01, on: 2018-03-11}"

    assert worth(rules, facts) == "-0.70"


# --- once per matter


def test_facts_of_one_matter_count_once_at_the_highest():
    rules = PRAISE + "  once_per_matter: yes\n"
    facts = """\
        - {kind: 党建工作通报表扬, level: 厅机关党委, matter: 甲事, on: 2018-03-01}
        - {kind: 党建工作通报表扬, level: 省部级, matter: 甲事, on: 2018-04-01}
        - {kind: 党建工作通报表扬, level: 省直机关工委, matter: 乙事, on: 2018-04-01}
        - {kind: 党建工作通报表扬, level: 厅机关党委, on: 2018-05-01}
        - {kind: 党建工作通报表扬, level: 厅机关党委, on: 2018-05-01}
        """

    assert worth(rules, facts) == "8.00"


GROUPED = """\
- {rule: media, kind: by_level, count: 党建文章刊发, points: {省级: 2, 国家级: 4}, once_per_matter: honours}
- {rule: praise, kind: by_level, count: 党建工作通报表扬, points: {厅机关党委: 1, 省部级: 4}, once_per_matter: honours}
"""

SAME_MATTER = """\
facts:
  - {kind: 党建工作通报表扬, level: 省部级, matter: 甲事, on: 2018-03-01}
  - {kind: 党建文章刊发, level: 国家级, matter: 甲事, on: 2018-04-01}
"""


def test_on_a_tie_between_rules_the_earlier_rule_takes_the_matter():
    found = result(of_rules(GROUPED), SAME_MATTER)

    assert rule(found, "media").score_centi == 400
    assert rule(found, "praise").score_centi == 0
    assert [line.note for line in rule(found, "praise").uncounted] == ["同一事项就高，已在别处计分"]


def test_a_rule_that_does_not_apply_takes_no_matter():
    scheme = of_rules(GROUPED.replace("省级: 2, 国家级: 4}", "省级: 2, 国家级: 4}, applies_to: {size: {from: 99}}"))

    found = result(scheme, SAME_MATTER)

    assert rule(found, "praise").score_centi == 400


# --- order


def test_only_what_is_beyond_the_basic_task_earns():
    rules = "- {rule: a, kind: per_event, count: 党课, points: 1, beyond: 2}"

    assert worth(rules, days("03-01", "04-01", kind="党课")) == "0.00"
    assert worth(rules, days("03-01", "04-01", "05-01", kind="党课")) == "1.00"


def test_every_third_lateness_makes_one_absence():
    rules = "- {rule: a, kind: per_event, count: 组织生活不规范, points: -1, every: 3}"

    assert worth(rules, days(*["03-01"] * 5)) == "-1.00"
    assert worth(rules, days(*["03-01"] * 6)) == "-2.00"


def test_the_first_second_and_later_ones_have_points_of_their_own():
    rules = "- {rule: a, kind: per_event, count: 组织生活不规范, nth: [-1, -2, -5]}"

    assert worth(rules, days("03-01", "04-01", "05-01", "06-01")) == "-13.00"


def test_what_is_left_after_beyond_and_every_is_numbered_anew():
    rules = "- {rule: a, kind: per_event, count: 组织生活不规范, nth: [-1, -10], beyond: 1, every: 2}"

    # of five facts the third and the fifth remain: first and second
    assert worth(rules, days(*["03-01"] * 5)) == "-11.00"


# --- factors


FAULT = """\
- rule: a
  kind: per_event
  count: 日常违规行为
  points: -5
  factors:
    - {times: 0.7, when: {mark: 主要责任}}
    - {times: 1/3, when: {level: 瑕疵}}
    - {times: 1.5, when: {position: 书记}}
"""


def violation(level: str, marks: str = "", day: str = "2018-03-01") -> str:
    return f"- {{kind: 日常违规行为, level: {level}, marks: [{marks}], on: {day}}}"


def test_each_factor_that_holds_multiplies():
    assert worth(FAULT, violation("一般违规"), subject="member") == "-5.00"
    assert worth(FAULT, violation("一般违规", "主要责任"), subject="member") == "-3.50"
    # 5 × 0.7 ÷ 3 = 1.1666…, rounded once at the end
    assert worth(FAULT, violation("瑕疵", "主要责任"), subject="member") == "-1.17"


def test_a_factor_may_ask_who_held_a_position_on_the_day():
    terms = "[{member: 张三, organization: 甲支部, position: 书记, from: 2018-06-01}]"
    more = {"positions": terms, "members": "[{id: 张三}]", "subject": "member"}

    assert worth(FAULT, violation("一般违规", day="2018-05-31"), **more) == "-5.00"
    assert worth(FAULT, violation("一般违规", day="2018-06-01"), **more) == "-7.50"


def test_a_fact_soon_after_another_counts_more():
    rules = "- {rule: a, kind: per_event, count: 组织生活不规范, points: -1, repeat: {times: 2, within_days: 30}}"

    assert worth(rules, days("03-01", "03-31")) == "-3.00"
    assert worth(rules, days("03-01", "04-01")) == "-2.00"
    assert worth(rules, days("03-01", "03-01", "03-01")) == "-5.00"


def test_each_later_fact_counts_half_as_much_more():
    rules = "- {rule: a, kind: per_event, count: 组织生活不规范, points: -1, escalate: 50%}"

    # 1 + 1.5 + 2
    assert worth(rules, days("03-01", "04-01", "05-01")) == "-4.50"


def test_points_are_split_among_sharers_and_rounded_half_up():
    rules = "- {rule: a, kind: by_level, count: 党建文章刊发, points: {省级: 1}, split: yes}"

    assert worth(rules, days("03-01", kind="党建文章刊发", more=", level: 省级, sharers: 3")) == "0.33"
    assert worth(rules, days("03-01", kind="党建文章刊发", more=", level: 省级, sharers: 8")) == "0.13"


def test_halves_are_rounded_away_from_zero():
    rules = "- {rule: a, kind: per_event, count: 组织生活不规范, points: -1, split: yes}"

    assert worth(rules, days("03-01", more=", sharers: 8")) == "-0.13"


def test_a_fact_says_what_changed_its_points():
    rules = "- {rule: a, kind: per_event, count: 组织生活不规范, points: -1, escalate: 50%, split: yes}"
    text = f"facts:\n{days('03-01')}{days('04-01', more=', sharers: 2')}"

    lines = rule(result(of_rules(rules), text), "a").lines

    assert [(line.points_centi, line.note) for line in lines] == [(-100, ""), (-75, "第 2 次 ×1.5，2 人分享")]


# --- caps


def test_a_day_has_a_cap_and_then_a_month():
    rules = "- {rule: a, kind: per_event, count: 组织生活不规范, points: -1, cap_per: {day: 2, month: 3}}"

    assert worth(rules, days("03-01", "03-01", "03-01")) == "-2.00"
    assert worth(rules, days("03-01", "03-01", "03-01", "03-31", "03-31")) == "-3.00"
    assert worth(rules, days("03-01", "03-01", "03-31", "03-31", "04-01")) == "-4.00"


def test_months_of_a_period_that_begins_on_the_26th_have_their_own_ends():
    rules = "- {rule: a, kind: per_event, count: 组织生活不规范, points: -1, cap_per: {month: 1}}"
    scheme = of_rules(rules, period='{kind: year, starts: 12-26, of: "2018"}')

    found = result(scheme, f"facts:\n{days('01-25', '01-26', '02-25')}")

    assert found.total_centi == -200


def test_the_rule_has_a_cap_and_says_what_it_took():
    rules = "- {rule: a, kind: per_event, count: 组织生活不规范, points: -1, cap: 2.5}"

    score = rule(result(of_rules(rules), f"facts:\n{days('03-01', '04-01', '05-01')}"), "a")

    assert (score.score_centi, score.cut_centi) == (-250, 50)


def test_earlier_facts_come_first_whatever_their_order_in_the_ledger():
    rules = "- {rule: a, kind: per_event, count: 组织生活不规范, nth: [-1, -3], factors: [{times: 2, when: {quantity: {from: 2}}}]}"

    assert worth(rules, days("05-01") + days("03-01", more=", quantity: 2")) == "-5.00"
    assert worth(rules, days("03-01") + days("05-01", more=", quantity: 2")) == "-7.00"
