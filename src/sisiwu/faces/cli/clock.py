"""``remind``: what runs by the clock."""

from __future__ import annotations

import os

import click

from sisiwu.faces.cli.site import with_settings


@click.command()
def remind() -> None:
    """到点要办的事：期限提醒、文件登记、当天的提醒。放进 cron，工作日 9 点以后运行；再运行一次不会重复。"""
    with_settings(os.environ.get("SISIWU_SETTINGS", "demo"))
    from django.utils import timezone  # noqa: PLC0415

    from sisiwu.faces.clock import strike  # noqa: PLC0415

    failed = False
    for job, number in strike(timezone.now()):
        failed = failed or number is None
        click.echo(f"{job.title}：{'没有办成，见日志' if number is None else number}")
    raise SystemExit(failed)
