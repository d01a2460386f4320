"""Everybody can say something from every page, without a name if they wish, and is answered (R14)."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Field
from django.test import Client
from tests.holds import ROOT

from sisiwu import __version__
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.audit.models import LogEntry
from sisiwu.foundation.feedback import actions
from sisiwu.foundation.feedback.models import Suggestion
from sisiwu.foundation.inbox.models import Task
from sisiwu.foundation.inbox.queries import waiting
from sisiwu.foundation.receipts.models import Receipt


def said(client: Client, **more: str) -> Suggestion:
    typed = {"category": "burden", "text": "同一次会要填两遍", "key": str(uuid4()), "page": "/meetings/new/", **more}
    before = set(Suggestion.objects.values_list("pk", flat=True))
    client.post("/feedback/new/", typed)
    return Suggestion.objects.exclude(pk__in=before).get()


@pytest.mark.holds("R14", "每一页底部都能提意见，并带上所在页面")
@pytest.mark.parametrize(
    "address", ["/", "/meetings/", "/meetings/new/", "/scores/", "/members/", "/documents/", "/nowhere/"]
)
def test_every_page_leads_to_the_form_and_says_where_one_was(address: str, signed_in: Callable[[str], Client]) -> None:
    page = signed_in("wangqiang").get(address).content.decode()

    assert f"/feedback/new/?from={address}" in page
    form = signed_in("wangqiang").get("/feedback/new/", {"from": address}).content.decode()
    assert f'value="{address}"' in form


def test_staff_answer_and_whoever_asked_finds_it_waiting(
    signed_in: Callable[[str], Client], person: Callable[[str], User]
) -> None:
    one = said(signed_in("lina"))
    asked = waiting(person("zhengmin")).filter(key=f"feedback:{one.pk}").exists()

    signed_in("zhengmin").post(f"/feedback/{one.pk}/", {"answer": "已经改成填一遍", "do": "answer"})

    assert asked
    assert not waiting(person("zhengmin")).filter(key=f"feedback:{one.pk}").exists()
    assert waiting(person("lina")).filter(url=f"/feedback/{one.pk}/").exists()
    assert "已经改成填一遍" in signed_in("lina").get(f"/feedback/{one.pk}/").content.decode()
    assert not waiting(person("lina")).exists()


@pytest.mark.holds("R14", "匿名的意见不留账号、地址和时刻")
def test_without_a_name_nothing_that_identifies_is_written(signed_in: Callable[[str], Client]) -> None:
    lines, receipts = LogEntry.objects.count(), Receipt.objects.count()

    one = said(signed_in("lina"), anonymous="on")

    task = Task.objects.get(key=f"feedback:{one.pk}")
    assert one.by is None
    assert LogEntry.objects.count() == lines
    assert Receipt.objects.count() == receipts
    assert task.user is None
    assert (task.raised_at.minute, task.raised_at.second) == (0, 0)
    kept = {field.name for field in Suggestion._meta.get_fields()}
    assert not kept & {"address", "ip", "session", "at", "created_at"}


def test_the_code_alone_shows_the_answer_to_something_without_a_name(
    signed_in: Callable[[str], Client], person: Callable[[str], User]
) -> None:
    one = said(signed_in("lina"), anonymous="on")
    actions.answer(one, "谢谢", by=person("zhengmin"))

    assert "谢谢" in Client().post("/feedback/code/", {"code": one.code.lower()}).content.decode()
    assert Client().post("/feedback/code/", {"code": "2222222222"}).status_code == 404
    assert signed_in("lina").get(f"/feedback/{one.pk}/").status_code == 404


@pytest.mark.holds("R14", "不登录也能提意见")
def test_a_stranger_can_say_something_too() -> None:
    one = said(Client())

    assert one.by is None


def test_a_flood_of_strangers_is_stopped() -> None:
    for _ in range(actions.STRANGERS_MAX):
        said(Client())

    answer = Client().post("/feedback/new/", {"category": "other", "text": "又一条", "key": str(uuid4())})

    assert answer.status_code == 422
    assert "今天不登录提交的意见已经很多" in answer.content.decode()


def test_sent_twice_is_said_once(signed_in: Callable[[str], Client]) -> None:
    key = str(uuid4())
    one = said(signed_in("lina"), key=key)

    signed_in("lina").post("/feedback/new/", {"category": "burden", "text": "同一次会要填两遍", "key": key})

    assert Suggestion.objects.filter(code=one.code).count() == 1


def test_an_address_of_another_site_is_not_kept(signed_in: Callable[[str], Client]) -> None:
    assert said(signed_in("lina"), page="javascript:alert(1)").page == ""
    assert said(signed_in("lina"), page="//elsewhere.cn/").page == ""


def test_nothing_is_closed_without_an_answer(person: Callable[[str], User], signed_in: Callable[[str], Client]) -> None:
    one = said(signed_in("lina"))

    with pytest.raises(ValidationError, match="先答复"):
        actions.close(one, by=person("zhengmin"))
    actions.answer(one, "好", by=person("zhengmin"))
    actions.close(one, by=person("zhengmin"))
    with pytest.raises(ValidationError, match="已经办结"):
        actions.answer(one, "再改", by=person("zhengmin"))


def test_others_neither_read_nor_answer_it(person: Callable[[str], User], signed_in: Callable[[str], Client]) -> None:
    one = said(signed_in("lina"))

    assert signed_in("wangqiang").get(f"/feedback/{one.pk}/").status_code == 404
    with pytest.raises(PermissionDenied):
        actions.answer(one, "好", by=person("wangqiang"))


@pytest.mark.holds("R14", "关于页写明备案编号、主办单位和版本")
def test_the_about_page_says_whose_it_is(settings: pytest.FixtureRequest) -> None:
    settings.SISIWU_FILING_NUMBER, settings.SISIWU_OWNER = "川政务应用0001号", "省公安厅机关党委"

    page = Client().get("/about/").content.decode()

    assert "川政务应用0001号" in page
    assert "省公安厅机关党委" in page
    assert __version__ in page
    assert "/feedback/new/" in page


def test_the_version_shown_is_the_version_of_the_package() -> None:
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


USE = re.compile(
    r"log_?in|sign_?in|last_|seen|online|visit|click|view|hit|read|open|duration|minutes|seconds|"
    r"latitude|longitude|location|position|gps|track|place|address|\bip\b|agent|device|count"
)
REVIEWED = {
    "audit.LogEntry.address": "the log of acts (GB/T 22239-2019); seen by auditors alone, never counted per person",
    "usersessions.UserSession.ip": "登录记录: open sessions, shown to their owner to end them; gone with the session",
    "usersessions.UserSession.user_agent": "as above",
    "usersessions.UserSession.last_seen_at": "as above; not moved by use (USERSESSIONS_TRACK_ACTIVITY is off)",
    "mfa.Authenticator.last_used_at": "the owner's second factor, shown to the owner",
    "positions.Holding.position": "职务, not a place",
    "organizations.Organization.place": "the usual meeting room, typed once",
    "documents.Clause.place": "order of clauses",
    "spot_checks.Check.place": "order in a draw",
    "assignments.Assignment.counts_from": "from which day a deed answers the task",
    "spot_checks.Draw.count": "how many are drawn",
    "meetings.Meeting.minutes": "会议纪要, a text",
}
TYPED = re.compile(r"^(meetings|articles|trainings|visits|service_hours|commendations)\.\w+\.place$")
"""Where something happened, as a person writes it (会议室, 村); never a position of a device."""


@pytest.mark.holds("R14", "没有按人的登录次数、在线时长、点击和位置（逐个字段核对）")
def test_no_field_keeps_how_somebody_uses_the_software() -> None:
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, Field) and not field.is_relation and USE.search(field.name)
    }

    assert {name for name in found if not TYPED.match(name)} == set(REVIEWED)
    assert User.last_login is None
