"""Objects of one branch that operations of the API are tried on, and what is sent to each operation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from sisiwu.activities.articles.models import Article, Partner
from sisiwu.activities.assignments.models import Target
from sisiwu.activities.commendations.models import Commendation
from sisiwu.activities.entries.models import Activity
from sisiwu.activities.meetings.models import Gathering, Meeting
from sisiwu.activities.service_hours.models import Service
from sisiwu.activities.spot_checks.models import Check, Draw
from sisiwu.activities.trainings.models import Training
from sisiwu.activities.visits.models import Visit
from sisiwu.demo.cast import TEMPORARY
from sisiwu.foundation.accounts.models import Grant, User
from sisiwu.foundation.accounts.roles import Role, Verb
from sisiwu.foundation.documents.models import Document
from sisiwu.foundation.evidence.models import File
from sisiwu.foundation.feedback.models import Suggestion
from sisiwu.foundation.inbox.actions import ask
from sisiwu.ledger.models import Entry
from sisiwu.register.admissions.actions import apply
from sisiwu.register.detachments.models import Attachment
from sisiwu.register.intake.actions import leave_out
from sisiwu.register.intake.models import Upload
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import Organization
from sisiwu.register.transfers.models import Transfer, Type, Way

UPLOADS = {"intake_receive", "evidence_upload"}
"""Operations that take a form with files."""


@dataclass
class World:
    """Objects of one branch that operations are tried on."""

    branch: Organization
    member: Member
    meeting: Meeting
    others: dict[str, int]
    """The number of one activity of each kind besides meetings, and of one object of each further room."""
    special: dict[str, int]
    """Of operations that are about another object than their room's."""
    entry: Entry
    today: date

    def path(self, operation: str, template: str) -> str:
        known = {
            "organizations": self.branch.pk, "members": self.member.pk, "meetings": self.meeting.pk,
            **self.others, **self.special, "ledger": self.entry.pk, "verification": self.entry.pk,
            "positions": self.branch.holdings.order_by("pk")[0].pk, "detachments": Attachment.objects.order_by("pk")[0].pk,
        }  # fmt: skip
        names = (operation, operation.rpartition("_")[0], operation.partition("_")[0])
        number = next((known[name] for name in names if name in known), 0)
        if operation in ("ledger_fact", "ledger_reverse"):
            number = self.entry.facts.filter(organization__isnull=False)[0].pk
        if operation == "scores_organization":
            number = self.branch.pk
        if operation == "scores_member":
            number = self.member.pk
        return template.replace("{pk}", str(number)).replace("{year}", "2026").replace("{number}", "2")

    def body(self, operation: str) -> dict[str, Any]:
        on = str(self.today)
        meeting = {"organization": self.branch.pk, "kind": "meeting.heart_talk", "title": "谈心", "on": on}
        common = {"organization": self.branch.pk, "title": "一件事", "on": on}
        others = {
            "articles": {**common, "medium": "法治日报", "level": "national"},
            "trainings": {**common, "kind": "central", "hours_centi": 800},
            "visits": {**common, "kind": "research", "place": "文庙社区"},
            "service_hours": {**common, "place": "文庙社区", "hours_centi": 200, "members": [self.member.pk]},
            "commendations": {**common, "kind": "commendation.organization", "level": "committee", "granted_by": "厅机关党委"},
        }  # fmt: skip
        another = Entry.objects.filter(organization=self.branch).exclude(pk=self.entry.pk)[0]
        temporary = Organization.objects.get(name=TEMPORARY)
        return {
            "organizations_found": {"parent": self.branch.pk, "name": "党小组", "code": "X1", "kind": 641, "on": on},
            "organizations_change": {"on": on, "why": "批复", "name": "改名"},
            "organizations_dissolve": {"on": on, "why": "批复"},
            "organizations_merge": {"into": temporary.pk, "on": on, "why": "批复"},
            "members_enter": {"branch": self.branch.pk, "name": "张三", "code": "X1", "since": on},
            "members_move": {"branch": temporary.pk, "on": on, "why": "调动"},
            "positions_appoint": {"organization": self.branch.pk, "member": self.member.pk, "position": 7, "since": on},
            "positions_relieve": {"on": on},
            "positions_elect": {"organization": self.branch.pk, "on": on},
            "detachments_attach": {"organization": temporary.pk, "member": self.member.pk, "since": on},
            "detachments_release": {"on": on},
            "meetings_enter": meeting, "meetings_mend": {**meeting, "version": 1},
            **{f"{room}_enter": body for room, body in others.items()},
            **{f"{room}_mend": {**body, "version": 1} for room, body in others.items()},
            "verification_merge": {"into": another.pk},
            "ledger_reverse": {"why": "重复"},
            "verification_decide": {"accepted": True},
            "verification_decide_many": {"accepted": True, "entries": [self.entry.pk]},
            **self.further(temporary, on),
        }[operation]  # fmt: skip

    def further(self, elsewhere: Organization, on: str) -> dict[str, dict[str, Any]]:
        """What is sent to the rooms that came later."""
        why, asked = {"why": "批复"}, {"kinds": ["meeting.party_day"], "counts_from": on, "picked": [self.branch.pk]}
        month = {"first": "2026-01-01", "last": "2026-01-02"}
        day = str(self.today + timedelta(days=30))
        file = SimpleUploadedFile("名册.csv", "姓名,党支部\n甲,乙".encode())
        return {
            "members_link": {"username": "lina"},
            "transfers_issue": {"member": self.member.pk, "outside": "成都市公安局党委", "issued_on": on},
            "transfers_expect": {
                "name": "单雄信", "code": "M9", "status": 1, "joined_on": "2015-07-01", "to": self.branch.pk,
                "outside": "成都市公安局党委", "number": "8号", "issued_on": on,
            },
            "transfers_receive": {"on": on}, "transfers_refuse": why, "transfers_withdraw": why,
            "transfers_reissue": {"issued_on": on, "number": "9号"},
            "admissions_apply": {"branch": self.branch.pk, "name": "周舟", "code": "M9", "on": on, "who": "王强"},
            "admissions_do": {"on": on, "who": "王强"}, "admissions_extend": {"months": 6, "on": on, **why},
            "admissions_take_back": why, "admissions_stop": {"on": on, **why},
            "intake_receive": {"file": file}, "intake_skip": {"all_wrong": True}, "intake_write": {}, "intake_drop": {},
            "assignments_preview": asked,
            "assignments_issue": {**asked, "title": "学习", "asked": "学一次", "basis": "文件", "due_on": day},
            "assignments_extend": {"until": day, **why}, "assignments_withdraw": why,
            "assignments_excuse": why, "assignments_extend_one": {"until": day, **why},
            "spot_checks_draw": {**month, "seed_on": on, "phrase": "瑞雪", "count": 1},
            "spot_checks_show": {"shown": "记录本第12页"}, "spot_checks_find": {"conforms": True},
            "articles_join": {"organization": self.branch.pk}, "articles_decide_partner": {"accepted": False},
            "meetings_prepare": {"organization": self.branch.pk}, "meetings_drop": {},
            "evidence_upload": {"organization": self.branch.pk, "entry_key": str(uuid4()), "files": [file]},
            "evidence_drop": {}, "inbox_hasten": {}, "inbox_prefer": {"channel": ""},
            "feedback_suggest": {"category": "other", "text": "少填一项"}, "feedback_answer": {"answer": "好"},
            "feedback_close": {}, "documents_sync": {},
            "workdays_publish": {"source": "通知", "text": "2026-02-16至2026-02-23 休 春节"},
            "accounts_open": {"name": "周舟", "username": "zhouzhou"}, "accounts_reset": {}, "accounts_close": {},
            "accounts_reopen": {}, "accounts_give": {"role": "leader", "since": on}, "accounts_take": {},
        }  # fmt: skip


