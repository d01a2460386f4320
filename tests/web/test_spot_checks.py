"""A few records are drawn by a published seed, the same list for everybody who draws again (N12)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from sisiwu.activities.spot_checks.actions import draw, find, show
from sisiwu.activities.spot_checks.models import Check, Draw
from sisiwu.activities.spot_checks.queries import redrawn
from sisiwu.activities.spot_checks.ranking import drawn
from sisiwu.demo.cast import COMMITTEE
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.inbox.models import Task
from sisiwu.ledger import actions as ledger
from sisiwu.ledger.actions import Draft, Entry
from sisiwu.register.organizations.models import Organization
from sisiwu.scoring.queries import told

SEED = "2026-11-24 瑞雪兆丰年"
EXPECTED = [4, 72, 92, 11, 79]
"""The five of 1 to 100 with the smallest sums, as `printf '%s' "$SEED:$n" | sha256sum | sort` has them."""


@pytest.fixture
def record(branch: Organization, person: Callable[[str], User]) -> Callable[..., Entry]:
    """A verified entry of the branch on a day."""

    def one(on: date) -> Entry:
        entry = ledger.record(
            key=uuid4(), source="x:1", title="主题党日：学习党章", url="/meetings/", organization=branch, on=on,
            facts=[Draft("meeting.party_day", branch)], by=person("wangqiang"),
        )  # fmt: skip
        ledger.decide(entry, accepted=True, by=person("hejing"))
        return entry

    return one


@pytest.fixture
def taken(record: Callable[..., Entry], today: date, person: Callable[[str], User]) -> Callable[..., Draw]:
    """Two of five entries of a day thirty days ago, drawn by the committee's staff."""

    def one(count: int = 2) -> Draw:
        day = today - timedelta(days=900)
        for _ in range(5):
            record(day)
        committee = Organization.objects.get(name=COMMITTEE)
        return draw(committee, day, day, seed_on=today, phrase="瑞雪兆丰年", count=count, by=person("zhengmin"))

    return one


def test_the_same_seed_draws_the_same_list_on_every_database() -> None:
    """Computed with sha256sum; SQLite and PostgreSQL both run this."""
    assert [number for number, _ in drawn(SEED, range(1, 101), 5)] == EXPECTED
    assert drawn(SEED, [7], 1)[0][1] == sha256(f"{SEED}:7".encode()).hexdigest()


def test_the_order_of_the_numbers_does_not_matter() -> None:
    assert drawn(SEED, range(1, 101), 10) == drawn(SEED, reversed(range(1, 101)), 10)


def test_a_draw_can_be_repeated_from_its_page_alone(
    taken: Callable[..., Draw], signed_in: Callable[[str], Client]
) -> None:
    one = taken()
    client = signed_in("liuyang")

    numbers = client.get(f"/spot-checks/{one.pk}/numbers/").content.decode().split()
    by_hand = sorted(numbers, key=lambda number: sha256(f"{one.seed}:{number}".encode()).hexdigest())[:2]

    assert len(numbers) == one.population == 5
    assert [str(check.entry_id) for check in one.checks.all()] == by_hand
    assert "与现在重抽的结果相同" in client.get(f"/spot-checks/{one.pk}/").content.decode()


def test_what_is_entered_later_changes_no_draw(
    taken: Callable[..., Draw], record: Callable[..., Entry], today: date
) -> None:
    one = taken()
    before = redrawn(one)

    record(one.first + timedelta(days=40))
    record(one.first)
    record(today)

    assert redrawn(one) == before


def test_a_period_is_drawn_once(taken: Callable[..., Draw], person: Callable[[str], User], today: date) -> None:
    one = taken()

    with pytest.raises(ValidationError, match="同一期只抽一次"):
        draw(one.organization, one.first, one.last, seed_on=today, phrase="换个短句", count=2, by=person("zhengmin"))


