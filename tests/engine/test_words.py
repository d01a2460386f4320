"""The number in a rule's words is the number counted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.engine.strategies import schemes

from sisiwu.engine.scheme import load
from sisiwu.engine.scheme.model import Rule, Scheme
from sisiwu.engine.scheme.rules import worths
from sisiwu.engine.values import points_text
from sisiwu.engine.words import rule_in_words

SCHEMES = Path(__file__).resolve().parents[2] / "schemes"
SHIPPED = sorted(path.parent for path in SCHEMES.rglob("scheme.yaml"))


def missing_numbers(rule: Rule, scheme: Scheme) -> set[str]:
    """Points of a rule that its words do not tell."""
    said = set(re.findall(r"\d+(?:\.\d+)?", rule_in_words(rule, scheme)))
    counted = {points_text(abs(value)) for value in worths(rule.form) if value}
    # 不得分 has no number; the form's list of worths holds -1 hundredth in its place.
    if "不得分" in rule_in_words(rule, scheme):
        counted.discard("0.01")
    return counted - said


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: str(folder.relative_to(SCHEMES)))
def test_the_words_of_a_shipped_scheme_tell_every_number_that_is_counted(folder: Path) -> None:
    scheme = load(folder)

    silent = {rule.id: missing for rule in scheme.rules() if (missing := missing_numbers(rule, scheme))}

    assert silent == {}


@settings(max_examples=100, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(scheme=schemes())
def test_the_words_of_any_rule_tell_every_number_that_is_counted(scheme: Scheme) -> None:
    for rule in scheme.rules():
        assert missing_numbers(rule, scheme) == set()


def test_a_rule_reads_as_an_official_text_would_say_it() -> None:
    scheme = load(SCHEMES / "2018" / "organizations")
    words = {rule.id: rule_in_words(rule, scheme) for rule in scheme.rules()}

    assert any("每缺 1 次扣" in text for text in words.values())
    assert any("同一事项就高" in text for text in words.values())
