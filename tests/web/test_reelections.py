"""换届日历: whose term ends when; a reminder six months ahead, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.test import Client

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.inbox.actions import ask
from sisiwu.foundation.inbox.models import Task
from sisiwu.foundation.inbox.queries import waiting
from sisiwu.foundation.values.dates import after_months
from sisiwu.register.organizations.actions import found
from sisiwu.register.organizations.models import Kind, Organization
from sisiwu.register.positions.actions import elect, remind
from sisiwu.register.positions.models import Term
from sisiwu.register.positions.queries import NOTICE_DAYS, by_month, visible


def due(organization: Organization, on: date) -> Term:
    """The last term of a branch ends on a day."""
    organization.terms.all().delete()
    return Term.objects.create(organization=organization, number=1, elected_on=after_months(on, -36), due_on=on)


def open_task(term: Term) -> bool:
    return Task.objects.filter(key=f"term:{term.pk}", done_at=None).exists()


def test_an_organization_is_reminded_once_six_months_ahead(
    branch: Organization, person: Callable[[str], User], today: date
) -> None:
    term = due(branch, today + timedelta(days=NOTICE_DAYS + 1))
    remind(today)
    assert not open_task(term)

    first, second = remind(today + timedelta(days=1)), remind(today + timedelta(days=1))

    assert (first >= 1, second) == (True, 0)
    assert waiting(person("wangqiang")).filter(key=f"term:{term.pk}").exists()


def test_the_reminder_is_settled_when_the_new_term_is_registered(
    branch: Organization, signed_in: Callable[[str], Client], today: date
) -> None:
    term = due(branch, today + timedelta(days=30))
    remind(today)

    signed_in("zhengmin").post(f"/positions/{branch.pk}/elect/", {"on": "今天"})

    assert not open_task(term)
    assert remind(today) == 0


def test_a_dissolved_organization_is_not_reminded_any_more(branch: Organization, today: date) -> None:
    term = due(branch, today + timedelta(days=30))
    remind(today)
    Organization.objects.filter(pk=branch.pk).update(dissolved_on=today)

    remind(today)

    assert not open_task(term)


def test_every_term_of_the_year_stands_in_one_month(
    branch: Organization, person: Callable[[str], User], today: date
) -> None:
    due(branch, today)

    months = by_month(visible(person("hejing")), today)

    assert len(months) == 13
    assert [one.start for one in months[1:]] == [one.end for one in months[:-1]]
    assert sum(one.count for one in months) == visible(person("hejing")).filter(due_on__lt=months[-1].end).count()
    assert months[1].count >= 1


def test_the_calendar_shows_a_month_and_a_part_of_the_tree(
    signed_in: Callable[[str], Client], branch: Organization, today: date
) -> None:
    due(branch, today - timedelta(days=3))
    staff = signed_in("hejing")

    late = staff.get("/positions/calendar/", {"month": "overdue"})
    below = staff.get("/positions/calendar/", {"under": branch.code})

    assert {str(term.organization) for term in late.context["page"].object_list} == {
        branch.name,
        "成都市公安局机关党委",
    }
    assert [term.organization for term in below.context["page"].object_list] == [branch]
    assert below.context["page"].paginator.count == 1


def test_a_name_that_is_not_there_is_told_beside_the_field(signed_in: Callable[[str], Client]) -> None:
    page = signed_in("hejing").get("/positions/calendar/", {"under": "没有这个"}).content.decode()

    assert "没有找到“没有这个”" in page


def test_pages_of_the_calendar_follow_the_counts(
    signed_in: Callable[[str], Client], branch: Organization, today: date
) -> None:
    committee = branch.parent
    for number in range(25):
        one = found(
            code=f"T{number}",
            name=f"第{number}党支部",
            kind=Kind.BRANCH,
            parent=committee,
            on=date(2020, 1, 1),
            by=None,
        )
        elect(one, on=after_months(today + timedelta(days=10), -36), by=None)

    page = signed_in("hejing").get("/positions/calendar/", {"page": 2}).context["page"]

    assert page.number == 2
    assert len(page.object_list) == page.paginator.count - 20


def test_what_waits_beyond_the_first_ten_is_on_the_first_page_too(
    branch: Organization, signed_in: Callable[[str], Client], person: Callable[[str], User], today: date
) -> None:
    for number in range(15):
        ask(f"try:{number}", "roll", branch.path, f"第{number}件事", "/", today + timedelta(days=number))
    ask("try:none", "roll", branch.path, "没有期限的事", "/")

    page = signed_in("wangqiang").get("/").content.decode()

    assert waiting(person("wangqiang"))[0].title == "没有期限的事"
    assert all(f"第{number}件事" in page for number in range(15))
