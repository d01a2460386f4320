"""``replay``: the same facts under two schemes."""

from __future__ import annotations

import json
from pathlib import Path

import click
import xlsxwriter
from rich.console import Console
from rich.table import Table

from sisiwu.engine.replay import Move, Outcome, Replay
from sisiwu.engine.replay import replay as compared
from sisiwu.engine.scheme import Scheme
from sisiwu.engine.values import score_text
from sisiwu.faces.cli.places import day_of, opened, period_of
from sisiwu.faces.cli.scoring import folder_of, scores_of
from sisiwu.scoring.evaluation import Score


def _outcomes(scores: dict[int, Score]) -> dict[int, Outcome]:
    return {
        number: Outcome(score.total_centi, score.grade, score.place, score.items) for number, score in scores.items()
    }


def _signed(centi: int) -> str:
    return f"+{score_text(centi)}" if centi > 0 else score_text(centi)


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--period", default="", help="按哪一期的事实，如 2018；默认用旧办法写的。")
@click.option("--as-of", default=None, help="看到哪一天为止。")
@click.option("--top", default=15, show_default=True, help="列出变动最大的多少个。")
@click.option("--out", type=click.Path(path_type=Path), help="全部变动写到 .xlsx 或 .json。")
def replay(old: Path, new: Path, data: Path, period: str, as_of: str | None, top: int, out: Path | None) -> None:
    """同一批事实，旧办法和新办法各算一遍：谁升谁降，升降多少，因为哪一条。"""
    if out is not None and out.suffix.lower() not in (".xlsx", ".json"):
        raise click.BadParameter("只能写成 .xlsx、.json", param_hint="--out")
    before, after = opened(old), opened(new)
    if before.subject != after.subject:
        raise click.UsageError("两份办法一份考核党组织、一份考核个人，不能比较")
    when, day = period_of(before, period), day_of(as_of)
    with folder_of(data, before, Console(stderr=True)) as folder:
        names = {number: name for number, (_, name) in folder.names(before.subject).items()}
        first = _outcomes(scores_of(before, folder, when, day))
        second = _outcomes(scores_of(after, folder, when, day))
    result = compared(before, after, first, second)
    _tell(result, before, after, names, top)
    if out is not None:
        if out.suffix.lower() == ".json":
            out.write_text(json.dumps(_document(result, names), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        else:
            _workbook(result, names, out)
        click.echo(f"全部变动已写入 {out}")


def _tell(result: Replay, old: Scheme, new: Scheme, names: dict[int, str], top: int) -> None:
    console = Console(width=max(Console().width, 110), highlight=False)
    moved = [move for move in result.moves if move.difference_centi]
    up = sum(1 for move in moved if move.difference_centi > 0)
    console.print(f"《{old.title}》{old.version} → 《{new.title}》{new.version}")
    console.print(f"共 {len(result.moves)} 个：升 {up}，降 {len(moved) - up}，分数和等级都不变 {result.unmoved}\n")
    grades = [grade.name for grade in old.grading.grades]
    grades += [grade.name for grade in new.grading.grades if grade.name not in grades]
    grades += [name for pair in result.flow for name in pair if name not in grades]
    grades = [name for name in dict.fromkeys(grades) if any(name in pair for pair in result.flow)]
    table = Table(box=None)
    console.print("等级的变化（行：旧办法，列：新办法）")
    table.add_column("")
    for name in grades:
        table.add_column(name or "无等级", justify="right")
    for name in grades:
        row = [str(result.flow.get((name, other), 0) or "·") for other in grades]
        table.add_row(name or "无等级", *row)
    console.print(table)
    console.print("\n变动来自哪些条目（全体合计）：")
    for title, difference in sorted(result.by_item.items(), key=lambda pair: -abs(pair[1])):
        if difference:
            console.print(f"  {title} {_signed(difference)}")
    console.print("\n变动最大的：")
    for move in moved[:top]:
        click.echo(_line(move, names))
        for cause in move.causes:
            why = f"（{cause.why}）" if cause.why else ""
            click.echo(f"    {cause.title} {_signed(cause.difference_centi)}{why}")


def _line(move: Move, names: dict[int, str]) -> str:
    grade = move.before.grade if move.before.grade == move.after.grade else f"{move.before.grade} → {move.after.grade}"
    totals = f"{score_text(move.before.total_centi)} → {score_text(move.after.total_centi)}"
    return f"  {names.get(move.subject, move.subject)}：{totals}（{_signed(move.difference_centi)}）{grade}"


def _document(result: Replay, names: dict[int, str]) -> dict[str, object]:
    return {
        "flow": [{"before": one, "after": other, "count": count} for (one, other), count in result.flow.items()],
        "moves": [
            {
                "name": names.get(move.subject, ""),
                "before_centi": move.before.total_centi,
                "after_centi": move.after.total_centi,
                "before_grade": move.before.grade,
                "after_grade": move.after.grade,
                "causes": [
                    {"item": cause.title, "difference_centi": cause.difference_centi, "why": cause.why}
                    for cause in move.causes
                ],
            }
            for move in result.moves
        ],
    }


def _workbook(result: Replay, names: dict[int, str], out: Path) -> None:
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet("变动")
        head = book.add_format({"bold": True, "bg_color": "#F3E9E7", "border": 1})
        points = book.add_format({"num_format": "0.00"})
        page.freeze_panes(1, 1)
        page.set_column(0, 0, 26)
        page.set_column(6, 6, 80)
        for place, word in enumerate(("名称", "旧总分", "新总分", "变动", "旧等级", "新等级", "因为")):
            page.write_string(0, place, word, head)
        for line, move in enumerate(result.moves, 1):
            page.write_string(line, 0, names.get(move.subject, ""))
            for place, centi in enumerate((move.before.total_centi, move.after.total_centi, move.difference_centi), 1):
                page.write_number(line, place, centi / 100, points)
            page.write_string(line, 4, move.before.grade)
            page.write_string(line, 5, move.after.grade)
            page.write_string(
                line, 6, "；".join(f"{cause.title} {_signed(cause.difference_centi)}" for cause in move.causes)
            )
