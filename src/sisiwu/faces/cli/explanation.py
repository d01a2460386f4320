"""``explain``: the arithmetic behind one score, line by line."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from sisiwu.engine import reference, words
from sisiwu.engine.explain import as_text, explain
from sisiwu.engine.scheme import Scheme
from sisiwu.faces.cli.places import day_of, opened, period_of
from sisiwu.faces.cli.scoring import folder_of
from sisiwu.scoring.datafolder import DataFolder


def subject_of(folder: DataFolder, scheme: Scheme, word: str) -> int:
    """The number behind an id or a name, or a clear end of the command."""
    what = "党员" if scheme.subject == "member" else "党组织"
    try:
        return folder.subject(word, scheme.subject)
    except KeyError as error:
        raise click.BadParameter(f"数据里没有编号或名称为“{word}”的{what}", param_hint="SUBJECT") from error
    except ValueError as error:
        raise click.BadParameter(f"有几个{what}都叫“{word}”，请写编号", param_hint="SUBJECT") from error


@click.command("explain")
@click.argument("scheme", type=click.Path(path_type=Path))
@click.argument("data", type=click.Path(path_type=Path))
@click.argument("subject")
@click.option("--item", default=None, help="只说明一个条目（名称或编号）。")
@click.option("--period", default="", help="考核期，默认用办法写的。")
@click.option("--as-of", default=None, help="看到哪一天为止。")
@click.option("--width", default=100, show_default=True, help="一行多宽（汉字算两格）。")
def explain_command(
    scheme: Path, data: Path, subject: str, item: str | None, period: str, as_of: str | None, width: int
) -> None:
    """逐条讲清一个党组织或一名党员的得分：事实、规则、条款、封顶和否决。"""
    rules = opened(scheme)
    when, day = period_of(rules, period), day_of(as_of)
    with folder_of(data, rules, Console(stderr=True)) as folder:
        number = subject_of(folder, rules, subject)
        dataset = folder.dataset()
    with Console(stderr=True).status("逐条计算"):
        result = reference.evaluate(rules, dataset, when, day, only={number}).get(number)
    if result is None:
        raise click.ClickException(f"“{subject}”不在这份办法的考核范围内")
    try:
        click.echo(as_text(explain(rules, result, dataset, words), item, width))
    except KeyError as error:
        titles = "、".join(one.title for one in rules.items())
        raise click.BadParameter(f"没有“{item}”这个条目；有：{titles}", param_hint="--item") from error
