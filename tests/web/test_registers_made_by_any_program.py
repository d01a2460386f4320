"""Files as programs make them, and files that are none: read by content, refused in plain words."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from tests.web.registers import MEMBERS, ORGANIZATIONS, POSITIONS, TODAY, whole

from sisiwu.demo.cast import BRANCH
from sisiwu.foundation.spreadsheets import FileError
from sisiwu.foundation.spreadsheets.pages import read_apart
from sisiwu.foundation.spreadsheets.trust import form_of
from sisiwu.register.intake.planning import Plan, plan
from sisiwu.register.intake.reading import read


def opened(place: Path, content: bytes, name: str = "名册.xlsx") -> Plan:
    """What a file asks for, read as an upload is."""
    path = place / "file"
    path.write_bytes(content)
    return plan(read(read_apart(path, form_of(path, name), name), (), name), reach=[""], day=TODAY, today=TODAY)


def refused(place: Path, content: bytes, name: str = "名册.xlsx") -> str:
    with pytest.raises(FileError) as error:
        opened(place, content, name)
    return str(error.value)


def zipped(**parts: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def new(made: Plan) -> tuple[int, int, int]:
    assert made.problems == []
    return len(made.found), len(made.enter), len(made.appoint)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed on this machine")
@pytest.mark.parametrize("form", ["xlsx", "ods", "xls"])
def test_a_workbook_saved_by_libreoffice_is_read(tmp_path: Path, form: str) -> None:
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "名册.xlsx").write_bytes(whole())
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", form,
         "--outdir", str(tmp_path), str(tmp_path / "given" / "名册.xlsx")],
        check=True, capture_output=True,
    )  # fmt: skip

    # The name says nothing: the content does.
    assert new(opened(tmp_path, (tmp_path / f"名册.{form}").read_bytes(), "名册.dat")) == (2, 2, 1)


def test_a_workbook_with_real_days_numbers_and_merged_cells_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "花名册"
    for row in [("编号", "姓名", "支部", "入党日期"), (9001, "单雄信", BRANCH, TODAY), (9002, "罗成", None, 36708)]:
        page.append(row)
    page.merge_cells("C2:C3")
    buffer = BytesIO()
    book.save(buffer)

    made = opened(tmp_path, buffer.getvalue())

    assert new(made) == (0, 2, 0)
    assert [(one.code, one.branch.name, str(one.joined_on)) for one in made.enter] == [
        ("9001", BRANCH, str(TODAY)), ("9002", BRANCH, "2000-07-01"),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_a_csv_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str, mark: str) -> None:
    text = "某单位党员名册\n" + "\n".join(
        mark.join(row) for row in [("编号", "姓名", "党支部"), ("M9001", "单雄信", BRANCH)]
    )

    assert new(opened(tmp_path, text.encode(encoding), "名册.csv")) == (0, 1, 0)


def test_a_hidden_sheet_is_not_read_and_named(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(BytesIO(whole()))
    book["任职"].sheet_state = "hidden"
    buffer = BytesIO()
    book.save(buffer)

    made = opened(tmp_path, buffer.getvalue())

    assert new(made) == (2, 2, 0)
    assert "隐藏的工作表“任职”没有读" in made.notes


def test_formulas_are_read_as_what_they_gave_and_never_reckoned(tmp_path: Path) -> None:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet("党员")
        page.write_row(0, 0, ["编号", "姓名", "支部"])
        page.write_row(1, 0, ["M9001", "", BRANCH])
        page.write_formula(1, 1, '=WEBSERVICE("http://127.0.0.1:9/")', None, "单雄信")

    assert opened(tmp_path, buffer.getvalue()).enter[0].name == "单雄信"


@pytest.mark.parametrize(("content", "said"), [
    (b"", "文件是空的"),
    (b"%PDF-1.7\n...", "这是 PDF 文件，不是表格"),
    (b"\x89PNG\r\n\x1a\n" + bytes(64), "不是表格"),
    (b"\x7fELF\x02\x01\x01" + bytes(64), "不是表格"),
    (b"<html><table><tr><td>1</td></tr></table></html>", "其实是网页或 XML"),
    (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "其实是网页或 XML"),
    (b"\x81\x20\xff\xff", "文字编码不是 UTF-8，也不是 GBK"),
    (b"PK\x03\x04" + bytes(100), "文件已损坏，打不开"),
    (whole()[:2000], "文件已损坏，打不开"),
    (zipped(**{"word/document.xml": b"<w/>"}), "这是 Word 文档，不是表格"),
    (zipped(**{"a.txt": b"hello"}), "这是压缩包或别的文件，不是表格"),
    (zipped(**{"xl/workbook.xml": b"<broken"}), "打不开这个工作簿"),
    (zipped(**{"xl/workbook.xml": bytes(40_000_000)}), "不像正常的表格"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "文件设了密码"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "不是表格"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + bytes(900), "打不开这个工作簿"),
    (zipped(**{
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": b"<manifest:encryption-data/>",
    }), "文件设了密码"),
])  # fmt: skip
def test_what_is_no_table_is_told_in_plain_words(tmp_path: Path, content: bytes, said: str) -> None:
    answer = refused(tmp_path, content)

    assert said in answer
    assert answer.startswith("名册.xlsx")
    assert "改法" in answer


def test_a_file_of_more_than_20_megabytes_is_refused(tmp_path: Path) -> None:
    assert "超过 20 MB" in refused(tmp_path, b"a" * (20 * 1024 * 1024 + 1))


def test_two_cells_far_apart_do_not_take_the_memory_of_the_site(tmp_path: Path) -> None:
    """Read in this process, this file asks for 512 GB and ends it."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet()
        page.write_string(0, 0, "姓名")
        page.write_string(1_048_575, 16_383, "远")

    assert "范围大得不正常" in refused(tmp_path, buffer.getvalue())


def test_cells_repeated_a_hundred_million_times_do_not_either(tmp_path: Path) -> None:
    cells = b'<table:table-cell office:value-type="string" table:number-columns-repeated="999"><text:p>x</text:p></table:table-cell>'
    content = (
        b'<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        b'<office:body><office:spreadsheet><table:table table:name="S"><table:table-row table:number-rows-repeated="100000">'
        + cells + b"</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )  # fmt: skip
    bomb = zipped(**{
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content,
        "META-INF/manifest.xml": b'<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
    })  # fmt: skip

    assert "范围大得不正常" in refused(tmp_path, bomb)


def test_the_sheets_are_known_by_their_headings_whatever_they_are_called(tmp_path: Path) -> None:
    from tests.web.registers import workbook

    content = workbook(Sheet1=POSITIONS, Sheet2=ORGANIZATIONS, Sheet3=MEMBERS)

    assert new(opened(tmp_path, content)) == (2, 2, 1)
