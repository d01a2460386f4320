"""What happened in a case: its facts, by the dictionary of the scheme."""

from __future__ import annotations

from dataclasses import replace

from sisiwu.engine.cases.people import People, day_of, number_of
from sisiwu.engine.catalogue import Catalogue, FactKind
from sisiwu.engine.records import Fact
from sisiwu.engine.scheme.fields import Fields, near
from sisiwu.engine.values import FOREVER


class Facts:
    """Reads the facts of one case about its people."""

    def __init__(self, catalogue: Catalogue, people: People) -> None:
        self.catalogue = catalogue
        self.people = people

    def read(self, fields: Fields) -> list[tuple[FactKind, Fact]]:
        """The facts with their kinds, in the order they are written."""
        facts: list[tuple[FactKind, Fact]] = []
        for node in fields.sequence("facts"):
            entry = fields.child(node)
            kind = self._fact_kind(entry)
            if kind is not None:
                facts += self._times(entry, kind, self._fact(entry, kind, len(facts) + 1))
                entry.close()
        return facts

    @staticmethod
    def _times(entry: Fields, kind: FactKind, first: Fact) -> list[tuple[FactKind, Fact]]:
        """So many facts alike, numbered one after the other."""
        times = entry.whole("times", 1) or 0
        if times < 1:
            entry.complain("T005", entry.at("times"), "times 应当是 1 以上的整数", "没有发生的事不写")
        numbers = range(first.number, first.number + times)
        return [(kind, replace(first, number=number, id=f"{number:04d}")) for number in numbers]

    def _fact_kind(self, entry: Fields) -> FactKind | None:
        name = entry.need_text("kind", "党课")
        kind = self.catalogue.kind(name)
        if kind is None and name:
            known = [title for known in self.catalogue.kinds for title in (known.title, known.code)]
            hint = "用 sisiwu scheme facts 查看全部事实类别"
            entry.complain("S020", entry.at("kind"), f"事实类别里没有“{name}”{near(name, known)}", hint)
        return kind

    def _fact(self, entry: Fields, kind: FactKind, number: int) -> Fact:
        level = entry.text("level")
        code = kind.level_code(level) if level else None
        if level and code is None:
            self._unknown(entry, "level", level, kind.title, [title for _, title in kind.levels])
        entry.need("on", "2018-03-01")
        return Fact(
            number=number,
            id=f"{number:04d}",
            kind=kind.code,
            subject=self._subject(entry, kind),
            day=day_of(entry, "on", 0),
            level=code,
            quantity=entry.points("quantity", 100) or 0,
            base=entry.points("base", 100) or 0,
            matter=entry.text("matter") or None,
            due=day_of(entry, "due", 0) if entry.has("due") else None,
            marks=self._marks(entry, kind),
            sharers=max(entry.whole("sharers", 1) or 1, 1),
            recorded=day_of(entry, "recorded", 0),
            voided=day_of(entry, "voided", FOREVER),
        )

    @staticmethod
    def _unknown(entry: Fields, key: str, text: str, title: str, known: list[str]) -> None:
        hint = f"可写：{'、'.join(known)}" if known else "这类事实没有可选的"
        entry.complain("T003", entry.at(key), f"“{title}”没有“{text}”{near(text, known)}", hint)

    def _marks(self, entry: Fields, kind: FactKind) -> frozenset[str]:
        found: set[str] = set()
        for text in entry.texts("marks"):
            code = kind.mark_code(text.text)
            if code is None:
                self._unknown(entry, "marks", text.text, kind.title, [title for _, title in kind.marks])
            else:
                found.add(code)
        return frozenset(found)

    def _subject(self, entry: Fields, kind: FactKind) -> int:
        """Whose fact it is; the only subject need not be named."""
        known, what = (
            (self.people.member_numbers, "人员")
            if kind.subject == "member"
            else (self.people.organization_numbers, "党组织")
        )
        if not entry.has("subject") and len(known) == 1:
            return next(iter(known.values()))
        return number_of(entry, "subject", known, what)
