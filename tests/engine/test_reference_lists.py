"""Items and lists: bounds, weights, what does not apply, what a veto sets to nothing."""

import pytest
from tests.engine.build import of_rules, result, scheme, totals

FLAW = "- {rule: a, kind: per_event, count: 组织生活不规范, points: -4}"


def flaws(times: int) -> str:
    return f"facts: [{{kind: 组织生活不规范, on: 2018-03-01, times: {times}}}]" if times else ""


def total(scheme_, text):
    return next(iter(totals(scheme_, text).values()))


def test_an_item_begins_full_and_does_not_fall_below_nothing():
    found = [total(of_rules(FLAW, item="full: 10"), flaws(times)) for times in (0, 2, 3)]

    assert found == ["10.00", "2.00", "0.00"]


def test_an_item_may_be_earned_from_nothing_up_to_full():
    earned = of_rules("- {rule: a, kind: per_event, count: 党课, points: 4}", item="full: 10\nearned: yes")

    found = [total(earned, f"facts: [{{kind: 党课, on: 2018-03-01, times: {times}}}]") for times in (1, 3)]

    assert found == ["4.00", "10.00"]


def test_an_item_may_fall_below_nothing_where_the_scheme_says_how_far():
    found = [total(of_rules(FLAW, item="full: 10\nfloor: -5"), flaws(times)) for times in (3, 9)]

    assert found == ["-2.00", "-5.00"]


def test_a_list_has_a_base_and_bounds():
    bounded = of_rules(FLAW, list_="base: 20\nfloor: 10\ncap: 15")

    assert [total(bounded, flaws(times)) for times in (0, 2, 3)] == ["15.00", "12.00", "10.00"]


@pytest.mark.parametrize(("times", "points"), [(0, "20.00"), (1, "19.20"), (26, "0.00")])
def test_a_list_of_a_hundred_counts_by_its_weight(times, points):
    assert total(of_rules(FLAW, list_="score: hundred\nweight: 20"), flaws(times)) == points


@pytest.mark.parametrize(("times", "points"), [(0, "20.00"), (1, "16.00"), (6, "0.00")])
def test_a_direct_list_starts_at_its_weight(times, points):
    assert total(of_rules(FLAW, list_="score: direct\nweight: 20"), flaws(times)) == points


def two_items(first: str, second: str = "full: 30", list_: str = "") -> str:
    return f"""\
scheme: sample
title: 样例办法
period: {{kind: year, of: "2018"}}
lists:
  - list: only
    title: 清单
    {list_}
    items:
      - item: small
        title: 小支部条目
        full: 10
        applies_to: {{size: {{below: 50}}}}
        {first}
        rules: [{{rule: a, kind: per_event, count: 组织生活不规范, points: -4}}]
      - item: all
        title: 通用条目
        {second}
        rules: [{{rule: b, kind: per_event, count: 党课, points: -6}}]
"""


BIG_AND_SMALL = """\
organizations: [{id: 小一, size: 5}, {id: 小二, size: 6}, {id: 大, size: 50}]
facts:
  - {kind: 组织生活不规范, subject: 小一, on: 2018-03-01}
  - {kind: 党课, subject: 大, on: 2018-03-01}
"""


@pytest.mark.parametrize(
    ("absent", "points"),
    [("nothing", "24.00"), ("full", "34.00"), ("peer_average", "32.00"), ("rescale", "32.00")],
)
def test_what_does_not_apply_counts_as_the_scheme_says(absent, points):
    # peer_average: (6 + 10) ÷ 2 = 8; rescale: 24 × 40 ÷ 30 = 32
    found = totals(scheme(two_items(f"if_not_applicable: {absent}")), BIG_AND_SMALL)

    assert found == {"小一": "36.00", "小二": "40.00", "大": points}


def test_what_does_not_apply_is_full_unless_the_scheme_says_otherwise():
    assert totals(scheme(two_items("")), BIG_AND_SMALL)["大"] == "34.00"


def test_the_mean_of_peers_is_taken_within_their_group():
    text = BIG_AND_SMALL.replace("{id: 小二", "{id: 小二, region: 成都市").replace("{id: 大", "{id: 大, region: 成都市")

    found = totals(scheme(two_items("if_not_applicable: peer_average\n        peers: region")), text)

    assert found["大"] == "34.00"


def test_a_list_may_be_for_some_only():
    some = scheme(two_items("", list_="applies_to: {size: {below: 50}}"))

    found = result(some, BIG_AND_SMALL, "大")

    assert (found.total_centi, found.lists[0].items) == (0, ())


LISTS = """\
scheme: sample
title: 样例办法
period: {kind: year, of: "2018"}
base: 90
cap: 100
floor: 60
lists:
  - list: minus
    title: 扣分清单
    items: [{item: m, title: 扣分, rules: [{rule: a, kind: per_event, count: 组织生活不规范, points: -4}]}]
  - list: plus
    title: 加分清单
    items: [{item: p, title: 加分, rules: [{rule: b, kind: per_event, count: 党课, points: 7}]}]
  - list: outside
    title: 单列清单
    outside: yes
    items: [{item: o, title: 单列, rules: [{rule: c, kind: per_event, count: 主题党日, points: 3}]}]
"""


def happened(**times: int) -> str:
    kinds = {"flaws": "组织生活不规范", "lectures": "党课", "days": "主题党日", "crimes": "班子成员严重违纪违法"}
    facts = (f"{{kind: {kinds[name]}, on: 2018-03-01, times: {count}}}" for name, count in times.items())
    return f"facts: [{', '.join(facts)}]"


def test_the_total_has_bounds_and_a_list_may_stand_outside_them():
    lists = scheme(LISTS)

    assert total(lists, happened(flaws=1, lectures=1)) == "93.00"
    assert total(lists, happened(lectures=2)) == "100.00"
    assert total(lists, happened(lectures=2, days=1)) == "103.00"
    assert total(lists, happened(flaws=9, days=1)) == "63.00"


def test_what_the_bounds_took_is_told():
    found = result(scheme(LISTS), happened(lectures=2))

    assert (found.base_centi, found.cut_centi) == (9000, -400)


def test_a_list_may_make_good_only_while_the_others_are_below_a_bound():
    repair = scheme(LISTS.replace("title: 加分清单", "title: 加分清单\n    only_below: 90"))

    assert total(repair, happened(lectures=1)) == "90.00"
    assert total(repair, happened(flaws=1, lectures=1)) == "93.00"
    # the list outside counts among the others
    assert total(repair, happened(flaws=1, lectures=1, days=2)) == "92.00"


def test_a_veto_may_set_an_item_or_a_list_to_nothing():
    veto = """\
vetoes:
  - veto: crime
    title: 严重违纪
    when: {count: 班子成员严重违纪违法}
    effect: {EFFECT}
"""

    item = of_rules(FLAW, item="full: 10", list_="base: 5", more=veto.replace("EFFECT", "zero_item: one"))
    list_ = of_rules(FLAW, item="full: 10", list_="base: 5", more=veto.replace("EFFECT", "zero_list: only"))

    assert [total(item, happened(flaws=1)), total(item, happened(flaws=1, crimes=1))] == ["11.00", "5.00"]
    assert [total(list_, happened(flaws=1)), total(list_, happened(flaws=1, crimes=1))] == ["11.00", "0.00"]
