"""What the software may ask of people, and what it costs them (R1-R10, R16; rulebook.md, section 6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django import forms
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.web.test_entering_a_meeting import form as meeting_form

from sisiwu.activities.entries.forms import EntryForm
from sisiwu.activities.entries.pages import Pages
from sisiwu.engine.checks import check_folder
from sisiwu.faces.web.burden import last_month
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.ui.burden import (
    BUDGET_SECONDS,
    BURDENS,
    DEADLINES,
    Burden,
    burden_of,
    minutes_text,
    routine_seconds,
    said_before_issuing,
)  # fmt: skip
from sisiwu.ledger import actions as ledger
from sisiwu.ledger.actions import Draft, Entry
from sisiwu.ledger.dictionary import dictionary
from sisiwu.register.detachments.queries import roll_call
from sisiwu.register.members.actions import enter as enter_member
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import Organization
from sisiwu.scoring.queries import told

INPUTS_MAX = 12
MEMBERS = 30


def patterns(below: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for one in below:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns)
        else:
            yield one


def kinds() -> list[type[Pages[Any, Any]]]:
    """Every kind of activity that is entered."""
    get_resolver().url_patterns  # noqa: B018 - loads every room
    return [one for one in Pages.__subclasses__() if one.__module__.startswith("sisiwu.")]


def entry_forms() -> list[type[EntryForm]]:
    return [one.form for one in kinds()]


def our_forms(base: type = forms.BaseForm) -> set[type[forms.BaseForm]]:
    get_resolver().url_patterns  # noqa: B018
    found = {one for one in base.__subclasses__() if one.__module__.startswith("sisiwu.")}
    for one in base.__subclasses__():
        found |= our_forms(one)
    return found


def our_models() -> list[type[models.Model]]:
    return [one for one in apps.get_models() if one.__module__.startswith("sisiwu.")]


@pytest.mark.holds("R1", "一次会议录一遍，用到清单、积分三处以上，没有第二张表")
def test_one_meeting_feeds_three_consumers_with_one_entry(
    signed_in: Callable[[str], Client], branch: Organization
) -> None:
    before = Entry.objects.count()

    answer = signed_in("wangqiang").post("/meetings/new/", meeting_form(branch), follow=True)

    assert Entry.objects.count() == before + 1
    assert len({(feed.scheme, feed.list, feed.item) for feed in answer.context["feeds"]}) >= 3


@pytest.mark.holds("R2", "没有一种录入会写出软件使用或照片一类的事实")
def test_no_form_writes_a_fact_about_the_use_of_software() -> None:
    natures = {dictionary().kind(fact).nature for fact in written()}  # type: ignore[union-attr]

    assert natures
    assert not natures & {"app_use", "photo"}


@pytest.mark.holds("R2", "现行办法通过检查，没有一条引用软件使用行为")
@pytest.mark.parametrize("name", ["2018/organizations", "2018/members"])
def test_the_schemes_in_force_count_no_software_use(name: str, settings: Any) -> None:
    complaints = [str(one) for one in check_folder(settings.SISIWU_SCHEMES / name)]

    assert not [words for words in complaints if "软件使用" in words or "在线" in words]


@pytest.mark.holds("R3", "全部网址里没有打卡签到、在线时长、个人排名")
def test_no_address_is_for_checking_in_or_ranking_people() -> None:
    addresses = " ".join(str(one.pattern) for one in patterns(get_resolver().url_patterns))

    assert not re.search(r"check.?in|clock.?in|online|ranking|leaderboard|location|position_of|track", addresses)


@pytest.mark.holds("R3", "党员之间没有名次：名册和个人得分页不显示名次")
def test_members_are_not_ranked(signed_in: Callable[[str], Client]) -> None:
    lina = Member.objects.get(name="李娜")

    for username in ("zhengmin", "wangqiang", "lina"):
        page = signed_in(username).get(f"/scores/members/{lina.pk}/").content.decode()
        assert "名次" not in page
    assert "名次" not in signed_in("zhengmin").get("/members/").content.decode()


@pytest.mark.holds("R4", "没有一个必填的附件、照片（逐个表和表单核对）")
def test_no_model_and_no_form_requires_a_file_or_a_picture() -> None:
    required = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField) and not field.blank
    ]
    asked = [
        f"{form.__name__}.{name}"
        for form in our_forms()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.FileField) and field.required
    ]

    assert required == []
    assert [one for one in asked if one not in IMPORTS] == []


IMPORTS = {"UploadForm.file"}
"""Forms whose whole purpose is a file that somebody wants to bring in (a workbook)."""


@pytest.mark.holds("R4", "没有一处要求带一件材料才能提交")
@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.room)
def test_every_kind_of_activity_is_entered_without_a_file(
    kind: type[Pages[Any, Any]], signed_in: Callable[[str], Client]
) -> None:
    page = signed_in("wangqiang").get(reverse(f"{kind.room}:new")).content.decode()

    for upload in re.findall(r"<input[^>]*type=\"file\"[^>]*>", page):
        assert "required" not in upload
        assert "capture" not in upload


@pytest.mark.holds("R4", "从不询问位置：页面脚本里没有定位")
def test_nothing_asks_where_somebody_is(settings: Any) -> None:
    source = settings.ROOT / "src" / "sisiwu"
    texts = [*source.rglob("static/**/*.js"), *source.rglob("templates/**/*.html")]

    assert len(texts) > 20
    assert not [one.name for one in texts if "geolocation" in one.read_text(encoding="utf-8")]


@pytest.mark.holds("R5", "迟填不扣分：晚两个月录入，得分相同")
def test_the_same_deed_entered_late_is_worth_the_same(
    branch: Organization, person: Callable[[str], User], today: date
) -> None:
    day = max(date(today.year, 1, 1), today - timedelta(days=60))

    def entered(*, late: bool) -> int:
        entry = ledger.record(
            key=uuid4(), source=f"x:{late}", title="表彰", url="/", organization=branch, on=day, is_late=late,
            late_because="出差" if late else "", by=None, awaits=False,
            facts=[Draft("commendation.organization", branch, level="work_committee", matter=f"m{late}")],
        )  # fmt: skip
        told_now = told("organizations", branch)
        assert told_now is not None
        for fact in entry.facts.all():
            ledger.reverse(fact, why="试", by=person("hejing"), on=today)
        return told_now.result.total_centi

    assert entered(late=False) == entered(late=True)


@pytest.mark.holds("R5", "没有任何填报期限；有了要写明法律依据并列在填报负担页")
def test_there_is_no_administrative_deadline_and_the_page_says_so(signed_in: Callable[[str], Client]) -> None:
    assert DEADLINES == ()
    assert "目前没有任何填报期限" in signed_in("wangqiang").get("/burden/").content.decode()


@pytest.mark.holds("R6", "每张录入表写明由谁要求、依据、频次、用时")
@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.room)
def test_every_entry_form_says_who_asks_why_how_often_and_how_long(
    kind: type[Pages[Any, Any]], signed_in: Callable[[str], Client]
) -> None:
    one = burden_of(kind.model._meta.label_lower)

    page = signed_in("wangqiang").get(reverse(f"{kind.room}:new")).content.decode()

    for words in (one.asked_by, one.basis, one.how_often, f"约 {one.minutes}"):
        assert words
        assert words in page


@pytest.mark.holds("R6", "发布的关口：30人的支部每月固定填报不超过30分钟")
def test_a_month_of_routine_stays_within_thirty_minutes() -> None:
    assert 0 < routine_seconds() <= BUDGET_SECONDS


def test_every_form_is_registered_once() -> None:
    names = [one.form for one in BURDENS]

    assert len(names) == len(set(names))


def test_whoever_wants_one_more_form_is_warned_when_the_month_gets_too_long(
    signed_in: Callable[[str], Client],
) -> None:
    assert "超过" not in said_before_issuing(12, 60)
    assert "超过" in said_before_issuing(200, 300)
    assert "超过" in signed_in("zhengmin").get("/burden/?times=200&minutes=5").content.decode()


def test_minutes_are_said_with_one_decimal() -> None:
    assert [minutes_text(seconds) for seconds in (30, 60, 90, 235, 1800)] == [
        "0.5 分钟", "1 分钟", "1.5 分钟", "3.9 分钟", "30 分钟",
    ]  # fmt: skip
    assert Burden("x", "", "", "", "", 12, 60, "").monthly_seconds == 60


def test_the_month_that_was_entered_is_told_as_the_median_of_all_branches(today: date) -> None:
    first = (today.replace(day=1) - timedelta(days=1)).replace(day=1)

    month = last_month(today)

    assert month.first == first
    assert month.branches > 2
    assert 0 < month.median_seconds <= month.largest_seconds


def test_the_page_shows_every_article_with_its_tests(signed_in: Callable[[str], Client]) -> None:
    page = signed_in("wangqiang").get("/burden/")

    assert len(page.context["articles"]) >= 10
    assert all(held for _, held in page.context["articles"])


@pytest.fixture
def thirty(branch: Organization, today: date) -> Organization:
    """The branch with thirty members."""
    for number in range(MEMBERS - roll_call(branch, today).count()):
        enter_member(
            code=f"X{number}", name=f"张伟{number}", branch=branch, since=branch.founded_on, by=None,
            joined_on=branch.founded_on,
        )  # fmt: skip
    return branch


@pytest.mark.holds("R7", "30人的支部大会：人员、组织、地点、日期都已填好，只写主题；缺席三人也不超过12次输入")
def test_an_assembly_of_thirty_takes_twelve_inputs_at_most(
    thirty: Organization, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("wangqiang")
    form = client.get("/meetings/new/").context["form"]
    prefilled = {name: form[name].value() for name in ("organization", "on", "place", "key")}
    present = [member.pk for member, there, _ in form.roll if there]
    absent = present[:3]
    inputs = 0
    typed: dict[str, Any] = {**prefilled, **{f"m{pk}": "on" for pk in present}}
    typed |= {"kind": "meeting.member_assembly", "title": "季度工作通报"}
    inputs += 2
    for pk in absent:
        del typed[f"m{pk}"]
        typed[f"w{pk}"] = "sick"
        inputs += 2
    answer = client.post("/meetings/new/", typed)

    assert len(present) == MEMBERS
    assert all(prefilled.values())
    assert answer.status_code == 302
    assert inputs + 1 <= INPUTS_MAX


@pytest.mark.holds("R7", "每种录入表要手写的必填项不超过三个")
@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.room)
def test_a_form_asks_three_typed_things_at_most(
    kind: type[Pages[Any, Any]], signed_in: Callable[[str], Client]
) -> None:
    form = signed_in("wangqiang").get(reverse(f"{kind.room}:new")).context["form"]

    typed = [
        name
        for name, field in form.fields.items()
        if field.required and form[name].value() in (None, "") and not isinstance(field, forms.ChoiceField)
    ]

    assert len(typed) <= 3, typed


@pytest.mark.holds("R8", "没有一项名册里已有的内容要再填：逐个表单核对，重复为零")
@pytest.mark.parametrize("form", entry_forms(), ids=lambda form: form.__name__)
def test_no_entry_form_asks_what_the_register_holds(form: type[EntryForm]) -> None:
    """A person or an organization is chosen from the register, never typed."""
    held = {
        str(field.verbose_name)
        for model in our_models()
        if model.__module__.startswith("sisiwu.register.")
        for field in model._meta.local_fields
        if isinstance(field, models.CharField) and field.editable
    } | {"姓名", "党支部", "书记", "人数", "应到", "实到"}
    typed = {
        str(field.label)
        for field in form.base_fields.values()
        if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.HiddenInput)
    }

    assert typed & (held - {"说明", "依据", "事由", "备注"}) == set()


@pytest.mark.holds("R8", "两张录入表写的不是同一件事：每种事实只由一种表写出")
def test_no_kind_of_organization_fact_is_written_by_two_forms() -> None:
    assert {fact: rooms for fact, rooms in written().items() if len(rooms) > 1} == {}


def written() -> dict[str, set[str]]:
    """Every kind of fact of an organization, and the rooms that write it."""
    writers: dict[str, set[str]] = {}
    for kind in kinds():
        choices = dict(kind.model._meta.get_field("kind").choices or ()) if _has_kind(kind) else {"": ""}
        for choice in choices:
            for fact in kind().kinds(str(choice)):
                known = dictionary().kind(fact)
                if known is not None and known.subject == "organization":
                    writers.setdefault(fact, set()).add(kind.room)
    return writers


def _has_kind(kind: type[Pages[Any, Any]]) -> bool:
    return any(field.name == "kind" for field in kind.model._meta.get_fields())


@pytest.mark.holds("R10", "每种录入表写到一半都有草稿，关掉再开还在")
@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.room)
def test_what_is_half_typed_is_there_again(kind: type[Pages[Any, Any]], signed_in: Callable[[str], Client]) -> None:
    client = signed_in("wangqiang")
    form = client.get(reverse(f"{kind.room}:new")).context["form"]
    client.post(reverse(f"{kind.room}:draft"), {"organization": form.branch.pk, "title": "写到一半", "on": "13月40日"})

    page = client.get(reverse(f"{kind.room}:new")).content.decode()

    assert f'data-draft="{reverse(f"{kind.room}:draft")}"' in page
    assert "写到一半" in page
    assert "13月40日" in page


@pytest.mark.holds("R16", "积分不兑换任何东西：没有兑换的网址和数据")
def test_points_are_exchanged_for_nothing() -> None:
    addresses = " ".join(str(one.pattern) for one in patterns(get_resolver().url_patterns))
    tables = " ".join(one._meta.label_lower for one in our_models())

    assert not re.search(r"exchange|redeem|shop|goods|gift|prize|coupon", f"{addresses} {tables}")


@pytest.mark.holds("R16", "党员只看自己的积分，书记只看本支部的")
def test_points_of_a_member_are_seen_by_the_member_and_the_branch(signed_in: Callable[[str], Client]) -> None:
    lina, liuyang = Member.objects.get(name="李娜"), Member.objects.get(name="刘洋")

    def seen(username: str, one: Member) -> int:
        return signed_in(username).get(f"/scores/members/{one.pk}/").status_code

    assert [seen("lina", lina), seen("wangqiang", lina)] == [200, 200]
    assert [seen("lina", liuyang), seen("wangqiang", liuyang), seen("liuyang", lina)] == [404, 404, 404]
