"""Commands about data folders: check, empty tables, samples."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click
import xlsxwriter

from sisiwu.demo.year import grow
from sisiwu.engine.catalogue import Catalogue
from sisiwu.engine.scheme.folder import load_catalogue
from sisiwu.engine.scheme.walking import picks
from sisiwu.faces.cli.places import SAMPLE, opened
from sisiwu.scoring.datafolder import DataError, open_folder
from sisiwu.scoring.datafolder.growing import grow_folder
from sisiwu.scoring.datafolder.writing import write, write_templates

FOLDER = click.argument("folder", type=click.Path(path_type=Path))
SCHEME = click.option(
    "--scheme", type=click.Path(path_type=Path, exists=True), help="按哪份办法的事实字典，默认是随附的公共字典。"
)
SHOWN = 40


def _catalogue(scheme: Path | None) -> Catalogue:
    return load_catalogue(scheme or SAMPLE)


@click.command()
@FOLDER
@SCHEME
@click.option("--out", type=click.Path(path_type=Path), help="把问题写成工作簿（.xlsx）。")
def check(folder: Path, scheme: Path | None, out: Path | None) -> None:
    """逐行检查一个数据文件夹，有问题的指出文件、行、列和改法。"""
    try:
        with open_folder(folder, _catalogue(scheme)) as data:
            titles = {"organization": "党组织", "member": "党员", "post": "任职"}
            counts = data.counts()
            said = "，".join(f"{title} {counts[name]} 行" for name, title in titles.items())
            facts = counts["organization_fact"] + counts["member_fact"]
            click.echo(f"没有问题：{said}，事实 {facts} 条。")
            for year, count in data.years():
                click.echo(f"  {year} 年发生的事实 {count} 条")
            for note in data.notes:
                click.echo(f"  提示：{note}")
    except DataError as error:
        tell(error)
        if out is not None:
            _workbook(error, out)
            click.echo(f"问题清单已写入 {out}", err=True)
        raise SystemExit(1) from error


def tell(error: DataError) -> None:
    """The first problems, and how many there are."""
    for problem in error.problems[:SHOWN]:
        click.echo(str(problem), err=True)
    more = f"，上面列出前 {SHOWN} 处" if error.count > SHOWN else ""
    click.echo(f"共 {error.count} 处需要修改{more}。没有读入任何数据。", err=True)


def _workbook(error: DataError, out: Path) -> None:
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet("问题")
        bold = book.add_format({"bold": True})
        page.freeze_panes(1, 0)
        page.set_column(0, 5, 22)
        for place, word in enumerate(("文件", "行", "列", "内容", "问题", "改法")):
            page.write_string(0, place, word, bold)
        for line, one in enumerate(error.problems, 1):
            cells = (one.file, str(one.row or ""), one.column, one.value, one.message, one.hint)
            for place, cell in enumerate(cells):
                page.write_string(line, place, cell)


@click.command()
@FOLDER
@SCHEME
@click.option("--format", "form", type=click.Choice(["xlsx", "csv"]), default="xlsx", show_default=True)
def template(folder: Path, scheme: Path | None, form: str) -> None:
    """在文件夹里放一套空白表样。"""
    _empty(folder)
    catalogue = _catalogue(scheme)
    if scheme is not None:
        rules = opened(scheme)
        used = {kind for pick in picks(rules) for kind in pick.kinds}
        if rules.members is not None:
            used |= {kind for pick in picks(rules.members) for kind in pick.kinds}
        catalogue = replace(catalogue, kinds=tuple(kind for kind in catalogue.kinds if kind.code in used))
    for path in write_templates(folder, catalogue, form):
        click.echo(str(path))
    click.echo(f"填好后运行：./sisiwu data check {folder}")


@click.command()
@FOLDER
@click.option("--facts", type=click.IntRange(min=1), help="多少条事实（按种子成批生成）；不写就生成示例年度。")
@click.option("--seed", type=int, default=445, show_default=True, help="同样的种子，同样的数据。")
@click.option("--year", type=click.IntRange(2000, 2100), default=2018, show_default=True)
@click.option("--format", "form", type=click.Choice(["csv", "xlsx", "parquet"]), default="csv", show_default=True)
def generate(folder: Path, facts: int | None, seed: int, year: int, form: str) -> None:
    """生成样例数据：单位和人员均为虚构。"""
    _empty(folder)
    catalogue = _catalogue(None)
    if facts is None:
        if form == "parquet":
            raise click.UsageError("示例年度写成 csv 或 xlsx；parquet 要与 --facts 同用")
        regions = [number for number, code, _ in catalogue.regions.entries if code != "sichuan"]
        paths = write(folder, grow(catalogue, regions, seed, year), catalogue, form)
    else:
        if form == "xlsx":
            raise click.UsageError("成批生成写成 csv 或 parquet")
        paths = grow_folder(folder, catalogue, facts, seed, year, form)
    for path in paths:
        click.echo(str(path))


def _empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.ClickException(f"{folder} 已有内容，换一个新文件夹，免得盖掉")
