"""``scheme fairness``: what a scheme would do to whom."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from sisiwu.engine.fairness import look
from sisiwu.faces.cli.places import day_of, opened, period_of
from sisiwu.faces.cli.scoring import folder_of


@click.command()
@click.argument("scheme", type=click.Path(path_type=Path))
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--period", default="", help="按哪一期的事实。")
@click.option("--as-of", default=None, help="看到哪一天为止。")
def fairness(scheme: Path, data: Path, period: str, as_of: str | None) -> None:
    """公布前先看：哪些条目分不出高低，哪类单位得不到分，是不是人多占便宜，封顶有什么作用。"""
    rules = opened(scheme)
    when, day = period_of(rules, period), day_of(as_of)
    with folder_of(data, rules, Console(stderr=True)) as folder:
        dataset = folder.dataset()
    with Console(stderr=True).status("逐条试算"):
        findings = look(rules, dataset, when, day)
    for finding in findings:
        click.echo(str(finding))
    serious = sum(1 for finding in findings if finding.serious)
    click.echo(
        f"共 {len(findings)} 处：应当改 {serious} 处，请斟酌 {len(findings) - serious} 处。"
        if findings
        else "没有发现明显的不公。"
    )
