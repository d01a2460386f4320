"""Names in Chinese and days as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from sisiwu.foundation.values.dates import read_date
from sisiwu.foundation.values.names import pinyin, spoken_keys, stroke_key

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1120", date(2026, 11, 20)),
        ("11.20", date(2026, 11, 20)),
        ("１１．２０", date(2026, 11, 20)),
        ("12.5", date(2025, 12, 5)),
        ("2026年11月3日", date(2026, 11, 3)),
        ("20260301", date(2026, 3, 1)),
        ("今天", TODAY),
        ("昨天", date(2026, 11, 23)),
        ("2026-11-26", date(2026, 11, 26)),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, meant: date) -> None:
    assert read_date(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "today", "before", "ahead"),
    [
        ("12.31", date(2027, 1, 1), date(2026, 12, 31), date(2027, 12, 31)),
        ("1.1", date(2027, 1, 1), date(2027, 1, 1), date(2027, 1, 1)),
        ("1.1", date(2026, 12, 31), date(2026, 1, 1), date(2027, 1, 1)),
        ("2.28", date(2028, 2, 29), date(2028, 2, 28), date(2029, 2, 28)),
        ("2.29", date(2028, 2, 29), date(2028, 2, 29), date(2028, 2, 29)),
        ("2.29", date(2029, 1, 2), date(2028, 2, 29), None),
        ("2.29", date(2027, 12, 31), None, date(2028, 2, 29)),
    ],
)
def test_a_day_without_a_year_is_the_nearest_one_on_any_day_of_the_year(
    typed: str, today: date, before: date | None, ahead: date | None
) -> None:
    for meant, is_ahead in ((before, False), (ahead, True)):
        if meant is None:
            with pytest.raises(ValueError, match=r"没有“2.29”这一天"):
                read_date(typed, today, ahead=is_ahead)
        else:
            assert read_date(typed, today, ahead=is_ahead) == meant


@pytest.mark.parametrize("typed", ["2月30日", "上周五", "13", "2026-13-01"])
def test_a_day_that_is_none_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValueError, match=r"请写成"):
        read_date(typed, TODAY)


@pytest.mark.parametrize(
    ("name", "sound"),
    [
        ("单雄信", "shan xiong xin"),
        ("仇和", "qiu he"),
        ("万俟卨", "mo qi xie"),
        ("曾国", "zeng guo"),
        ("王强", "wang qiang"),
    ],
)
def test_surnames_are_read_as_surnames(name: str, sound: str) -> None:
    assert pinyin(name) == sound


def test_a_name_is_found_by_sound_and_initials() -> None:
    assert spoken_keys("王强") == "wangqiang wq"


def test_names_stand_in_order_of_strokes() -> None:
    # 丁 2 画，王 4 画，李 7 画，杨 7 画（均为横起，李的第二笔竖、杨的第二笔竖，第三笔撇），单名在前。
    names = ["杨志", "李娜", "李娜娜", "王强", "丁一"]

    assert sorted(names, key=stroke_key)[:2] == ["丁一", "王强"]
    assert sorted(names, key=stroke_key).index("李娜") < sorted(names, key=stroke_key).index("李娜娜")
