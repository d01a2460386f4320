"""Rules in words (规则的文字表述): what an official text would say, from the numbers that are counted.

The words come from the same numbers as the score, so that a text and a score cannot disagree.
"""

from sisiwu.engine.words.outcomes import (
    condition_in_words,
    consequence_in_words,
    direct_grade_in_words,
    grade_in_words,
    grading_in_words,
    quota_in_words,
    veto_in_words,
)
from sisiwu.engine.words.picks import pick_in_words
from sisiwu.engine.words.points import numbers_of
from sisiwu.engine.words.structure import item_in_words, list_in_words, rule_in_words, who_in_words
from sisiwu.engine.words.time import calendar_in_words, order_of_application

__all__ = [
    "calendar_in_words",
    "condition_in_words",
    "consequence_in_words",
    "direct_grade_in_words",
    "grade_in_words",
    "grading_in_words",
    "item_in_words",
    "list_in_words",
    "numbers_of",
    "order_of_application",
    "pick_in_words",
    "quota_in_words",
    "rule_in_words",
    "veto_in_words",
    "who_in_words",
]
