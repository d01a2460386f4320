"""Commands about schemes."""

from __future__ import annotations

from pathlib import Path

import click

from sisiwu.engine.cases import run_cases
from sisiwu.engine.scheme import load
from sisiwu.engine.source import SchemeError


def check(folder: Path) -> int:
    """Prints every complaint of the reader; the exit code is 1 when there is one."""
    try:
        scheme = load(folder)
    except SchemeError as error:
        for complaint in error.complaints:
            click.echo(str(complaint), err=True)
        click.echo(f"共 {len(error.complaints)} 处需要修改。", err=True)
        return 1
    lists, items, rules = len(scheme.lists), len(scheme.items()), len(scheme.rules())
    click.echo(f"《{scheme.title}》写法没有错误：{lists} 张清单，{items} 个条目，{rules} 条规则。")
    return 0


def test(folder: Path) -> int:
    """Runs the scheme's own cases; the exit code is 1 when one fails."""
    try:
        outcomes = run_cases(folder)
    except SchemeError as error:
        click.echo(str(error), err=True)
        return 1
    failed = [outcome for outcome in outcomes if outcome.differences]
    for outcome in failed:
        click.echo(f"未通过：{outcome.case.name}（{outcome.case.place}）", err=True)
        for difference in outcome.differences:
            click.echo(f"    {difference}", err=True)
    click.echo(f"共 {len(outcomes)} 个算例，通过 {len(outcomes) - len(failed)} 个。")
    return 1 if failed else 0
