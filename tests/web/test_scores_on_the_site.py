"""The site's scores are the engine's: the export scored by the command line gives the same numbers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from sisiwu.activities.meetings.models import Kind
from sisiwu.foundation.accounts.models import User
from sisiwu.ledger.actions import Entry, decide
from sisiwu.register.members.models import PARTY, Member
from sisiwu.register.organizations.models import Organization
from sisiwu.scoring.datafolder.writing import write
from sisiwu.scoring.in_force import period_of, scheme
from sisiwu.scoring.live import dataset
from sisiwu.scoring.queries import standings, told

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.holds("R8", "上报的数据由台账里的事实导出，不用填")
def test_the_exported_facts_score_alike_on_the_command_line(tmp_path: Path) -> None:
    on = timezone.localdate()
    one, period = scheme("organizations"), period_of("organizations", on)
    write(tmp_path / "data", dataset(one, period, on), one.catalogue)
    out = tmp_path / "results.json"

    done = subprocess.run(
        [sys.executable, "-m", "sisiwu", "score", "schemes/2018/organizations", tmp_path / "data",
         "--period", period.label, "--as-of", str(on), "--out", out],
        cwd=ROOT, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"},
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    told_there = {row["id"]: row["total_centi"] for row in json.loads(out.read_text(encoding="utf-8"))["subjects"]}
    codes = dict(Organization.objects.values_list("pk", "code"))
    assert told_there == {codes[pk]: score.total_centi for pk, score in standings().items()}


def test_a_branch_alone_has_the_points_of_the_standings(branch: Organization) -> None:
    alone = told("organizations", branch)

    assert alone is not None
    assert alone.result.total_centi == standings()[branch.pk].total_centi


def test_every_member_alone_has_the_points_of_the_standings(branch: Organization, neighbour: Organization) -> None:
    whole = standings("members")

    for member in Member.objects.filter(branch__in=[branch, neighbour], status__in=PARTY):
        alone = told("members", member)
        assert alone is not None
        assert alone.result.total_centi == whole[member.pk].total_centi, member.name


def test_every_score_opens_to_its_facts_and_clauses(
    signed_in: Callable[[str], Client],
    person: Callable[[str], User],
    branch: Organization,
    entered: Callable[..., Entry],
) -> None:
    decide(entered(Kind.PARTY_DAY), accepted=True, by=person("hejing"))

    page = signed_in("wangqiang").get(f"/scores/organizations/{branch.pk}/").content.decode()

    assert "主题党日" in page
    number = re.findall(r"/ledger/fact/(\d+)/", page)[0]
    assert signed_in("wangqiang").get(f"/ledger/fact/{number}/", follow=True).status_code == 200
    assert signed_in("liuyang").get(f"/ledger/fact/{number}/").status_code == 404
    assert "《" in page or "条" in page


@pytest.mark.holds("R3", "支部看得到自己的分，看不到名次")
def test_a_branch_sees_its_points_and_no_place(signed_in: Callable[[str], Client], branch: Organization) -> None:
    own = signed_in("wangqiang").get("/scores/").content.decode()
    office = signed_in("zhengmin").get("/scores/").content.decode()

    assert "名次" not in own
    assert "名次" in office


def test_nobody_is_graded_before_the_year_is_over(signed_in: Callable[[str], Client], branch: Organization) -> None:
    page = signed_in("zhengmin").get(f"/scores/organizations/{branch.pk}/").content.decode()

    assert "考核期还没有结束" in page
    assert "约谈书记" not in page
