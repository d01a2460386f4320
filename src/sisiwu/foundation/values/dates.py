"""Dates as people write them in a form."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

HINT = "请写成 2026-11-26、11.26、1126、今天或昨天"
WORDS = {"今天": 0, "昨天": 1, "前天": 2}


def read_date(text: str, today: date, *, ahead: bool = False) -> date:
    """The day that is meant; a day without a year is the latest one that is not in the future.

    ``ahead``: the next one that is not over instead (a day by which something is due).

    Raises ValueError with a sentence in Chinese.
    """
    text = text.strip().translate(str.maketrans("０１２３４５６７８９／．－", "0123456789/.-"))
    if text in WORDS:
        return today - timedelta(days=WORDS[text])
    numbers = [int(part) for part in re.findall(r"\d+", text)]
    if len(numbers) == 1 and (digits := re.sub(r"\D", "", text)):
        if len(digits) == 8:
            numbers = [int(digits[:4]), int(digits[4:6]), int(digits[6:])]
        elif len(digits) in (3, 4):
            numbers = [int(digits[:-2]), int(digits[-2:])]
    if len(numbers) == 2:
        for year in (today.year, today.year + 1 if ahead else today.year - 1):
            day = _day(year, *numbers)
            if day and (day >= today if ahead else day <= today):
                return day
        raise ValueError(f"没有“{text}”这一天。{HINT}")
    if len(numbers) != 3:
        raise ValueError(f"“{text}”看不出是哪一天。{HINT}")
    try:
        return date(*numbers)
    except ValueError:
        raise ValueError(f"没有“{text}”这一天。{HINT}") from None


def _day(year: int, month: int, day: int) -> date | None:
    """None where the year has no such day (29 February)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def after_months(day: date, months: int) -> date:
    """The same day some months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def spoken_day(day: date) -> str:
    """A day in a sentence: 2026年11月24日."""
    return f"{day.year}年{day.month}月{day.day}日"
