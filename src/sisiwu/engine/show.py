"""A scheme as the official text that a leader reads: what, to whom, how, on which clause.

The text is made of the same numbers that are counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from sisiwu.engine import words
from sisiwu.engine.scheme.model import Item, ResponsibilityList, Rule, Scheme
from sisiwu.engine.values import points_text


@dataclass(frozen=True)
class Table:
    """Headings and rows of plain text."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A heading, sentences, and perhaps a table."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class Document:
    """The whole text."""

    title: str
    sections: tuple[Section, ...]


def show(scheme: Scheme, list_id: str = "") -> Document:
    """The text of a scheme, or of one of its lists. Raises KeyError for a list that is not there."""
    if list_id:
        chosen = [list_ for list_ in scheme.lists if list_id in (list_.id, list_.title)]
        if not chosen:
            raise KeyError(list_id)
        return Document(_title(scheme), tuple(_list(scheme, list_) for list_ in chosen))
    sections = [_general(scheme), *(_list(scheme, list_) for list_ in scheme.lists), *_outcomes(scheme)]
    sections += [
        Section("计算的先后", tuple(f"{place}. {line}" for place, line in enumerate(words.order_of_application(), 1)))
    ]
    if scheme.readings:
        sections.append(Section("原文不明处的理解", scheme.readings))
    sections.append(_sources(scheme))
    return Document(_title(scheme), tuple(section for section in sections if section.paragraphs or section.table))


def _title(scheme: Scheme) -> str:
    return f"{scheme.title} {scheme.version}".strip()


def _general(scheme: Scheme) -> Section:
    said = []
    if scheme.sample:
        said.append("这是示例办法，数字供替换。")
    if scheme.issued_on:
        said.append(f"发布日期：{scheme.issued_on.isoformat()}。")
    whom = "党员、民警" if scheme.subject == "member" else "党组织"
    said.append(f"考核对象：{whom}；{words.who_in_words(scheme.who, scheme)}。")
    said += [f"考核期：{words.calendar_in_words(calendar)}。" for calendar in scheme.calendars]
    if scheme.not_graded is not None:
        said.append(f"参加考核、不评定等级的：{words.who_in_words(scheme.not_graded, scheme)}。")
    if scheme.not_graded_when is not None:
        said.append(f"{words.condition_in_words(scheme.not_graded_when, scheme)}的，不评定等级。")
    parts = [f"基础分 {points_text(scheme.base)} 分"] if scheme.base else []
    parts.append("各清单得分相加")
    if scheme.highest is not None:
        parts.append(f"最高 {points_text(scheme.highest)} 分")
    if scheme.lowest is not None:
        parts.append(f"最低 {points_text(scheme.lowest)} 分")
    said.append(f"总分：{'，'.join(parts)}。")
    if scheme.roll_up is not None:
        kinds = "、".join(scheme.catalogue.organization_kinds.title(code) for code in scheme.roll_up.kinds)
        said.append(f"{kinds}取所属参加考核党组织的平均分。")
    if scheme.members is not None:
        said.append(f"党员得分按《{scheme.members.title}》计算。")
    if scheme.local is not None:
        said.append(f"下级可以自定不超过 {scheme.local.most} 条，每条不超过 {points_text(scheme.local.each)} 分。")
    return Section("一、总则", tuple(said))


def _list(scheme: Scheme, list_: ResponsibilityList) -> Section:
    rows = tuple(row for item in list_.items for row in _rows(scheme, item))
    table = Table(("条目", "分值", "怎样计分", "依据"), rows)
    return Section(list_.title, (f"{words.list_in_words(list_, scheme)}。",), table)


def _rows(scheme: Scheme, item: Item) -> list[tuple[str, ...]]:
    """One row a rule; the item stands in the first."""
    bounds = words.item_in_words(item, scheme)
    rows = [("", "", _rule(scheme, rule), _clause(scheme, rule.clause)) for rule in item.rules]
    if not rows:
        return [(item.title, bounds, "", "")]
    return [(item.title, bounds, rows[0][2], rows[0][3]), *rows[1:]]


def _rule(scheme: Scheme, rule: Rule) -> str:
    reading = f"（理解：{rule.reading}）" if rule.reading else ""
    return f"{words.rule_in_words(rule, scheme)}。{reading}"


def _clause(scheme: Scheme, id_: str) -> str:
    clause = scheme.clause(id_)
    if clause is None:
        return ""
    source = next((source.title for source in scheme.sources if source.id == clause.source), clause.source)
    document = source if source.startswith("《") else f"《{source}》"
    return f"{document}{clause.article}"


def _outcomes(scheme: Scheme) -> list[Section]:
    sections = []
    grading = scheme.grading
    if grading.grades:
        rows = tuple((grade.name, words.grade_in_words(grade, scheme)) for grade in grading.grades)
        said = words.quota_in_words(scheme)
        sections.append(Section("等级", (f"{said}。",) if said else (), Table(("等级", "怎样评定"), rows)))
    for heading, pairs in (
        ("一票否决", [(words.veto_in_words(one, scheme), one.clause) for one in scheme.vetoes]),
        ("直接定级", [(words.direct_grade_in_words(one, scheme), one.clause) for one in scheme.direct_grades]),
        ("结果的运用", [(words.consequence_in_words(one, scheme), one.clause) for one in scheme.consequences]),
    ):
        rows = tuple((f"{said}。", _clause(scheme, clause)) for said, clause in pairs)
        if rows:
            sections.append(Section(heading, (), Table(("情形", "依据"), rows)))
    return sections


def _sources(scheme: Scheme) -> Section:
    cited = {clause.source for clause in scheme.clauses}
    rows = tuple(
        (
            source.title,
            source.issuer,
            source.issued_on.isoformat() if source.issued_on else "",
            f"已于 {source.abolished_on.isoformat()} 废止" if source.abolished_on else "",
        )
        for source in scheme.sources
        if source.id in cited
    )
    return Section("依据的文件", (), Table(("文件", "发文机关", "日期", "备注"), rows) if rows else None)


def as_markdown(document: Document) -> str:
    """The text as Markdown, to be pasted into any editor."""
    lines = [f"# {document.title}", ""]
    for section in document.sections:
        lines += [f"## {section.heading}", ""]
        for paragraph in section.paragraphs:
            lines += [paragraph, ""]
        if section.table:
            lines.append("| " + " | ".join(section.table.headings) + " |")
            lines.append("|" + "---|" * len(section.table.headings))
            lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in section.table.rows]
            lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
