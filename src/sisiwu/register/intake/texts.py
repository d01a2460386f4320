"""Cells as people fill them in -> values. Each reader raises ValueError with ``message|hint`` in Chinese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from difflib import get_close_matches

from sisiwu.register.intake.columns import NOTHING
from sisiwu.register.members.models import Status
from sisiwu.register.organizations.models import Kind
from sisiwu.register.organizations.regions import REGIONS
from sisiwu.register.positions.models import Position

FIRST_SERIAL, LAST_SERIAL = 7_000, 80_000
"""Day numbers of a workbook that are believed: 1919 to 2119."""
EPOCH = date(1899, 12, 30)
EARLIEST = date(1900, 1, 1)
DIGITS = str.maketrans("０１２３４５６７８９　\u00a0", "0123456789  ")
SIGNS = str.maketrans("．－／：", ".-/:")
HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
BETWEEN_HAN = re.compile(f"(?<={HAN}) +(?={HAN})")
DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?(?:[ T]\d{1,2}:\d\d(?::\d\d)?(?:\.0+)?)?")
MONTH = re.compile(r"\d{4}[-./年]\d{1,2}月?")
YES = frozenset(("是", "√", "✓", "对", "1", "y", "yes", "true", "有"))
NO = frozenset(("否", "×", "x", "不是", "0", "n", "no", "false"))

KINDS: dict[str, int] = {
    **{str(one.label): int(one) for one in Kind}, **{str(int(one)): int(one) for one in Kind},
    "支部": Kind.BRANCH, "支部委员会": Kind.BRANCH, "党总支": Kind.GENERAL_BRANCH, "总支": Kind.GENERAL_BRANCH,
    "联合支部": Kind.JOINT_BRANCH, "党的基层委员会": Kind.PARTY_COMMITTEE, "基层党委": Kind.PARTY_COMMITTEE,
    "小组": Kind.PARTY_GROUP, "临时支部": Kind.TEMPORARY_BRANCH, "临时党总支": Kind.TEMPORARY_GENERAL_BRANCH,
}  # fmt: skip
STATUSES: dict[str, int] = {
    **{str(one.label): int(one) for one in Status},
    "中共党员": Status.FULL, "党员": Status.FULL, "正式": Status.FULL, "01": Status.FULL,
    "中共预备党员": Status.PROBATIONARY, "预备": Status.PROBATIONARY, "02": Status.PROBATIONARY,
    "积极分子": Status.ACTIVIST,
}  # fmt: skip
POSITIONS: dict[str, int] = {
    **{str(one.label): int(one) for one in Position},
    "党支部书记": Position.SECRETARY, "支部书记": Position.SECRETARY, "党委书记": Position.SECRETARY,
    "总支书记": Position.SECRETARY, "党总支书记": Position.SECRETARY, "党支部副书记": Position.DEPUTY_SECRETARY,
    "支部副书记": Position.DEPUTY_SECRETARY, "党委副书记": Position.DEPUTY_SECRETARY,
    "纪律检查委员": Position.DISCIPLINE_MEMBER, "支委": Position.COMMITTEE_MEMBER, "支部委员": Position.COMMITTEE_MEMBER,
    "组长": Position.GROUP_LEADER, "小组长": Position.GROUP_LEADER,
}  # fmt: skip
AREAS: dict[str, int] = {
    **{word: code for code, word in REGIONS}, **{str(code): code for code, _ in REGIONS},
    **{word.removesuffix("市"): code for code, word in REGIONS},
    "阿坝州": 513_200, "甘孜州": 513_300, "凉山州": 513_400, "四川省": 510_000, "省级": 510_000,
}  # fmt: skip


def clean(text: str) -> str:
    """A cell without what cannot be seen: full-width digits as digits, no control characters, single blanks.

    Blanks between Chinese characters go (张　三 stands so for the sake of a column's edge); what is
    written where there is nothing (—, 无) becomes nothing.
    """
    text = "".join(" " if char in "\t\r\n\v\f\x85\u2028\u2029" else char for char in text.translate(DIGITS))
    text = "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Cn"))
    text = BETWEEN_HAN.sub("", " ".join(text.split()))
    return "" if text in NOTHING else text


def day(text: str, today: date) -> date:
    """2018-11-26, 2018.11.26, 2018/11/26, 2018年11月26日, 20181126, 43430. The future is refused."""
    flat = re.sub(r" ?([年月日]) ?", r"\1", text.translate(SIGNS))
    if match := DAY.fullmatch(flat):
        numbers = [int(part) for part in match.groups()]
    elif re.fullmatch(r"[12]\d{7}", flat):
        numbers = [int(flat[:4]), int(flat[4:6]), int(flat[6:])]
    elif re.fullmatch(r"\d{4,5}", flat) and FIRST_SERIAL <= int(flat) <= LAST_SERIAL:
        serial = EPOCH + timedelta(days=int(flat))
        numbers = [serial.year, serial.month, serial.day]
    elif MONTH.fullmatch(flat):
        raise ValueError("只有年月，没有日|写到日，如 2018-11-26；记不清的写当月 1 日")
    else:
        raise ValueError("不是日期|写成 2018-11-26 的样子")
    try:
        read = date(*numbers)
    except ValueError:
        raise ValueError("没有这一天|核对月份和日子") from None
    if read > today:
        raise ValueError("日期在将来|核对年份；还没有发生的，到时再导入")
    if read < EARLIEST:
        raise ValueError("日期太早|核对年份")
    return read


def yes_or_no(text: str) -> bool:
    if (low := text.lower()) in YES:
        return True
    if low in NO:
        return False
    raise ValueError("只能写“是”或“否”|选“是”或“否”，空着的按说明里写的算")


def kind(text: str) -> int:
    return _known(text, KINDS, "党组织类别")


def status(text: str) -> int:
    return _known(text, STATUSES, "党籍")


def position(text: str) -> int:
    return _known(text, POSITIONS, "职务")


def region(text: str) -> int:
    return _known(text, AREAS, "地区")


def _known(text: str, words: dict[str, int], what: str) -> int:
    if text in words:
        return int(words[text])
    titles: dict[int, str] = {}
    for word, value in words.items():
        titles.setdefault(value, word)  # The label comes first; a number or a short form is never proposed.
    close = get_close_matches(text, [word for word in words if not word.isdigit()], n=3, cutoff=0.4)
    likely = dict.fromkeys(titles[words[word]] for word in close)
    raise ValueError(f"没有这种{what}|{_proposed(likely) or _choice(titles.values())}")


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint that names the most similar known words; empty when none is."""
    return _proposed(get_close_matches(word, list(known), n=3, cutoff=0.4))


def _proposed(words: Iterable[str]) -> str:
    listed = "”“".join(words)
    return f"是不是“{listed}”？" if listed else ""


def _choice(words: Iterable[str]) -> str:
    return f"可用的有：{'、'.join(words)}"
