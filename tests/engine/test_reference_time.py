"""When a fact counts: recorded, voided, in the period, still valid."""

from tests.engine.build import of_rules, result, totals, worth

LATE = "- {rule: late, kind: per_event, count: 组织生活不规范, points: -1}"


def test_both_ends_of_the_period_count():
    facts = """\
        - {kind: 组织生活不规范, on: 2017-12-31}
        - {kind: 组织生活不规范, on: 2018-01-01}
        - {kind: 组织生活不规范, on: 2018-12-31}
        - {kind: 组织生活不规范, on: 2019-01-01}
        """

    assert worth(LATE, facts) == "-2.00"


def test_a_fact_counts_from_the_day_it_is_recorded():
    facts = "- {kind: 组织生活不规范, on: 2018-03-01, recorded: 2018-06-01}"

    assert worth(LATE, facts, as_of="2018-05-31") == "0.00"
    assert worth(LATE, facts, as_of="2018-06-01") == "-1.00"


def test_a_voided_fact_counts_until_the_day_before():
    facts = "- {kind: 组织生活不规范, on: 2018-03-01, voided: 2018-06-01}"

    assert worth(LATE, facts, as_of="2018-05-31") == "-1.00"
    assert worth(LATE, facts, as_of="2018-06-01") == "0.00"


def test_what_is_later_than_the_evaluation_day_does_not_count_yet():
    facts = "- {kind: 组织生活不规范, on: 2018-06-02}"

    assert worth(LATE, facts, as_of="2018-06-01") == "0.00"


def test_looking_back_after_the_period_a_reversal_counts_and_later_days_do_not():
    facts = """\
        - {kind: 组织生活不规范, on: 2018-03-01, voided: 2019-02-01}
        - {kind: 组织生活不规范, on: 2018-04-01}
        - {kind: 组织生活不规范, on: 2019-01-15}
        """

    assert worth(LATE, facts, as_of="2019-03-01") == "-1.00"


def test_a_year_may_begin_in_november():
    scheme = of_rules(LATE, period='{kind: year, starts: 11-01, of: "2018"}')
    text = """\
        facts:
          - {kind: 组织生活不规范, on: 2017-10-31}
          - {kind: 组织生活不规范, on: 2017-11-01}
          - {kind: 组织生活不规范, on: 2018-10-31}
          - {kind: 组织生活不规范, on: 2018-11-01}
        """

    assert totals(scheme, text) == {"甲支部": "-2.00"}


def test_a_rolling_year_begins_on_the_persons_own_day():
    rules = "- {rule: absent, kind: per_event, count: 无故缺席组织生活, points: -1}"
    scheme = of_rules(rules, subject="member", period='{kind: year, rolling: yes, of: "2018"}')
    text = """\
        as_of: 2018-06-01
        members: [{id: 张三, since: 2010-03-15}, {id: 李四, since: 2010-09-01}]
        facts:
          - {kind: 无故缺席组织生活, subject: 张三, on: 2018-03-14}
          - {kind: 无故缺席组织生活, subject: 张三, on: 2018-03-15}
          - {kind: 无故缺席组织生活, subject: 李四, on: 2017-09-01}
          - {kind: 无故缺席组织生活, subject: 李四, on: 2017-08-31}
        """

    assert totals(scheme, text) == {"张三": "-1.00", "李四": "-1.00"}


def test_a_fact_may_be_valid_for_so_many_months_instead():
    rules = "- {rule: late, kind: per_event, count: 组织生活不规范, points: -1, valid_months: 6}"
    facts = """\
        - {kind: 组织生活不规范, on: 2017-09-30}
        - {kind: 组织生活不规范, on: 2017-10-01}
        """

    assert worth(rules, facts, as_of="2018-03-29") == "-2.00"
    assert worth(rules, facts, as_of="2018-03-30") == "-1.00"
    assert worth(rules, facts, as_of="2018-03-31") == "-1.00"
    assert worth(rules, facts, as_of="2018-04-01") == "0.00"


def test_months_of_validity_by_level_leave_other_levels_to_the_period():
    rules = """\
        - rule: praise
          kind: by_level
          count: 党建工作通报表扬
          points: {厅机关党委: 1, 省部级: 4}
          valid_months: {省部级: 24}
        """
    facts = """\
        - {kind: 党建工作通报表扬, level: 厅机关党委, on: 2017-06-01}
        - {kind: 党建工作通报表扬, level: 省部级, on: 2017-06-01}
        """

    assert worth(rules, facts) == "4.00"


def test_nothing_is_missing_before_the_period_is_over():
    rules = """\
        - {rule: lectures, kind: per_missing, count: 党课, required: 4, points: -1}
        - {rule: never, kind: flat_if, count: 党员大会, absent: yes, points: -2}
        - {rule: clean, kind: zero_event_bonus, count: 重大责任事故, points: 3}
        """

    assert worth(rules, "", as_of="2018-12-30") == "0.00"
    assert worth(rules, "", as_of="2018-12-31") == "-3.00"


def test_parts_that_are_over_are_missing_at_once():
    rules = "- {rule: day, kind: per_missing, count: 主题党日, required: 1, each: month, points: -1}"

    assert worth(rules, "", as_of="2018-03-30") == "-2.00"
    assert worth(rules, "", as_of="2018-03-31") == "-3.00"


def test_the_result_says_so_when_the_time_has_not_run_out():
    scheme = of_rules("- {rule: lectures, kind: per_missing, count: 党课, required: 4, points: -1}")

    found = result(scheme, "as_of: 2018-06-01")

    assert found.lists[0].items[0].rules[0].arithmetic == "应 4 次，已 0 次，期限未到，暂不计缺"
