"""YAML text -> a tree that remembers file, line and column.

Every scalar stays the text the author wrote, so that ``0.50``, ``on`` and ``2018-11-26`` mean what
they look like; what a value is, is decided where it is used. Duplicate keys are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands: file as given, line and column counted from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Complaint:
    """Something that is wrong, where, and how to mend it; messages are in Chinese."""

    id: str
    place: Place
    message: str
    hint: str = ""
    rule: str = ""
    warning: bool = False

    def __str__(self) -> str:
        subject = f"【{self.rule}】" if self.rule else ""
        kind = "提醒" if self.warning else "错误"
        hint = f"\n    改法：{self.hint}" if self.hint else ""
        return f"{self.place}: {kind} {self.id} {subject}{self.message}{hint}"


class SchemeError(Exception):
    """A scheme that cannot be used; ``complaints`` says why, all of them at once."""

    def __init__(self, complaints: list[Complaint]) -> None:
        self.complaints = complaints
        super().__init__("\n".join(str(complaint) for complaint in complaints))


@dataclass(frozen=True)
class Text:
    """A scalar, exactly as written (without quotes)."""

    text: str
    place: Place


@dataclass(frozen=True)
class Sequence:
    """A YAML sequence."""

    items: tuple[Node, ...]
    place: Place

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)


@dataclass(frozen=True)
class Mapping:
    """A YAML mapping; ``keys`` keeps where each key stands."""

    entries: dict[str, Node]
    keys: dict[str, Place]
    place: Place

    def get(self, key: str) -> Node | None:
        return self.entries.get(key)


type Node = Text | Sequence | Mapping


class _Loader(yaml.SafeLoader):
    """Refuses aliases: a few lines of them unfold into gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "不支持 * 引用", mark)
        return super().compose_node(parent, index)


def read(text: str, file: str) -> Node:
    """The tree of one YAML document.

    Raises SchemeError (S001 not YAML, S002 a key twice, S003 an anchor or a key that is no text).
    """
    try:
        node = _Loader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        hint = "检查缩进是否对齐（只用空格）、冒号后是否有空格、引号是否成对"
        message = f"读不懂这一行的写法（{error.problem or error.context}）"
        raise SchemeError([Complaint("S001", place, message, hint)]) from error
    except yaml.YAMLError as error:
        message = "文件里有不能识别的字符"
        raise SchemeError([Complaint("S001", Place(file), message, "另存为 UTF-8 文本")]) from error
    if node is None:
        raise SchemeError([Complaint("S001", Place(file), "文件是空的", "用 scheme new 从样板开始")])
    return _convert(node, file)


def _convert(node: yaml.Node, file: str) -> Node:
    place = Place(file, node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.ScalarNode):
        return Text(str(node.value), place)
    if isinstance(node, yaml.SequenceNode):
        return Sequence(tuple(_convert(child, file) for child in node.value), place)
    entries: dict[str, Node] = {}
    keys: dict[str, Place] = {}
    for key, value in node.value:
        at = Place(file, key.start_mark.line + 1, key.start_mark.column + 1)
        if not isinstance(key, yaml.ScalarNode):
            raise SchemeError([Complaint("S003", at, "键必须是文字", "把键写成一个词")])
        name = str(key.value)
        if name in entries:
            earlier = keys[name].line
            message = f"“{name}”写了两次（第{earlier}行已有）"
            raise SchemeError([Complaint("S002", at, message, "删去其中一处，或合并成一处")])
        entries[name] = _convert(value, file)
        keys[name] = at
    return Mapping(entries, keys, place)
