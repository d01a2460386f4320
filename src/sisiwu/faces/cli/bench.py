"""``bench``: see speed."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from sisiwu.scoring.bench.run import Bench, jobs_of


@click.command()
@click.option("--sizes", default="1e5,1e6", show_default=True, help="多少条事实，几个之间用逗号，如 1e6,1e7,1e8。")
@click.option(
    "--folder", type=click.Path(path_type=Path), default=Path("bench-data"), show_default=True, help="样例放在哪里。"
)
@click.option(
    "--databases/--no-databases", default=True, show_default=True, help="也测 SQLite 和 PostgreSQL（1e7 以内）。"
)
@click.option("--spark", is_flag=True, help="也测 Spark 独立集群，一个和两个工作进程。")
def bench(sizes: str, folder: Path, databases: bool, spark: bool) -> None:
    """同一批文件上，与裸的分组求和作对比；比值比秒数可靠，机器忙闲不同时只看比值。"""
    console, progress = Console(width=max(Console().width, 110), highlight=False), Console(stderr=True)
    found = Bench(folder, progress.print)
    try:
        wanted = [int(float(size)) for size in sizes.split(",")]
    except ValueError as error:
        raise click.BadParameter(f"“{sizes}”不是数，写成 1e6,1e7", param_hint="--sizes") from error
    for facts in wanted:
        found.size(facts, jobs_of(facts, databases=databases, spark=spark))
        table = Table(title=f"{facts:,} 条事实", box=None, title_justify="left")
        for heading in ("", "CPU 秒", "墙钟秒", "比值", "内存 GiB"):
            table.add_column(heading, justify="left" if not heading else "right", no_wrap=True)
        for row in found.rows(facts):
            table.add_row(*row)
        console.print(table)
        for line in found.live(facts):
            console.print(line)
    for job in ("members", "branches", "levels"):
        grown = found.growth(job)
        if grown is not None:
            console.print(f"{job} 的 CPU 时间随规模的 {grown:.2f} 次方增长")
