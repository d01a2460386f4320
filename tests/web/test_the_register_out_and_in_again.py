"""What is exported can be imported; any table gives either problems or a register that says the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.web.registers import TODAY, book_of, planned

from sisiwu.demo.cast import BRANCH, NEIGHBOUR
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.audit.models import LogEntry
from sisiwu.register.intake import actions, texts, writing
from sisiwu.register.intake.columns import MEMBERS, ORGANIZATIONS, SHEETS
from sisiwu.register.intake.planning import Plan, plan
from sisiwu.register.intake.queries import Listing
from sisiwu.register.organizations.models import Organization

type Rows = list[list[str]]
HEADS = {sheet.title: [column.title for column in sheet.columns] for sheet in SHEETS}


def listed(reach: str = "") -> dict[str, Rows]:
    """The register as sheets with headings."""
    listing = Listing([reach])
    return {sheet.title: [HEADS[sheet.title], *listing.rows(sheet.name)] for sheet in SHEETS}


def test_what_is_exported_changes_nothing_when_it_comes_back(person: Callable[[str], User], today: date) -> None:
    for username in ("hejing", "zhengmin"):
        one = actions.receive(actions.export(by=person(username)), "名册.xlsx", day=today, by=person(username))

        assert one.report["problems"] == []
        assert one.report["is_empty"]
        assert one.report["counts"][1]["unchanged"] > 10


def test_the_whole_register_goes_into_another_and_comes_out_the_same(today: date) -> None:
    """Under other numbers and names, as if into an empty register."""
    names = set(Organization.objects.values_list("name", flat=True))
    copy = {
        title: [HEADS[title], *([_other(cell, names) for cell in row] for row in rows[1:])]
        for title, rows in listed().items()
    }

    made = planned(today=today, **copy)
    assert made.problems == []
    writing.write(made, by=None)

    root = Organization.objects.get(name="省公安厅党委（复本）")
    assert listed(root.path) == copy
    assert planned(today=today, **listed()).is_empty


def _other(cell: str, names: set[str]) -> str:
    return f"{cell}（复本）" if cell in names else f"X{cell}" if cell[:1] in "DM" and cell[-4:].isdigit() else cell


def test_the_export_has_one_line_in_the_log_and_only_the_own_part(person: Callable[[str], User]) -> None:
    body = actions.export(by=person("zhengmin"))

    book = openpyxl.load_workbook(BytesIO(body))
    names = [row[1].value for row in book["党组织"].iter_rows(min_row=2)]
    assert BRANCH in names
    assert "成都市公安局机关党委" not in names
    assert LogEntry.objects.latest("pk").act == "intake.export"
    assert book["党组织"]["A2"].number_format == "@"


CELL = st.one_of(
    st.sampled_from(["", "", BRANCH, NEIGHBOUR, "厅机关党委", "DZ0003", "DZ9001", "DZ9002", "甲支部", "乙支部", "M9001", "M9002",
                     "党支部", "党委", "成都市", "是", "否", "2024-01-05", "2025.3.1", "20240105", "45296", "正式党员", "无", "=1+1"]),
    st.text(max_size=8),
)  # fmt: skip
GOOD = {
    "党组织": {
        "编号": ["DZ9001", "DZ9002", "", "DZ0003"], "名称": ["甲支部", "乙　支部", "丙", "A party 支部"], "类别": ["党支部", "党委", "631"],
        "上级": ["厅机关党委", "DZ0002", "甲支部"], "地区": ["成都", "", "510100"], "基层一线单位": ["是", "", "√"],
        "窗口单位": ["否", ""], "常用地点": ["", "三楼：会议 室", "=1+1"], "成立日期": ["2024-01-05", "２０２４年１月５日", "45296", ""],
        "本届选举日期": ["", "2025.3.1"], "变更日期": ["", "2026-06-01"],
    },
    "党员": {
        "编号": ["M9001", "M9002", "", "９００３", "M00002"], "姓名": ["张　三", "李四", "Ann Lee"], "所在支部": [BRANCH, "甲支部", "DZ0003"],
        "党籍": ["预备", "", "中共党员"], "党籍状态": ["", "正常"], "民警": ["是", "否", ""], "入党日期": ["", "2010年7月1日", "19990701"],
        "编入支部日期": ["", "", "2025-03-01"],
    },
}  # fmt: skip
"""What may stand in each column, so that many tables are right."""


@st.composite
def tables(draw: st.DrawFn, title: str) -> Rows:
    """A sheet with our headings and what belongs there; in some, a few cells are any text at all."""
    heads = HEADS[title]
    rows = [[draw(st.sampled_from(GOOD[title][head])) for head in heads] for _ in range(draw(st.integers(0, 3)))]
    for _ in range(draw(st.sampled_from([0, 0, 1, 3])) if rows else 0):
        draw(st.sampled_from(rows))[draw(st.integers(0, len(heads) - 1))] = draw(CELL)
    return [heads, *rows]


def asked(left: set[tuple[str, int]], organizations: Rows, members: Rows) -> Plan:
    """The plan without the rows left out."""
    book = book_of(sorted(left), 党组织=organizations, 党员=members)
    return plan(book, reach=[""], day=TODAY - timedelta(days=1), today=TODAY)


class AnyTableOfTexts(TestCase):
    """A class because hypothesis resets the database between examples only for these."""

    @settings(max_examples=100, deadline=None)
    @given(organizations=tables("党组织"), members=tables("党员"))
    def test_gives_problems_and_without_their_rows_a_register_that_says_the_same(
        self, organizations: Rows, members: Rows
    ) -> None:
        left: set[tuple[str, int]] = set()
        made = asked(left, organizations, members)
        while made.wrong - left:
            assert all(problem.message for problem in made.problems)
            left |= made.wrong
            made = asked(left, organizations, members)
        if made.problems:
            return
        with transaction.atomic():
            writing.write(made, by=None)

        again = listed()
        assert told_by(again, made)
        assert planned(today=max(TODAY, timezone.localdate()), **again).is_empty


def told_by(sheets: dict[str, Rows], made: Plan) -> bool:
    """Whether the exported rows say what the rows that were written said."""
    organizations = {row[0]: dict(zip(HEADS["党组织"], row, strict=True)) for row in sheets["党组织"]}
    members = {row[0]: dict(zip(HEADS["党员"], row, strict=True)) for row in sheets["党员"]}
    for one in [*made.found, *made.reshape]:
        _same(ORGANIZATIONS.headings(), one, organizations[one.code])
    for person in [*made.enter, *made.amend]:
        _same(MEMBERS.headings(), person, members[person.code])
    return True


READERS = {
    "kind": texts.kind, "region": texts.region, "status": texts.status, "is_grassroots": texts.yes_or_no,
    "is_window": texts.yes_or_no, "is_officer": texts.yes_or_no,
    **dict.fromkeys(("founded_on", "elected_on", "joined_on", "since"), lambda text: texts.day(text, TODAY)),
}  # fmt: skip


def _same(headings: dict[str, str], one: object, exported: dict[str, str]) -> None:
    row = one.row  # type: ignore[attr-defined]
    for heading, told in exported.items():
        name = headings[heading]
        asked = row.get(name)
        if not asked or name in ("change_on", "standing", "parent", "branch"):
            continue
        read = READERS.get(name, str)
        if name == "since" and "branch" in one.after:  # type: ignore[attr-defined]
            continue
        assert read(asked) == read(told), (heading, asked, told)


@pytest.mark.parametrize("title", list(HEADS))
def test_a_sheet_of_headings_alone_is_no_register(title: str) -> None:
    assert planned(**{title: [HEADS[title]]}).problems[0].message == "只有表头，没有内容"
