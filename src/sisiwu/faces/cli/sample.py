"""``sample``: the sample year of the source's own system, scored, shown, explained, written down."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from sisiwu.demo.year import grow
from sisiwu.engine import reference, words
from sisiwu.engine.explain import as_text, explain
from sisiwu.engine.records import Dataset
from sisiwu.engine.results import Result
from sisiwu.engine.scheme import Scheme, load
from sisiwu.engine.values import Period, score_text
from sisiwu.faces.cli.places import SAMPLE, SCHEMES
from sisiwu.scoring.datafolder.writing import write
from sisiwu.scoring.evaluation import Score, evaluate
from sisiwu.scoring.relations import relations
from sisiwu.scoring.reports.page import write_page
from sisiwu.scoring.reports.table import Results, write_xlsx
from sisiwu.scoring.runners import open_runner

BAR = 5
WIDTH_MIN = 116
"""A row with its five bars; narrower, the terminal folds it."""


@click.command()
@click.option(
    "--engine", type=click.Choice(["duckdb", "sqlite"]), default="duckdb", show_default=True, help="用哪种数据库计算。"
)
@click.option("--top", default=20, show_default=True, help="显示前多少名。")
@click.option("--explain", "told", default="", help="逐条说明这个党组织的得分（写表中的名称）；不写就挑一个有意思的。")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("sample"),
    show_default=True,
    help="工作簿、网页和数据放在哪里。",
)
def sample(engine: str, top: int, told: str, out: Path) -> None:
    """用示例办法给示例年度（79 个基层单位和 21 个市州）计分定级。"""
    console = Console(width=max(Console().width, WIDTH_MIN))
    scheme = load(SAMPLE)
    period = scheme.calendars[0].period(scheme.default_period)
    regions = [number for number, code, _ in scheme.catalogue.regions.entries if code != "sichuan"]
    year = grow(scheme.catalogue, regions)
    results = _scored(scheme, year, period, engine)
    facts = len(year.organization_facts) + len(year.member_facts)
    console.print(f"[b]{scheme.title}[/b]（示例办法，示例数据，单位和人员均为虚构）")
    console.print(
        f"{len(year.organizations)} 个党组织，{len(year.members)} 名党员，{facts} 条事实，{period.label} 年度\n"
    )
    _ranking(console, results, top)
    _people(console, year, period, engine)
    every = reference.evaluate(scheme, year, period)
    chosen = _named(results, told) if told else _interesting(every)
    explanation = explain(scheme, every[chosen], year, words)
    click.echo("\n" + as_text(explanation))
    out.mkdir(parents=True, exist_ok=True)
    write_xlsx(results, out / "结果.xlsx")
    write_page(results, [explanation], out / "结果.html")
    write(out / "数据", year, scheme.catalogue)
    _next(console, out, results.names[chosen][1])


def _scored(scheme: Scheme, year: Dataset, period: Period, engine: str) -> Results:
    with open_runner(engine) as runner:
        runner.load(relations(scheme, year, period))
        scores = evaluate(scheme, runner, period)
    if scheme.subject == "member":
        names = {one.number: (one.id, one.name) for one in year.members}
        kinds = {one.number: scheme.catalogue.statuses.title(one.status) for one in year.members}
    else:
        names = {one.number: (one.id, one.name) for one in year.organizations}
        words_ = scheme.catalogue.organization_kinds
        kinds = {one.number: words_.title(words_.code_of(one.kind) or "") for one in year.organizations}
    return Results(scheme, period, period.end, scores, names, kinds)


def _ranking(console: Console, results: Results, top: int) -> None:
    scheme = results.scheme
    table = Table(box=None, pad_edge=False)
    for heading in ("名次", "党组织", "总分", "等级"):
        table.add_column(heading, justify="right" if heading == "总分" else "left", no_wrap=True)
    scores = results.scores.values()
    best = {list_.id: max((score.lists[list_.id] for score in scores), default=0) for list_ in scheme.lists}
    for list_ in scheme.lists:
        table.add_column(list_.title, no_wrap=True)
    ranked = [score for score in results.ranked() if score.place is not None]
    ranked.sort(key=lambda score: (-score.total_centi, score.subject))
    for score in ranked[:top]:
        bars = [_bar(score, list_.id, best[list_.id]) for list_ in scheme.lists]
        name = results.names[score.subject][1]
        table.add_row(str(score.place), name, score_text(score.total_centi), score.grade, *bars)
    console.print(table)
    counted = "，".join(f"{grade} {count} 个" for grade, count in results.grades())
    console.print(f"\n等级：{counted}（厅机关与各市州分组排名）")
    best_grade = scheme.grading.grades[0]
    if best_grade.share is not None:
        console.print(f"名额：“{best_grade.name}”不超过同组的 {best_grade.share.text}")
    vetoed = [score for score in ranked if score.grade == scheme.grading.grades[-1].name]
    if vetoed:
        names = "、".join(results.names[score.subject][1] for score in vetoed)
        console.print(f"最末等（含一票否决）：{names}")


def _bar(score: Score, id_: str, best: int) -> str:
    """A bar as long as the share of the best score of that list, with the figure beside it."""
    value = score.lists[id_]
    filled = max(value, 0) * BAR // best if best > 0 else 0
    return f"{'█' * filled}{'░' * (BAR - filled)} {score_text(value)}"


def _people(console: Console, year: Dataset, period: Period, engine: str) -> None:
    """Member points and conduct points, in a line each."""
    for name in ("members", "officers"):
        scheme = load(SCHEMES / "2018" / name)
        results = _scored(scheme, year, period, engine)
        grades = "，".join(f"{grade} {count} 人" for grade, count in results.grades() if count)
        console.print(f"《{scheme.title}》：{len(results.scores)} 人参加，{grades}")


def _named(results: Results, name: str) -> int:
    number = next((number for number, (_, known) in results.names.items() if known == name), None)
    if number is None or number not in results.scores:
        raise click.BadParameter(f"示例里没有“{name}”，请照上表的名称写", param_hint="--explain")
    return number


def _interesting(every: dict[int, Result]) -> int:
    """The branch with the most to tell: notes on its grade first, then the most lines cut or not counted."""

    def told(result: Result) -> tuple[int, int, int]:
        cuts = sum(1 for list_ in result.lists for item in list_.items if item.cut_centi)
        return len(result.notes), cuts, -result.subject

    return max(every.values(), key=told).subject


def _next(console: Console, out: Path, name: str) -> None:
    console.print(f"已写好：{out / '结果.xlsx'}（Excel、WPS 打开），{out / '结果.html'}（浏览器打开，不联网）")
    console.print("接着可试：")
    for line in (
        f"./sisiwu explain schemes/2018/organizations {out / '数据'} {name} --item 党课",
        f"./sisiwu advise schemes/2018/organizations {out / '数据'} {name} --as-of 2018-09-30",
        f"./sisiwu replay schemes/2018/organizations schemes/2019/organizations {out / '数据'}",
        "./sisiwu scheme show schemes/2018/organizations",
        "./sisiwu scheme new 我的办法，照 docs/users/writing-a-scheme.md 写自己的办法",
    ):
        console.print(f"  {line}", highlight=False, soft_wrap=True)
