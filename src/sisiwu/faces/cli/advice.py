"""``advise``: what is still missing, and what to do first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from rich.console import Console

from sisiwu.engine.advise import Advice, until_text
from sisiwu.engine.advise import advise as advised
from sisiwu.engine.values import Period, score_text
from sisiwu.faces.cli.explanation import subject_of
from sisiwu.faces.cli.places import day_of, opened, period_of
from sisiwu.faces.cli.scoring import folder_of


@click.command()
@click.argument("scheme", type=click.Path(path_type=Path))
@click.argument("data", type=click.Path(path_type=Path))
@click.argument("subject")
@click.option("--period", default="", help="考核期，默认用办法写的。")
@click.option("--as-of", default=None, help="站在哪一天看，如 2018-09-30；默认今天。")
def advise(scheme: Path, data: Path, subject: str, period: str, as_of: str | None) -> None:
    """离上一个等级还差什么：期末以前还可以做哪些事，先做哪几件最省力。"""
    rules = opened(scheme)
    when = period_of(rules, period)
    day = _day(when, as_of)
    with folder_of(data, rules, Console(stderr=True)) as folder:
        number = subject_of(folder, rules, subject)
        name = folder.names(rules.subject)[number][1]
        dataset = folder.dataset()
    with Console(stderr=True).status("逐件试算"):
        try:
            found = advised(rules, dataset, when, number, day)
        except KeyError as error:
            raise click.ClickException(f"“{subject}”不在这份办法的考核范围内") from error
    click.echo(f"{name}，站在 {day.isoformat()} 看 {when.label} 考核期")
    for line in told(found):
        click.echo(line)


def _day(period: Period, text: str | None) -> date:
    day = day_of(text) or date.today()  # noqa: DTZ011
    if not period.start <= day < period.end:
        message = f"{day.isoformat()} 不在考核期（{period.start} 至 {period.end}）里，期末以后就没有可做的了"
        raise click.BadParameter(f"{message}；写考核期内的一天，如 {period.start.year}-09-30", param_hint="--as-of")
    return day


def told(advice: Advice) -> list[str]:
    """The advice in lines."""
    now = advice.now
    lines = [f"往后什么都不做：{score_text(now.total_centi)} 分，{now.grade or '不定等级'}"]
    lines += [f"  {note}" for note in now.notes]
    if not advice.target:
        return [*lines, "已是最好的等级，或不评定等级。"]
    if not advice.steps:
        lines.append(f"要到“{advice.target}”，没有自己能做、又能加分的事了。")
    else:
        lines.append(f"要到“{advice.target}”，还可以做：")
    for place, step in enumerate(advice.steps, 1):
        times = f" {step.times} 次" if step.times > 1 else ""
        granted = "（要经评选或批准）" if step.action.granted else ""
        lines.append(
            f"  {place}. {until_text(step.action)}{step.action.title}{times}：+{score_text(step.gain_centi)}{granted}"
        )
    if advice.steps:
        lines.append(f"都做到：{score_text(advice.total_centi)} 分，{advice.grade}（别人按现在的情况不变）")
    if not advice.reached:
        lines.append(f"仍到不了“{advice.target}”：")
        lines += [f"  {obstacle}" for obstacle in advice.obstacles]
    return lines
