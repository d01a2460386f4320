"""Where the shipped schemes lie, and how a scheme is opened for a command."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from sisiwu.engine.scheme import Scheme, load
from sisiwu.engine.source import SchemeError
from sisiwu.engine.values import Period

SCHEMES = Path(__file__).resolve().parents[4] / "schemes"
SAMPLE = SCHEMES / "2018" / "organizations"


def opened(folder: Path) -> Scheme:
    """The scheme, or its complaints and the end of the command."""
    try:
        return load(folder)
    except SchemeError as error:
        for complaint in error.complaints:
            click.echo(str(complaint), err=True)
        raise click.ClickException(f"办法有 {len(error.complaints)} 处要改，先运行 scheme check {folder}") from error


def period_of(scheme: Scheme, label: str) -> Period:
    """The period that is asked for, or the scheme's own."""
    wanted = label or scheme.default_period
    if not wanted:
        raise click.UsageError("办法没有写默认的考核期，请用 --period 指定，例如 --period 2018")
    try:
        return scheme.calendars[0].period(wanted)
    except ValueError as error:
        raise click.BadParameter(f"“{wanted}”不是这份办法的考核期：{error}", param_hint="--period") from error


def day_of(text: str | None) -> date | None:
    """A date as typed."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"“{text}”不是日期，写成 2018-11-26 的样子", param_hint="--as-of") from error
