"""``register import`` and ``register export``: the whole register from one workbook, and into one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sisiwu.faces.cli.places import day_of
from sisiwu.faces.cli.site import with_settings

if TYPE_CHECKING:
    from sisiwu.foundation.accounts.models import User
    from sisiwu.register.intake.planning import Plan

SHOWN_MAX = 200


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
@click.option("--skip", multiple=True, metavar="表:行,行", help="哪些行不导入，例如 --skip 党员:12,15（可写几次）。")
@click.option("--on", "day", default="", help="变动从哪一天起（默认今天），例如 2026-11-26。")
@click.option("--as", "username", default="", metavar="用户名", help="以谁的权限和名义导入（默认：系统，整个名册）。")
def import_(file: Path, dry_run: bool, skip: tuple[str, ...], day: str, username: str) -> None:
    """从一个工作簿导入名册（党组织、党员、任职）；有一处问题就什么也不写入。"""
    with_settings(os.environ.get("SISIWU_SETTINGS", "demo"))
    from django.core.exceptions import PermissionDenied, ValidationError  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from sisiwu.register.intake.actions import write_file  # noqa: PLC0415

    on = day_of(day) or timezone.localdate()
    try:
        plan = write_file(file, _rows(skip), day=on, by=_user(username), dry_run=dry_run)
    except ValidationError as error:
        raise click.ClickException("没有写入任何内容：" + " ".join(error.messages)) from error
    except PermissionDenied as error:
        raise click.ClickException(f"没有写入任何内容：{error}") from error
    _say(plan)
    if plan.problems:
        raise click.ClickException(
            f"有 {len(plan.problems)} 处问题，没有写入任何内容。改好再导入，或用 --skip 写明哪些行不导入。"
        )
    if plan.is_empty:
        click.echo("没有要写入的：表里写的和名册一样。")
    else:
        click.echo("只检查，没有写入。" if dry_run else "已写入。")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--as", "username", default="", metavar="用户名", help="导出谁管理的部分（默认：整个名册）。")
@click.option("--blank", is_flag=True, help="只要空白表样。")
def export(file: Path, username: str, blank: bool) -> None:
    """把现有名册导出成一个工作簿，改好可以再导入。"""
    if file.suffix.lower() != ".xlsx":
        raise click.BadParameter("文件名要以 .xlsx 结尾", param_hint="FILE")
    with_settings(os.environ.get("SISIWU_SETTINGS", "demo"))
    from django.core.exceptions import PermissionDenied  # noqa: PLC0415

    from sisiwu.register.intake import actions, sheets  # noqa: PLC0415

    try:
        file.write_bytes(sheets.template() if blank else actions.export(by=_user(username)))
    except PermissionDenied as error:
        raise click.ClickException(str(error)) from error
    click.echo(file)


def _user(username: str) -> User | None:
    from sisiwu.foundation.accounts.models import User  # noqa: PLC0415

    if not username:
        return None
    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise click.BadParameter(f"没有账号“{username}”", param_hint="--as")
    return found


def _rows(skip: tuple[str, ...]) -> list[tuple[str, int]]:
    rows = []
    for text in skip:
        page, mark, numbers = text.replace("：", ":").rpartition(":")
        listed = numbers.replace("，", ",").split(",")
        if not mark or not all(number.strip().isdigit() for number in listed):
            raise click.BadParameter(f"“{text}”看不懂，写成 党员:12,15 的样子", param_hint="--skip")
        rows += [(page, int(number)) for number in listed]
    return rows


def _say(plan: Plan) -> None:
    from sisiwu.register.intake.planning.plan import WORDS  # noqa: PLC0415

    for note in plan.notes:
        click.echo(f"· {note}")
    for name, numbers in plan.counts().items():
        click.echo(f"{WORDS[name]}：新增 {numbers['new']}，变更 {numbers['changed']}，不变 {numbers['unchanged']}")
    for change in plan.changes[:SHOWN_MAX]:
        click.echo(f"  {change.page} 第 {change.row} 行 {change.who} {change.what}：{change.before} → {change.after}")
    for problem in plan.problems[:SHOWN_MAX]:
        click.echo(str(problem), err=True)
