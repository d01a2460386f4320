"""The entry: commands are named here and imported only when called, so that the start is quick."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

CONTEXT = {"help_option_names": ["-h", "--help"]}


class Shelf(click.Group):
    """A group that knows each command's module and one line about it, and loads it when it is called."""

    def __init__(self, *args: Any, shelf: dict[str, tuple[str, str]], **extra: Any) -> None:
        super().__init__(*args, context_settings=CONTEXT, **extra)
        self.shelf = shelf

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which a user needs them."""
        return [*self.shelf, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded now."""
        if cmd_name not in self.shelf:
            return super().get_command(ctx, cmd_name)
        module, _, name = self.shelf[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(f"sisiwu.faces.cli.{module}"), name)
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without loading any."""
        rows = [(name, about) for name, (_, about) in self.shelf.items()]
        rows += [(name, command.get_short_help_str()) for name, command in self.commands.items()]
        with formatter.section("命令"):
            formatter.write_dl(rows)


@click.group(
    cls=Shelf,
    shelf={
        "demo": ("site:demo", "演示网站：示例组织、虚构人员、一年的工作"),
        "serve": ("site:serve", "提供网站（正式使用）"),
        "sample": ("sample:sample", "命令行示例年度：计分、排名、定级，生成工作簿和网页"),
        "score": ("scoring:score", "按办法给一个数据文件夹计分定级，可输出工作簿等"),
        "explain": ("explanation:explain_command", "一个党组织或一名党员的得分，逐条讲清"),
        "advise": ("advice:advise", "离上一个等级还差什么，先做哪几件最省力"),
        "replay": ("replaying:replay", "同一批事实用两份办法各算一遍，谁升谁降"),
        "officers": ("officers:officers", "建立系统、安全、审计三个管理员账号（只在最初一次）"),
        "manage": ("site:manage", "网站的管理命令（建账号、改密码、迁移）"),
        "remind": ("clock:remind", "到点要办的事：期限提醒、当天的提醒（放进 cron）"),
        "bench": ("bench:bench", "计算速度，与裸的分组求和等作对比"),
    },
)
def main() -> None:
    """四四五：党建工作考核。办法是数据，分数讲得清。"""


@main.group(
    cls=Shelf,
    shelf={
        "check": ("schemes:check", "检查办法，逐条指出问题的位置和改法"),
        "test": ("schemes:test", "运行办法自带的算例（tests/*.yaml）"),
        "show": ("scheme_texts:show", "把办法印成领导能看的正式文本"),
        "diff": ("scheme_texts:diff", "两份办法（或两个版本）在规则上的差别"),
        "new": ("scheme_texts:new", "从样板开始写一份新办法"),
        "facts": ("scheme_texts:facts", "查事实字典：有哪些类型、层级、标记"),
        "fairness": ("fairness:fairness", "公布前的公平性检查"),
    },
)
def scheme() -> None:
    """考核办法：检查、试算、印出、比较、新建。"""


@main.group(
    cls=Shelf,
    shelf={
        "check": ("data:check", "逐行检查数据文件夹，指出错在哪里、怎么改"),
        "template": ("data:template", "空白的数据表样"),
        "generate": ("data:generate", "按种子生成任意规模的样例数据"),
    },
)
def data() -> None:
    """数据文件夹：检查、表样、样例。"""


@main.group(
    cls=Shelf,
    shelf={
        "import": ("registering:import_", "从一个工作簿导入名册，先检查（--dry-run），没有问题才写入"),
        "export": ("registering:export", "把现有名册导出成同样的工作簿；--blank 空白表样"),
    },
)
def register() -> None:
    """名册：导入、导出。"""


@main.group(
    cls=Shelf,
    shelf={"export": ("site:export", "把网站台账里核实过的事实导出成数据文件夹，可用 score 计分")},
)
def facts() -> None:
    """台账里的事实：导出。"""
