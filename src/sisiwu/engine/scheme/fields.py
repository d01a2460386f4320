"""Reading one mapping of a scheme file field by field, collecting every complaint on the way.

A reader never stops at the first mistake: a field that cannot be read is noted with place and hint
and a harmless value stands in, so that the author sees all complaints at once.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from datetime import date

from sisiwu.engine import values
from sisiwu.engine.source import Complaint, Mapping, Node, Place, Sequence, Text
from sisiwu.engine.values import Share

YES = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}
FULL_WIDTH = str.maketrans("０１２３４５６７８９．－％／＋", "0123456789.-%/+")


class Fields:
    """The fields of one mapping; ``close`` complains about those nobody asked for."""

    def __init__(self, node: Node, complaints: list[Complaint], rule: str = "") -> None:
        self.complaints = complaints
        self.rule = rule
        self.place = node.place
        self._asked: set[str] = set()
        if isinstance(node, Mapping):
            self.mapping = node
        else:
            self.mapping = Mapping({}, {}, node.place)
            self.complain("S010", node.place, "这里应当是“键: 值”的形式", "每行写一个“键: 值”")

    def complain(self, id_: str, place: Place, message: str, hint: str = "") -> None:
        self.complaints.append(Complaint(id_, place, message, hint, self.rule))

    def child(self, node: Node, rule: str = "") -> Fields:
        return Fields(node, self.complaints, rule or self.rule)

    def node(self, key: str) -> Node | None:
        self._asked.add(key)
        return self.mapping.get(key)

    def has(self, key: str) -> bool:
        return key in self.mapping.entries

    def at(self, key: str) -> Place:
        """Where the key stands, or the mapping if it is not there."""
        return self.mapping.keys.get(key, self.place)

    def need(self, key: str, example: str) -> Node | None:
        node = self.node(key)
        if node is None:
            self.complain("S011", self.place, f"缺少“{key}”", f"补上一行，例如 {key}: {example}")
        return node

    def text(self, key: str, default: str = "") -> str:
        node = self.node(key)
        if node is None:
            return default
        if isinstance(node, Text):
            return node.text
        self.complain("S012", node.place, f"“{key}”应当是一段文字", f"写成 {key}: 文字")
        return default

    def text_or_mapping(self, key: str) -> str:
        """The text of a field that may also be a mapping; empty for a mapping."""
        node = self.node(key)
        return node.text if isinstance(node, Text) else ""

    def need_text(self, key: str, example: str) -> str:
        return self.text(key) if self.need(key, example) is not None else ""

    def choice(self, key: str, choices: tuple[str, ...], default: str) -> str:
        text = self.text(key, default)
        if text not in choices:
            self.complain(
                "S013", self.at(key), f"“{key}”不能是“{text}”{near(text, choices)}", f"可写：{'、'.join(choices)}"
            )
            return default
        return text

    def flag(self, key: str) -> bool:
        text = self.text(key, "no")
        if text not in YES:
            self.complain("S014", self.at(key), f"“{key}”应当写 yes 或 no，现在是“{text}”", f"写成 {key}: yes")
            return False
        return YES[text]

    def _scalar[T](self, key: str, node: Node | None, convert: Callable[[str], T], what: str) -> T | None:
        if node is None:
            return None
        if not isinstance(node, Text):
            self.complain("S015", node.place, f"“{key}”应当是{what}", "只写一个值")
            return None
        try:
            return convert(node.text)
        except ValueError:
            hint = ""
            plain = node.text.translate(FULL_WIDTH)
            if plain != node.text:
                hint = f"用半角数字：{plain}"
            self.complain("S015", node.place, f"“{key}: {node.text}”不是{what}", hint or f"改成{what}")
            return None

    def points_of(self, key: str, node: Node | None) -> int | None:
        """Points in hundredths."""
        return self._scalar(key, node, values.centi, "最多两位小数的数（如 0.5、-3）")

    def points(self, key: str, default: int | None = None) -> int | None:
        value = self.points_of(key, self.node(key))
        return default if value is None else value

    def measure_of(self, key: str, node: Node | None) -> int | None:
        """A number in hundredths; "80%" is 80.00."""
        return self._scalar(key, node, lambda text: values.centi(text.removesuffix("%")), "数或百分数")

    def whole(self, key: str, default: int | None = None) -> int | None:
        value = self._scalar(key, self.node(key), _whole, "整数")
        return default if value is None else value

    def share(self, key: str) -> Share | None:
        return self._scalar(key, self.node(key), values.share, "比例（如 20%、1/3、0.5）")

    def day(self, key: str) -> date | None:
        return self._scalar(key, self.node(key), values.day, "日期（如 2018-11-26）")

    def texts(self, key: str) -> tuple[Text, ...]:
        """One text or a sequence of texts."""
        node = self.node(key)
        if node is None:
            return ()
        if isinstance(node, Text):
            return (node,)
        if isinstance(node, Sequence):
            wrong = [child for child in node if not isinstance(child, Text)]
            for child in wrong:
                self.complain("S012", child.place, f"“{key}”的每一项应当是文字", "写成 [甲, 乙]")
            return tuple(child for child in node if isinstance(child, Text))
        self.complain("S012", node.place, f"“{key}”应当是文字或 [文字, 文字]", f"写成 {key}: [甲, 乙]")
        return ()

    def sequence(self, key: str) -> tuple[Node, ...]:
        node = self.node(key)
        if node is None:
            return ()
        if isinstance(node, Sequence):
            return node.items
        self.complain("S016", node.place, f"“{key}”应当是逐条的列表", "每条以“- ”开头")
        return ()

    def sub(self, key: str) -> Fields | None:
        node = self.node(key)
        return None if node is None else self.child(node)

    def pairs(self, key: str) -> list[tuple[str, Node, Place]]:
        """The entries of a mapping field."""
        node = self.node(key)
        if node is None:
            return []
        if isinstance(node, Mapping):
            return [(name, value, node.keys[name]) for name, value in node.entries.items()]
        self.complain("S010", node.place, f"“{key}”应当是“键: 值”的形式", f"写成 {key}: {{甲: 1, 乙: 2}}")
        return []

    def close(self, *extra: str) -> None:
        """Complain about keys that nobody asked for."""
        known = self._asked | set(extra)
        for key, place in self.mapping.keys.items():
            if key not in known:
                self.complain(
                    "S017",
                    place,
                    f"不认识的键“{key}”{near(key, tuple(known))}",
                    f"这里可写：{'、'.join(sorted(known))}",
                )


def near(text: str, known: tuple[str, ...] | list[str]) -> str:
    """A guess at what was meant, as the end of a sentence."""
    close = difflib.get_close_matches(text, list(known), n=1, cutoff=0.5)
    return f"，是不是“{close[0]}”？" if close else ""


def _whole(text: str) -> int:
    if not text.lstrip("-").isascii() or not text.lstrip("-").isdigit():
        raise ValueError(text)
    return int(text)
