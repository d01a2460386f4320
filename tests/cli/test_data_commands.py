"""data check, template, generate: as a user runs them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.cli.commands import run


def test_problems_are_told_and_written_to_a_workbook(tmp_path: Path) -> None:
    place = tmp_path / "data"
    place.mkdir()
    (place / "党组织.csv").write_text("编号,名称,类别\nA,甲支部,党支部\n", encoding="gbk")
    (place / "事实.csv").write_text("类型,主体,日期\n党棵,A,2018-01-01\n党课,A,二月\n", encoding="gbk")
    out = tmp_path / "problems.xlsx"

    done = run("data", "check", place, "--out", out)

    assert done.returncode == 1
    assert "事实.csv 第 2 行“类型”列“党棵”：" in done.stderr
    assert "事实.csv 第 3 行“日期”列“二月”：不是日期" in done.stderr
    assert "共 2 处需要修改。没有读入任何数据。" in done.stderr
    page = openpyxl.load_workbook(out).worksheets[0]
    assert [[cell.value for cell in row][:3] for row in page.iter_rows(min_row=2)] == [
        ["事实.csv", "2", "类型"],
        ["事实.csv", "3", "日期"],
    ]


def test_templates_go_into_a_new_folder_only(tmp_path: Path) -> None:
    place = tmp_path / "tables"

    assert run("data", "template", place).returncode == 0
    again = run("data", "template", place)

    assert sorted(path.name for path in place.iterdir()) == sorted(
        f"{name}.xlsx" for name in ("党组织", "党员", "任职", "事实", "冲销")
    )
    assert again.returncode == 1
    assert "已有内容" in again.stderr


@pytest.mark.slow
def test_ten_million_facts_are_checked_and_one_mistake_among_them_is_found(tmp_path: Path) -> None:
    place = tmp_path / "data"
    assert run("data", "generate", place, "--facts", "10000000").returncode == 0
    (place / "事实-补.csv").write_text("类型,主体,日期\n党棵,ORG0000100,2018-01-01\n", encoding="utf-8")

    done = run("data", "check", place)

    assert done.returncode == 1
    assert "事实-补.csv 第 2 行“类型”列“党棵”" in done.stderr
    assert "共 1 处需要修改" in done.stderr


def test_a_sample_of_any_size_is_sound_and_the_same_for_the_same_seed(tmp_path: Path) -> None:
    for name, seed in (("one", "7"), ("two", "7"), ("three", "8")):
        assert run("data", "generate", tmp_path / name, "--facts", "3000", "--seed", seed).returncode == 0

    assert "没有问题" in run("data", "check", tmp_path / "one").stdout
    facts = [(tmp_path / name / "事实.csv").read_bytes() for name in ("one", "two", "three")]
    assert facts[0] == facts[1] != facts[2]