def world_of(branch: Organization, today: date) -> World:
    meeting = Meeting.objects.filter(organization=branch).order_by("pk")[0]
    common = {"organization": branch, "title": "警心党建", "on": meeting.on}
    others: dict[str, Activity] = {
        "articles": Article(medium="四川日报", level="provincial", **common),
        "trainings": Training(hours_centi=800, **common), "visits": Visit(place="文庙社区", **common),
        "service_hours": Service(hours_centi=200, **common),
        "commendations": Commendation(level="committee", granted_by="厅机关党委", **common),
    }  # fmt: skip
    for one in others.values():
        one.save()
    entry = Entry.objects.filter(source=meeting.source)[0]
    name = {"刑侦总队第一党支部": "李娜", "刑侦总队第二党支部": "刘洋"}[branch.name]
    numbers = {room: one.pk for room, one in others.items()}
    member, staff = Member.objects.get(name=name), User.objects.get(username="zhengmin")
    further, special = later_rooms(branch, staff, meeting, entry, numbers["articles"])
    return World(branch, member, meeting, {**numbers, **further}, special, entry, today)


def later_rooms(
    branch: Organization, staff: User, meeting: Meeting, entry: Entry, article: int
) -> tuple[dict[str, int], dict[str, int]]:
    """One object of the branch in each further room, and those of operations that are about another one."""
    on, lina = meeting.on, User.objects.get(username="lina")
    transfer = Transfer.objects.create(
        way=Way.IN, type=Type.OUTSIDE, name="单雄信", code=f"T{branch.pk}", status=1, target=branch, outside="成都市公安局",
        why="调动", number=f"{branch.pk}号", issued_on=on, valid_until=on + timedelta(days=60),
    )  # fmt: skip
    admission = apply(branch=branch, name="周舟", code=f"A{branch.pk}", on=on, who="王强", by=staff)
    upload = Upload.objects.create(
        user=staff, name="名册.csv", form=".csv", content="姓名,党支部\n甲,乙".encode(), day=on, report={}
    )
    leave_out(upload, [], by=staff)
    target = Target.objects.filter(organization=branch).order_by("pk")[0]
    draw = Draw.objects.create(
        organization=branch.parent, first=on, last=on, seed_on=on, phrase="瑞雪", count=1, population=1,
        drawn_at=timezone.now(), by=staff,
    )  # fmt: skip
    check = Check.objects.create(draw=draw, entry=entry, place=1, digest="0" * 64)
    elsewhere = Organization.objects.get(name=TEMPORARY)
    partner = Partner.objects.create(article_id=article, organization=elsewhere, asked_by=staff)
    gathering = Gathering.objects.create(organization=branch, on=timezone.localdate())
    file = File.objects.create(
        sha256="0" * 64, name="纪要.pdf", media_type="application/pdf", size_bytes=1, path=branch.path, key=uuid4(),
        source=meeting.source, by=staff,
    )  # fmt: skip
    file.place.parent.mkdir(parents=True, exist_ok=True)
    file.place.write_bytes(b"%PDF-")
    given = Grant.objects.create(
        user=lina, role=Role.LEADER, path=branch.path, since=timezone.localdate() + timedelta(days=1)
    )
    rooms = {
        "transfers": transfer.pk, "admissions": admission.pk, "intake": upload.pk, "assignments": target.assignment_id,
        "spot_checks": draw.pk, "evidence": file.pk, "documents": Document.objects.order_by("pk")[0].pk,
        "feedback": Suggestion.objects.get(by=lina).pk, "accounts": lina.pk,
        "inbox": ask(f"spot:show:{branch.pk}", Verb.ENTER, branch.path, "抽查", "/").pk,
    }  # fmt: skip
    special = {
        **dict.fromkeys(("assignments_target", "assignments_excuse", "assignments_extend_one"), target.pk),
        **dict.fromkeys(("spot_checks_check", "spot_checks_show", "spot_checks_find"), check.pk),
        **dict.fromkeys(("meetings_gathering", "meetings_drop"), gathering.pk),
        "articles_decide_partner": partner.pk, "accounts_take": given.pk,
    }  # fmt: skip
    return rooms, special
