"""Which encoding a text file is in, decided by strict decoding, never by guessing."""

from __future__ import annotations

import codecs
from pathlib import Path

from sisiwu.foundation.spreadsheets.problems import FileError, Problem

BLOCK = 1 << 22
ENCODINGS = ("utf-8-sig", "gb18030")
"""GB 18030 holds GBK and GB 2312."""
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def encoding_of(path: Path) -> str:
    """utf-8, utf-8-sig, utf-16 or gb18030. Raises FileError for anything else."""
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith(UTF16):
        return "utf-16"
    for encoding in ENCODINGS:
        if _decodes(path, encoding):
            plain = encoding == "utf-8-sig" and not start.startswith(codecs.BOM_UTF8)
            return "utf-8" if plain else encoding
    message = "文字编码不是 UTF-8，也不是 GBK（GB 18030）"
    raise FileError(Problem(path.name, 0, "", "", message, "用 Excel 或 WPS 另存为“CSV UTF-8”"))


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def as_utf8(path: Path, target: Path) -> Path:
    """The file itself when it is plain UTF-8, otherwise a copy in UTF-8."""
    encoding = encoding_of(path)
    if encoding == "utf-8":
        return path
    with path.open(encoding=encoding, newline="") as source, target.open("w", encoding="utf-8", newline="") as copy:
        while block := source.read(BLOCK):
            copy.write(block)
    return target
