"""Trainings, visits, services and commendations: entered once, each brings its facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sisiwu.activities.service_hours.models import Service
from sisiwu.activities.trainings.models import Training
from sisiwu.activities.visits.models import Visit
from sisiwu.foundation.evidence.models import File
from sisiwu.ledger.models import Entry, Fact
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import Organization

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def typed(branch: Organization, today: date) -> Callable[..., dict[str, Any]]:
    """What is typed into a form of the branch, with those who are ticked by name."""

    def form(*ticked: str, **fields: Any) -> dict[str, Any]:
        ticks = {f"m{one.pk}": "on" for one in Member.objects.filter(branch=branch, name__in=ticked)}
        return {"organization": branch.pk, "on": today.isoformat(), "key": str(uuid4()), **fields, **ticks}

    return form


def facts(entry: Entry) -> list[tuple[str, str | None, int]]:
    return list(entry.facts.order_by("pk").values_list("kind", "level", "quantity_centi"))


def test_a_class_gives_coverage_to_the_branch_and_hours_to_everybody_who_took_part(
    signed_in: Callable[[str], Client], typed: Callable[..., dict[str, Any]], branch: Organization
) -> None:
    names = list(Member.objects.filter(branch=branch).values_list("name", flat=True))

    answer = signed_in("wangqiang").post(
        "/trainings/new/", typed(*names[:-1], title="学习条例", kind="central", hours_centi="4.5")
    )

    entry = Entry.objects.latest("pk")
    assert answer.status_code == 302
    assert facts(entry) == [("training.coverage", None, 700), *[("member.study_hours", None, 450)] * 7]
    assert entry.facts.get(kind="training.coverage").base_centi == 800


def test_a_class_without_anybody_is_refused_and_what_was_typed_stays(
    signed_in: Callable[[str], Client], typed: Callable[..., dict[str, Any]]
) -> None:
    answer = signed_in("wangqiang").post("/trainings/new/", typed(title="学习条例", kind="central", hours_centi="8"))

    assert answer.status_code == 422
    assert "还没有选参训人员" in answer.content.decode()
    assert 'value="学习条例"' in answer.content.decode()
    assert not Training.objects.filter(title="学习条例").exists()


@pytest.mark.parametrize(
    ("hours", "words"), [("八", "不是数字"), ("0.1", "大于或等于"), ("500", "小于或等于"), ("1.234", "不是数字")]
)
def test_hours_that_make_no_sense_are_refused_beside_their_field(
    signed_in: Callable[[str], Client], typed: Callable[..., dict[str, Any]], hours: str, words: str
) -> None:
    answer = signed_in("wangqiang").post(
        "/trainings/new/", typed("李娜", title="学习", kind="central", hours_centi=hours)
    )

    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors["hours_centi"])


def test_full_width_digits_are_understood(
    signed_in: Callable[[str], Client], typed: Callable[..., dict[str, Any]]
) -> None:
    signed_in("wangqiang").post("/trainings/new/", typed("李娜", title="学习", kind="central", hours_centi="７．５"))

    assert Training.objects.get(title="学习").hours_centi == 750


def test_committee_staff_enter_a_class_of_many_branches_by_names(
    signed_in: Callable[[str], Client], today: date
) -> None:
    committee = Organization.objects.get(name="厅机关党委")
    data = {
        "organization": committee.pk, "on": today.isoformat(), "key": str(uuid4()), "title": "党务干部培训班", "kind": "party_staff",
        "hours_centi": "24", "others": "李娜、刘洋\n王强",
    }  # fmt: skip

    signed_in("hejing").post("/trainings/new/", data)

    entry = Entry.objects.latest("pk")
    assert {fact.member.name for fact in entry.facts.select_related("member")} == {"李娜", "刘洋", "王强"}


def test_a_name_nobody_has_is_told(signed_in: Callable[[str], Client], typed: Callable[..., dict[str, Any]]) -> None:
    answer = signed_in("wangqiang").post(
        "/trainings/new/", typed(title="学习", kind="central", hours_centi="8", others="李娜 张三丰")
    )

    assert "名册里没有“张三丰”" in str(answer.context["form"].errors["others"])


def test_a_visit_is_a_fact_with_its_kind(
    signed_in: Callable[[str], Client], typed: Callable[..., dict[str, Any]]
) -> None:
    data = typed("王强", kind="talk", place="文庙社区", title="宣讲党的十九大精神")

    signed_in("wangqiang").post("/visits/new/", data)

    assert facts(Entry.objects.latest("pk")) == [("visit.made", "talk", 100)]
    assert [one.name for one in Visit.objects.latest("pk").visitors.all()] == ["王强"]


def test_a_service_gives_hours_to_those_who_took_part(
    signed_in: Callable[[str], Client], typed: Callable[..., dict[str, Any]]
) -> None:
    data = typed("李娜", "陈涛", title="防诈骗宣传", place="文庙社区", hours_centi="2")

    signed_in("wangqiang").post("/service-hours/new/", data)

    assert facts(Entry.objects.latest("pk")) == [("member.service_hours", None, 200)] * 2


def test_the_community_of_last_time_is_filled_in(
    signed_in: Callable[[str], Client], branch: Organization, today: date
) -> None:
    Service.objects.create(organization=branch, title="清扫", place="文庙社区", on=today, hours_centi=150)

    form = signed_in("wangqiang").get("/service-hours/new/").context["form"]

    assert (form["place"].value(), form["hours_centi"].value()) == ("文庙社区", "1.5")


def test_a_commendation_counts_by_level_and_the_same_one_is_not_taken_twice(
    signed_in: Callable[[str], Client], typed: Callable[..., dict[str, Any]]
) -> None:
    secretary, honour = (
        signed_in("wangqiang"),
        {
            "kind": "commendation.organization",
            "title": "党建工作先进",
            "level": "work_committee",
            "granted_by": "省直机关工委",
        },
    )

    secretary.post("/commendations/new/", typed(**honour))
    again = secretary.post("/commendations/new/", typed(**honour))

    assert facts(Entry.objects.latest("pk")) == [("commendation.organization", "work_committee", 100)]
    assert "这项表彰已经有了" in again.content.decode()


def test_merit_is_of_a_person(signed_in: Callable[[str], Client], typed: Callable[..., dict[str, Any]]) -> None:
    lina = Member.objects.get(name="李娜")
    honour = {"title": "三等功", "level": "third_merit", "granted_by": "公安厅", "kind": "member.commended"}
    secretary = signed_in("wangqiang")

    refused = secretary.post("/commendations/new/", typed(**honour | {"kind": "commendation.organization"}))
    secretary.post("/commendations/new/", typed(**honour, member=lina.pk))

    assert "级别与表彰对象不符" in refused.content.decode()
    assert Fact.objects.latest("pk").member == lina


def test_the_same_event_of_one_day_is_asked_about_before_it_is_taken_again(
    signed_in: Callable[[str], Client], typed: Callable[..., dict[str, Any]]
) -> None:
    secretary, data = signed_in("wangqiang"), {"title": "学习条例", "kind": "central", "hours_centi": "4"}
    secretary.post("/trainings/new/", typed("李娜", **data))

    asked = secretary.post("/trainings/new/", typed("李娜", **data))
    confirmed = secretary.post("/trainings/new/", typed("李娜", **data, another="on"))

    assert asked.status_code == 422
    assert "是同一次就不用再报" in asked.content.decode()
    assert confirmed.status_code == 302


def test_a_file_chosen_beside_a_mistake_is_not_lost(
    signed_in: Callable[[str], Client], typed: Callable[..., dict[str, Any]]
) -> None:
    secretary, data = signed_in("wangqiang"), typed("李娜", title="", kind="central", hours_centi="4")

    refused = secretary.post("/trainings/new/", {**data, "files": [SimpleUploadedFile("纪要.pdf", PDF)]})
    secretary.post("/trainings/new/", {**data, "title": "学习条例"})

    assert "纪要.pdf" in refused.content.decode()
    assert File.objects.get(name="纪要.pdf").source == Training.objects.get(title="学习条例").source


def test_a_file_that_cannot_be_taken_is_told_and_nothing_is_entered(
    signed_in: Callable[[str], Client], typed: Callable[..., dict[str, Any]]
) -> None:
    data = typed(
        "李娜", title="学习条例", kind="central", hours_centi="4", files=[SimpleUploadedFile("程序.pdf", b"MZ" * 99)]
    )

    answer = signed_in("wangqiang").post("/trainings/new/", data)

    assert answer.status_code == 422
    assert "不是可以收的文件" in answer.content.decode()
    assert not Training.objects.filter(title="学习条例").exists()


def test_what_is_late_is_marked_and_never_refused(
    signed_in: Callable[[str], Client], typed: Callable[..., dict[str, Any]], today: date
) -> None:
    data = typed("李娜", title="学习条例", kind="central", hours_centi="4", on=(today - timedelta(days=40)).isoformat())
    secretary = signed_in("wangqiang")

    asked = secretary.post("/trainings/new/", data)
    secretary.post("/trainings/new/", {**data, "late_because": "集中执行任务"})

    assert "补录不影响得分" in asked.content.decode()
    assert (Entry.objects.latest("pk").is_late, Entry.objects.latest("pk").late_because) == (True, "集中执行任务")


@pytest.mark.parametrize("room", ["meetings", "articles", "trainings", "visits", "service-hours", "commendations"])
def test_a_half_typed_form_survives(signed_in: Callable[[str], Client], branch: Organization, room: str) -> None:
    secretary = signed_in("wangqiang")

    secretary.post(f"/{room}/draft/", {"organization": branch.pk, "title": "写到一半"})

    assert 'value="写到一半"' in secretary.get(f"/{room}/new/").content.decode()


@pytest.mark.parametrize("room", ["meetings", "articles", "trainings", "visits", "service-hours", "commendations"])
def test_no_form_demands_a_file(signed_in: Callable[[str], Client], room: str) -> None:
    page = signed_in("wangqiang").get(f"/{room}/new/").content.decode()

    assert '<input class="form-control" type="file" id="id_files" name="files" multiple' in page
    assert "可以不附" in page


def test_a_record_changed_meanwhile_is_shown_beside_what_was_typed(
    signed_in: Callable[[str], Client], typed: Callable[..., dict[str, Any]], person: Callable[[str], Any]
) -> None:
    from sisiwu.ledger.actions import decide

    secretary = signed_in("wangqiang")
    secretary.post("/visits/new/", typed(kind="talk", place="文庙社区", title="宣讲"))
    decide(Entry.objects.latest("pk"), accepted=False, reason="请补一句", by=person("zhengmin"))
    one = Visit.objects.latest("pk")
    Visit.objects.filter(pk=one.pk).update(version=2, title="宣讲（副书记改的）")

    answer = secretary.post(
        f"/visits/{one.pk}/mend/", typed(kind="talk", place="文庙社区", title="宣讲（我改的）", version=1)
    )

    assert answer.status_code == 422
    assert "宣讲（副书记改的）" in answer.content.decode()
    assert "宣讲（我改的）" in answer.content.decode()
