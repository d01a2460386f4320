"""Commands about schemes: check one, run its worked examples."""

from __future__ import annotations

from pathlib import Path

import click

from sisiwu.engine.cases import run_cases
from sisiwu.engine.checks import check_folder
from sisiwu.engine.scheme import load
from sisiwu.engine.source import SchemeError


def _existing(_context: click.Context, _parameter: click.Parameter, folder: Path) -> Path:
    if not folder.exists():
        raise click.BadParameter(f"没有“{folder}”这个文件夹；新建办法用 sisiwu scheme new")
    return folder


FOLDER = click.argument("folder", type=click.Path(path_type=Path), callback=_existing)


@click.command()
@FOLDER
@click.option("--period", default="", help="检查用于哪一期，如 2026：文件是否有效、减负规定是否施行都按那一期判断")
def check(folder: Path, period: str) -> None:
    """检查办法：哪个文件、第几行第几列、哪条规则、错在哪里、怎样改。有错误的退出码是 1，只有提醒的是 0。"""
    try:
        complaints = check_folder(folder, period)
    except ValueError:
        raise click.BadParameter(
            f"本办法没有“{period}”这一期，年度写 2026，月度写 2026-03", param_hint="--period"
        ) from None
    for complaint in complaints:
        click.echo(str(complaint), err=True)
    errors = sum(not complaint.warning for complaint in complaints)
    warnings = len(complaints) - errors
    if errors:
        also = f"，另有 {warnings} 处提醒" if warnings else ""
        click.echo(f"共 {errors} 处需要修改{also}。", err=True)
        raise SystemExit(1)
    scheme = load(folder)
    lists, items, rules = len(scheme.lists), len(scheme.items()), len(scheme.rules())
    also = f"，有 {warnings} 处提醒" if warnings else ""
    click.echo(f"《{scheme.title.strip('《》')}》没有错误{also}：{lists} 张清单，{items} 个条目，{rules} 条规则。")


@click.command()
@FOLDER
def test(folder: Path) -> None:
    """运行办法自带的算例（tests/*.yaml），逐个列出不符的。有不符的退出码是 1。"""
    try:
        outcomes = run_cases(folder)
    except SchemeError as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from None
    failed = [outcome for outcome in outcomes if outcome.differences]
    for outcome in failed:
        click.echo(f"未通过：{outcome.case.name}（{outcome.case.place}）", err=True)
        for difference in outcome.differences:
            click.echo(f"    {difference}", err=True)
    click.echo(f"共 {len(outcomes)} 个算例，通过 {len(outcomes) - len(failed)} 个。")
    if failed:
        raise SystemExit(1)
