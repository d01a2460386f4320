"""Every address of the site × everybody of the cast: what is answered. New addresses have to be added here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from sisiwu.activities.articles.models import Article, Partner
from sisiwu.activities.assignments.models import Target
from sisiwu.activities.commendations.models import Commendation
from sisiwu.activities.meetings.models import Gathering, Meeting
from sisiwu.activities.service_hours.models import Service
from sisiwu.activities.spot_checks.models import Check, Draw
from sisiwu.activities.trainings.models import Training
from sisiwu.activities.visits.models import Visit
from sisiwu.demo.cast import CAST, COMMITTEE, NEIGHBOUR
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.documents.models import Document
from sisiwu.foundation.evidence.models import File
from sisiwu.foundation.feedback.models import Suggestion
from sisiwu.foundation.inbox.actions import ask
from sisiwu.ledger.models import Entry
from sisiwu.register.admissions.models import Admission
from sisiwu.register.detachments.models import Attachment
from sisiwu.register.intake.models import Upload
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import Organization
from sisiwu.register.transfers.models import Transfer

EVERYBODY = {one.username for one in CAST}
STAFF, OFFICERS = {"zhengmin", "hejing"}, {"xitong", "anquan", "shenji"}
LOOKING = EVERYBODY - OFFICERS
ROLL = STAFF | {"wangqiang", "chentao"}
"""Who lets members of the branch in and out."""
BRANCH = STAFF | {"wangqiang", "chentao", "yangzhigang", "sunzheng"}
"""Who looks at the branch's work."""
ENTERING = STAFF | {"wangqiang", "chentao", "zhoumin"}
KINDS = ("articles", "trainings", "visits", "service-hours", "commendations")
"""Kinds of activity besides meetings: all alike."""
OPEN = {
    "": EVERYBODY, "search/": EVERYBODY, "about/": EVERYBODY,
    "log/": {"sunzheng", "shenji"},
    "me/looks/": {"wangqiang", "chentao", "lina", "liuyang", "zhaojun"},
    "me/tokens/": EVERYBODY, "me/tokens/<int:pk>/revoke/": set(),
    "me/type/": set(), "demo/sign-in/": set(),
    "organizations/": LOOKING, "organizations/<int:pk>/": BRANCH | {"lina"},
    "organizations/<int:pk>/found/": STAFF, "members/enter/<int:pk>/": STAFF,
    "positions/<int:pk>/appoint/": STAFF, "positions/<int:pk>/elect/": STAFF, "positions/held/<int:pk>/relieve/": STAFF,
    "organizations/tree/": LOOKING, "organizations/regions/": LOOKING, "organizations/<int:pk>/merge/": STAFF,
    "positions/calendar/": LOOKING,
    "transfers/": ROLL | {"sunzheng"}, "transfers/new/": STAFF, "transfers/incoming/": STAFF,
    "transfers/<int:pk>/": ROLL | {"sunzheng"}, "transfers/<int:pk>/letter/": ROLL | {"sunzheng"},
    "transfers/<int:pk>/receive/": ROLL, "transfers/<int:pk>/refuse/": ROLL,
    "transfers/<int:pk>/withdraw/": STAFF, "transfers/<int:pk>/reissue/": STAFF,
    "admissions/": ROLL | {"sunzheng"}, "admissions/new/": ROLL, "admissions/<int:pk>/": ROLL | {"sunzheng"},
    "admissions/<int:pk>/do/<int:number>/": ROLL, "admissions/<int:pk>/extend/": ROLL, "admissions/<int:pk>/back/": ROLL,
    "admissions/<int:pk>/stop/": ROLL,
    "organizations/<int:pk>/change/": STAFF, "organizations/<int:pk>/dissolve/": STAFF,
    "detachments/<int:pk>/attach/": STAFF, "detachments/attached/<int:pk>/end/": STAFF,
    "members/": EVERYBODY, "members/<int:pk>/": (BRANCH | {"lina"}) - {"yangzhigang"},
    "intake/": STAFF, "intake/template/": STAFF, "intake/export/": STAFF,
    "intake/<int:pk>/": {"zhengmin"}, "intake/<int:pk>/marked/": {"zhengmin"},
    "meetings/": LOOKING, "meetings/new/": STAFF | {"wangqiang", "chentao", "zhoumin"},
    "meetings/draft/": set(), "meetings/feeds/": set(),
    "meetings/<int:pk>/": BRANCH | {"lina"}, "meetings/<int:pk>/mend/": STAFF | {"wangqiang", "chentao"},
    **{f"{room}/": LOOKING for room in KINDS}, **{f"{room}/new/": ENTERING for room in KINDS},
    **{f"{room}/draft/": set() for room in KINDS}, **{f"{room}/feeds/": ENTERING for room in KINDS},
    **{f"{room}/<int:pk>/": BRANCH | {"lina"} for room in KINDS},
    **{f"{room}/<int:pk>/mend/": STAFF | {"wangqiang", "chentao"} for room in KINDS},
    "evidence/<int:pk>/": BRANCH - {"yangzhigang"}, "evidence/<int:pk>/drop/": set(),
    "articles/<int:pk>/join/": ENTERING, "articles/partners/<int:pk>/": STAFF,
    "spot-checks/": LOOKING, "spot-checks/new/": STAFF, "spot-checks/<int:pk>/": LOOKING - {"zhoumin"},
    "spot-checks/<int:pk>/numbers/": LOOKING - {"zhoumin"}, "spot-checks/check/<int:pk>/": BRANCH | {"lina"},
    "inbox/reminding/": EVERYBODY, "inbox/asked/": STAFF, "inbox/<int:pk>/hasten/": STAFF,
    "feedback/": STAFF, "feedback/new/": EVERYBODY, "feedback/code/": EVERYBODY, "feedback/<int:pk>/": STAFF | {"lina"},
    "workdays/": EVERYBODY, "workdays/publish/": STAFF | {"xitong"},
    "documents/": LOOKING, "documents/<int:pk>/": LOOKING, "documents/sync/": set(), "burden/": LOOKING,
    "members/<int:pk>/link/": STAFF, "accounts/people/": {"xitong", "anquan"}, "accounts/people/open/": {"xitong"},
    "accounts/people/<int:pk>/": {"xitong", "anquan"}, "accounts/people/<int:pk>/change/": set(),
    "accounts/people/<int:pk>/give/": {"anquan"}, "accounts/people/grants/<int:pk>/take/": set(),
    "ledger/once/": LOOKING,
    "assignments/": LOOKING, "assignments/todo/": {"wangqiang", "chentao", "zhoumin"}, "assignments/new/": STAFF,
    "assignments/<int:pk>/": BRANCH | {"lina", "liuyang", "zhaojun"},
    "assignments/<int:pk>/extend/": STAFF, "assignments/<int:pk>/withdraw/": STAFF,
    "assignments/targets/<int:pk>/": BRANCH | {"lina"}, "assignments/targets/<int:pk>/answer/": STAFF | {"wangqiang", "chentao"},
    "assignments/targets/<int:pk>/excuse/": STAFF, "assignments/targets/<int:pk>/extend/": STAFF,
    "meetings/prepare/": STAFF | {"wangqiang", "chentao", "zhoumin"}, "meetings/sign/": EVERYBODY,
    "meetings/gatherings/<int:pk>/wall/": STAFF | {"wangqiang", "chentao"},
    "meetings/gatherings/<int:pk>/drop/": set(), "meetings/gatherings/<int:pk>/undo/": set(), "s/<int:pk>/<str:token>/": set(),
    "verify/": STAFF, "ledger/<int:pk>/": BRANCH | {"lina"}, "ledger/fact/<int:pk>/": set(), "ledger/fact/<int:pk>/reverse/": STAFF,
    "scores/": BRANCH | {"zhoumin"}, "scores/organizations/<int:pk>/": BRANCH,
    "scores/members/<int:pk>/": (BRANCH | {"lina"}) - {"yangzhigang"},
}  # fmt: skip
"""Whom a GET of each address answers with a page (200), for objects of the branch; all others get 403, 404 or 405."""


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for one in patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, here)
        else:
            yield here


