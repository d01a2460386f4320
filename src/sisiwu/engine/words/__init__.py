"""Rules in words (规则的文字表述): what an official text would say, from the numbers that are counted.

The words come from the same numbers as the score, so that a text and a score cannot disagree.
"""

from __future__ import annotations

from sisiwu.engine.scheme.model import Rule, Scheme
from sisiwu.engine.values import points_text
from sisiwu.engine.words.picks import pick_in_words
from sisiwu.engine.words.rules import form_in_words

__all__ = ["rule_in_words"]


def rule_in_words(rule: Rule, scheme: Scheme) -> str:
    """The rule as one sentence without a full stop."""
    text = form_in_words(rule.form, scheme.catalogue)
    caps = []
    if rule.highest is not None:
        caps.append(f"最多加 {points_text(rule.highest)} 分")
    if rule.lowest is not None:
        caps.append(f"最多扣 {points_text(-rule.lowest)} 分")
    if rule.unless:
        caps.append(f"有{pick_in_words(rule.unless, scheme.catalogue)}的不计")
    return "，".join([text, *caps])
