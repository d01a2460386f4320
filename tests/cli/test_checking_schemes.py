"""``sisiwu scheme check``: what it prints, and the exit code that a script looks at."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sisiwu.faces.cli.schemes import check

SCHEMES = Path(__file__).resolve().parents[2] / "schemes"
RAILWAY = SCHEMES / "published" / "nanning_railway_police_2020" / "units"


def test_warnings_alone_are_told_and_let_the_scheme_pass() -> None:
    done = CliRunner().invoke(check, [str(RAILWAY)])

    assert done.exit_code == 0
    assert "routine.yaml:95:9: 提醒 C701 【entry_late】" in done.stderr
    assert "没有错误，有 2 处提醒" in done.stdout


def test_errors_are_told_with_place_rule_and_remedy_and_stop_a_script() -> None:
    done = CliRunner().invoke(check, [str(RAILWAY), "--period", "2026"])

    assert done.exit_code == 1
    assert "routine.yaml:95:9: 错误 C701 【entry_late】“慰问资料录入”是软件使用，不得作为考核依据：" in done.stderr
    assert "改法：删去这一条" in done.stderr
    assert "共 2 处需要修改，另有 1 处提醒。" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"), [(["nowhere"], "没有“nowhere”这个文件夹"), ([str(RAILWAY), "--period", "26"], "没有“26”这一期")]
)
def test_a_folder_or_a_period_that_does_not_exist_is_named(words: list[str], said: str) -> None:
    done = CliRunner().invoke(check, words)

    assert done.exit_code == 2
    assert said in done.stderr
