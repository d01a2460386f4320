"""``officers``: the first three accounts of an installation; all others are opened on the site."""

from __future__ import annotations

import os

import click

from sisiwu.faces.cli.site import with_settings

FIRST = (("system", "系统管理员"), ("security", "安全管理员"), ("audit", "审计管理员"))


@click.command()
def officers() -> None:
    """建立系统、安全、审计三个管理员账号，打印初始密码（只一次）；已有管理员时不动。"""
    with_settings(os.environ.get("SISIWU_SETTINGS", "production"))
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from sisiwu.foundation.accounts.actions import grant, open_account  # noqa: PLC0415
    from sisiwu.foundation.accounts.models import Grant  # noqa: PLC0415
    from sisiwu.foundation.accounts.roles import OFFICERS, Role  # noqa: PLC0415
    from sisiwu.foundation.officers.actions import first_password  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    if Grant.objects.filter(role__in=OFFICERS).exists():
        raise click.ClickException("已经有管理员了，请在网页上开通其他账号；忘记密码请由另一名系统管理员重设。")
    with transaction.atomic():
        for (username, name), role in zip(FIRST, OFFICERS, strict=True):
            password = first_password()
            user = open_account(username, name, password)
            grant(user, Role(role), since=timezone.localdate())
            click.echo(f"{name}　用户名 {username}　初始密码 {password}")
    click.echo("请分别交给三个人；登录后在右上角改密码，并开启两步验证。")
