"""The entry: commands are named here and imported only when called, so that the start is quick."""

from __future__ import annotations

from pathlib import Path

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """四四五：党建工作考核。办法是数据，分数讲得清。"""


@main.group()
def scheme() -> None:
    """考核办法：检查、试算办法自带的算例。"""


@scheme.command("check")
@click.argument("folder", type=click.Path(path_type=Path))
def scheme_check(folder: Path) -> None:
    """读一遍办法，逐条指出写法错误的位置和改法。"""
    from sisiwu.faces.cli.schemes import check

    raise SystemExit(check(folder))


@scheme.command("test")
@click.argument("folder", type=click.Path(path_type=Path))
def scheme_test(folder: Path) -> None:
    """运行办法自带的算例（tests/*.yaml）。"""
    from sisiwu.faces.cli.schemes import test

    raise SystemExit(test(folder))


@main.command()
@click.option(
    "--engine", type=click.Choice(["duckdb", "sqlite"]), default="duckdb", show_default=True, help="用哪种数据库计算。"
)
@click.option("--top", default=20, show_default=True, help="显示前多少名。")
@click.option("--explain", "told", default="", help="逐条说明这个党组织的得分（写表中的名称）。")
def demo(engine: str, top: int, told: str) -> None:
    """用示例办法给示例年度（79 个基层单位和 21 个市州）计分定级。"""
    from sisiwu.faces.cli.demonstration import show

    show(engine, top, told)
