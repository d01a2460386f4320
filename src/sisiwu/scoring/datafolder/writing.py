"""A dataset as a folder that a person could have made: tables with Chinese headings, or empty ones."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

import xlsxwriter

from sisiwu.engine.catalogue import Catalogue
from sisiwu.engine.records import Dataset, Fact
from sisiwu.engine.values import FOREVER, day_date, points_text
from sisiwu.scoring.datafolder.columns import SHEETS, Sheet, sheet

type Cells = tuple[str, ...]
DROP_DOWN_ROWS = 5000
GUIDE = "说明"
CHOICES = "选项"


def write(folder: Path, dataset: Dataset, catalogue: Catalogue, form: str = "csv") -> list[Path]:
    """One file a table; ``form`` csv or xlsx. Empty tables that nobody needs are left out."""
    folder.mkdir(parents=True, exist_ok=True)
    ids = {o.number: o.id for o in dataset.organizations}
    people = {m.number: m.id for m in dataset.members}
    tables: dict[str, Iterator[Cells]] = {
        "organizations": _organizations(dataset, catalogue, ids),
        "members": _members(dataset, catalogue, ids),
        "positions": (
            (people[p.member], ids[p.organization], catalogue.positions.title(p.position), *_term(p.start, p.stop))
            for p in dataset.positions
        ),
        "facts": _facts(dataset, catalogue, ids, people),
    }
    optional = {"positions": dataset.positions, "members": dataset.members}
    written = []
    for name, rows in tables.items():
        if name in optional and not optional[name]:
            continue
        path = folder / f"{sheet(name).title}.{form}"
        _save(path, sheet(name), rows)
        written.append(path)
    return written


def _organizations(dataset: Dataset, catalogue: Catalogue, ids: dict[int, str]) -> Iterator[Cells]:
    kinds, regions, marks = catalogue.organization_kinds, catalogue.regions, catalogue.organization_marks
    for o in dataset.organizations:
        yield (
            o.id,
            o.name,
            kinds.title(kinds.code_of(o.kind) or ""),
            ids.get(o.parent or 0, ""),
            regions.title(regions.code_of(o.region) or ""),
            str(o.size),
            "、".join(sorted(marks.title(mark) for mark in o.marks)),
            _day(o.since),
        )


def _members(dataset: Dataset, catalogue: Catalogue, ids: dict[int, str]) -> Iterator[Cells]:
    for m in dataset.members:
        yield (
            m.id,
            m.name,
            ids[m.branch],
            catalogue.statuses.title(m.status),
            "、".join(sorted(catalogue.positions.title(post) for post in m.posts)),
            "、".join(sorted(catalogue.member_marks.title(mark) for mark in m.marks)),
            _day(m.since),
        )


def _facts(dataset: Dataset, catalogue: Catalogue, ids: dict[int, str], people: dict[int, str]) -> Iterator[Cells]:
    for facts, names in ((dataset.organization_facts, ids), (dataset.member_facts, people)):
        for fact in facts:
            yield _fact(fact, catalogue, names)


def _fact(fact: Fact, catalogue: Catalogue, names: dict[int, str]) -> Cells:
    kind = catalogue.kind(fact.kind)
    if kind is None:
        raise KeyError(fact.kind)
    return (
        fact.id,
        kind.title,
        names[fact.subject],
        _day(fact.day),
        kind.level_title(fact.level) if fact.level else "",
        points_text(fact.quantity) if kind.quantity else "",
        points_text(fact.base) if kind.base else "",
        fact.matter or "",
        _day(fact.due) if fact.due is not None else "",
        "、".join(sorted(kind.mark_title(mark) for mark in fact.marks)),
        str(fact.sharers) if fact.sharers > 1 else "",
        _day(fact.recorded) if fact.recorded != fact.day else "",
        _day(fact.voided) if fact.voided < FOREVER else "",
    )


def _day(number: int) -> str:
    return day_date(number).isoformat() if number else ""


def _term(start: int, stop: int) -> tuple[str, str]:
    return _day(start), _day(stop - 1) if stop < FOREVER else ""


def _save(path: Path, table: Sheet, rows: Iterable[Cells]) -> None:
    headings = [column.title for column in table.columns]
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(headings)
            writer.writerows(rows)
        return
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet(table.title)
        bold = book.add_format({"bold": True, "bg_color": "#F3E9E7", "border": 1})
        page.freeze_panes(1, 0)
        page.set_column(0, len(headings) - 1, 16)
        for place, heading in enumerate(headings):
            page.write_string(0, place, heading, bold)
        for line, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                page.write_string(line, place, cell)


# --- empty tables


def write_templates(folder: Path, catalogue: Catalogue, form: str = "xlsx") -> list[Path]:
    """Empty tables: headings, what belongs in each column, and lists to choose from."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for table in SHEETS:
        path = folder / f"{table.title}.{form}"
        if form == "csv":
            _save(path, table, ())
        else:
            _template(path, table, catalogue)
        written.append(path)
    return written


