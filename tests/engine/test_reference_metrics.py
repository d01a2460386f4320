"""Forms that measure something and compare it."""

import pytest
from tests.engine.build import of_rules, totals, worth

COVERAGE = "- {kind: 党员培训覆盖, quantity: Q, base: B, on: 2018-06-01}"


def coverage(*pairs: tuple[str, str]) -> str:
    return "\n".join(COVERAGE.replace("Q", quantity).replace("B", base) for quantity, base in pairs)


BANDS = """\
- rule: a
  kind: band
  metric: ratio
  count: 党员培训覆盖
  bands: [{from: 60%, points: 1}, {from: 80%, points: 2}, {from: 100%, points: 3}]
"""


@pytest.mark.parametrize(
    ("quantity", "points"), [("59.99", "0.00"), ("60", "1.00"), ("79.99", "1.00"), ("80", "2.00"), ("130", "3.00")]
)
def test_the_highest_bound_reached_gives_the_points(quantity, points):
    assert worth(BANDS, coverage((quantity, "100"))) == points


def test_a_ratio_is_of_the_sums_and_without_a_base_there_is_none():
    # (30 + 50) ÷ (50 + 50) = 80%
    assert worth(BANDS, coverage(("30", "50"), ("50", "50"))) == "2.00"
    assert worth(BANDS, "") == "0.00"
    assert worth(BANDS, coverage(("30", "0"))) == "0.00"


def test_a_band_may_give_nothing_at_all():
    rules = BANDS.replace("{from: 60%, points: 1}", "{from: 60%, points: 不得分}")
    rules += "- {rule: b, kind: flat_if, count: 党员培训覆盖, points: 5}\n"

    assert worth(rules, coverage(("70", "100"))) == "0.00"
    assert worth(rules, coverage(("80", "100"))) == "7.00"


@pytest.mark.parametrize(
    ("metric", "points"),
    [("metric: count", "3.00"), ("metric: quantity", "18.00"), ("metric: latest", "5.00")],
)
def test_a_metric_may_count_sum_or_take_the_last(metric, points):
    rules = f"- {{rule: a, kind: ratio, {metric}, count: 项目评审, full: 100, out_of: 100}}"
    facts = "".join(
        f"- {{kind: 项目评审, level: 互评, quantity: {quantity}, on: 2018-0{month}-01}}\n"
        for quantity, month in ((6, 1), (5, 3), (7, 2))
    )

    assert worth(rules, facts) == points


def test_a_share_is_of_all_facts_of_the_other_kind():
    rules = "- {rule: a, kind: ratio, metric: share, count: 项目节点按期完成, among: 项目立项, full: 10}"
    facts = "- {kind: 项目节点按期完成, on: 2018-06-01, times: 2}\n- {kind: 项目立项, on: 2018-01-01, times: 3}"

    # 66.67% of 10 points
    assert worth(rules, facts) == "6.67"


def test_a_metric_may_be_for_so_many_heads():
    rules = "- {rule: a, kind: ratio, metric: count, per_head: 10, count: 党课, full: 10, out_of: 1}"
    text = """\
        organizations: [{id: 四, size: 4}, {id: 九十, size: 90}, {id: 零, size: 0}]
        facts:
          - {kind: 党课, subject: 四, on: 2018-03-01}
          - {kind: 党课, subject: 九十, on: 2018-03-01}
          - {kind: 党课, subject: 零, on: 2018-03-01}
        """

    # 1 × 10 ÷ 4 = 2.5, more than full; 1 × 10 ÷ 90 = 0.11
    assert totals(of_rules(rules), text) == {"四": "10.00", "九十": "1.10", "零": "0.00"}


SHORT = "- {rule: a, kind: shortfall_step, metric: ratio, count: 党员培训覆盖, target: 80%, step: 5%, points: -1}"


@pytest.mark.parametrize(
    ("quantity", "full_steps", "begun_steps"),
    [("81", "0.00", "0.00"), ("79.99", "0.00", "-1.00"), ("75", "-1.00", "-1.00"), ("69", "-2.00", "-3.00")],
)
def test_each_step_below_the_target_costs(quantity, full_steps, begun_steps):
    facts = coverage((quantity, "100"))

    assert worth(SHORT, facts) == full_steps
    assert worth(SHORT.replace("points", "began: yes, points"), facts) == begun_steps


def test_each_step_above_a_baseline_earns():
    rules = SHORT.replace("shortfall_step", "excess_step").replace("-1", "0.5")

    assert worth(rules, coverage(("92", "100"))) == "1.00"
    assert worth(rules, "") == "0.00"


