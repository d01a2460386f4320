"""``score``: a scheme and a data folder in, results out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from sisiwu.engine import reference
from sisiwu.engine.scheme import Scheme
from sisiwu.engine.values import Period, score_text
from sisiwu.faces.cli.data import tell
from sisiwu.faces.cli.places import day_of, opened, period_of
from sisiwu.scoring.datafolder import DataError, DataFolder, open_folder
from sisiwu.scoring.evaluation import Score, evaluate
from sisiwu.scoring.reports.document import write_json
from sisiwu.scoring.reports.table import Results, write_csv, write_parquet, write_xlsx
from sisiwu.scoring.runners import NAMES, open_runner
from sisiwu.scoring.runners.duckdb import DuckdbRunner

SUFFIXES = (".xlsx", ".json", ".csv", ".parquet")
WIDTH = 110


def folder_of(path: Path, scheme: Scheme, console: Console) -> DataFolder:
    """The data folder, or its problems and the end of the command."""
    try:
        with console.status("读取数据") as status:
            return open_folder(path, scheme.catalogue, progress=status.update)
    except DataError as error:
        tell(error)
        raise SystemExit(1) from error


def scores_of(
    scheme: Scheme, data: DataFolder, period: Period, as_of: date | None, engine: str = "duckdb", address: str = ""
) -> dict[int, Score]:
    """The scores on one of the databases."""
    data.as_of(scheme, period, as_of)
    if engine == "duckdb":
        return evaluate(scheme, DuckdbRunner(data.connection), period, as_of)
    try:
        opened_ = open_runner(engine, address)
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f"没有装 {engine} 用的软件包（{error.name}），用 ./sisiwu score 运行会自动装上"
        ) from error
    except ConnectionError as error:
        raise click.ClickException(f"连不上 {engine}：{error}\n检查 --address 写的地址、用户和密码") from error
    with opened_ as runner:
        runner.load(data)
        return evaluate(scheme, runner, period, as_of)


def results_of(
    scheme: Scheme, data: DataFolder, period: Period, as_of: date | None, scores: dict[int, Score]
) -> Results:
    """The scores with the names behind their numbers."""
    words = scheme.catalogue.statuses if scheme.subject == "member" else scheme.catalogue.organization_kinds
    key, column = ("member", "status") if scheme.subject == "member" else ("org", "kind")
    rows = data.connection.execute(f"SELECT {key}, {column} FROM {scheme.subject}").fetchall()
    kinds = {number: words.title(words.code_of(kind) or "") for number, kind in rows}
    return Results(scheme, period, as_of or period.end, scores, data.names(scheme.subject), kinds)


@click.command()
@click.argument("scheme", type=click.Path(path_type=Path))
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--period", default="", help="考核期，如 2018、2018-Q1；默认用办法写的。")
@click.option("--as-of", default=None, help="看到哪一天为止，如 2018-09-30；默认考核期最后一天。")
@click.option("--engine", type=click.Choice(NAMES), default="duckdb", show_default=True, help="用哪种数据库计算。")
@click.option("--address", default="", help="SQLite 文件、PostgreSQL 连接串或 Spark 主节点；DuckDB 不用写。")
@click.option("--out", type=click.Path(path_type=Path), help="结果写到文件：.xlsx、.json、.csv 或 .parquet。")
@click.option("--top", default=20, show_default=True, help="屏幕上显示前多少名。")
def score(
    scheme: Path, data: Path, period: str, as_of: str | None, engine: str, address: str, out: Path | None, top: int
) -> None:
    """按办法给数据文件夹里的党组织或党员计分、定级。"""
    if out is not None and out.suffix.lower() not in SUFFIXES:
        raise click.BadParameter(f"只能写成 {'、'.join(SUFFIXES)}", param_hint="--out")
    rules = opened(scheme)
    when, day = period_of(rules, period), day_of(as_of)
    console = Console()
    with folder_of(data, rules, Console(stderr=True)) as folder:
        with Console(stderr=True).status(f"用 {engine} 计分"):
            found = scores_of(rules, folder, when, day, engine, address)
        results = results_of(rules, folder, when, day, found)
        ranking(results, console, top)
        if out is not None:
            _write(results, folder, out)
            click.echo(f"结果已写入 {out}")
    click.echo(f"逐条说明：./sisiwu explain {scheme} {data} 名称或编号")


def ranking(results: Results, console: Console, top: int) -> None:
    """The best on the screen, and how many have which grade."""
    scheme = results.scheme
    table = Table(box=None, pad_edge=False)
    for heading in ("名次", "名称", "总分", "等级"):
        table.add_column(heading, justify="right" if heading == "总分" else "left", no_wrap=True)
    for list_ in scheme.lists:
        table.add_column(list_.title, justify="right")
    for one in results.ranked()[:top]:
        name = results.names.get(one.subject, ("", ""))[1]
        points = [score_text(one.lists[list_.id]) for list_ in scheme.lists]
        table.add_row(str(one.place or "－"), name, score_text(one.total_centi), one.grade, *points)
    console.print(f"《{scheme.title}》{scheme.version}，{results.period.label}，截至 {results.as_of}")
    console.print(table)
    counted = "，".join(f"{name} {count} 个" for name, count in results.grades())
    console.print(f"共 {len(results.scores)} 个{'：' + counted if counted else ''}")


def _write(results: Results, data: DataFolder, out: Path) -> None:
    match out.suffix.lower():
        case ".xlsx":
            write_xlsx(results, out)
        case ".csv":
            write_csv(results, out)
        case ".parquet":
            write_parquet(results, out)
        case _:
            with Console(stderr=True).status("逐条写明依据"):
                told = reference.evaluate(results.scheme, data.dataset(), results.period, results.as_of)
                write_json(results, told, out)