def _choices(table: Sheet, catalogue: Catalogue) -> dict[str, list[str]]:
    """The words that may stand in a column."""
    match table.name:
        case "organizations":
            return {"kind": catalogue.organization_kinds.titles(), "region": catalogue.regions.titles()}
        case "members":
            return {"status": catalogue.statuses.titles()}
        case "positions":
            return {"position": catalogue.positions.titles()}
        case "facts":
            return {"kind": [kind.title for kind in catalogue.kinds]}
        case _:
            return {}


def _template(path: Path, table: Sheet, catalogue: Catalogue) -> None:
    choices = _choices(table, catalogue)
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(table.title)
        guide = book.add_worksheet(GUIDE)
        listed = book.add_worksheet(CHOICES) if choices else None
        bold = book.add_format({"bold": True, "bg_color": "#F3E9E7", "border": 1})
        needed = book.add_format({"bold": True, "bg_color": "#E3BDB7", "border": 1})
        text = book.add_format({"num_format": "@"})
        page.freeze_panes(1, 0)
        guide.set_column(0, 0, 14)
        guide.set_column(1, 2, 44)
        for place, word in enumerate(("列名", "怎么填", "也认得的列名")):
            guide.write_string(0, place, word, bold)
        forms = {"day": "日期，如 2018-11-26", "centi": "数，最多两位小数", "whole": "整数", "names": "几个之间用顿号"}
        for place, column in enumerate(table.columns):
            page.write_string(0, place, column.title, needed if column.required else bold)
            page.set_column(place, place, 16, text)
            said = [
                part for part in ("必填" if column.required else "可空", forms.get(column.form), column.note) if part
            ]
            for at, word in enumerate((column.title, "；".join(said), "、".join(column.others))):
                guide.write_string(place + 1, at, word)
        for place, (name, words) in enumerate(choices.items()):
            at = [column.name for column in table.columns].index(name)
            if listed is None:
                continue
            for line, word in enumerate(words):
                listed.write_string(line, place, word)
            source = f"={CHOICES}!${chr(65 + place)}$1:${chr(65 + place)}${len(words)}"
            page.data_validation(
                1, at, DROP_DOWN_ROWS, at, {"validate": "list", "source": source, "error_type": "warning"}
            )
        if table.name == "facts":
            _dictionary(book.add_worksheet("事实字典"), catalogue, bold)


def _dictionary(page: xlsxwriter.worksheet.Worksheet, catalogue: Catalogue, bold: xlsxwriter.format.Format) -> None:
    """Every kind of fact with what belongs to it."""
    for place, word in enumerate(("类型", "记在", "层级", "数量", "基数", "期限", "标记")):
        page.write_string(0, place, word, bold)
        page.set_column(place, place, 18)
    for line, kind in enumerate(catalogue.kinds, 1):
        cells = (
            kind.title,
            "个人" if kind.subject == "member" else "党组织",
            "、".join(title for _, title in kind.levels),
            kind.quantity,
            kind.base,
            kind.due,
            "、".join(title for _, title in kind.marks),
        )
        for place, word in enumerate(cells):
            page.write_string(line, place, word)