def test_the_baseline_may_be_a_metric_of_ones_own_that_grows():
    rules = """\
        - rule: a
          kind: excess_step
          metric: count
          count: 党课
          baseline: {metric: count, count: 主题党日, grow: 150%}
          step: 1
          points: 1
        """
    facts = "- {kind: 党课, on: 2018-03-01, times: 5}\n- {kind: 主题党日, on: 2018-03-01, times: 2}"

    # 5 − 2 × 150%
    assert worth(rules, facts) == "2.00"


def lectures(**times: int) -> str:
    names = ", ".join(f"{{id: {name}}}" for name in times)
    facts = "".join(
        f"  - {{kind: 党课, subject: {name}, on: 2018-03-01, times: {count}}}\n"
        for name, count in times.items()
        if count
    )
    return f"organizations: [{names}]\n" + (f"facts:\n{facts}" if facts else "")


def test_the_baseline_may_be_the_mean_of_the_peers():
    rules = """\
        - rule: a
          kind: shortfall_step
          metric: count
          count: 党课
          baseline: {peer_mean: yes}
          step: 1
          points: -1
        """

    # mean of 1, 3 and 6 is 3.33
    assert totals(of_rules(rules), lectures(甲=1, 乙=3, 丙=6)) == {"甲": "-2.00", "乙": "0.00", "丙": "0.00"}


def test_the_best_of_the_peers_has_full_points():
    rules = "- {rule: a, kind: ratio_to_best, metric: count, count: 党课, full: 10}"

    assert totals(of_rules(rules), lectures(甲=2, 乙=3, 丙=0)) == {"甲": "6.67", "乙": "10.00", "丙": "0.00"}
    assert totals(of_rules(rules), lectures(甲=0)) == {"甲": "0.00"}


def test_peers_to_whom_the_rule_does_not_apply_are_none():
    rules = "- {rule: a, kind: ratio_to_best, metric: count, count: 党课, full: 10, applies_to: {size: {below: 50}}}"
    text = lectures(甲=2, 乙=8).replace("{id: 乙}", "{id: 乙, size: 50}")

    assert totals(of_rules(rules), text) == {"甲": "10.00", "乙": "0.00"}


def test_peers_are_compared_within_their_group():
    rules = "- {rule: a, kind: ratio_to_best, metric: count, count: 党课, full: 10, peers: region}"
    text = lectures(甲=2, 乙=4, 丙=8).replace("{id: 丙}", "{id: 丙, region: 成都市}")

    assert totals(of_rules(rules), text) == {"甲": "5.00", "乙": "10.00", "丙": "10.00"}


RANKED = "- {rule: a, kind: rank_points, metric: count, count: 党课, table: [6, 4], then_each: -1, until: 2}"


def test_points_by_rank_go_down_to_a_last_value():
    found = totals(of_rules(RANKED), lectures(甲=5, 乙=4, 丙=3, 丁=2, 戊=1))

    assert list(found.values()) == ["6.00", "4.00", "3.00", "2.00", "2.00"]


def test_equal_values_share_the_better_rank():
    found = totals(of_rules(RANKED), lectures(甲=5, 乙=5, 丙=3))

    assert list(found.values()) == ["6.00", "6.00", "3.00"]


def test_the_smallest_may_be_the_first():
    found = totals(of_rules(RANKED.replace("table", "lowest_first: yes, table")), lectures(甲=5, 乙=0, 丙=3))

    assert list(found.values()) == ["3.00", "6.00", "4.00"]


def test_who_has_no_value_has_no_rank():
    rules = RANKED.replace("metric: count", "metric: latest")

    assert totals(of_rules(rules), lectures(甲=1, 乙=0)) == {"甲": "6.00", "乙": "0.00"}


def test_above_at_and_below_the_mean_of_the_peers():
    rules = "- {rule: a, kind: vs_peer_average, metric: count, count: 党课, above: 0.5, equal: 0.1, below: -1}"

    found = totals(of_rules(rules), lectures(甲=1, 乙=2, 丙=3))

    assert found == {"甲": "-1.00", "乙": "0.10", "丙": "0.50"}


MEMBERS = of_rules(
    "- {rule: m, kind: per_event, count: 讲党课, points: 10}",
    subject="member",
    more="applies_to: {status: 正式党员}",
)


def test_a_branch_gets_the_mean_of_its_members():
    rules = "- {rule: a, kind: member_average, full: 20, out_of: 100}"
    text = """\
        organizations: [{id: 甲支部}, {id: 乙支部}]
        members: [{id: 张三, branch: 甲支部}, {id: 李四, branch: 甲支部}, {id: 王五, branch: 甲支部, status: 预备党员}]
        facts:
          - {kind: 讲党课, subject: 张三, on: 2018-03-01, times: 9}
          - {kind: 讲党课, subject: 王五, on: 2018-03-01, times: 9}
        """

    # 90 and 0: mean 45 of 100, 20 × 0.45; the probationary member is not assessed
    assert totals(of_rules(rules, members=MEMBERS), text) == {"甲支部": "9.00", "乙支部": "0.00"}
