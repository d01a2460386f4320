"""Reading a scheme: the tree of its files becomes a ``Scheme``, or complaints say why not."""

from __future__ import annotations

from sisiwu.engine.catalogue import Catalogue
from sisiwu.engine.scheme.fields import Fields
from sisiwu.engine.scheme.metrics import read_peers
from sisiwu.engine.scheme.model import (
    Clause,
    Item,
    LocalLimits,
    ResponsibilityList,
    RollUp,
    Rule,
    Scheme,
    Source,
)
from sisiwu.engine.scheme.outcomes import (
    read_condition,
    read_consequences,
    read_direct_grades,
    read_grading,
    read_vetoes,
)
from sisiwu.engine.scheme.picks import read_who
from sisiwu.engine.scheme.rules import RuleReader, worths
from sisiwu.engine.source import Complaint, Node, SchemeError, Text
from sisiwu.engine.values import PERIOD_MONTHS, Calendar, points_text


def read_scheme(
    node: Node,
    list_nodes: list[tuple[Node, bool]],
    catalogue: Catalogue,
    sources: tuple[Source, ...],
    members: Scheme | None,
    period_kind: str = "",
) -> Scheme:
    """The scheme of a tree.

    ``list_nodes`` are the trees of its list files, each with whether it is a local addition (K59).
    ``period_kind`` chooses the calendar when the scheme has several (K52). Raises SchemeError.
    """
    complaints: list[Complaint] = []
    fields = Fields(node, complaints)
    subject = fields.choice("subject", ("organization", "member"), "organization")
    calendars = _calendars(fields)
    if period_kind and period_kind not in {calendar.kind for calendar in calendars}:
        fields.complain("S032", fields.place, f"本办法没有“{period_kind}”考核期", "用 period 声明过的考核期")
    chosen = tuple(sorted(calendars, key=lambda calendar: calendar.kind != period_kind))
    reader = RuleReader(catalogue, subject, chosen[0].kind)

    lists: list[ResponsibilityList] = []
    clauses: list[Clause] = _clauses(fields)
    local = None
    if sub := fields.sub("local"):
        local = LocalLimits(sub.whole("most", 0) or 0, sub.points("each", 0) or 0)
        sub.close()
    for list_node, is_local in list_nodes:
        list_fields = Fields(list_node, complaints)
        clauses.extend(_clauses(list_fields))
        list_ = _list(list_fields, reader)
        list_fields.close("local")
        lists.append(list_)
        if is_local:
            _check_local(list_, local, list_fields)
    for child in fields.sequence("lists"):
        if not isinstance(child, Text):
            sub_fields = fields.child(child)
            clauses.extend(_clauses(sub_fields))
            lists.append(_list(sub_fields, reader))
            sub_fields.close()

    not_graded, not_graded_when = None, None
    if sub := fields.sub("not_graded"):
        if sub.has("applies_to"):
            not_graded = read_who(sub.sub("applies_to"), catalogue, subject)
        if sub.has("when"):
            not_graded_when = read_condition(sub, catalogue)
        sub.close()
    grading = read_grading(fields.sub("grading"), catalogue, subject)
    roll_up = None
    if sub := fields.sub("roll_up"):
        roll_up = RollUp(read_who(sub, catalogue, subject).kinds)
    scheme = Scheme(
        id=fields.need_text("scheme", "organizations_2018"),
        title=fields.need_text("title", "党建工作考核办法"),
        version=fields.text("version", "1"),
        subject=subject,
        calendars=chosen,
        catalogue=catalogue,
        lists=tuple(lists),
        place=fields.place,
        default_period=_default_period(fields, chosen[0]),
        issued_on=fields.day("issued_on"),
        sample=fields.flag("sample"),
        base=fields.points("base", 0) or 0,
        lowest=fields.points("floor"),
        highest=fields.points("cap"),
        who=read_who(fields.sub("applies_to"), catalogue, subject),
        not_graded=not_graded,
        not_graded_when=not_graded_when,
        vetoes=read_vetoes(fields, catalogue),
        direct_grades=read_direct_grades(fields, catalogue),
        grading=grading,
        consequences=read_consequences(fields, catalogue),
        roll_up=roll_up,
        members=members,
        local=local,
        sources=sources,
        clauses=tuple(clauses),
        readings=tuple(text.text for text in fields.texts("readings")),
    )
    fields.close("facts", "members", "extends", "sources", "period", "periods", "note")
    if complaints:
        raise SchemeError(complaints)
    return scheme


