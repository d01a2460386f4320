"""Whether a file that somebody sent may be read at all: by its content, never by its name."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import puremagic

from sisiwu.foundation.spreadsheets.encoding import encoding_of
from sisiwu.foundation.spreadsheets.problems import FileError, Problem

SIZE_MAX = 20 * 1024 * 1024
UNPACKED_MAX = 300 * 1024 * 1024
"""Bytes of a workbook's parts together; 100,000 rows of 20 columns have about 100 MB."""
RATIO_MAX = 150
"""Unpacked to packed; honest sheets stay under 40, a bomb of zeros has 1000."""
PARTS_MAX = 5000
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAVE_AS = "用 Excel 或 WPS 打开后另存为 .xlsx"
UNLOCK = "在 Excel 或 WPS 里去掉打开密码，另存一份再上传"
type Refusal = Callable[..., FileError]
ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def form_of(path: Path, name: str) -> str:
    """.xlsx, .xls, .ods or .csv, as the content says; ``name`` is the file's name for the reader.

    Raises FileError with a sentence in Chinese for anything that is not a table, is locked, broken or
    would unpack to more than is reasonable. Nothing is unpacked here.
    """

    def refuse(message: str, hint: str = "") -> FileError:
        return FileError(Problem(name, 0, "", "", message, hint))

    size = path.stat().st_size
    if size == 0:
        raise refuse("文件是空的", "下载空白表样，填好再上传")
    if size > SIZE_MAX:
        raise refuse(f"文件有 {size / 1048576:.0f} MB，超过 20 MB", "删去图片和用不到的工作表，或分几份导入")
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(ZIP):
        return _zipped(path, refuse)
    if start.startswith(OLE):
        return _ole(path, refuse)
    return _text(path, start, refuse)


def _zipped(path: Path, complain: Refusal) -> str:
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            names = {one.filename for one in parts}
            total = sum(one.file_size for one in parts)
            if len(parts) > PARTS_MAX or total > UNPACKED_MAX or total > RATIO_MAX * path.stat().st_size:
                raise complain(
                    f"文件解开后有 {total / 1048576:.0f} MB，不像正常的表格", "只留下名册内容，另存一份再上传"
                )
            if any(one.flag_bits & 1 for one in parts):
                raise complain("文件设了密码，打不开", UNLOCK)
            if "xl/workbook.xml" in names:
                return ".xlsx"
            if "mimetype" in names and packed.read("mimetype").strip() == ODS:
                if b"encryption-data" in packed.read("META-INF/manifest.xml"):
                    raise complain("文件设了密码，打不开", UNLOCK)
                return ".ods"
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError) as error:
        raise complain("文件已损坏，打不开", "重新下载或重新保存一份再上传") from error
    if any(one.startswith("word/") for one in names):
        raise complain("这是 Word 文档，不是表格", "把表格复制到 Excel 或 WPS 表格里，存为 .xlsx")
    raise complain("这是压缩包或别的文件，不是表格", f"解压后选里面的表格；或{SAVE_AS}")


def _ole(path: Path, complain: Refusal) -> str:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise complain("文件设了密码，打不开", UNLOCK)
    if any(word.encode("utf-16-le") in content for word in ("Workbook", "Book\0")):
        return ".xls"
    raise complain("这是 Word、幻灯片或别的文件，不是表格", SAVE_AS)


def _text(path: Path, start: bytes, complain: Refusal) -> str:
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head", b"{\\rtf")):
        raise complain("文件里其实是网页或 XML，只是改了扩展名", SAVE_AS)
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            what = puremagic.from_string(start, filename=None).lstrip(".").upper()
        except (puremagic.PureError, ValueError):
            what = ""
        raise complain(f"这是 {what} 文件，不是表格" if what else "不是表格文件", SAVE_AS)
    if known := next((word for mark, word in MARKS if start.startswith(mark)), ""):
        raise complain(f"这是{known}，不是表格", SAVE_AS)
    try:
        encoding_of(path)
    except FileError as error:
        raise complain(error.problem.message, error.problem.hint) from error
    return ".csv"


MARKS = (
    (b"%PDF", " PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc", "压缩包"),
)
