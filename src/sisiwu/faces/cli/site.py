"""``demo`` and ``serve``: the site, on this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click

from sisiwu.faces.cli.assets import build

ADDRESS = "127.0.0.1:8445"


def with_settings(settings: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = f"sisiwu.faces.settings.{settings}"
    import django  # noqa: PLC0415

    django.setup()


@click.command()
@click.option("--address", default=ADDRESS, show_default=True, help="在哪个地址提供网站。")
@click.option("--fresh", is_flag=True, help="从头生成演示数据。")
@click.option("--units", default=79, show_default=True, help="多少个基层单位。")
@click.option("--no-serve", is_flag=True, help="只准备数据，不提供网站。")
def demo(address: str, fresh: bool, units: int, no_serve: bool) -> None:
    """演示网站：示例组织、虚构人员、一年的工作；打开浏览器就能试。"""
    build()
    with_settings("demo")
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    settings.VAR.mkdir(exist_ok=True)
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    if fresh and str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3"):
        for one in database.parent.glob(f"{database.name}*"):
            one.unlink()
    call_command("migrate", verbosity=0)
    from sisiwu.demo.site import Grower  # noqa: PLC0415
    from sisiwu.foundation.accounts.models import User  # noqa: PLC0415

    if not User.objects.exists():
        click.echo("生成演示数据（约一分钟）……")
        Grower(timezone.localdate(), units=units, say=click.echo).grow()
        from sisiwu.faces.clock import strike  # noqa: PLC0415

        for _ in strike(timezone.now()):
            pass
    _say_who(address)
    if no_serve:
        return
    _serve(address, "demo")


def _say_who(address: str) -> None:
    from sisiwu.demo.cast import CAST  # noqa: PLC0415

    click.echo(f"\n网站：http://{address}/  （Ctrl+C 停止）")
    click.echo("演示账号（登录页上点一下就登录，不用密码；人员均为虚构）：")
    for one in CAST:
        click.echo(f"  {one.name}　{one.role.label}　{one.at}")
    click.echo("可以试：用王强记录一次会议 → 用郑敏核实 → 再用王强看得分依据。")
    click.echo("命令行里的示例年度：./sisiwu sample\n")


@click.command()
@click.option("--address", default=ADDRESS, show_default=True, help="在哪个地址提供网站。")
def serve(address: str) -> None:
    """提供网站（正式使用；先设置 SISIWU_SECRET、SISIWU_HOSTS）。"""
    build()
    with_settings("production")
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    from sisiwu.foundation.documents.actions import sync  # noqa: PLC0415

    sync()
    call_command("collectstatic", verbosity=0, interactive=False)
    _serve(address, "production")


def _serve(address: str, settings: str) -> None:
    program = shutil.which("gunicorn", path=str(Path(sys.executable).parent)) or "gunicorn"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": f"sisiwu.faces.settings.{settings}"}
    command = [program, "sisiwu.faces.web.wsgi", "-b", address, "-w", "2", "--threads", "4", "--log-level", "warning"]
    try:
        raise SystemExit(subprocess.call(command, env=environment))
    except KeyboardInterrupt:
        raise SystemExit(0) from None


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--on", "day", default="", help="截至哪一天（默认今天），例如 2026-06-30。")
@click.option("--form", type=click.Choice(["csv", "xlsx"]), default="csv", show_default=True, help="表的格式。")
def export(folder: Path, day: str, form: str) -> None:
    """把名册和核实过的事实写成 score、explain 等命令能读的数据文件夹。"""
    with_settings(os.environ.get("SISIWU_SETTINGS", "demo"))
    from django.utils import timezone  # noqa: PLC0415

    from sisiwu.faces.cli.places import day_of  # noqa: PLC0415
    from sisiwu.scoring.datafolder.writing import write  # noqa: PLC0415
    from sisiwu.scoring.in_force import period_of, scheme  # noqa: PLC0415
    from sisiwu.scoring.live import dataset  # noqa: PLC0415

    on = day_of(day) or timezone.localdate()
    one, period = scheme("organizations"), period_of("organizations", on)
    data = dataset(one, period, on)
    for path in write(folder, data, one.catalogue, form):
        click.echo(path)
    count = len(data.organization_facts) + len(data.member_facts)
    click.echo(
        f"{count} 条事实，考核期 {period.label}。计分：./sisiwu score 办法 {folder} --period {period.label} --as-of {on}"
    )


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def manage(words: tuple[str, ...]) -> None:
    """Django 的管理命令（migrate、changepassword、……）。"""
    with_settings(os.environ.get("SISIWU_SETTINGS", "demo"))
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["manage", *words])
