"""Results as rows, and the plain files made of them: .xlsx, .csv, .parquet."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import xlsxwriter

from sisiwu.engine.scheme import Scheme
from sisiwu.engine.values import Period, score_text
from sisiwu.scoring.evaluation import Score


@dataclass(frozen=True)
class Results:
    """What one evaluation gave; ``names`` are ids and names by number, ``kinds`` titles by number."""

    scheme: Scheme
    period: Period
    as_of: date
    scores: Mapping[int, Score]
    names: Mapping[int, tuple[str, str]]
    kinds: Mapping[int, str]

    def ranked(self) -> list[Score]:
        """By place, those without one after them, then by number."""
        last = len(self.scores) + 1
        return sorted(self.scores.values(), key=lambda score: (score.place or last, -score.total_centi, score.subject))

    def titles(self) -> dict[str, str]:
        """Titles of consequences by id."""
        return {one.id: one.title for one in self.scheme.consequences}

    def grades(self) -> list[tuple[str, int]]:
        """How many have which grade, in the order of the scheme, others after."""
        known = [grade.name for grade in self.scheme.grading.grades]
        found = {score.grade for score in self.scores.values()} - {""}
        names = [*known, *sorted(found - set(known))]
        return [(name, sum(1 for score in self.scores.values() if score.grade == name)) for name in names]

    def headings(self) -> list[str]:
        lists = [list_.title for list_ in self.scheme.lists]
        return ["名次", "编号", "名称", "类别", "总分", "等级", *lists, "后果"]


def _values(results: Results, score: Score) -> tuple[str, str, str, str, str]:
    id_, name = results.names.get(score.subject, (str(score.subject), ""))
    titles = results.titles()
    follows = "、".join(titles.get(one, one) for one in score.consequences)
    return id_, name, results.kinds.get(score.subject, ""), score.grade, follows


def write_csv(results: Results, path: Path) -> None:
    """UTF-8 with a mark, as Excel wants it; points with two places."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(results.headings())
        for score in results.ranked():
            id_, name, kind, grade, follows = (_harmless(text) for text in _values(results, score))
            points = [score_text(score.lists[list_.id]) for list_ in results.scheme.lists]
            writer.writerow(
                [score.place or "", id_, name, kind, score_text(score.total_centi), grade, *points, follows]
            )


def _harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def write_parquet(results: Results, path: Path) -> None:
    """Points as whole hundredths; a column a list and an item, named by their ids."""
    scheme = results.scheme
    lists = [(f"list_{list_.id}_centi", list_.id) for list_ in scheme.lists]
    items = [(f"item_{item.id}_centi", item.id) for item in scheme.items()]
    numbers = ["place", "total_centi", *(name for name, _ in lists), *(name for name, _ in items)]
    columns = [(name, "VARCHAR") for name in ("id", "name", "kind", "grade", "consequences")]
    columns += [(name, "BIGINT") for name in numbers]
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE results ({', '.join(f'{_quoted(n)} {kind}' for n, kind in columns)})")
        marks = ", ".join("?" * len(columns))
        rows = list(_parquet_rows(results, lists, items))
        if rows:
            connection.executemany(f"INSERT INTO results VALUES ({marks})", rows)
        connection.execute(f"COPY results TO '{str(path).replace(chr(39), chr(39) * 2)}' (FORMAT parquet)")


def _parquet_rows(
    results: Results, lists: Sequence[tuple[str, str]], items: Sequence[tuple[str, str]]
) -> Iterator[tuple[object, ...]]:
    for score in results.ranked():
        points = [score.lists[id_] for _, id_ in lists] + [score.items[id_] for _, id_ in items]
        yield (*_values(results, score), score.place, score.total_centi, *points)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def write_xlsx(results: Results, path: Path) -> None:
    """Results, items, grades with a chart, and what was counted."""
    scheme = results.scheme
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        head = book.add_format(
            {"bold": True, "bg_color": "#9E1B20", "font_color": "#FFFFFF", "border": 1, "text_wrap": True}
        )
        points = book.add_format({"num_format": "0.00"})
        page = book.add_worksheet("结果")
        _head(page, results.headings(), head)
        for line, score in enumerate(results.ranked(), 1):
            id_, name, kind, grade, follows = _values(results, score)
            if score.place is not None:
                page.write_number(line, 0, score.place)
            for place, text in ((1, id_), (2, name), (3, kind), (5, grade), (6 + len(scheme.lists), follows)):
                page.write_string(line, place, text)
            page.write_number(line, 4, score.total_centi / 100, points)
            for place, list_ in enumerate(scheme.lists, 6):
                page.write_number(line, place, score.lists[list_.id] / 100, points)
        page.set_column(2, 2, 26)
        page.set_column(6 + len(scheme.lists), 6 + len(scheme.lists), 30)
        page.autofilter(0, 0, max(len(results.scores), 1), 6 + len(scheme.lists))
        _print(page, scheme.title)
        items = book.add_worksheet("条目")
        titles = [item.title for item in scheme.items()]
        _head(items, ["编号", "名称", *titles], head)
        items.freeze_panes(1, 2)
        for line, score in enumerate(results.ranked(), 1):
            id_, name, *_ = _values(results, score)
            items.write_string(line, 0, id_)
            items.write_string(line, 1, name)
            for place, item in enumerate(scheme.items(), 2):
                items.write_number(line, place, score.items[item.id] / 100, points)
        _print(items, scheme.title)
        _grades(book, results, head)
        _about(book, results, head)


def _head(page: xlsxwriter.worksheet.Worksheet, titles: Sequence[str], style: xlsxwriter.format.Format) -> None:
    for place, title in enumerate(titles):
        page.write_string(0, place, title, style)
        page.set_column(place, place, max(10, min(2 * len(title) + 2, 20)))
    page.freeze_panes(1, 3)


def _print(page: xlsxwriter.worksheet.Worksheet, title: str) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_header(f"&C{title}")
    page.set_footer("&C第 &P 页，共 &N 页")


def _grades(book: xlsxwriter.Workbook, results: Results, head: xlsxwriter.format.Format) -> None:
    page = book.add_worksheet("等级分布")
    _head(page, ["等级", "个数"], head)
    grades = results.grades()
    for line, (name, count) in enumerate(grades, 1):
        page.write_string(line, 0, name)
        page.write_number(line, 1, count)
    chart = book.add_chart({"type": "column"})
    last = len(grades)
    chart.add_series(
        {
            "name": "个数",
            "categories": ["等级分布", 1, 0, last, 0],
            "values": ["等级分布", 1, 1, last, 1],
            "data_labels": {"value": True},
            "fill": {"color": "#9E1B20"},
        }
    )
    chart.set_legend({"none": True})
    page.insert_chart("D2", chart)


def _about(book: xlsxwriter.Workbook, results: Results, head: xlsxwriter.format.Format) -> None:
    page = book.add_worksheet("说明")
    scheme = results.scheme
    page.set_column(0, 0, 12)
    page.set_column(1, 1, 90)
    rows = [
        ("办法", f"{scheme.title} {scheme.version}"),
        ("考核期", results.period.label),
        ("截至", results.as_of.isoformat()),
        ("主体", f"{len(results.scores)} 个"),
        ("说明", "名次在同组内排定；没有名次的不参加定级。分数由办法的规则逐条算出，用 explain 命令看依据。"),
        *(("读法", reading) for reading in scheme.readings),
    ]
    for line, (name, text) in enumerate(rows):
        page.write_string(line, 0, name, head)
        page.write_string(line, 1, text)
