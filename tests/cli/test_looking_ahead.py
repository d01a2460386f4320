"""replay, fairness, advise, and schemes as texts: as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.commands import SCHEME, run


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("year") / "data"
    assert run("data", "generate", place).returncode == 0
    return place


def test_a_draft_is_replayed_on_the_same_facts(year: Path) -> None:
    out = year.parent / "moves.json"

    done = run("replay", SCHEME, "schemes/2019/organizations", year, "--top", "2", "--out", out)

    assert done.returncode == 0, done.stderr
    assert "等级的变化" in done.stdout
    assert "每缺1次党课（书记讲党课）（全年应1次）扣1分 → 每缺1次党课（书记讲党课）（全年应2次）扣1分" in done.stdout
    document = json.loads(out.read_text(encoding="utf-8"))
    for move in document["moves"]:
        assert move["after_centi"] - move["before_centi"] == sum(one["difference_centi"] for one in move["causes"])


def test_fairness_and_advice_are_told_in_plain_words(year: Path) -> None:
    assert "分不出高低" in run("scheme", "fairness", SCHEME, year).stdout
    told = run("advise", SCHEME, year, "第9党支部", "--as-of", "2018-09-30")
    late = run("advise", SCHEME, year, "第9党支部", "--as-of", "2018-12-31")

    assert "还可以做：" in told.stdout, told.stderr
    assert late.returncode == 2
    assert "不在考核期" in late.stderr


def test_a_scheme_is_printed_compared_begun_and_looked_up(tmp_path: Path) -> None:
    page = tmp_path / "办法.html"
    assert run("scheme", "show", SCHEME, "--out", page).returncode == 0
    assert "<script" not in page.read_text(encoding="utf-8")
    assert "计算的先后" in run("scheme", "show", SCHEME).stdout
    assert "两份办法在规则上没有不同" in run("scheme", "diff", SCHEME, SCHEME).stdout
    assert "封顶4分 → 封顶2分" in run("scheme", "diff", SCHEME, "schemes/2019/organizations").stdout
    assert "书记讲党课" in run("scheme", "facts", "党课").stdout

    mine = tmp_path / "mine"
    assert run("scheme", "new", mine, "--title", "窗口：考核").returncode == 0
    assert "《窗口：考核》没有错误" in run("scheme", "check", mine).stdout
    assert "通过 1 个" in run("scheme", "test", mine).stdout
    assert "已有内容" in run("scheme", "new", mine).stderr
