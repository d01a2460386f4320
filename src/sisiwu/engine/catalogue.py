"""The dictionary of what may be counted: kinds of fact, and the vocabulary of subjects.

A scheme is checked against it and facts are read by it. Authors may use the code or the Chinese
title of anything listed here. Numbers are stable: a stored snapshot carries them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

NATURES = {
    "deed": "工作事实",
    "review": "评议结果",
    "decision": "组织决定",
    "result": "历次考核结果",
    "document": "材料",
    "media": "媒体刊发",
    "instruction": "领导批示",
    "app_use": "软件使用",
    "photo": "拍照留痕",
}
"""What a fact is about (``FactKind.nature``); app_use and photo may never be scored."""

LEVELS_MAX = 99


@dataclass(frozen=True)
class FactKind:
    """One kind of fact (事实类别)."""

    code: str
    number: int
    title: str
    subject: str
    """organization or member (persons, officers included)."""
    unit: str = "次"
    nature: str = "deed"
    levels: tuple[tuple[str, str], ...] = ()
    """Codes and Chinese titles, in order; number of a level = its place from 1."""
    marks: tuple[tuple[str, str], ...] = ()
    """Codes and titles of the marks that such a fact may carry; bit = its place from 0."""
    quantity: str = ""
    """What the quantity is (学时, 得分, 票数); empty: always 1."""
    base: str = ""
    """What the base is (应到人数); empty: none."""
    due: str = ""
    """What the due day is (完成时限, 发生之日); empty: none."""
    note: str = ""

    def level_code(self, text: str) -> str | None:
        """The code of a level given by code or title; None when unknown."""
        return next((code for code, title in self.levels if text in (code, title)), None)

    def level_title(self, code: str) -> str:
        return next((title for known, title in self.levels if known == code), code)

    def mark_code(self, text: str) -> str | None:
        return next((code for code, title in self.marks if text in (code, title)), None)

    def mark_title(self, code: str) -> str:
        return next((title for known, title in self.marks if known == code), code)

    def number_of(self, level: str | None) -> int:
        """The integer that stands for this kind and level in a snapshot."""
        if level is None:
            return self.number * (LEVELS_MAX + 1)
        place = [code for code, _ in self.levels].index(level)
        return self.number * (LEVELS_MAX + 1) + place + 1

    def mark_bits(self, marks: frozenset[str]) -> int:
        """The marks as one integer."""
        return sum(1 << place for place, (code, _) in enumerate(self.marks) if code in marks)


@dataclass(frozen=True)
class Vocabulary:
    """A closed list of codes with Chinese titles and stable numbers (kinds, statuses, posts)."""

    entries: tuple[tuple[int, str, str], ...] = ()
    """Number, code, title."""

    def code(self, text: str) -> str | None:
        """The code of an entry given by code, title or number; None when unknown."""
        for number, code, title in self.entries:
            if text in (code, title, str(number)):
                return code
        return None

    def title(self, code: str) -> str:
        return next((title for _, known, title in self.entries if known == code), code)

    def number(self, code: str) -> int:
        return next(number for number, known, _ in self.entries if known == code)

    def code_of(self, number: int) -> str | None:
        return next((code for known, code, _ in self.entries if known == number), None)

    def bits(self, codes: frozenset[str]) -> int:
        """A set of codes as one integer; an entry's bit is its place in the list."""
        return sum(1 << place for place, (_, code, _) in enumerate(self.entries) if code in codes)

    def titles(self) -> list[str]:
        return [title for _, _, title in self.entries]


@dataclass(frozen=True)
class Catalogue:
    """All vocabularies together."""

    kinds: tuple[FactKind, ...] = ()
    organization_kinds: Vocabulary = Vocabulary()
    regions: Vocabulary = Vocabulary()
    statuses: Vocabulary = Vocabulary()
    positions: Vocabulary = Vocabulary()
    organization_marks: Vocabulary = Vocabulary()
    member_marks: Vocabulary = Vocabulary()
    _index: dict[str, FactKind] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        for kind in self.kinds:
            self._index.setdefault(kind.title, kind)
        for kind in self.kinds:
            self._index[kind.code] = kind

    def kind(self, text: str) -> FactKind | None:
        """The kind of fact with that code or title; None when unknown."""
        return self._index.get(text)

    def with_kinds(self, more: tuple[FactKind, ...]) -> Catalogue:
        """The same dictionary with a scheme's own kinds of fact added."""
        return replace(self, kinds=self.kinds + more, _index={})
