"""Reading what follows from a score: grades, vetoes, direct grades, consequences."""

from __future__ import annotations

import re
from dataclasses import replace

from sisiwu.engine.catalogue import Catalogue
from sisiwu.engine.scheme.fields import Fields
from sisiwu.engine.scheme.metrics import read_peers
from sisiwu.engine.scheme.model import Condition, Consequence, DirectGrade, Grade, Grading, Veto
from sisiwu.engine.scheme.picks import read_pick, read_who

EFFECTS = ("grade", "not_above", "zero_list", "zero_item")


def read_condition(fields: Fields, catalogue: Catalogue, key: str = "when") -> Condition:
    """A ``when`` mapping."""
    sub = fields.sub(key)
    if sub is None:
        fields.complain("S011", fields.place, f"缺少“{key}”", f"补上 {key}: {{count: 事实类别}}")
        return Condition()
    pick = read_pick(sub, catalogue) if sub.has("count") else None
    total = sub.sub("total")
    condition = Condition(
        pick=pick,
        at_least=sub.whole("at_least", 1) or 1,
        total_from=total.points("from") if total else None,
        total_below=total.points("below") if total else None,
        list_id=sub.text("list") or None,
        list_below=sub.points("below"),
        grades=tuple(text.text for text in sub.texts("grade")),
        streak=sub.whole("in_a_row"),
    )
    if total:
        total.close()
    sub.close()
    return condition


def read_vetoes(fields: Fields, catalogue: Catalogue) -> tuple[Veto, ...]:
    vetoes = []
    for node in fields.sequence("vetoes"):
        entry = fields.child(node)
        name = entry.rule = entry.need_text("veto", "crime")
        when = read_condition(entry, catalogue)
        exception = entry.text("exception")
        if exception and when.pick:
            kinds = [kind for code in when.pick.kinds if (kind := catalogue.kind(code))]
            code = next((code for kind in kinds if (code := kind.mark_code(exception))), None)
            if code is None:
                entry.complain(
                    "S022", entry.at("exception"), f"没有“{exception}”这个情形", "先在事实类别的 marks 里登记"
                )
            else:
                where = when.pick.where
                pick = replace(when.pick, where=replace(where, without=(*where.without, code)))
                when = replace(when, pick=pick)
        effect, target = "", ""
        node_ = entry.need("effect", "{grade: 不合格}")
        if node_ is not None and entry.text_or_mapping("effect") == "not_graded":
            effect = "not_graded"
        elif sub := entry.sub("effect"):
            effect = next((key for key in EFFECTS if sub.has(key)), "")
            target = sub.text(effect) if effect else ""
            if not effect:
                sub.complain("S026", sub.place, "不认识的否决效果", f"可写：{'、'.join(EFFECTS)} 或 not_graded")
            sub.close()
        vetoes.append(
            Veto(name, entry.text("title"), entry.text("clause"), when, effect, target, entry.place, exception)
        )
        entry.close()
    return tuple(vetoes)


def read_direct_grades(fields: Fields, catalogue: Catalogue) -> tuple[DirectGrade, ...]:
    grades = []
    for node in fields.sequence("direct_grades"):
        entry = fields.child(node)
        name = entry.rule = entry.need_text("direct", "provincial_model")
        grades.append(
            DirectGrade(
                name,
                entry.text("title"),
                entry.text("clause"),
                read_pick(entry, catalogue),
                entry.need_text("grade", "五星"),
                entry.flag("points_follow"),
                entry.place,
            )
        )
        entry.close()
    return tuple(grades)


def read_grading(fields: Fields | None, catalogue: Catalogue, subject: str) -> Grading:
    if fields is None:
        return Grading()
    grades = []
    for node in fields.sequence("grades"):
        entry = fields.child(node)
        lowest = entry.points("from")
        highest = entry.points("to")
        grades.append(
            Grade(
                name=entry.need_text("grade", "好"),
                place=entry.place,
                lowest=lowest,
                highest=highest,
                below=entry.points("below"),
                share=entry.share("share"),
                number=entry.whole("number"),
                list_id=entry.text("list") or None,
                who=read_who(entry.sub("applies_to"), catalogue, subject),
            )
        )
        entry.close()
    grading = Grading(
        grades=tuple(grades),
        peers=read_peers(fields),
        rounding=fields.choice("rounding", ("floor", "half_up", "ceiling"), "floor"),
        ties=fields.choice("ties", ("none", "all"), "none"),
        base=fields.choice("base", ("assessed", "all"), "assessed"),
        direct_in_quota=fields.flag("direct_in_quota"),
        better=fields.choice("better", ("high", "low"), "high"),
    )
    fields.close()
    return grading


def read_consequences(fields: Fields, catalogue: Catalogue) -> tuple[Consequence, ...]:
    consequences = []
    for number, node in enumerate(fields.sequence("consequences"), 1):
        entry = fields.child(node)
        entry.rule = entry.text("consequence", f"consequence_{number}")
        consequences.append(
            Consequence(
                id=entry.rule,
                title=entry.need_text("measure", "谈话提醒"),
                clause=entry.text("clause"),
                when=read_condition(entry, catalogue),
                place=entry.place,
                amount_fen=_amount(entry),
                months=entry.whole("months"),
            )
        )
        entry.close()
    return tuple(consequences)


def _amount(fields: Fields) -> int | None:
    text = fields.text("amount")
    if not text:
        return None
    match = re.fullmatch(r"(\d{1,9})(?:\.(\d{1,2}))?元", text)
    if not match:
        fields.complain("S015", fields.at("amount"), f"金额“{text}”写法不对", "写成 1000元 或 200.50元")
        return None
    return int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0"))