def _calendars(fields: Fields) -> list[Calendar]:
    nodes = fields.sequence("periods") if fields.has("periods") else [fields.node("period")]
    calendars = []
    for node in nodes:
        if node is None:
            continue
        sub = fields.child(node)
        kind = sub.choice("kind", tuple(PERIOD_MONTHS), "year")
        rolling = sub.flag("rolling")
        month, first = 1, 1
        starts = sub.text("starts")
        try:
            if kind == "month":
                first = int(starts or 1)
            elif starts:
                month, first = (int(part) for part in starts.split("-"))
            Calendar(kind, month, first).period(
                {"year": "2018", "half_year": "2018-H1", "quarter": "2018-Q1", "month": "2018-01"}[kind]
            )
        except ValueError:
            sub.complain(
                "S033", sub.at("starts"), f"考核期起始日“{starts}”写法不对", "年度写“月-日”如 11-01；月度写日如 26"
            )
            month, first = 1, 1
        sub.text("of")
        sub.close()
        calendars.append(Calendar(kind, month, first, rolling))
    return calendars or [Calendar()]


def _default_period(fields: Fields, calendar: Calendar) -> str:
    nodes = fields.sequence("periods") if fields.has("periods") else [fields.node("period")]
    for node in nodes:
        if node is None:
            continue
        sub = fields.child(node)
        label = sub.text("of")
        if label and sub.text("kind", "year") == calendar.kind:
            try:
                calendar.period(label)
            except ValueError:
                sub.complain("S034", sub.at("of"), f"“{label}”不是这种考核期的名称", "年度写 2018，月度写 2018-03")
            return label
    return ""


def _clauses(fields: Fields) -> list[Clause]:
    clauses = []
    for node in fields.sequence("clauses"):
        entry = fields.child(node)
        clauses.append(
            Clause(
                id=entry.need_text("clause", "c8"),
                source=entry.need_text("source", "sample"),
                article=entry.text("article"),
                text=entry.need_text("text", "“……”"),
                place=entry.place,
                reading=entry.text("reading"),
            )
        )
        entry.close()
    return clauses


def _list(fields: Fields, reader: RuleReader) -> ResponsibilityList:
    full = fields.points("full")
    mode = fields.choice("score", ("sum", "hundred", "direct"), "sum")
    items = []
    fields.need("items", "")
    for node in fields.sequence("items"):
        items.append(_item(fields.child(node), reader))
    return ResponsibilityList(
        id=fields.need_text("list", "prescribed"),
        title=fields.need_text("title", "规定清单"),
        items=tuple(items),
        place=fields.place,
        mode=mode,
        base=fields.points("base", 0) or 0,
        weight=fields.points("weight", 0) or 0,
        lowest=fields.points("floor", None if full is None else 0),
        highest=fields.points("cap", full),
        outside=fields.flag("outside"),
        only_below=fields.points("only_below"),
        who=read_who(fields.sub("applies_to"), reader.catalogue, reader.subject),
    )


def _item(fields: Fields, reader: RuleReader) -> Item:
    fields.rule = fields.need_text("item", "study")
    full = fields.points("full")
    rules: list[Rule] = []
    fields.need("rules", "")
    for node in fields.sequence("rules"):
        rule = reader.read(fields.child(node))
        if rule:
            rules.append(rule)
    earned = fields.flag("earned")
    absent = fields.choice(
        "if_not_applicable", ("nothing", "full", "peer_average", "rescale"), "full" if full else "nothing"
    )
    item = Item(
        id=fields.rule,
        title=fields.need_text("title", "专题学习教育"),
        rules=tuple(rules),
        place=fields.place,
        full=0 if earned else full or 0,
        lowest=fields.points("floor", 0 if full else None),
        highest=fields.points("cap", full),
        who=read_who(fields.sub("applies_to"), reader.catalogue, reader.subject),
        absent=absent,
        peers=read_peers(fields),
    )
    fields.close()
    return item


def _check_local(list_: ResponsibilityList, local: LocalLimits | None, fields: Fields) -> None:
    if local is None:
        fields.complain("S040", fields.place, "上级办法不允许增设条目", "删去本清单，或请上级在 local 中授权")
        return
    if len(list_.items) > local.most:
        fields.complain(
            "S041", fields.place, f"增设了 {len(list_.items)} 条，上级只允许 {local.most} 条", "删减到规定条数"
        )
    for item in list_.items:
        for rule in item.rules:
            if any(abs(value) > local.each for value in worths(rule.form)):
                fields.complain(
                    "S042", rule.place, "增设条目的分值超过上级规定的限度", f"每条不超过 {points_text(local.each)} 分"
                )
