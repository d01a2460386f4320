"""The commands, run as a user runs them."""

from __future__ import annotations

from pathlib import Path

from tests.cli.commands import ROOT, run


def test_the_demo_ranks_the_units_with_grades_and_a_bar_per_list(tmp_path: Path) -> None:
    done = run("sample", "--top", "3", "--out", tmp_path)

    assert done.returncode == 0, done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"结果.xlsx", "结果.html", "数据"}
    page = (tmp_path / "结果.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    for word in ("名次", "基本清单", "鼓励清单", "考核清单", "█", "101 个党组织"):
        assert word in done.stdout


def test_a_sound_scheme_passes_the_check_and_its_own_cases() -> None:
    assert "没有错误" in run("scheme", "check", "schemes/2018/members").stdout
    assert "共 30 个算例，通过 30 个" in run("scheme", "test", "schemes/2018/members").stdout


def test_a_wrong_scheme_is_refused_with_file_line_and_how_to_mend_it(tmp_path: Path) -> None:
    for name in ("vocabulary.yaml", "facts.yaml"):
        (tmp_path / name).write_bytes((ROOT / "schemes" / name).read_bytes())
    (tmp_path / "scheme.yaml").write_text(
        "scheme: wrong\ntitle: 错例\nlists:\n"
        "  - list: basic\n    title: 基本清单\n    items:\n      - item: lecture\n        title: 党课\n        rules:\n"
        "          - {rule: lecture, kind: per_event, count: 党棵, points: -1}\n",
        encoding="utf-8",
    )

    done = run("scheme", "check", str(tmp_path))

    assert done.returncode == 1
    assert "scheme.yaml:10:" in done.stderr
    assert "党棵" in done.stderr
    assert "是不是“党课”" in done.stderr


def test_the_demo_explains_a_branch_down_to_clause_and_fact(tmp_path: Path) -> None:
    done = run("sample", "--top", "1", "--explain", "第77党支部", "--out", tmp_path)

    assert done.returncode == 0, done.stderr
    for word in ("第77党支部", "依据：《", "[F0"):
        assert word in done.stdout


def test_the_demo_says_so_when_it_has_no_such_branch() -> None:
    done = run("sample", "--explain", "没有这个支部")

    assert done.returncode == 2
    assert "示例里没有“没有这个支部”" in done.stderr
