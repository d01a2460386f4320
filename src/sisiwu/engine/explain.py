"""A result told line by line, from the total down to the facts, so that a person can add it up.

An explanation is a tree. Wherever an entry has points and stands on others that have points, theirs
sum to its own: what a cap took, a weight made of it, or a floor gave back is a line of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from sisiwu.engine.records import Dataset, Fact
from sisiwu.engine.results import ItemScore, Line, ListScore, Result, RuleScore
from sisiwu.engine.scheme import forms
from sisiwu.engine.scheme.model import Grade, Item, ResponsibilityList, Rule, Scheme
from sisiwu.engine.values import day_date, points_text, score_text

SUMS = forms.PerEvent | forms.Discretionary | forms.Deadline


class Words(Protocol):
    """Says rules in Chinese (``engine.words``)."""

    def rule_in_words(self, rule: Rule, scheme: Scheme) -> str:
        """The rule as one sentence."""


@dataclass(frozen=True)
class Entry:
    """One line of an explanation and what it stands on."""

    kind: str
    """subject, list, item, rule, clause, fact, uncounted, full, base, sum, cut, weight, note or check."""
    text: str
    points_centi: int | None = None
    """None: the line only tells, it adds nothing."""
    key: str = ""
    """Id of the list, item, rule or fact."""
    children: tuple[Entry, ...] = ()

    @property
    def summands(self) -> list[int]:
        """The points of the lines beneath that add up to this one's."""
        return [child.points_centi for child in self.children if child.points_centi is not None]

    def walk(self) -> Iterator[Entry]:
        """This entry and all beneath it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Explanation:
    """Why one subject has its total and its grade."""

    subject: str
    """The name of the organization or the person."""
    scheme: str
    root: Entry

    def item(self, key: str) -> Entry | None:
        """The entry of an item, by its id or its title."""
        items = (entry for entry in self.root.walk() if entry.kind == "item")
        return next((entry for entry in items if key in (entry.key, entry.text.split("（")[0])), None)


def explain(scheme: Scheme, result: Result, dataset: Dataset, words: Words) -> Explanation:
    """The whole explanation of a result."""
    return _Teller(scheme, result, dataset, words).tell()


class _Teller:
    def __init__(self, scheme: Scheme, result: Result, dataset: Dataset, words: Words) -> None:
        self.scheme = scheme
        self.result = result
        self.words = words
        self.organizations = {organization.number: organization.name for organization in dataset.organizations}
        self.members = {member.number: member.name for member in dataset.members}
        self.sources = {source.id: source.title for source in scheme.sources}

    def tell(self) -> Explanation:
        names = self.members if self.scheme.subject == "member" else self.organizations
        name = names.get(self.result.subject, str(self.result.subject))
        told = (*self._outcome(), *self._parts())
        root = Entry("subject", f"{name}总分", self.result.total_centi, str(self.result.subject), told)
        return Explanation(name, f"{self.scheme.title} {self.scheme.version}", root)

    # --- grade

    def _outcome(self) -> list[Entry]:
        """The sum check, the grade and why, what follows."""
        entries = [Entry("check", self._check())] if self.result.lists else []
        if self.result.grade:
            place = f"，第 {self.result.place} 名" if self.result.place is not None else ""
            entries.append(Entry("grade", f"等级：{self.result.grade}{place}{self._band()}"))
        entries += [Entry("note", note) for note in self.result.notes]
        for veto in self.scheme.vetoes:
            if veto.id in self.result.vetoes:
                entries += self._clause(veto.clause)
        entries += [
            entry
            for one in self.scheme.direct_grades
            if one.id == self.result.direct
            for entry in self._clause(one.clause)
        ]
        for consequence in self.scheme.consequences:
            if consequence.id in self.result.consequences:
                amount = f"，{points_text(consequence.amount_fen)} 元" if consequence.amount_fen is not None else ""
                months = f"，{consequence.months} 个月" if consequence.months is not None else ""
                clause = tuple(self._clause(consequence.clause))
                entries.append(
                    Entry("consequence", f"后果：{consequence.title}{amount}{months}", None, consequence.id, clause)
                )
        return entries

    def _check(self) -> str:
        """The total as a sum: 87.50 = 规定清单 18.00 + …."""
        result = self.result
        titles = {list_.id: list_.title for list_ in self.scheme.lists}
        parts = [("基础分", result.base_centi)] if result.base_centi else []
        parts += [(titles[score.list], score.score_centi) for score in result.lists]
        if result.cut_centi:
            parts.append((self._cut_name(), result.cut_centi))
        return f"{score_text(result.total_centi)} = {_sum_text(parts)}"

    def _cut_name(self) -> str:
        return "直接定级取分" if self.result.direct else "总分限额"

    def _band(self) -> str:
        """The bounds of the grade's band, where the points decided."""
        forced = any(veto.effect == "grade" for veto in self.scheme.vetoes if veto.id in self.result.vetoes)
        grade = next((one for one in self.scheme.grading.grades if one.name == self.result.grade), None)
        if grade is None or self.result.direct or forced:
            return ""
        said = [text for text in (_bounds(grade), self._quota(grade)) if text]
        of = next((f"“{list_.title}”" for list_ in self.scheme.lists if list_.id == grade.list_id), "总分")
        return f"（{of}{'，'.join(said)}）" if said else ""

    def _quota(self, grade: Grade) -> str:
        if grade.number is not None:
            return f"名额 {grade.number} 个"
        return f"名额 {grade.share.text}" if grade.share else ""

    # --- lists

    def _parts(self) -> list[Entry]:
        """What the total is made of: base, lists, bounds, lists outside the bounds."""
        result = self.result
        known = {list_.id: list_ for list_ in self.scheme.lists}
        inside = [self._list(known[score.list], score) for score in result.lists if not score.outside]
        outside = [self._list(known[score.list], score) for score in result.lists if score.outside]
        base = [Entry("base", "基础分", result.base_centi)] if result.base_centi else []
        cut = [Entry("cut", self._cut_text(), result.cut_centi)] if result.cut_centi else []
        return [*base, *inside, *cut, *outside]

    def _cut_text(self) -> str:
        scheme = self.scheme
        if self.result.direct:
            return "直接定级，得分随之调整"
        bound = scheme.highest if self.result.cut_centi < 0 else scheme.lowest
        word = "最高" if self.result.cut_centi < 0 else "最低"
        return f"总分{word} {points_text(bound or 0)} 分"

    def _list(self, list_: ResponsibilityList, score: ListScore) -> Entry:
        """base + items, then what the weight made of them, then the bounds."""
        known = {item.id: item for item in list_.items}
        children = [Entry("base", "基础分", score.base_centi)] if score.base_centi else []
        children += [self._item(known[item.item], item) for item in score.items]
        said = score.arithmetic
        weighed = score.score_centi - score.cut_centi
        summed = score.base_centi + sum(item.score_centi for item in score.items)
        if weighed != summed:
            children.append(Entry("weight", f"折算：{said}", weighed - summed))
        if score.cut_centi:
            bounded = "限额" if weighed != summed else (said or "限额")
            children.append(Entry("cut", bounded, score.cut_centi))
        elif said and weighed == summed:
            children.append(Entry("note", said))
        outside = "（计在总分限额之外）" if score.outside else ""
        return Entry("list", f"{list_.title}{outside}", score.score_centi, list_.id, tuple(children))

    # --- items

    def _item(self, item: Item, score: ItemScore) -> Entry:
        """full + rules, then the bounds."""
        head = (
            f"{item.title}（满分 {points_text(item.full or item.highest or 0)}）"
            if item.full or item.highest
            else item.title
        )
        if not score.applies:
            return Entry("item", head, score.score_centi, item.id, (Entry("note", score.note),))
        known = {rule.id: rule for rule in item.rules}
        children = [Entry("full", "满分", score.full_centi)] if score.full_centi else []
        children += [self._rule(known[rule.rule], rule) for rule in score.rules]
        if score.cut_centi:
            children.append(Entry("cut", score.note, score.cut_centi))
        elif score.note:
            children.append(Entry("note", score.note))
        return Entry("item", head, score.score_centi, item.id, tuple(children))

    # --- rules

    def _rule(self, rule: Rule, score: RuleScore) -> Entry:
        """The rule in words, its clause, its facts, what did not count, its caps."""
        said = self.words.rule_in_words(rule, self.scheme)
        text = f"{rule.title}：{said}" if rule.title else said
        children = [*self._clause(rule.clause)]
        if rule.reading:
            children.append(Entry("note", f"读法：{rule.reading}"))
        children += self._counted(rule, score)
        children += [self._fact(line, "uncounted") for line in score.uncounted]
        if score.cut_centi:
            children.append(Entry("cut", self._rule_cut(rule, score), score.cut_centi))
        return Entry("rule", text, score.score_centi, rule.id, tuple(children))

    def _counted(self, rule: Rule, score: RuleScore) -> list[Entry]:
        """Facts that have points of their own, or the arithmetic and the facts it looked at."""
        if not score.applies:
            return [Entry("note", score.arithmetic)]
        facts = [self._fact(line, "fact") for line in score.lines]
        if isinstance(rule.form, SUMS):
            return facts or [Entry("note", "没有此类事实")]
        told = [Entry(entry.kind, entry.text, None, entry.key) for entry in facts]
        return [Entry("sum", score.arithmetic, score.score_centi - score.cut_centi), *told]

    def _rule_cut(self, rule: Rule, score: RuleScore) -> str:
        bound = rule.highest if score.cut_centi < 0 else rule.lowest
        said = [score.arithmetic] if isinstance(rule.form, SUMS) and score.arithmetic else []
        if bound is not None and score.score_centi == bound:
            said.append(f"本条{'最多加' if bound > 0 else '最多扣'} {points_text(abs(bound))} 分")
        return "，".join(said) or "封顶"

    def _fact(self, line: Line, kind: str) -> Entry:
        note = f"，{line.note}" if line.note and kind == "fact" else ""
        why = f"（不计：{line.note}）" if kind == "uncounted" else ""
        points = line.points_centi if kind == "fact" else None
        return Entry(kind, f"{self._fact_text(line.fact)}{note}{why}", points, line.fact.id)

    def _fact_text(self, fact: Fact) -> str:
        """Day, title, level, marks, quantity, whose, id."""
        kind = self.scheme.catalogue.kind(fact.kind)
        parts = [day_date(fact.day).isoformat(), kind.title if kind else fact.kind]
        if fact.level:
            parts.append(kind.level_title(fact.level) if kind else fact.level)
        parts += sorted(kind.mark_title(mark) if kind else mark for mark in fact.marks)
        if kind and kind.base:
            parts.append(
                f"{kind.quantity or '数量'} {points_text(fact.quantity)}／{kind.base} {points_text(fact.base)}"
            )
        elif fact.quantity != 100 or (kind and kind.quantity):
            parts.append(f"{(kind.quantity if kind else '') or '数量'} {points_text(fact.quantity)}")
        if fact.matter:
            parts.append(f"事项 {fact.matter}")
        of_member = kind is not None and kind.subject == "member"
        if of_member != (self.scheme.subject == "member") or fact.subject != self.result.subject:
            names = self.members if of_member else self.organizations
            parts.append(names.get(fact.subject, ""))
        return " ".join(part for part in parts if part) + f" [{fact.id}]"

    def _clause(self, id_: str) -> list[Entry]:
        """Document, article and text of a clause."""
        clause = self.scheme.clause(id_)
        if clause is None:
            return []
        title = self.sources.get(clause.source, clause.source)
        document = title if title.startswith("《") else f"《{title}》"
        entries = [Entry("clause", f"依据：{document}{clause.article}：{clause.text}", None, clause.id)]
        return entries + ([Entry("note", f"读法：{clause.reading}")] if clause.reading else [])


