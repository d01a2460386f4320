"""Results as one page of HTML that needs nothing else: no script, no network, every chart an SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from sisiwu.engine.explain import Entry, Explanation, shown_points
from sisiwu.engine.values import score_text
from sisiwu.scoring.evaluation import Score
from sisiwu.scoring.reports.table import Results

CHARTED = 30
BAR_WIDTH = 560
COLUMN_HEIGHT = 120
STEP = 500
"""A column of the distribution holds five points."""
PATTERNS = ("solid", "lines", "dots", "cross", "light", "waves", "grid")
"""Fills that are told apart without colour."""


@dataclass(frozen=True)
class Segment:
    """A part of a bar: where it starts and how long it is, in pixels."""

    left: int
    width: int
    fill: str
    title: str


@dataclass(frozen=True)
class Row:
    """One subject of the table and, perhaps, of the ranking chart."""

    place: str
    name: str
    kind: str
    total: str
    grade: str
    lists: tuple[str, ...]
    follows: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Told:
    """One line of an explanation, indented."""

    depth: int
    text: str
    points: str
    kind: str


def write_page(results: Results, explained: list[Explanation], path: Path) -> None:
    """Writes the page; ``explained`` are the subjects whose arithmetic it tells."""
    source = files("sisiwu.scoring.reports").joinpath("page.html.j2").read_text(encoding="utf-8")
    template = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).from_string(source)
    rows = _rows(results)
    html = template.render(
        results=results,
        title=results.scheme.title,
        rows=rows,
        charted=_best(results),
        lists=[(list_.title, PATTERNS[place % len(PATTERNS)]) for place, list_ in enumerate(results.scheme.lists)],
        grades=_grades(results),
        columns=_distribution(results),
        told=[(one.subject, _lines(one)) for one in explained],
        bar_width=BAR_WIDTH,
        column_height=COLUMN_HEIGHT,
    )
    path.write_text(html, encoding="utf-8")


def _rows(results: Results) -> list[Row]:
    most = max((score.total_centi for score in results.scores.values()), default=0)
    titles = results.titles()
    return [_row(results, score, most, titles) for score in results.ranked()]


def _best(results: Results) -> list[Row]:
    """The highest totals, whatever their group."""
    most = max((score.total_centi for score in results.scores.values()), default=0)
    titles = results.titles()
    ranked = sorted(
        (one for one in results.scores.values() if one.place), key=lambda one: (-one.total_centi, one.subject)
    )
    return [_row(results, score, most, titles) for score in ranked[:CHARTED]]


def _row(results: Results, score: Score, most: int, titles: Mapping[str, str]) -> Row:
    _, name = results.names.get(score.subject, ("", str(score.subject)))
    points = [score.lists[list_.id] for list_ in results.scheme.lists]
    return Row(
        str(score.place or ""),
        name,
        results.kinds.get(score.subject, ""),
        score_text(score.total_centi),
        score.grade,
        tuple(score_text(value) for value in points),
        "、".join(titles.get(one, one) for one in score.consequences),
        _segments(results, points, most),
    )


def _segments(results: Results, points: list[int], most: int) -> tuple[Segment, ...]:
    """What each list adds, side by side; a list that takes away has no length."""
    found: list[Segment] = []
    left = 0
    for place, (list_, value) in enumerate(zip(results.scheme.lists, points, strict=True)):
        width = max(value, 0) * BAR_WIDTH // most if most > 0 else 0
        found.append(Segment(left, width, PATTERNS[place % len(PATTERNS)], f"{list_.title} {score_text(value)}"))
        left += width
    return tuple(found)


def _grades(results: Results) -> list[tuple[str, int, int]]:
    """Name, number, length of the bar."""
    grades = results.grades()
    most = max((count for _, count in grades), default=0) or 1
    return [(name, count, count * BAR_WIDTH // most) for name, count in grades]


def _distribution(results: Results) -> list[tuple[str, int, int]]:
    """First points of each column, how many, how high."""
    totals = [score.total_centi for score in results.scores.values()]
    if not totals:
        return []
    first, last = min(totals) // STEP, max(totals) // STEP
    counts = [sum(1 for total in totals if total // STEP == column) for column in range(first, last + 1)]
    most = max(counts)
    return [
        (str((first + place) * STEP // 100), count, count * COLUMN_HEIGHT // most) for place, count in enumerate(counts)
    ]


def _lines(explained: Explanation) -> list[Told]:
    return list(_walk(explained.root, 0))


def _walk(entry: Entry, depth: int) -> Iterator[Told]:
    yield Told(depth, entry.text, shown_points(entry), entry.kind)
    for child in entry.children:
        yield from _walk(child, depth + 1)
