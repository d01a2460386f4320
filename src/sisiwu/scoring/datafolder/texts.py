"""How cells of text become integers, as expressions of DuckDB; null where a text is none of the kind."""

from __future__ import annotations

SIGNS = "translate({}, '．－／：，年月日', '.-/:,--')"
"""Half-width signs; 2018年11月26日 becomes 2018-11-26."""
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000
"""Day numbers of a workbook that are believed: 1954 to 2119."""
LARGEST = 13
"""Digits before the point."""


def day(cell: str) -> str:
    """Day number: 2018-11-26, 2018.11.26, 2018/11/26, 20181126, 2018年11月26日, 43430."""
    flat = f"split_part(replace(replace({SIGNS.format(cell)}, '.', '-'), '/', '-'), ' ', 1)"
    dashed = f"TRY_CAST({flat} AS DATE)"
    digits = f"TRY_CAST(substr({flat}, 1, 4) || '-' || substr({flat}, 5, 2) || '-' || substr({flat}, 7, 2) AS DATE)"
    serial = f"TRY_CAST({flat} AS INTEGER)"
    return (
        f"CASE WHEN {flat} LIKE '%-%' THEN date_diff('day', DATE '1970-01-01', {dashed}) "
        f"WHEN regexp_full_match({flat}, '[12][0-9]{{7}}') THEN date_diff('day', DATE '1970-01-01', {digits}) "
        f"WHEN regexp_full_match({flat}, '[0-9]{{5}}') AND {serial} BETWEEN {FIRST_SERIAL} AND {LAST_SERIAL} "
        f"THEN {serial} - 25569 END"
    )


def centi(cell: str) -> str:
    """Hundredths of a number without sign, of at most two places; thousands may be set apart by commas."""
    flat = f"replace({SIGNS.format(cell)}, ',', '')"
    plain = f"regexp_full_match({SIGNS.format(cell)}, '([0-9]{{1,{LARGEST}}}|[0-9]{{1,3}}(,[0-9]{{3}}){{1,3}})(\\.[0-9]{{1,2}}0*)?')"
    return f"CASE WHEN {plain} THEN CAST(CAST({flat} AS DECIMAL(18, 2)) * 100 AS BIGINT) END"


def whole(cell: str) -> str:
    """A whole number without sign."""
    return f"CASE WHEN regexp_full_match({cell}, '[0-9]{{1,9}}') THEN CAST({cell} AS BIGINT) END"


FORMS = {"day": day, "centi": centi, "whole": whole}
SAID = {
    "day": ("不是日期", "写成 2018-11-26 的样子，核对月份和日子是否存在"),
    "centi": ("不是合适的数", "写阿拉伯数字，不带单位，最多两位小数，不写负号"),
    "whole": ("不是整数", "写不带单位的阿拉伯数字"),
}