@pytest.mark.holds("R4", "用抽查代替痕迹：只有抽到的才需要出示记录")
def test_only_the_branches_that_were_drawn_are_asked(taken: Callable[..., Draw]) -> None:
    before = Task.objects.filter(done_at__isnull=True).count()

    one = taken()

    asked = Task.objects.filter(key__startswith="spot:show:", key__in=[f"spot:show:{c.pk}" for c in one.checks.all()])
    assert asked.count() == 2
    assert Task.objects.filter(done_at__isnull=True).count() == before + 2


def test_the_branch_says_where_its_record_is_and_staff_record_what_they_found(
    taken: Callable[..., Draw], signed_in: Callable[[str], Client]
) -> None:
    check = taken().checks.all()[0]
    url = f"/spot-checks/check/{check.pk}/"

    signed_in("wangqiang").post(url, {"shown": "会议记录本第12页"})
    waiting = signed_in("zhengmin").get("/").content.decode()
    signed_in("zhengmin").post(url, {"conforms": "yes", "note": ""})

    check.refresh_from_db()
    assert "会议记录本第12页" in waiting
    assert check.conforms is True
    assert not Task.objects.filter(key__in=[f"spot:show:{check.pk}", f"spot:find:{check.pk}"], done_at=None).exists()


def test_what_does_not_conform_moves_no_points_and_leads_to_the_reversal(
    taken: Callable[..., Draw], signed_in: Callable[[str], Client], branch: Organization, person: Callable[[str], User]
) -> None:
    check = taken().checks.all()[0]
    before = told("organizations", branch)

    find(check, conforms=False, words="记录本里没有这次", by=person("zhengmin"))

    after = told("organizations", branch)
    assert before is not None
    assert after is not None
    assert after.result.total_centi == before.result.total_centi
    page = signed_in("zhengmin").get(f"/spot-checks/check/{check.pk}/").content.decode()
    assert "抽查本身不加分、不扣分" in page
    assert f"/ledger/{check.entry_id}/" in page


def test_what_does_not_conform_needs_words_and_is_found_once(
    taken: Callable[..., Draw], person: Callable[[str], User]
) -> None:
    check = taken().checks.all()[0]

    with pytest.raises(ValidationError, match="哪里不相符"):
        find(check, conforms=False, words=" ", by=person("zhengmin"))
    find(check, conforms=True, words="", by=person("zhengmin"))
    with pytest.raises(ValidationError, match="不能再改"):
        find(check, conforms=False, words="改主意了", by=person("zhengmin"))


def test_nobody_checks_an_own_entry_and_a_branch_does_not_check(
    taken: Callable[..., Draw], person: Callable[[str], User]
) -> None:
    check = taken().checks.all()[0]

    with pytest.raises(PermissionDenied):
        find(check, conforms=True, words="", by=person("wangqiang"))
    with pytest.raises(PermissionDenied):
        show(check, "在柜子里", by=person("liuyang"))


def test_a_period_that_is_not_over_or_empty_is_not_drawn(
    branch: Organization, person: Callable[[str], User], today: date
) -> None:
    how = {"seed_on": today, "phrase": "瑞雪", "count": 2, "by": person("zhengmin")}

    with pytest.raises(ValidationError, match="还没有结束"):
        draw(branch, today, today, **how)  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match="没有可抽的"):
        draw(branch, date(2001, 1, 1), date(2001, 1, 2), **how)  # type: ignore[arg-type]


def test_titles_of_others_are_not_shown(taken: Callable[..., Draw], signed_in: Callable[[str], Client]) -> None:
    one = taken()

    assert "不在您的范围内" in signed_in("liuyang").get(f"/spot-checks/{one.pk}/").content.decode()
    assert signed_in("liuyang").get(f"/spot-checks/check/{one.checks.all()[0].pk}/").status_code == 404


def test_staff_draw_in_the_browser(
    record: Callable[..., Entry], signed_in: Callable[[str], Client], today: date
) -> None:
    day = (today - timedelta(days=901)).isoformat()
    record(today - timedelta(days=901))

    typed = {"first": day, "last": day, "seed_on": "今天", "phrase": "瑞雪", "count": "3"}
    answer = signed_in("zhengmin").post("/spot-checks/new/", typed, follow=True)

    assert "已抽取并公布" in answer.content.decode()
    assert Check.objects.filter(draw__first=day).count() == 1
