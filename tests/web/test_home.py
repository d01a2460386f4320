"""The first page of everybody: what waits, by when; what changed; and the way back from everywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.inbox.actions import ask
from sisiwu.ledger.models import Entry
from sisiwu.ledger.queries import pending
from sisiwu.register.organizations.models import Organization
from sisiwu.register.positions.actions import remind
from sisiwu.register.positions.models import Term


def page_of(client: Client, path: str = "/") -> str:
    return client.get(path).content.decode()


def test_a_re_election_is_named_once(branch: Organization, signed_in: Callable[[str], Client], today: date) -> None:
    Term.objects.filter(organization=branch).update(due_on=today + timedelta(days=60))
    remind(today)

    assert page_of(signed_in("wangqiang")).count("届满") == 1
    assert f"{branch}</a>" in page_of(signed_in("yangzhigang")).partition("将要换届")[2]


def test_what_a_branch_has_to_do_is_not_among_what_waits_for_staff(
    branch: Organization, signed_in: Callable[[str], Client]
) -> None:
    ask("try:below", Verb.ENTER, branch.path, "支部自己的事", "/")
    ask("try:mine", Verb.REGISTER, branch.path, "干事的事", "/")

    mine, _, below = page_of(signed_in("zhengmin")).partition("下级正在办的")
    assert "干事的事" in mine
    assert "支部自己的事" not in mine
    assert "支部自己的事" in below
    assert "支部自己的事" in page_of(signed_in("wangqiang")).partition("最近的工作")[0]


def test_what_was_returned_and_mended_is_named_once(branch: Organization, signed_in: Callable[[str], Client]) -> None:
    secretary, typed = signed_in("wangqiang"), {"organization": branch.pk, "on": "今天", "title": "写错了版面"}
    typed |= {"medium": "四川法制报", "level": "provincial"}
    secretary.post("/articles/new/", typed | {"key": str(uuid4())})
    entry = Entry.objects.latest("pk")
    signed_in("zhengmin").post("/verify/", {"entry": entry.pk, "do": "return", "reason": "请改"})
    fields = secretary.get(f"{entry.url}mend/").context["form"]
    kept = {name: fields[name].value() for name in ("key", "version")}
    secretary.post(f"{entry.url}mend/", typed | kept)

    assert Entry.objects.filter(source=entry.source).count() == 2
    assert page_of(secretary).partition("最近的工作")[2].count("写错了版面") == 1


def test_what_is_overdue_says_so_and_next_year_has_its_year(
    branch: Organization, signed_in: Callable[[str], Client], today: date
) -> None:
    ask("try:late", Verb.ENTER, branch.path, "晚了的事", "/", today - timedelta(days=1))
    ask("try:next", Verb.ENTER, branch.path, "明年的事", "/", date(today.year + 1, 2, 3))

    page = page_of(signed_in("wangqiang"))
    assert "已逾期" in page.partition("晚了的事")[2][:80]
    assert f"{today.year + 1}年2月3日前" in page


@pytest.mark.parametrize(
    ("username", "words"),
    [("xitong", "开通账号"), ("anquan", "授予和收回角色"), ("shenji", "操作日志"), ("yangzhigang", "等待核实")],
)
def test_everybody_finds_their_own_work(username: str, words: str, signed_in: Callable[[str], Client]) -> None:
    assert words in page_of(signed_in(username))


def test_who_can_find_nothing_is_not_offered_to_search(signed_in: Callable[[str], Client]) -> None:
    assert 'role="search"' not in page_of(signed_in("xitong"))
    assert 'role="search"' in page_of(signed_in("lina"))


@pytest.mark.parametrize(
    ("username", "path", "words", "address"),
    [
        ("wangqiang", "/meetings/new/", "会议", "/meetings/"),
        ("lina", "/me/looks/", "首页", "/"),
        ("zhengmin", "/intake/", "组织", "/organizations/"),
        ("zhengmin", "/inbox/asked/", "核实", "/verify/"),
        ("anquan", "/accounts/people/1/", "账号", "/accounts/people/"),
    ],
)
def test_there_is_a_way_back(
    username: str,
    path: str,
    words: str,
    address: str,
    signed_in: Callable[[str], Client],
    person: Callable[[str], User],
) -> None:
    where = path.replace("/1/", f"/{person('lina').pk}/")
    assert f'href="{address}">\u2039 {words}</a>' in page_of(signed_in(username), where)


def test_lists_need_no_way_back(signed_in: Callable[[str], Client]) -> None:
    assert "\u2039" not in page_of(signed_in("zhengmin"), "/organizations/tree/")


def test_the_log_can_be_searched(signed_in: Callable[[str], Client]) -> None:
    assert 'name="q"' in page_of(signed_in("shenji"), "/log/").partition("<main")[2]


def test_the_roll_of_a_branch_is_on_its_page_for_who_may_see_it(
    branch: Organization, signed_in: Callable[[str], Client]
) -> None:
    assert "李娜</a>" in page_of(signed_in("zhengmin"), f"/organizations/{branch.pk}/")
    assert "李娜</a>" not in page_of(signed_in("lina"), f"/organizations/{branch.pk}/")


def test_a_decision_that_is_neither_is_no_acceptance(signed_in: Callable[[str], Client]) -> None:
    staff = signed_in("zhengmin")
    one = pending(User.objects.get(username="zhengmin")).first()
    assert one is not None
    staff.post("/verify/", {"entry": one.pk})
    assert not hasattr(Entry.objects.select_related("decision").get(pk=one.pk), "decision")
