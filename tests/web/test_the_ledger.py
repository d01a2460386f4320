"""The ledger only grows; what is not verified does not count; nobody verifies an own entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.audit.models import LogEntry
from sisiwu.foundation.inbox.models import Task
from sisiwu.ledger import actions
from sisiwu.ledger.models import Entry, Fact
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import Organization
from sisiwu.scoring.queries import told

TABLES = ("ledger_entry", "ledger_fact", "ledger_decision", "audit_logentry")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET id = id"])
def test_the_database_itself_refuses_to_change_what_was_written(table: str, statement: str) -> None:
    with pytest.raises(DatabaseError, match="只能追加"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_a_fact_counts_from_its_verification_on(
    entered: Callable[..., Entry], person: Callable[[str], User], branch: Organization
) -> None:
    entry = entered()

    before = told("organizations", branch)
    actions.decide(entry, accepted=True, by=person("zhengmin"))
    after = told("organizations", branch)

    assert before is not None
    assert after is not None
    assert after.facts == before.facts + entry.facts.count()


def test_a_reversal_leaves_the_original_and_takes_its_points(
    entered: Callable[..., Entry], person: Callable[[str], User]
) -> None:
    member = Member.objects.get(name="李娜")
    entry = entered()
    actions.decide(entry, accepted=True, by=person("zhengmin"))
    full = told("members", member)
    fact = Fact.objects.get(entry=entry, member=member)

    actions.reverse(fact, why="记错了人", by=person("zhengmin"))

    assert full is not None
    without = told("members", member)
    assert without is not None
    assert without.result.total_centi <= full.result.total_centi
    assert f"[F{fact.pk}]" in str(full.explanation)
    assert f"[F{fact.pk}]" not in str(without.explanation)
    assert Fact.objects.filter(pk=fact.pk).exists()
    with pytest.raises(ValidationError, match="已经冲正过"):
        actions.reverse(fact, why="再来一次", by=person("zhengmin"))


def test_nobody_verifies_an_own_entry(entered: Callable[..., Entry], person: Callable[[str], User]) -> None:
    entry = entered()
    staff = person("zhengmin")
    own = actions.record(
        key=entry.key.__class__(int=7), source="x:1", title="支委会", url="/", organization=entry.organization,
        on=timezone.localdate(), facts=[], by=staff,
    )  # fmt: skip

    with pytest.raises(PermissionDenied, match="其他同志"):
        actions.decide(own, accepted=True, by=staff)
    with pytest.raises(PermissionDenied):
        actions.decide(entry, accepted=True, by=person("wangqiang"))


def test_a_returned_entry_comes_back_with_its_reason_and_can_be_mended(
    signed_in: Callable[[str], Client], entered: Callable[..., Entry]
) -> None:
    entry = entered()
    signed_in("zhengmin").post("/verify/", {"entry": entry.pk, "do": "return", "reason": "请补一句内容"})

    secretary = signed_in("wangqiang")
    home = secretary.get("/").content.decode()
    mend = secretary.get(f"{entry.url}mend/")
    typed = {
        name: mend.context["form"][name].value() or ""
        for name in ("kind", "organization", "on", "place", "key", "version")
    }
    roll = {f"m{member.pk}": "on" for member, _, _ in mend.context["form"].roll}
    answer = secretary.post(f"{entry.url}mend/", {**typed, **roll, "title": "学习党章第六章"})

    assert "请补一句内容" in home
    assert answer.status_code == 302
    assert Entry.objects.filter(source=entry.source).count() == 2
    assert not Task.objects.filter(key=f"returned:{entry.source}", done_at__isnull=True).exists()


def test_returning_without_a_reason_is_refused(
    signed_in: Callable[[str], Client], entered: Callable[..., Entry]
) -> None:
    entry = entered()

    page = signed_in("zhengmin").post("/verify/", {"entry": entry.pk, "do": "return"}, follow=True).content.decode()

    assert "退回请写明理由" in page
    assert not hasattr(Entry.objects.get(pk=entry.pk), "decision")


def test_many_are_accepted_at_once(signed_in: Callable[[str], Client], entered: Callable[..., Entry]) -> None:
    entries = [entered() for _ in range(3)]

    page = signed_in("hejing").post("/verify/", {"entry": [one.pk for one in entries], "do": "accept"}, follow=True)

    assert "已核实 3 条" in page.content.decode()
    assert all(Entry.objects.get(pk=one.pk).decision.accepted for one in entries)


def test_an_older_version_is_not_saved_over_a_newer_one(
    signed_in: Callable[[str], Client], entered: Callable[..., Entry], person: Callable[[str], User]
) -> None:
    entry = entered()
    actions.decide(entry, accepted=False, reason="请改", by=person("zhengmin"))
    client = signed_in("wangqiang")
    fields = client.get(f"{entry.url}mend/").context["form"]
    typed = {name: fields[name].value() or "" for name in ("kind", "organization", "on", "place", "key")}

    answer = client.post(f"{entry.url}mend/", {**typed, "title": "我的改法", "version": 99})

    assert answer.status_code == 422
    assert "别的同志刚刚改过" in answer.content.decode()
    assert "我的改法" in answer.content.decode()


def test_every_look_at_a_member_is_noted_and_shown_to_the_member(signed_in: Callable[[str], Client]) -> None:
    lina = Member.objects.get(name="李娜")

    signed_in("zhengmin").get(f"/members/{lina.pk}/")
    signed_in("lina").get(f"/members/{lina.pk}/")

    looks = LogEntry.objects.filter(person=lina.pk, act="member.look")
    assert [one.by.username for one in looks if one.by] == ["zhengmin"]
    assert "郑敏" in signed_in("lina").get("/me/looks/").content.decode()


def test_the_day_of_a_reversal_decides_from_when_it_holds(
    entered: Callable[..., Entry], person: Callable[[str], User]
) -> None:
    entry = entered()
    actions.decide(entry, accepted=True, by=person("zhengmin"))
    fact = Fact.objects.filter(entry=entry, member__isnull=False)[0]
    tomorrow = timezone.localdate() + timedelta(days=1)

    actions.reverse(fact, why="核查后发现", by=person("zhengmin"), on=tomorrow)

    assert fact.member is not None
    still = told("members", fact.member)
    assert still is not None
    assert f"[F{fact.pk}]" in str(still.explanation)
