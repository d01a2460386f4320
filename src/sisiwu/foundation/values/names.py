"""Names in Chinese: how they are spoken (for search and lists) and how they are written (姓氏笔画)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from pypinyin import Style, lazy_pinyin

SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "曾": "zeng", "区": "ou", "查": "zha", "朴": "piao", "任": "ren",
    "盖": "ge", "翟": "zhai", "覃": "qin", "员": "yun", "种": "chong", "秘": "bi", "折": "she", "缪": "miao",
    "乐": "yue", "隗": "wei", "万俟": "mo qi", "尉迟": "yu chi", "长孙": "zhang sun", "令狐": "ling hu",
    "澹台": "tan tai",
}  # fmt: skip
"""Surnames that are read otherwise than the same character elsewhere (common knowledge)."""

SPOKEN_MAX = 200
"""Letters that are kept: of a name of 100 characters the last are not searched by sound."""
UNKNOWN_STROKES = "99"
"""Characters without known strokes come last."""


def pinyin(name: str) -> str:
    """A name as it is spoken, syllables parted by blanks; the surname by its own reading."""
    for length in (2, 1):
        if name[:length] in SURNAMES:
            return " ".join([SURNAMES[name[:length]], *lazy_pinyin(name[length:])])
    return " ".join(lazy_pinyin(name))


def spoken_keys(name: str, *, person: bool = True) -> str:
    """What a search by sound looks in: the syllables without blanks, then the initials, in lower case."""
    syllables = pinyin(name).split() if person else lazy_pinyin(name)
    heads = "".join(s[0] for s in syllables if s) if person else "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return f"{''.join(syllables)} {heads}".lower()[:SPOKEN_MAX]


@cache
def _strokes() -> dict[str, str]:
    text = files("sisiwu.foundation.values").joinpath("strokes.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t", 1) for line in text.splitlines() if line and not line.startswith("#"))


def stroke_key(name: str) -> str:
    """The place of a name in 姓氏笔画 order: sorts as text in any database.

    Character by character: number of strokes, then their classes in writing order (横竖撇点折); a
    single given name comes before a double one (users.md, section 4).
    """
    table, parts = _strokes(), []
    for char in name:
        classes = table.get(char, "")
        parts.append((f"{len(classes):02d}" if classes else UNKNOWN_STROKES) + classes)
    return " ".join(parts)[:200]
