"""Reading what a rule counts and to whom it applies: names become codes of the catalogue."""

from __future__ import annotations

from sisiwu.engine.catalogue import Catalogue, FactKind, Vocabulary
from sisiwu.engine.scheme.fields import Fields, near
from sisiwu.engine.scheme.forms import Pick, Where
from sisiwu.engine.scheme.model import Who
from sisiwu.engine.source import Text


def read_pick(fields: Fields, catalogue: Catalogue, key: str = "count") -> Pick:
    """The facts that ``key`` names, with ``where``, ``of`` and ``valid_months`` beside it."""
    kinds = read_kinds(fields, catalogue, key)
    where_fields = fields.sub("where")
    where = read_where(where_fields, catalogue, kinds) if where_fields else Where()
    months, by_level = _valid_months(fields, kinds)
    return Pick(
        kinds=tuple(kind.code for kind in kinds),
        where=where,
        of=fields.choice("of", ("self", "members", "organization", "colleagues"), "self"),
        valid_months=months,
        valid_months_by_level=by_level,
    )


def read_kinds(fields: Fields, catalogue: Catalogue, key: str) -> list[FactKind]:
    if not fields.has(key):
        fields.need(key, "党课")
        return []
    kinds = []
    for text in fields.texts(key):
        kind = catalogue.kind(text.text)
        if kind is None:
            known = [name for known in catalogue.kinds for name in (known.title, known.code)]
            fields.complain(
                "S020",
                text.place,
                f"事实类别里没有“{text.text}”{near(text.text, known)}",
                "用 sisiwu scheme facts 查看全部事实类别，或在本办法的 facts.yaml 里登记",
            )
        else:
            kinds.append(kind)
    return kinds


def read_where(fields: Fields, catalogue: Catalogue, kinds: list[FactKind]) -> Where:
    where = Where(
        levels=level_codes(fields, fields.texts("level"), kinds),
        marks=_mark_codes(fields, "mark", kinds),
        without=_mark_codes(fields, "without", kinds),
        positions=codes(fields, fields.texts("position"), catalogue.positions, "职务"),
    )
    if span := fields.sub("quantity"):
        low = span.measure_of("from", span.node("from"))
        high = span.measure_of("below", span.node("below"))
        span.close()
        where = Where(where.levels, where.marks, where.without, low, high, where.positions)
    fields.close()
    return where


def level_codes(fields: Fields, texts: tuple[Text, ...], kinds: list[FactKind]) -> tuple[str, ...]:
    found = []
    for text in texts:
        code = level_code(text.text, kinds)
        if code is None and kinds:
            known = [title for kind in kinds for _, title in kind.levels]
            fields.complain(
                "S021",
                text.place,
                f"“{kinds[0].title}”没有“{text.text}”这个级别{near(text.text, known)}",
                f"可写：{'、'.join(known)}" if known else "这类事实不分级别",
            )
        elif code is not None:
            found.append(code)
    return tuple(found)


def level_code(text: str, kinds: list[FactKind]) -> str | None:
    return next((code for kind in kinds if (code := kind.level_code(text))), None)


def _mark_codes(fields: Fields, key: str, kinds: list[FactKind]) -> tuple[str, ...]:
    found = []
    for text in fields.texts(key):
        code = next((code for kind in kinds if (code := kind.mark_code(text.text))), None)
        if code is None and kinds:
            known = [title for kind in kinds for _, title in kind.marks]
            fields.complain(
                "S022",
                text.place,
                f"“{kinds[0].title}”没有“{text.text}”这个情形{near(text.text, known)}",
                f"可写：{'、'.join(known)}" if known else "这类事实没有可选的情形",
            )
        elif code is not None:
            found.append(code)
    return tuple(found)


def codes(fields: Fields, texts: tuple[Text, ...], vocabulary: Vocabulary, what: str) -> tuple[str, ...]:
    found = []
    for text in texts:
        code = vocabulary.code(text.text)
        if code is None:
            fields.complain(
                "S023",
                text.place,
                f"没有“{text.text}”这种{what}{near(text.text, vocabulary.titles())}",
                f"可写：{'、'.join(vocabulary.titles())}",
            )
        else:
            found.append(code)
    return tuple(found)


def read_who(fields: Fields | None, catalogue: Catalogue, subject: str) -> Who:
    """The ``applies_to`` of a scheme, list, item, rule or grade."""
    if fields is None:
        return Who()
    marks = catalogue.organization_marks if subject == "organization" else catalogue.member_marks
    size = fields.sub("size")
    size_from = size.whole("from") if size else None
    size_below = size.whole("below") if size else None
    if size:
        size.close()
    who = Who(
        kinds=codes(fields, fields.texts("kind"), catalogue.organization_kinds, "党组织"),
        regions=codes(fields, fields.texts("region"), catalogue.regions, "地区"),
        statuses=codes(fields, fields.texts("status"), catalogue.statuses, "人员状态"),
        positions=codes(fields, fields.texts("position"), catalogue.positions, "职务"),
        without_positions=codes(fields, fields.texts("without_position"), catalogue.positions, "职务"),
        marks=codes(fields, fields.texts("mark"), marks, "标记"),
        without=codes(fields, fields.texts("without"), marks, "标记"),
        size_from=size_from,
        size_below=size_below,
        tenure_months=fields.whole("tenure_months"),
    )
    if subject == "organization" and (who.statuses or who.positions or who.without_positions):
        fields.complain("S024", fields.place, "对党组织不能按人员状态或职务限定", "只写 kind、region、size、mark")
    if subject == "member" and size:
        fields.complain("S024", fields.place, "对个人不能按党组织人数限定", "删去 size")
    fields.close()
    return who


def _valid_months(fields: Fields, kinds: list[FactKind]) -> tuple[int | None, tuple[tuple[str, int], ...]]:
    if not fields.has("valid_months"):
        return None, ()
    if isinstance(fields.mapping.get("valid_months"), Text):
        return fields.whole("valid_months"), ()
    table = []
    for name, node, place in fields.pairs("valid_months"):
        months = node.text if isinstance(node, Text) else ""
        if code := level_codes(fields, (Text(name, place),), kinds):
            if months.isdigit():
                table.append((code[0], int(months)))
            else:
                fields.complain("S015", place, f"“{name}”的有效期应当是月数", "写成 12")
    return None, tuple(table)
