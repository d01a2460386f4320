"""What two people entered is recognised as one matter and counted once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sisiwu.activities.articles.models import Article, Partner
from sisiwu.activities.service_hours.actions import enter
from sisiwu.activities.service_hours.models import Service
from sisiwu.foundation.accounts.actions import grant
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.roles import Role
from sisiwu.foundation.evidence import actions as evidence
from sisiwu.foundation.evidence.models import File
from sisiwu.foundation.inbox.models import Task
from sisiwu.ledger.actions import decide, merge
from sisiwu.ledger.models import Entry, Fact
from sisiwu.ledger.queries import counted_facts
from sisiwu.ledger.twins import twins
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import Organization


@pytest.fixture
def served(branch: Organization, today: date, person: Callable[[str], User]) -> Callable[..., Entry]:
    """A service of Li Na on a day, entered by somebody of the branch."""

    def enter_one(by: str = "wangqiang", title: str = "防诈骗宣传", **more: Any) -> Entry:
        one = Service(organization=branch, title=title, place="文庙社区", on=today, hours_centi=200)
        return enter(one, [Member.objects.get(name="李娜")], by=person(by), key=more.get("key", uuid4()))

    return enter_one


def test_hours_of_the_same_member_on_the_same_day_are_noticed(served: Callable[..., Entry]) -> None:
    first, second = served(), served("chentao", "反诈进社区")

    assert {mine: one.pk for mine, one in twins([first, second]).items()} == {second.pk: first.pk}


def test_what_was_returned_is_nobodys_twin(served: Callable[..., Entry], person: Callable[[str], User]) -> None:
    first = served()
    decide(first, accepted=False, reason="请补一句", by=person("zhengmin"))

    assert twins([served("chentao")]) == {}


def test_several_talks_on_one_day_are_not_twins(entered: Callable[..., Entry]) -> None:
    first, second = entered(), entered()

    assert twins([first, second]) == {}


def test_the_queue_shows_the_twin_and_merging_counts_once_and_keeps_the_files(
    served: Callable[..., Entry],
    signed_in: Callable[[str], Client],
    person: Callable[[str], User],
    branch: Organization,
) -> None:
    first, key = served(), uuid4()
    evidence.keep([SimpleUploadedFile("照片说明.pdf", b"%PDF-1.7")], key=key, path=branch.path, by=person("chentao"))
    second = served("chentao", key=key)
    staff = signed_in("zhengmin")

    shown = staff.get("/verify/").content.decode()
    staff.post("/verify/", {"do": "merge", "entry": second.pk, "into": first.pk})
    staff.post("/verify/", {"do": "accept", "entry": first.pk})

    assert "可能与这一条是同一件事" in shown
    second = Entry.objects.get(pk=second.pk)
    assert (second.decision.accepted, second.decision.merged_into) == (False, first)
    assert File.objects.get(name="照片说明.pdf").source == first.source
    assert len(counted_facts(first.source)) == 1
    assert counted_facts(second.source) == []
    assert not Task.objects.filter(key=f"returned:{second.source}", done_at__isnull=True).exists()


def test_nothing_is_merged_into_what_was_returned(served: Callable[..., Entry], person: Callable[[str], User]) -> None:
    first, second = served(), served("chentao")
    decide(first, accepted=False, reason="请补一句", by=person("zhengmin"))

    with pytest.raises(ValidationError, match="已经退回"):
        merge(second, first, by=person("zhengmin"))


@pytest.fixture
def together(
    branch: Organization,
    neighbour: Organization,
    today: date,
    signed_in: Callable[[str], Client],
    person: Callable[[str], User],
) -> tuple[Article, Organization]:
    """An article of the branch, verified, and the neighbour says it is theirs, too."""
    grant(person("liuyang"), Role.SECRETARY, neighbour.path, since=branch.founded_on)
    data = {"on": today.isoformat(), "title": "警心党建", "medium": "四川日报", "level": "provincial"}
    signed_in("wangqiang").post("/articles/new/", {**data, "organization": branch.pk, "key": str(uuid4())})
    signed_in("zhengmin").post("/verify/", {"do": "accept", "entry": Entry.objects.latest("pk").pk})
    article = Article.objects.get(title="警心党建")
    refused = signed_in("liuyang").post("/articles/new/", {**data, "organization": neighbour.pk, "key": str(uuid4())})
    assert f"/articles/{article.pk}/join/?organization={neighbour.pk}" in refused.content.decode()
    signed_in("liuyang").post(f"/articles/{article.pk}/join/?organization={neighbour.pk}", {"words": "第二作者"})
    return article, neighbour


def test_an_article_of_two_organizations_is_shared_when_staff_say_so(
    together: tuple[Article, Organization], signed_in: Callable[[str], Client], branch: Organization
) -> None:
    article, neighbour = together
    staff, one = signed_in("zhengmin"), Partner.objects.get()

    waiting = staff.get("/").content.decode()
    staff.post(f"/articles/partners/{one.pk}/", {"accepted": "yes"})

    counted = counted_facts(article.source)
    assert "核实共同完成" in waiting
    assert {(fact.organization, fact.sharers) for fact in counted} == {(branch, 2), (neighbour, 2)}
    assert Fact.objects.filter(entry__source=article.source, reversal__isnull=False).count() == 1
    assert signed_in("liuyang").get(f"/articles/{article.pk}/").status_code == 200


def test_an_article_stays_as_it_was_when_staff_say_no(
    together: tuple[Article, Organization], signed_in: Callable[[str], Client], branch: Organization
) -> None:
    article, _ = together

    signed_in("zhengmin").post(f"/articles/partners/{Partner.objects.get().pk}/", {"accepted": "no"})

    assert [(fact.organization, fact.sharers) for fact in counted_facts(article.source)] == [(branch, 1)]
    assert signed_in("liuyang").get(f"/articles/{article.pk}/").status_code == 404


def test_a_partnership_is_asked_for_once(
    together: tuple[Article, Organization], signed_in: Callable[[str], Client]
) -> None:
    article, neighbour = together

    again = signed_in("liuyang").post(
        f"/articles/{article.pk}/join/?organization={neighbour.pk}", {"words": "再说一遍"}
    )

    assert again.status_code == 422
    assert "已经提出过合并" in again.content.decode()


def test_the_counter_proves_that_every_matter_was_entered_once(
    served: Callable[..., Entry], signed_in: Callable[[str], Client], person: Callable[[str], User]
) -> None:
    before = signed_in("wangqiang").get("/ledger/once/").context["counter"]
    first, second = served(), served("chentao")
    merge(second, first, by=person("zhengmin"))

    after = signed_in("wangqiang").get("/ledger/once/").context["counter"]

    assert after.per_fact_centi == 100
    assert (after.entries - before.entries, after.facts - before.facts, after.merged - before.merged) == (1, 1, 1)
    assert after.uses > before.uses