def test_every_address_is_in_the_matrix() -> None:
    ours = {
        one
        for one in addresses(get_resolver().url_patterns)
        if not one.startswith(("accounts/", "api/")) or one.startswith("accounts/people/")
    }

    assert ours == set(OPEN)


def drawn(entry: Entry) -> Check:
    """A record of the branch, drawn by the committee's staff."""
    one = Draw.objects.create(
        organization=Organization.objects.get(name=COMMITTEE), first=entry.occurred_on, last=entry.occurred_on,
        seed_on=entry.occurred_on, phrase="瑞雪", count=1, population=1, drawn_at=timezone.now(),
        by=User.objects.get(username="zhengmin"),
    )  # fmt: skip
    return Check.objects.create(draw=one, entry=entry, place=1, digest="0" * 64)


@pytest.mark.parametrize("address", sorted(OPEN))
def test_each_of_the_cast_sees_what_the_role_allows(
    address: str, signed_in: Callable[[str], Client], branch: Organization
) -> None:
    meeting = Meeting.objects.filter(organization=branch).order_by("pk")[0]
    entry = Entry.objects.filter(source=meeting.source)[0]
    common = {"organization": branch, "title": "警心党建", "on": meeting.on}
    kinds = {
        "articles/": Article(medium="四川日报", level="provincial", **common),
        "trainings/": Training(hours_centi=800, **common), "visits/": Visit(place="文庙社区", **common),
        "service-hours/": Service(hours_centi=200, **common),
        "commendations/": Commendation(level="committee", granted_by="厅机关党委", **common),
    }  # fmt: skip
    for one in kinds.values():
        one.save()
    partner = Partner.objects.create(
        article=kinds["articles/"], organization=Organization.objects.get(name=NEIGHBOUR),
        asked_by=User.objects.get(username="wangqiang"),
    )  # fmt: skip
    file = File.objects.create(
        sha256="0" * 64, name="纪要.pdf", media_type="application/pdf", size_bytes=1, path=branch.path, key=uuid4(),
        source=meeting.source, by=User.objects.get(username="wangqiang"),
    )  # fmt: skip
    file.place.parent.mkdir(parents=True, exist_ok=True)
    file.place.write_bytes(b"%PDF-")
    gathering = Gathering.objects.create(organization=branch, on=timezone.localdate())
    target = Target.objects.get(organization=branch, assignment__category="poverty")
    check = drawn(entry)
    upload = Upload.objects.create(
        user=User.objects.get(username="zhengmin"),
        name="名册.csv",
        form=".csv",
        content="姓名,支部\n甲,乙".encode(),
        day=meeting.on,
    )
    known = {
        "spot-checks/": check.draw_id, "spot-checks/check/": check.pk, "documents/": Document.objects.order_by("pk")[0].pk,
        "feedback/": Suggestion.objects.get(by__username="lina").pk,
        "inbox/": ask("spot:show:0", Verb.ENTER, branch.path, "抽查", "/").pk,
        "intake/": upload.pk,
        **{start: one.pk for start, one in kinds.items()}, "evidence/": file.pk, "accounts/people/": User.objects.get(username="lina").pk, "articles/partners/": partner.pk, "meetings/gatherings/": gathering.pk, "s/": gathering.pk,
        "assignments/": target.assignment_id, "assignments/targets/": target.pk,
        "detachments/": branch.pk,
        "transfers/": Transfer.objects.get(name="高翔").pk, "admissions/": Admission.objects.get(member__name="程浩").pk,
        "detachments/attached/": Attachment.objects.order_by("pk")[0].pk,
        "organizations/": branch.pk, "positions/": branch.pk, "members/enter/": branch.pk,
        "positions/held/": branch.holdings.order_by("pk")[0].pk, "members/": Member.objects.get(name="李娜").pk, "meetings/": meeting.pk,
        "ledger/fact/": entry.facts.order_by("pk")[0].pk, "ledger/": entry.pk,
        "scores/organizations/": branch.pk, "scores/members/": Member.objects.get(name="李娜").pk,
    }  # fmt: skip
    number = next((pk for start, pk in sorted(known.items(), reverse=True) if address.startswith(start)), 0)
    path = "/" + address.replace("<int:pk>", str(number)).replace("<int:number>", "2")

    answered = {username for username in EVERYBODY if signed_in(username).get(path).status_code == 200}

    assert answered == OPEN[address]


