"""The sample year, scored: a ranking with grades and a bar per list."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from sisiwu.demo.year import grow
from sisiwu.engine import reference, words
from sisiwu.engine.explain import as_text, explain
from sisiwu.engine.scheme import load
from sisiwu.engine.values import score_text
from sisiwu.scoring.evaluation import Score, evaluate
from sisiwu.scoring.relations import relations
from sisiwu.scoring.runners import open_runner

SCHEMES = Path(__file__).resolve().parents[4] / "schemes"
BAR = 5
WIDTH_MIN = 116
"""A row with its five bars; narrower, the terminal folds it."""


def show(engine: str, top: int, told: str) -> None:
    """Grows the year, scores it on an embedded database, prints the best and explains one of them."""
    scheme = load(SCHEMES / "2018" / "organizations")
    period = scheme.calendars[0].period(scheme.default_period)
    regions = [number for number, code, _ in scheme.catalogue.regions.entries if code != "sichuan"]
    year = grow(scheme.catalogue, regions)
    with open_runner(engine) as runner:
        runner.load(relations(scheme, year, period))
        scores = evaluate(scheme, runner, period)
    names = {organization.number: organization.name for organization in year.organizations}
    facts = len(year.organization_facts) + len(year.member_facts)
    console = Console(width=max(Console().width, WIDTH_MIN))
    console.print(f"[b]{scheme.title}[/b]（示例办法，示例数据，单位和人员均为虚构）")
    console.print(
        f"{len(year.organizations)} 个党组织，{len(year.members)} 名党员，{facts} 条事实，{period.label} 年度\n"
    )
    table = Table(box=None, pad_edge=False)
    for heading in ("名次", "党组织", "总分", "等级"):
        table.add_column(heading, justify="right" if heading == "总分" else "left", no_wrap=True)
    lists = [
        (list_.id, list_.title, max((score.lists[list_.id] for score in scores.values()), default=0))
        for list_ in scheme.lists
    ]
    for _, title, _ in lists:
        table.add_column(title, no_wrap=True)
    ranked = sorted((s for s in scores.values() if s.place is not None), key=lambda s: (-s.total_centi, s.subject))
    for score in ranked[:top]:
        bars = [_bar(score, id_, best) for id_, _, best in lists]
        table.add_row(str(score.place), names[score.subject], score_text(score.total_centi), score.grade, *bars)
    console.print(table)
    grades = [grade.name for grade in scheme.grading.grades]
    counted = "，".join(f"{grade} {sum(1 for score in ranked if score.grade == grade)} 个" for grade in grades)
    console.print(f"\n等级：{counted}（厅机关与各市州分组排名）")
    if told:
        number = next((number for number, name in names.items() if name == told), None)
        if number is None:
            raise click.BadParameter(f"示例里没有“{told}”，请照上表的名称写", param_hint="--explain")
        result = reference.evaluate(scheme, year, period, only={number})[number]
        click.echo("\n" + as_text(explain(scheme, result, year, words)))
    console.print(f"接着可试：./sisiwu demo --explain {names[ranked[0].subject]}")
    console.print("          ./sisiwu scheme check schemes/2018/organizations")
    console.print("          ./sisiwu scheme test schemes/2018/officers")


def _bar(score: Score, id_: str, best: int) -> str:
    """A bar as long as the share of the best score of that list, with the figure beside it."""
    value = score.lists[id_]
    filled = max(value, 0) * BAR // best if best > 0 else 0
    return f"{'█' * filled}{'░' * (BAR - filled)} {score_text(value)}"
