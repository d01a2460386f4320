"""What the checks believe about any scheme must be true of whatever happens under it."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from tests.engine.strategies import Situation, situations

from sisiwu.engine import reference
from sisiwu.engine.checks import bounds
from sisiwu.engine.checks.bounds import Bounds
from sisiwu.engine.results import Result

quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def evaluate(situation: Situation) -> dict[int, Result]:
    return reference.evaluate(situation.scheme, situation.dataset, situation.period, situation.as_of)


def within(value: int, can: Bounds) -> bool:
    return (can.lowest is None or can.lowest <= value) and (can.highest is None or value <= can.highest)


@quick
@given(situations())
def test_nothing_ever_comes_to_less_or_more_than_the_bounds_say(situation: Situation) -> None:
    scheme = situation.scheme
    kind = scheme.calendars[0].kind
    rules = {rule.id: rule for rule in scheme.rules()}
    items = {item.id: item for item in scheme.items()}
    lists = {list_.id: list_ for list_ in scheme.lists}

    for result in evaluate(situation).values():
        for list_ in result.lists:
            assert within(list_.score_centi, bounds.of_list(lists[list_.list], kind))
            for item in list_.items:
                assert within(item.score_centi, bounds.of_item(items[item.item], kind))
                for rule in item.rules:
                    assert within(rule.score_centi, bounds.of_rule(rules[rule.rule], kind))
        if result.lists and not result.direct:
            assert within(result.total_centi, bounds.of_total(scheme))
