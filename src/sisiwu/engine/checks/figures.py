"""Whether the numbers of a rule stand in the text of its clause.

A text may say a number in half-width or full-width digits, in Chinese numerals, as a percentage, a
fraction, or a length of time (一年 for 12 months). All numbers here are hundredths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sisiwu.engine.scheme import forms
from sisiwu.engine.scheme.fields import FULL_WIDTH
from sisiwu.engine.scheme.forms import Metric, Pick, Where
from sisiwu.engine.scheme.model import Rule
from sisiwu.engine.scheme.walking import walk
from sisiwu.engine.values import Share, centi, points_text
from sisiwu.engine.words import numbers_of

ZERO_ROUND = "\u3007"
"""The Chinese zero that looks like a circle."""
DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {ZERO_ROUND: 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
ARABIC = re.compile(r"\d{1,9}(?:\.\d{1,2})?")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
CHINESE = re.compile(rf"[{''.join(DIGITS)}十百千]+(?:点[{''.join(DIGITS)}]{{1,2}})?")
FRACTION = re.compile(r"(\d{1,4})/(\d{1,4})|([一二两三四五六七八九十]+)分之([一二两三四五六七八九十]+)")
ONE = 100
HUNDRED = 10_000
MONTHS_A_YEAR = 12
FULL_SAID = re.compile(r"百分|比例|得分率|满分|分制|%")
HALF_SAID = ("一半", "减半", "折半", "半数", "半")
DOUBLE_SAID = ("加倍", "翻倍", "双倍", "翻番")


def figures_missing(rule: Rule, text: str) -> list[str]:
    """The numbers of a rule that its clause does not say, as an author would write them, each once."""
    plain = THOUSANDS.sub("", text.translate(FULL_WIDTH))
    said = figures_of(plain)
    missing = [points_text(number) for number in sorted(_points(rule)) if not _says_points(number, said, plain)]
    missing += [points_text(number) for number in _measures(rule) if not _says_measure(number, said, plain)]
    missing += [str(count) for count in _counts(rule) if not _says_count(count, said, plain)]
    missing += [f"{months}个月" for months in _months(rule) if not _says_months(months, said, plain)]
    missing += [f"{days}天" for days in _days(rule) if not _says_days(days, said, plain)]
    missing += [share.text for share in _shares(rule) if not _says_share(share, said, plain)]
    return list(dict.fromkeys(missing))


def figures_of(text: str) -> set[int]:
    """Every number a text says, in hundredths; "20%" says 20."""
    found = {centi(match[0]) for match in ARABIC.finditer(text)}
    return found | {value for match in CHINESE.finditer(text) if (value := _chinese(match[0])) is not None}


def _chinese(text: str) -> int | None:
    """十二, 一百二十, 零点五; None for what is no number (百 of 百分)."""
    whole, _, decimals = text.partition("点")
    if all(character in DIGITS for character in whole):
        value = int("".join(str(DIGITS[character]) for character in whole))
    else:
        value, digit = 0, 1 if whole[0] == "十" else 0
        for character in whole:
            if character in DIGITS:
                digit = DIGITS[character]
            else:
                value, digit = value + digit * UNITS[character], 0
        value += digit
        if value == 0:
            return None
    return value * ONE + int("".join(str(DIGITS[character]) for character in decimals).ljust(2, "0") or 0)


# --- the numbers of a rule, without those that any text implies


def _points(rule: Rule) -> set[int]:
    """Points; the 100 of a rater's or a member's score need not be written."""
    numbers = {abs(number) for number in numbers_of(rule)}
    return numbers - {HUNDRED} if isinstance(rule.form, forms.Rating | forms.MemberAverage) else numbers


def _measures(rule: Rule) -> Iterator[int]:
    """Marks, steps and quantities."""
    form = rule.form
    if isinstance(form, forms.Band):
        yield from (low for low, points in form.bands[1:] if points)
        yield from (low for low, points in form.bands[:1] if low > ONE)
    if isinstance(form, forms.Step):
        yield form.step
        yield form.baseline.number or 0
    if isinstance(form, forms.Ratio) and form.out_of is not None:
        yield form.out_of
    if isinstance(form, forms.Votes):
        yield from (value for _, value in form.values if value != HUNDRED)
    for where in walk(form, Where):
        yield where.quantity_from or 0
        yield where.quantity_below or 0


def _counts(rule: Rule) -> Iterator[int]:
    """How often, how many; once needs no word."""
    form = rule.form
    found: list[int] = []
    match form:
        case forms.PerMissing():
            found += [number for row in form.by_size for number in row] if form.by_size else [form.required]
        case forms.FlatIf():
            found.append(form.at_least)
        case forms.CountTable():
            found += [count for count, _ in form.table]
        case forms.PerEvent() | forms.Discretionary() | forms.Deadline():
            found += [form.modifiers.beyond, form.modifiers.every]
    found += [metric.per_head or 0 for metric in walk(form, Metric)]
    yield from (count for count in found if count > 1)


def _months(rule: Rule) -> Iterator[int]:
    for pick in (*walk(rule.form, Pick), *walk(rule.unless, Pick)):
        yield from (months for _, months in pick.valid_months_by_level)
        if pick.valid_months is not None:
            yield pick.valid_months


def _days(rule: Rule) -> Iterator[int]:
    if isinstance(rule.form, forms.Deadline) and rule.form.within_days:
        yield rule.form.within_days
    yield from (repeat.within_days for repeat in walk(rule.form, forms.Repeat))


def _shares(rule: Rule) -> Iterator[Share]:
    found = [*walk(rule.form, Share)]
    yield from (share for share in found if share.numerator not in (0, share.denominator))


# --- what a text says


def _says_points(number: int, said: set[int], text: str) -> bool:
    return number in said or (number == HUNDRED and "百分" in text) or (number == ONE // 2 and "半分" in text)


def _says_measure(number: int, said: set[int], text: str) -> bool:
    """“超过30” is written as 30.01; a step of one and a whole need no word."""
    implied = number in (0, ONE) or (number == HUNDRED and FULL_SAID.search(text) is not None)
    return implied or number in said or (number - 1 in said and number % ONE == 1) or _says_time(number, said, text)


def _says_time(number: int, said: set[int], text: str) -> bool:
    """Hours, days and months in a bigger unit."""
    units = (("年", 12), ("年", 365), ("周", 7), ("天", 24), ("小时", 60))
    return any(word in text and number % size == 0 and number // size in said for word, size in units)


def _says_count(count: int, said: set[int], text: str) -> bool:
    """“超过2次”, “2次以后” are three times."""
    number = count * ONE
    more = number - ONE in said and any(word in text for word in ("超过", "以后", "以外", "多于", "再"))
    return number in said or more or _says_regularly(count, text)


def _says_regularly(count: int, text: str) -> bool:
    """“每月”, “每季度” in a year are 12 and 4 times."""
    regular = {12: ("每月", "按月"), 4: ("每季", "按季"), 2: ("每半年",), 52: ("每周",)}
    return any(word in text for word in regular.get(count, ()))


def _says_months(months: int, said: set[int], text: str) -> bool:
    years = months % MONTHS_A_YEAR == 0 and "年" in text and months // MONTHS_A_YEAR * ONE in said
    half = {3: "季", 6: "半年", 12: "年", 18: "一年半"}.get(months)
    return months * ONE in said or years or (half is not None and half in text)


def _says_days(days: int, said: set[int], text: str) -> bool:
    weeks = days % 7 == 0 and "周" in text and days // 7 * ONE in said
    months = days % 30 in (0, 1) and "月" in text and days // 30 * ONE in said
    return days * ONE in said or weeks or months


def _says_share(share: Share, said: set[int], text: str) -> bool:
    """70%, 0.7, 1/3, 三分之一, 七成, 减半, 加倍."""
    percent, rest = divmod(HUNDRED * share.numerator, share.denominator)
    times, uneven = divmod(ONE * share.numerator, share.denominator)
    if not rest and percent in said:
        return True
    if not uneven and (times in said or (percent % 1000 == 0 and percent // 10 in said and "成" in text)):
        return True
    if 2 * share.numerator == share.denominator and any(word in text for word in HALF_SAID):
        return True
    if share.numerator == 2 * share.denominator and any(word in text for word in DOUBLE_SAID):
        return True
    return any(upper * share.denominator == lower * share.numerator for upper, lower in _fractions(text))


def _fractions(text: str) -> Iterator[tuple[int, int]]:
    for match in FRACTION.finditer(text):
        if match[1]:
            yield int(match[1]), int(match[2])
        elif (lower := _chinese(match[3])) and (upper := _chinese(match[4])):
            yield upper // ONE, lower // ONE