def _bounds(grade: Grade) -> str:
    low = f"{points_text(grade.lowest)} 分以上" if grade.lowest is not None else ""
    high = f"不满 {points_text(grade.below)} 分" if grade.below is not None else ""
    return "、".join(text for text in (low, high) if text)


def _sum_text(parts: list[tuple[str, int]]) -> str:
    """基础分 100.00 - 扣分清单 2.00."""
    said = ""
    for name, value in parts:
        sign = " - " if value < 0 else " + "
        said += f"{sign}{name} {score_text(abs(value))}"
    if said.startswith(" + "):
        return said[3:]
    return f"-{said[3:]}" if said else "0.00"


# --- text for a terminal

SIGNED = {"rule", "fact", "cut", "weight", "sum"}
POINTS_WIDTH = 9
_CLOSING = "，。；：、？！”’）》】"
_OPENING = "“‘（《【"
_WORD = re.compile(r"[!-~]+|.", re.DOTALL)


def as_text(explanation: Explanation, item: str | None = None, width: int = 100) -> str:
    """The explanation, or one item of it, indented, with the points in a column at the right.

    A Chinese character counts as two columns. Raises KeyError for an item that is not there.
    """
    root = explanation.root
    if item is not None:
        found = explanation.item(item)
        if found is None:
            raise KeyError(item)
        root = found
    lines = [explanation.scheme, explanation.subject]
    for depth, entry in _flat(root, 0):
        lines += _rows(depth, entry, width)
    return "\n".join(lines) + "\n"