PUBLIC = {"about/", "feedback/new/", "feedback/code/"}


@pytest.mark.parametrize("address", sorted(set(OPEN) - PUBLIC))
def test_a_stranger_is_asked_to_sign_in(address: str) -> None:
    answer = Client().get("/" + address.replace("<int:pk>", "1").replace("<int:number>", "2"))

    assert answer.status_code in (302, 405)
    if answer.status_code == 302:
        assert answer["Location"].startswith("/accounts/login/")


def test_a_neighbour_cannot_see_who_attended(signed_in: Callable[[str], Client], branch: Organization) -> None:
    meeting = Meeting.objects.filter(organization=branch)[0]

    assert signed_in("liuyang").get(f"/meetings/{meeting.pk}/").status_code == 404


def test_a_member_sees_own_attendance_only(signed_in: Callable[[str], Client], branch: Organization) -> None:
    meeting = Meeting.objects.filter(organization=branch).order_by("pk")[0]

    page = signed_in("lina").get(f"/meetings/{meeting.pk}/")

    assert {str(one.member) for one in page.context["present"]} == {"李娜"}


def test_the_one_click_sign_in_exists_in_the_demonstration_only(settings: pytest.FixtureRequest) -> None:
    settings.SISIWU_DEMO = False

    assert Client().post("/demo/sign-in/", {"username": "zhengmin"}).status_code == 404
    assert "演示账号" not in Client().get("/accounts/login/").content.decode()
