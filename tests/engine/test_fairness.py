"""Planted flaws are found, and a sound scheme is left in peace."""

from textwrap import indent

from tests.engine import build
from tests.engine.build import case, of_rules

from sisiwu.engine.fairness import look
from sisiwu.engine.fairness.looking import rank_correlation
from sisiwu.engine.scheme.model import Scheme

GROUPS = [("window", "窗口单位"), ("plain", "")]


def found(scheme: Scheme, organizations: str, facts: str) -> dict[str, str]:
    happened = case(scheme, f"organizations:\n{indent(organizations, '  ')}\nfacts:\n{indent(facts, '  ')}\n")
    return {finding.id: finding.what for finding in look(scheme, happened.dataset, happened.period)}


def branches(count: int, marks: str = "", first: int = 0, size: int = 10) -> str:
    return "\n".join(f"- {{id: 支部{first + i}, size: {size}, marks: [{marks}]}}" for i in range(count))


def lectures(times: dict[int, int], kind: str = "党课") -> str:
    return "\n".join(
        f"- {{kind: {kind}, subject: 支部{i}, on: 2018-03-0{n + 1}}}" for i, n_ in times.items() for n in range(n_)
    )


ADDS = "- {rule: lecture, kind: per_event, count: 党课, points: 1}"


def test_an_item_that_never_differs_is_found() -> None:
    told = found(of_rules(ADDS), branches(5), lectures(dict.fromkeys(range(5), 2)))

    assert told == {"F01": "《唯一条目》5 个全是 2 分，分不出高低"}


def test_an_item_that_one_kind_of_unit_cannot_earn_is_found() -> None:
    organizations = branches(4, "窗口单位") + "\n" + branches(4, first=4)

    told = found(of_rules(ADDS), organizations, lectures({4: 1, 5: 2, 6: 3, 7: 1}))

    assert "“窗口单位”4 个全是 0 分，其余 4 个中 4 个得了分" in told["F03"]


def test_totals_that_follow_the_head_count_are_found() -> None:
    organizations = "\n".join(branches(1, first=i, size=5 * i + 5) for i in range(12))

    told = found(of_rules(ADDS), organizations, lectures({i: i // 2 + 1 for i in range(12)}))

    assert told["F04"].startswith("人数多的总分明显偏高")


def test_a_cap_that_most_run_into_is_found() -> None:
    told = found(of_rules(ADDS, item="cap: 2"), branches(5), lectures({0: 3, 1: 4, 2: 5, 3: 1, 4: 2}))

    assert told["F05"] == "《唯一条目》的封顶或保底对 3 个（共 5 个）起作用，合计改动 6.00 分"


def test_a_fact_counted_in_two_items_is_found() -> None:
    scheme = build.scheme("""\
        scheme: sample
        title: 样例办法
        period: {kind: year, of: "2018"}
        lists:
          - list: only
            title: 唯一清单
            items:
              - {item: one, title: 唯一条目, rules: [{rule: lecture, kind: per_event, count: 党课, points: 1}]}
              - {item: again, title: 又一条, rules: [{rule: twice, kind: per_event, count: 党课, points: 0.5}]}
        """)

    told = found(scheme, branches(3), lectures({0: 1, 1: 2, 2: 3}))

    assert told["F06"] == "6 条事实在《又一条》和《唯一条目》里都计了分"


def test_doing_more_of_a_good_thing_and_losing_by_it_is_found() -> None:
    rules = """\
- {rule: praised, kind: per_event, count: 党课, points: 1, title: 讲党课加分}
- {rule: punished, kind: per_event, count: 党课, points: -2, beyond: 1, title: 超过一次扣分}
"""
    told = found(of_rules(rules, list_="base: 10"), branches(3), lectures({0: 1, 1: 2, 2: 3}))

    assert told["F09"] == "多做一件“讲党课加分”反而少 1.00 分"


def test_a_sound_scheme_is_left_in_peace() -> None:
    assert found(of_rules(ADDS), branches(4), lectures({0: 1, 1: 2, 2: 3, 3: 4})) == {
        "F07": "总分高低的 100% 来自《唯一条目》一条"
    }


def test_the_rank_correlation_is_exact() -> None:
    assert rank_correlation([(1, 10), (2, 20), (3, 30)]) == (1, True)
    assert rank_correlation([(1, 30), (2, 20), (3, 10)]) == (1, False)
    assert rank_correlation([(1, 5), (2, 5), (3, 5)])[0] == 0
