"""What must hold whatever the scheme and whatever happened."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.strategies import Situation, situations

from sisiwu.engine import reference
from sisiwu.engine.explain import Entry, explain
from sisiwu.engine.records import Dataset
from sisiwu.engine.results import Result
from sisiwu.engine.scheme.model import Rule, Scheme
from sisiwu.engine.values import day_number

quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Words:
    """Stands in for engine.words."""

    def rule_in_words(self, rule: Rule, scheme: Scheme) -> str:
        return f"规则 {rule.id}"


def evaluate(situation: Situation, dataset: Dataset | None = None) -> dict[int, Result]:
    return reference.evaluate(situation.scheme, dataset or situation.dataset, situation.period, situation.as_of)


@quick
@given(situations())
def test_the_order_in_which_facts_are_given_never_matters(situation):
    data = situation.dataset
    turned = replace(
        data,
        organization_facts=data.organization_facts[::-1],
        member_facts=data.member_facts[1::2] + data.member_facts[::2],
        positions=data.positions[::-1],
    )

    assert evaluate(situation) == evaluate(situation, turned)


@quick
@given(situations(), st.data())
def test_a_voided_fact_restores_the_result_from_before(situation, data):
    facts = situation.dataset.organization_facts
    if not facts:
        return
    place = data.draw(st.integers(0, len(facts) - 1))
    others = facts[:place] + facts[place + 1 :]
    voided = replace(facts[place], voided=day_number(situation.as_of))

    without = evaluate(situation, replace(situation.dataset, organization_facts=others))
    reversed_ = evaluate(situation, replace(situation.dataset, organization_facts=(*others, voided)))

    assert reversed_ == without


@quick
@given(situations())
def test_every_bound_holds(situation):
    scheme = situation.scheme
    items = {item.id: item for item in scheme.items()}
    rules = {rule.id: rule for rule in scheme.rules()}

    for result in evaluate(situation).values():
        for list_, score in zip(scheme.lists, result.lists, strict=False):
            assert score.score_centi == 0 or within(score.score_centi, list_.lowest, list_.highest)
            for item in score.items:
                bounds = items[item.item]
                assert (
                    not item.applies or item.score_centi == 0 or within(item.score_centi, bounds.lowest, bounds.highest)
                )
                for rule in item.rules:
                    assert within(rule.score_centi, rules[rule.rule].lowest, rules[rule.rule].highest)


def within(value: int, low: int | None, high: int | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


@quick
@given(situations())
def test_every_line_of_an_explanation_is_the_sum_of_those_beneath_it(situation):
    for result in evaluate(situation).values():
        explanation = explain(situation.scheme, result, situation.dataset, Words())

        assert explanation.root.points_centi == result.total_centi
        for entry in explanation.root.walk():
            if entry.summands:
                assert sum(entry.summands) == entry.points_centi, entry.text


@quick
@given(situations())
def test_no_more_than_the_quota_receive_the_top_grade_unless_ties_are_let_in(situation):
    grading = situation.scheme.grading
    if not grading.grades or grading.grades[0].number is None or grading.ties == "all" or grading.peers:
        return
    top = [one for one in evaluate(situation).values() if one.grade == grading.grades[0].name and one.lists]

    assert sum(1 for one in top if not one.direct) <= grading.grades[0].number


@quick
@given(situations())
def test_whoever_looks_at_some_only_sees_the_same(situation):
    everybody = evaluate(situation)
    some = set(list(everybody)[::2])

    found = reference.evaluate(situation.scheme, situation.dataset, situation.period, situation.as_of, some)

    assert found == {number: everybody[number] for number in some}


def test_an_entry_without_points_adds_nothing():
    entry = Entry("item", "条目", 100, "i", (Entry("full", "满分", 100), Entry("note", "说明")))

    assert entry.summands == [100]
