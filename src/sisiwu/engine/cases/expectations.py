"""What must come of a case."""

from __future__ import annotations

from sisiwu.engine.cases.model import Expected
from sisiwu.engine.scheme.fields import Fields, near
from sisiwu.engine.scheme.model import Scheme
from sisiwu.engine.source import Mapping, Node, Text
from sisiwu.engine.values import centi

EXPECTED = ("total", "grade", "place", "lists", "items", "consequences")
EXAMPLE = "总分写 total: 98，清单写 lists: {basic: 18}"


class Expectations:
    """Reads what a case states of its subjects; ``known`` are their numbers by name."""

    def __init__(self, scheme: Scheme, known: dict[str, int]) -> None:
        self.scheme = scheme
        self.known = known

    def read(self, fields: Fields) -> tuple[Expected, ...]:
        """Every stated value; with one subject the fields may stand directly under ``expect``."""
        node = fields.need("expect", "{total: 98}")
        if node is None:
            return ()
        known = self.known
        entry = fields.child(node)
        if isinstance(node, Mapping) and set(node.entries) & set(EXPECTED) and len(known) == 1:
            name, number = next(iter(known.items()))
            return self._of_subject(name, number, entry)
        found: list[Expected] = []
        for name, child, place in fields.pairs("expect"):
            if name in known:
                found += self._of_subject(name, known[name], fields.child(child))
            else:
                message = f"本例中没有“{name}”这个考核对象{near(name, list(known))}"
                fields.complain("T002", place, message, f"可写：{'、'.join(known)}")
        return tuple(found)

    def _of_subject(self, name: str, number: int, entry: Fields) -> tuple[Expected, ...]:
        found: list[Expected] = []
        if (total := entry.points("total")) is not None:
            found.append(Expected(number, name, "total", "", total))
        if entry.has("grade"):
            found.append(Expected(number, name, "grade", "", entry.text("grade")))
        if (place := entry.whole("place")) is not None:
            found.append(Expected(number, name, "place", "", place))
        lists = {list_.id: list_.id for list_ in self.scheme.lists} | {one.title: one.id for one in self.scheme.lists}
        items = {item.title: item.id for item in self.scheme.items()} | {one.id: one.id for one in self.scheme.items()}
        found += self._scores(name, number, entry, "lists", lists)
        found += self._scores(name, number, entry, "items", items)
        if entry.has("consequences"):
            found.append(Expected(number, name, "consequences", "", self._consequences(entry)))
        entry.close(*EXPECTED)
        return tuple(found)

    def _scores(self, name: str, number: int, entry: Fields, field: str, known: dict[str, str]) -> list[Expected]:
        found: list[Expected] = []
        for key, node, place in entry.pairs(field):
            value = points_of(entry, key, node)
            if key not in known:
                message = f"本办法没有“{key}”{near(key, list(known))}"
                entry.complain("T004", place, message, f"可写：{'、'.join(sorted(set(known.values())))}")
            elif value is not None:
                found.append(Expected(number, name, field, known[key], value))
        return found

    def _consequences(self, entry: Fields) -> tuple[str, ...]:
        titles = {one.id: one.title for one in self.scheme.consequences}
        found: list[str] = []
        for text in entry.texts("consequences"):
            title = titles.get(text.text, text.text)
            if title not in titles.values():
                hint = f"可写：{'、'.join(titles.values())}" if titles else "本办法没有规定后果"
                entry.complain("T004", text.place, f"本办法没有“{text.text}”这项后果", hint)
            found.append(title)
        return tuple(sorted(found))


def points_of(entry: Fields, key: str, node: Node) -> int | None:
    """Points as a case states them."""
    try:
        return centi(node.text) if isinstance(node, Text) else None
    except ValueError:
        entry.complain("S015", node.place, f"“{key}: {node.text if isinstance(node, Text) else ''}”不是分数", EXAMPLE)
        return None
