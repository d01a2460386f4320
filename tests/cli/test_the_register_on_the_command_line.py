"""register import, register export: as a user runs them."""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl
import pytest
from tests.cli.commands import run
from tests.web.registers import ORGANIZATIONS, whole, workbook

ROOT = ("DZ0001", "厅机关党委", "机关党委", "", "", "2018-01-01", "")


@pytest.fixture
def _empty_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SISIWU_VAR", str(tmp_path))
    monkeypatch.delenv("SISIWU_DATABASE", raising=False)
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    assert "SISIWU_DATABASE" not in os.environ
    assert run("manage", "migrate", "-v", "0").returncode == 0


@pytest.mark.slow
@pytest.mark.usefixtures("_empty_site")
def test_a_register_goes_in_and_comes_out(tmp_path: Path) -> None:
    file, out = tmp_path / "名册.xlsx", tmp_path / "导出.xlsx"
    file.write_bytes(whole(党组织=[*ORGANIZATIONS, ROOT, ("DZ9", "坏的", "党支步", "", "", "2018-02-30", "")]))

    refused = run("register", "import", file)
    tried = run("register", "import", file, "--skip", "党组织:5", "--dry-run")
    done = run("register", "import", file, "--skip", "党组织:5")
    written = run("register", "export", out)
    again = run("register", "import", out)

    assert refused.returncode == 1
    assert "党组织 第 5 行“类别”列“党支步”：没有这种党组织类别" in refused.stderr
    assert "没有写入任何内容" in refused.stderr
    assert "只检查，没有写入" in tried.stdout
    assert "党组织：新增 3，变更 0，不变 0" in done.stdout
    assert "已写入" in done.stdout
    assert written.returncode == 0
    assert [row[0].value for row in openpyxl.load_workbook(out)["党员"].iter_rows(min_row=2)] == ["M9002", "M9001"]
    assert "没有要写入的：表里写的和名册一样" in again.stdout


@pytest.mark.slow
@pytest.mark.usefixtures("_empty_site")
def test_what_cannot_be_is_told_and_nothing_breaks(tmp_path: Path) -> None:
    file, blank = tmp_path / "名册.xlsx", tmp_path / "表样.xlsx"
    file.write_bytes(b"%PDF-1.4")

    assert "这是 PDF 文件，不是表格" in run("register", "import", file).stderr
    assert "没有账号“nobody”" in run("register", "import", file, "--as", "nobody").stderr
    assert "写成 党员:12,15 的样子" in run("register", "import", file, "--skip", "12").stderr
    assert run("register", "export", blank, "--blank").returncode == 0
    assert openpyxl.load_workbook(blank).sheetnames == ["党组织", "党员", "任职", "说明"]
    file.write_bytes(workbook(党组织=[ORGANIZATIONS[0], ROOT]))
    assert "已写入" in run("register", "import", file).stdout
