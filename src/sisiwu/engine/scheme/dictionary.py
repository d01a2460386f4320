"""Reading the dictionary files: facts.yaml, vocabulary.yaml and sources.yaml."""

from __future__ import annotations

from sisiwu.engine.catalogue import LEVELS_MAX, NATURES, FactKind, Vocabulary
from sisiwu.engine.scheme.fields import Fields
from sisiwu.engine.scheme.model import Source
from sisiwu.engine.source import Complaint, Mapping, Node, SchemeError, Text

VOCABULARIES = (
    "organization_kinds",
    "regions",
    "statuses",
    "positions",
    "organization_marks",
    "member_marks",
)


def read_kinds_file(node: Node, taken: int = 0) -> tuple[FactKind, ...]:
    """The kinds of fact of one facts.yaml.

    A kind without a ``number`` is numbered 1000 + its place (after ``taken`` others). Raises
    SchemeError.
    """
    complaints: list[Complaint] = []
    fields = Fields(node, complaints)
    kinds: list[FactKind] = []
    seen: set[str] = set()
    for place, child in enumerate(fields.sequence("kinds"), 1):
        entry = fields.child(child)
        code = entry.rule = entry.need_text("kind", "meeting.party_lecture")
        title = entry.need_text("title", "党课")
        if code in seen:
            entry.complain("F001", entry.place, f"事实类别“{code}”登记了两次", "删去其中一处")
        seen.add(code)
        levels = _titles(entry, "levels")
        if len(levels) > LEVELS_MAX:
            entry.complain("F002", entry.at("levels"), f"级别超过 {LEVELS_MAX} 个", "分成几类事实")
        kinds.append(
            FactKind(
                code=code,
                number=entry.whole("number") or 1000 + taken + place,
                title=title,
                subject=entry.choice("subject", ("organization", "member"), "organization"),
                unit=entry.text("unit", "次"),
                nature=entry.choice("nature", tuple(NATURES), "deed"),
                levels=levels,
                marks=_titles(entry, "marks"),
                quantity=entry.text("quantity"),
                base=entry.text("base"),
                due=entry.text("due"),
                note=entry.text("note"),
            )
        )
        entry.close()
    fields.close()
    if complaints:
        raise SchemeError(complaints)
    return tuple(kinds)


def _titles(fields: Fields, key: str) -> tuple[tuple[str, str], ...]:
    """{code: 标题} or [标题, 标题] (code and title alike)."""
    if isinstance(fields.mapping.get(key), Mapping):
        return tuple((name, child.text if isinstance(child, Text) else name) for name, child, _ in fields.pairs(key))
    return tuple((text.text, text.text) for text in fields.texts(key))


def read_vocabulary(node: Node) -> dict[str, Vocabulary]:
    """The vocabularies of vocabulary.yaml; each entry is ``code: [number, 标题]``. Raises SchemeError."""
    complaints: list[Complaint] = []
    fields = Fields(node, complaints)
    words = {}
    for name in VOCABULARIES:
        entries = []
        for code, _, place in fields.pairs(name):
            sub = fields.sub(name)
            texts = sub.texts(code) if sub else ()
            if len(texts) != 2 or not texts[0].text.isdigit():
                fields.complain("F003", place, f"“{code}”应当写成 [编号, 名称]", f"{code}: [1, 名称]")
                continue
            entries.append((int(texts[0].text), code, texts[1].text))
        words[name] = Vocabulary(tuple(entries))
    fields.close()
    if complaints:
        raise SchemeError(complaints)
    return words


def read_sources(node: Node) -> tuple[Source, ...]:
    """The register of citable documents. Raises SchemeError."""
    complaints: list[Complaint] = []
    fields = Fields(node, complaints)
    sources = []
    for child in fields.sequence("sources"):
        entry = fields.child(child)
        sources.append(
            Source(
                id=entry.need_text("source", "regulation_2019"),
                title=entry.need_text("title", "《……条例》"),
                issuer=entry.text("issuer"),
                issued_on=entry.day("issued_on"),
                abolished_on=entry.day("abolished_on"),
                url=entry.text("url"),
                note=entry.text("note"),
            )
        )
        entry.close()
    fields.close()
    if complaints:
        raise SchemeError(complaints)
    return tuple(sources)
