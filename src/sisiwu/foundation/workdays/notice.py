"""A year's holidays as they are pasted: one line a day or a span of days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

WIDTHS = str.maketrans("０１２３４５６７８９／．－", "0123456789/.-")
DAY = r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
LINE = re.compile(rf"^{DAY}(?:\s*(?:至|到|~|—|–)\s*{DAY})?\s+(休|班)(?:\s+(\S.*))?$")
HINT = "写成“2027-02-05至2027-02-12 休 春节”或“2027-02-14 班 春节”，一行一段"


def read_notice(text: str, year: int) -> tuple[dict[date, tuple[bool, str]], list[str]]:
    """day -> (worked, name), and what is wrong, with the number of the line."""
    found: dict[date, tuple[bool, str]] = {}
    wrong: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.translate(WIDTHS).strip()
        if not line:
            continue
        match = LINE.match(line)
        if match is None:
            wrong.append(f"第 {number} 行“{line[:30]}”看不懂；{HINT}。")
            continue
        y1, m1, d1, y2, m2, d2, mark, name = match.groups()
        try:
            first = date(int(y1 or year), int(m1), int(d1))
            last = date(int(y2 or y1 or year), int(m2), int(d2)) if m2 else first
        except ValueError:
            wrong.append(f"第 {number} 行“{line[:30]}”里没有这一天。")
            continue
        if first.year != year or last.year != year:
            wrong.append(f"第 {number} 行不在 {year} 年，请放到那一年里。")
            continue
        if last < first:
            wrong.append(f"第 {number} 行的终了早于起始。")
            continue
        for n in range((last - first).days + 1):
            day = first + timedelta(days=n)
            if day in found and found[day][0] != (mark == "班"):
                wrong.append(f"第 {number} 行：{day:%-m月%-d日}前面写的是{'班' if found[day][0] else '休'}，请留一种。")
            found[day] = (mark == "班", (name or "")[:20])
    return found, wrong


type Span = tuple[date, date, bool, str]
"""First day, last day, whether worked, name."""


def spans_of(days: Iterable[tuple[date, bool, str]]) -> list[Span]:
    """Days in order as spans: neighbours of one kind and name lie together."""
    spans: list[Span] = []
    for day, worked, name in days:
        if spans and spans[-1][2:] == (worked, name) and spans[-1][1] + timedelta(days=1) == day:
            spans[-1] = (spans[-1][0], day, worked, name)
        else:
            spans.append((day, day, worked, name))
    return spans


def write_notice(days: Iterable[tuple[date, bool, str]]) -> str:
    """The lines of days in order."""
    return "\n".join(
        f"{a}{f'至{b}' if b != a else ''} {'班' if worked else '休'} {name}".rstrip()
        for a, b, worked, name in spans_of(days)
    )
