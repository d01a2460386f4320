"""What is understood: every usual way in which people write such tables."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from tests.datafolder.folders import CATALOGUE, FACTS, folder, opened

from sisiwu.engine.values import FOREVER, day_number
from sisiwu.scoring.datafolder.writing import write_templates


def days(place: Path) -> list[int]:
    with opened(place) as data:
        return [day for (day,) in data.connection.execute("SELECT day FROM organization_fact ORDER BY fact").fetchall()]


def test_a_folder_becomes_numbers_with_names_behind_them(tmp_path: Path) -> None:
    with opened(folder(tmp_path)) as data:
        dataset = data.dataset()

        assert [one.name for one in dataset.organizations] == ["厅机关党委", "甲支部", "乙支部"]
        assert [one.parent for one in dataset.organizations] == [None, 1, 1]
        assert [(one.name, one.branch, one.status) for one in dataset.members] == [
            ("张三", 2, "full"),
            ("李四", 3, "probationary"),
        ]
        assert dataset.members[0].posts == frozenset({"secretary"})
        assert [(fact.id, fact.subject, fact.level) for fact in dataset.organization_facts] == [
            ("F1", 2, None),
            ("F3", 3, "provincial"),
        ]
        assert [(fact.id, fact.quantity) for fact in dataset.member_facts] == [("F2", 1600)]
        assert data.subject("乙支部", "organization") == data.subject("B", "organization") == 3


@pytest.mark.parametrize(
    "written",
    [
        "2018-11-26", "2018.11.26", "2018/11/26", "2018/11/26 0:00", "20181126", "2018年11月26日", "43430",
        "２０１８－１１－２６", " 2018-11-26 ",
    ],
)  # fmt: skip
def test_a_day_is_understood_however_it_is_written(tmp_path: Path, written: str) -> None:
    from datetime import date

    assert days(folder(tmp_path, 事实=f"类型,主体,日期\n党课,A,{written}\n")) == [day_number(date(2018, 11, 26))]


@pytest.mark.parametrize(
    ("written", "centi"), [("16", 1600), ("16.5", 1650), ("０.２５", 25), ('"1,234.5"', 123_450), ("7.100", 710)]
)
def test_a_number_is_counted_in_hundredths_exactly(tmp_path: Path, written: str, centi: int) -> None:
    with opened(folder(tmp_path, 事实=f"类型,主体,日期,数量\n集中培训学时,Z1,2018-01-01,{written}\n")) as data:
        assert data.connection.execute("SELECT qty FROM member_fact").fetchall() == [(centi,)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_csv_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    with opened(folder(tmp_path, 事实=FACTS.encode(encoding))) as data:
        assert data.counts()["organization_fact"] == 2


def test_titles_above_the_headings_other_headings_and_extra_columns_do_no_harm(tmp_path: Path) -> None:
    facts = "2018年度台账,,,\n填报单位：某支部,,,\n事实类型,对象,发生时间,备注\n党课,A,2018-03-01,讲得好\n,,,\n"

    with opened(folder(tmp_path, 事实=facts)) as data:
        assert data.counts()["organization_fact"] == 1
        assert any("备注" in note for note in data.notes)


def test_a_name_with_quotes_commas_and_a_line_break_stays_what_it_is(tmp_path: Path) -> None:
    name = '特别"支部",\n一号'
    text = '编号,名称,类别\nA,"特别""支部"",\n一号",党支部\n'

    with opened(
        folder(tmp_path, 党组织=text, 党员="编号,姓名,支部\n", 事实="类型,主体,日期\n党课,A,2018-01-01\n")
    ) as data:
        assert data.dataset().organizations[0].name == name


def test_several_files_of_one_table_are_read_together(tmp_path: Path) -> None:
    place = folder(tmp_path)
    (place / "事实-2.csv").write_text("类型,主体,日期\n党课,B,2018-04-01\n", encoding="utf-8")

    with opened(place) as data:
        assert data.counts()["organization_fact"] == 3


def test_a_reversed_fact_counts_until_the_day_of_its_reversal(tmp_path: Path) -> None:
    place = folder(tmp_path, 冲销="事实编号,冲销日期,原因\nF1,2018-09-01,记错了支部\n")

    with opened(place) as data:
        voided = {fact.id: fact.voided for fact in data.dataset().organization_facts}

    from datetime import date

    assert voided == {"F1": day_number(date(2018, 9, 1)), "F3": FOREVER}


def test_facts_of_any_year_are_read_and_the_years_are_told(tmp_path: Path) -> None:
    facts = "类型,主体,日期\n党课,A,2016-03-01\n党课,A,2018-03-01\n党课,A,2018-03-02\n"

    with opened(folder(tmp_path, 事实=facts)) as data:
        assert data.years() == [(2016, 1), (2018, 2)]


def test_a_workbook_made_by_another_program_is_read(tmp_path: Path) -> None:
    place = folder(tmp_path)
    (place / "事实.csv").unlink()
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["某支部台账"])
    page.merge_cells("A1:D1")
    page.append(["类型", "主体", "日期", "数量"])
    from datetime import date

    page.append(["集中培训学时", "Z1", date(2018, 5, 2), 16.5])
    page.append(["集中培训学时", "Z1", 43430, 8])
    book.save(place / "事实.xlsx")

    with opened(place) as data:
        rows = data.connection.execute("SELECT day, qty FROM member_fact ORDER BY fact").fetchall()

    assert rows == [(day_number(date(2018, 5, 2)), 1650), (day_number(date(2018, 11, 26)), 800)]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed on this machine")
@pytest.mark.parametrize("form", ["xlsx", "ods", "xls"])
def test_a_workbook_saved_by_libreoffice_is_read(tmp_path: Path, form: str) -> None:
    place = folder(tmp_path / "data")
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--infilter=CSV:44,34,76",
         "--convert-to", form, "--outdir", str(place), str(place / "事实.csv")],
        check=True, capture_output=True,
    )  # fmt: skip
    (place / "事实.csv").unlink()

    with opened(place) as data:
        assert data.counts() | {"post": 0} == {
            "organization": 3, "member": 2, "post": 0, "organization_fact": 2, "member_fact": 1,
        }  # fmt: skip


def test_parquet_is_read_like_any_other_table(tmp_path: Path) -> None:
    place = folder(tmp_path)
    with opened(place) as data:
        data.connection.execute(
            f"""COPY (SELECT '党课' AS "类型", 'A' AS "主体", DATE '2018-03-01' AS "日期" FROM range(5))
                TO '{place}/事实-p.parquet' (FORMAT parquet)"""
        )

    with opened(place) as data:
        assert data.counts()["organization_fact"] == 7


def test_the_empty_templates_are_understood_once_they_are_filled_in(tmp_path: Path) -> None:
    place = tmp_path / "tables"
    for path in write_templates(place, CATALOGUE):
        book = openpyxl.load_workbook(path)
        page = book.worksheets[0]
        rows = {
            "党组织": ["A", "甲支部", "党支部"],
            "党员": ["Z1", "张三", "A"],
            "任职": ["Z1", "A", "书记", "2017-01-01"],
            "事实": ["F1", "党课", "A", "2018-03-01"],
            "冲销": ["F1", "2018-04-01", "重复"],
        }
        page.append(rows[path.stem])
        book.save(path)

    with opened(place) as data:
        assert data.counts() == {
            "organization": 1, "member": 1, "post": 1, "organization_fact": 1, "member_fact": 0,
        }  # fmt: skip
