"""Deadlines count working days by the published holidays; a year that is not published is said to be so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.workdays.actions import publish
from sisiwu.foundation.workdays.models import Year
from sisiwu.foundation.workdays.notice import read_notice, write_notice
from sisiwu.foundation.workdays.queries import add_workdays, covered, is_workday, warning, workdays_between

NOTICE = "2027-02-05至2027-02-12 休 春节\n2027年2月14日 班 春节\n５月１日 休 劳动节"


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 10, 1), False),  # 国庆节, a Thursday
        (date(2026, 10, 10), True),  # 调休上班, a Saturday
        (date(2026, 11, 23), True),  # a Monday
        (date(2026, 11, 22), False),  # a Sunday
        (date(2004, 1, 17), True),  # the first made-up Saturday of the table
    ],
)
def test_holidays_and_made_up_days_are_known(day: date, *, worked: bool) -> None:
    assert is_workday(day) is worked


def test_five_working_days_over_the_national_holiday() -> None:
    """users.md, section 3: measured on the published notice."""
    assert add_workdays(date(2026, 9, 28), 5) == date(2026, 10, 10)
    assert workdays_between(date(2026, 9, 28), date(2026, 10, 10)) == 5
    assert workdays_between(date(2026, 10, 10), date(2026, 9, 28)) == -5


def test_no_working_day_more_is_the_day_itself() -> None:
    assert add_workdays(date(2026, 10, 3), 0) == date(2026, 10, 3)
    with pytest.raises(ValueError, match="往后"):
        add_workdays(date(2026, 10, 3), -1)


def test_a_year_that_is_not_published_is_monday_to_friday_and_says_so() -> None:
    assert covered() == "2004—2026年"
    assert is_workday(date(2027, 10, 1))
    assert not is_workday(date(2027, 10, 2))
    assert warning(date(2026, 12, 1), date(2027, 1, 4)) == "2027年放假安排未公布，暂按周一至周五"
    assert warning(date(2026, 12, 1), date(2026, 12, 31)) == ""


def test_a_pasted_notice_counts_at_once(person: Callable[[str], User]) -> None:
    before = is_workday(date(2027, 2, 5))

    publish(2027, NOTICE, source="国务院办公厅通知", by=person("zhengmin"))

    assert before
    assert not is_workday(date(2027, 2, 5))
    assert is_workday(date(2027, 2, 14))
    assert covered() == "2004—2027年"
    assert warning(date(2027, 1, 4)) == ""


def test_pasting_a_year_again_replaces_it(person: Callable[[str], User]) -> None:
    publish(2027, NOTICE, source="国务院办公厅通知", by=person("xitong"))
    publish(2027, "10月1日 休 国庆节", source="国务院办公厅通知", by=person("xitong"))

    assert [str(one) for one in Year.objects.get(year=2027).days.all()] == ["2027-10-01 休 国庆节"]


def test_every_wrong_line_is_named_and_nothing_is_saved(person: Callable[[str], User]) -> None:
    with pytest.raises(ValidationError) as refused:
        publish(2027, "春节放假\n2027-02-30 休\n2026-10-01 休 国庆节", source="通知", by=person("zhengmin"))

    words = " ".join(refused.value.message_dict["text"])
    assert "第 1 行" in words
    assert "第 2 行" in words
    assert "不在 2027 年" in words
    assert not Year.objects.filter(year=2027).exists()


def test_what_is_written_out_reads_back_alike() -> None:
    days, wrong = read_notice(NOTICE, 2027)

    assert wrong == []
    lines = write_notice((day, worked, name) for day, (worked, name) in sorted(days.items()))
    assert read_notice(lines, 2027)[0] == days


def test_a_secretary_does_not_keep_the_table(person: Callable[[str], User]) -> None:
    with pytest.raises(PermissionDenied):
        publish(2027, NOTICE, source="通知", by=person("wangqiang"))


def test_counting_many_days_asks_the_database_twice_at_most() -> None:
    with CaptureQueriesContext(connection) as seen:
        for n in range(200):
            add_workdays(date(2026, 1, 1), n)

    assert len(seen) <= 2


def test_the_page_pastes_a_year(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("zhengmin")
    typed = {"year": 2027, "source": "国务院办公厅通知", "text": NOTICE}

    empty = client.get("/workdays/?year=2027").content.decode()
    client.post("/workdays/publish/?year=2027", typed)

    assert "未公布，暂按周一至周五" in empty
    assert "春节" in client.get("/workdays/?year=2027").content.decode()
