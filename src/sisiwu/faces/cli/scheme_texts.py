"""Commands that read and write schemes as texts: print, compare, begin, look up."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import asdict
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.table import Table

from sisiwu.engine.diff import diff as differences
from sisiwu.engine.scheme.folder import load_catalogue
from sisiwu.engine.show import Document, as_markdown
from sisiwu.engine.show import show as shown
from sisiwu.faces.cli.places import SAMPLE, SCHEMES, opened
from sisiwu.scoring.reports.text_page import as_page

TEMPLATES = {"small": "一张清单的小办法", "five_lists": "五张责任清单"}
DICTIONARY = ("vocabulary.yaml", "facts.yaml")


@click.command()
@click.argument("scheme", type=click.Path(path_type=Path))
@click.option("--list", "list_id", default="", help="只印一张清单（名称或编号）。")
@click.option("--as", "form", type=click.Choice(["text", "markdown", "html"]), default="text", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="写到文件；.html、.md 按后缀定格式。")
def show(scheme: Path, list_id: str, form: str, out: Path | None) -> None:
    """把办法印成领导能看的正式文本：怎样计分、怎样定级、依据哪一条、先算什么后算什么。"""
    rules = opened(scheme)
    try:
        document = shown(rules, list_id)
    except KeyError as error:
        titles = "、".join(one.title for one in rules.lists)
        raise click.BadParameter(f"没有“{list_id}”这张清单；有：{titles}", param_hint="--list") from error
    if out is not None:
        form = {".html": "html", ".htm": "html", ".md": "markdown"}.get(out.suffix.lower(), form)
        if form == "text":
            raise click.BadParameter("写成 .html 或 .md", param_hint="--out")
    if form == "text":
        _print(document)
        return
    text = as_page(document) if form == "html" else as_markdown(document)
    if out is None:
        click.echo(text)
        return
    out.write_text(text, encoding="utf-8")
    click.echo(f"已写入 {out}")


def _print(document: Document) -> None:
    console = Console(width=max(Console().width, 100), highlight=False)
    console.print(f"[b]{document.title}[/b]", justify="center")
    for section in document.sections:
        console.print(f"\n[b]{section.heading}[/b]")
        for paragraph in section.paragraphs:
            console.print(f"  {paragraph}", markup=False)
        if section.table:
            table = Table(box=box.SQUARE, show_lines=True, expand=True)
            wide = {"怎样计分", "怎样评定", "情形", "文件"}
            for heading in section.table.headings:
                table.add_column(heading, ratio=3 if heading in wide else 1, overflow="fold")
            for row in section.table.rows:
                table.add_row(*(cell.replace("[", "\\[") for cell in row))
            console.print(table)


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--as", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def diff(old: Path, new: Path, form: str) -> None:
    """用一句一句的话说两份办法（或两个版本）差在哪里；只比规则，不比文件的写法。"""
    changes = differences(opened(old), opened(new))
    if form == "json":
        click.echo(json.dumps([asdict(change) for change in changes], ensure_ascii=False, indent=1))
        return
    for change in changes:
        click.echo(str(change))
    click.echo(f"共 {len(changes)} 处不同。" if changes else "两份办法在规则上没有不同。")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--template", type=click.Choice(list(TEMPLATES)), default="small", show_default=True, help="用哪个样板。")
@click.option("--title", default="", help="办法的名称。")
def new(folder: Path, template: str, title: str) -> None:
    """从样板开始写一份新办法。"""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.ClickException(f"{folder} 已有内容，换一个新文件夹，免得盖掉")
    shutil.copytree(SCHEMES / "templates" / template, folder, dirs_exist_ok=True)
    if not any((place / DICTIONARY[0]).is_file() for place in (folder.resolve(), *folder.resolve().parents)):
        for name in DICTIONARY:
            shutil.copy(SCHEMES / name, folder / name)
    main = folder / "scheme.yaml"
    text = main.read_text(encoding="utf-8")
    if title:
        text = re.sub(r"(?m)^title: .*$", lambda _: f"title: {json.dumps(title, ensure_ascii=False)}", text, count=1)
        main.write_text(text, encoding="utf-8")
    for path in sorted(folder.rglob("*.yaml")):
        click.echo(str(path))
    click.echo(f"照文件里的注释改，然后：./sisiwu scheme check {folder}")
    click.echo(f"                      ./sisiwu scheme test {folder}")


@click.command()
@click.argument("word", default="")
@click.option("--scheme", type=click.Path(path_type=Path, exists=True), help="连同这份办法自加的类型。")
def facts(word: str, scheme: Path | None) -> None:
    """查事实字典；写一个词就只列名称、层级、标记里有这个词的。"""
    table = Table(box=None, pad_edge=False)
    for heading in ("类型", "记在", "单位", "层级", "数量", "基数", "期限", "标记", "代码"):
        table.add_column(heading, overflow="fold")
    count = 0
    for kind in load_catalogue(scheme or SAMPLE).kinds:
        levels = "、".join(title for _, title in kind.levels)
        marks = "、".join(title for _, title in kind.marks)
        if word and not any(word in text for text in (kind.title, kind.code, levels, marks, kind.quantity)):
            continue
        count += 1
        subject = "个人" if kind.subject == "member" else "党组织"
        table.add_row(kind.title, subject, kind.unit, levels, kind.quantity, kind.base, kind.due, marks, kind.code)
    Console(width=max(Console().width, 120), highlight=False).print(table)
    click.echo(f"共 {count} 种。" if count else f"字典里没有含“{word}”的类型；可在办法文件夹的 facts.yaml 里自加。")
