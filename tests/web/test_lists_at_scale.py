"""Lists ask a constant number of questions, however long they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sisiwu.demo.cast import BRANCH
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import SEGMENT, Organization

QUESTIONS_MAX = 5
LISTS = (
    "/organizations/",
    "/members/",
    "/meetings/",
    "/articles/",
    "/assignments/",
    "/trainings/",
    "/visits/",
    "/service-hours/",
    "/commendations/",
    "/ledger/once/",
    "/spot-checks/",
    "/documents/",
    "/documents/?q=%E6%9D%A1%E4%BE%8B&state=yes",
    "/members/?q=zw",
    "/transfers/",
    "/transfers/?state=overdue&q=a",
    "/admissions/",
    "/admissions/?state=ready&q=a",
    "/positions/calendar/",
    "/organizations/regions/",
    "/organizations/?q=%E6%94%AF%E9%83%A8&page=3",
)

STAFF_LISTS = ("/feedback/", "/inbox/asked/")
"""For those alone who verify."""
NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < %s) "


def grow(organizations: int, members: int) -> None:
    """Rows by the database itself, so that a million take seconds; like the template rows but for what differs."""
    pattern, person = Organization.objects.get(name=BRANCH), Member.objects.get(name="李娜")
    width, first = len(pattern.path) - SEGMENT, 1_000_000
    copies = [
        (Organization, pattern, organizations, {
            "id": f"{first} + n", "code": "'S' || n", "name": "'规模支部' || n", "spoken": "'guimozhibu' || n",
            "path": f"substr(o.path, 1, {width}) || ({first} + n)",
        }),
        (Member, person, members, {
            "id": f"{first} + n", "code": "'T' || n", "name": "'张伟' || (n % 997)", "user_id": "NULL",
            "branch_id": f"{first} + n % {organizations}", "spoken": "'zhangwei' || (n % 997) || ' zw' || (n % 997)",
        }),
    ]  # fmt: skip
    for model, row, number, different in copies:
        columns = [field.column for field in model._meta.local_concrete_fields]
        values = ", ".join(different.get(column, f"o.{column}") for column in columns)
        table = model._meta.db_table
        with connection.cursor() as cursor:
            statement = f"INSERT INTO {table} ({', '.join(columns)}) {NUMBERS} SELECT {values} FROM numbers, {table} o WHERE o.id = %s"
            cursor.execute(statement.replace(" % ", " %% "), [number, row.pk])


def questions(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_list_of_accounts_asks_as_little(signed_in: Callable[[str], Client]) -> None:
    assert questions(signed_in("xitong"), "/accounts/people/") <= QUESTIONS_MAX


@pytest.mark.parametrize("address", [*LISTS, *STAFF_LISTS])
def test_a_list_asks_five_questions_at_most(signed_in: Callable[[str], Client], address: str) -> None:
    assert questions(signed_in("hejing"), address) <= QUESTIONS_MAX


@pytest.mark.slow
def test_ten_thousand_organizations_and_a_million_members_ask_as_little(signed_in: Callable[[str], Client]) -> None:
    grow(organizations=10_000, members=1_000_000)
    staff, secretary = signed_in("hejing"), signed_in("wangqiang")

    for address in LISTS:
        assert questions(staff, address) <= QUESTIONS_MAX
        assert questions(secretary, address) <= QUESTIONS_MAX