def _flat(entry: Entry, depth: int) -> Iterator[tuple[int, Entry]]:
    yield depth, entry
    for child in entry.children:
        yield from _flat(child, depth + 1)


def _rows(depth: int, entry: Entry, width: int) -> list[str]:
    """One entry as lines: wrapped text, its points at the right of the first."""
    indent = "  " * depth
    room = width - len(indent) - POINTS_WIDTH - 1
    texts = wrapped(entry.text, max(room, 20))
    points = shown_points(entry).rjust(POINTS_WIDTH)
    first = f"{indent}{texts[0]}{' ' * (room - columns(texts[0]))} {points}".rstrip()
    return [first, *(f"{indent}  {text}" for text in texts[1:])]


def shown_points(entry: Entry) -> str:
    """The points as a column shows them: what is added has its sign."""
    if entry.points_centi is None:
        return ""
    sign = "+" if entry.kind in SIGNED and entry.points_centi > 0 else ""
    return sign + score_text(entry.points_centi)


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrapped(text: str, room: int) -> list[str]:
    """The text in lines of at most so many columns.

    Latin words and numbers stay whole, and no line begins with a closing mark or ends with an opening one.
    """
    lines: list[list[str]] = [[]]
    for word in _WORD.findall(text):
        last = lines[-1]
        if last and columns("".join(last)) + columns(word) > room:
            clings = word in _CLOSING or last[-1] in _OPENING
            lines.append([last.pop()] if clings and len(last) > 1 else [])
        if lines[-1] or word != " ":
            lines[-1].append(word)
    return ["".join(line) for line in lines]
