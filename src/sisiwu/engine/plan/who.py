"""To whom something applies, as a condition over a subject's columns."""

from __future__ import annotations

from sisiwu.engine.catalogue import Catalogue
from sisiwu.engine.plan.expressions import (
    TRUE,
    Expr,
    Num,
    col,
    conj,
    has_all,
    has_any,
    has_none,
    member_of,
    op,
)
from sisiwu.engine.plan.windows import Times
from sisiwu.engine.scheme.model import Who


def applies(who: Who, subject: str, catalogue: Catalogue, times: Times, alias: str = "") -> Expr:
    """The condition; columns are those of the relation of subjects, under ``alias`` if given."""

    def column(name: str) -> Expr:
        return col(f"{alias}.{name}" if alias else name)

    parts: list[Expr] = []
    if who.kinds:
        kinds = catalogue.organization_kinds
        parts.append(member_of(column("kind"), [kinds.number(code) for code in who.kinds]))
    if who.regions:
        parts.append(member_of(column("region"), [catalogue.regions.number(code) for code in who.regions]))
    marks = catalogue.organization_marks if subject == "organization" else catalogue.member_marks
    parts.append(has_all(column("marks"), marks.bits(frozenset(who.marks))))
    parts.append(has_none(column("marks"), marks.bits(frozenset(who.without))))
    if who.statuses:
        numbers = [catalogue.statuses.number(code) for code in who.statuses]
        parts.append(member_of(column("status"), numbers))
    if who.positions:
        parts.append(has_any(column("posts"), catalogue.positions.bits(frozenset(who.positions))))
    parts.append(has_none(column("posts"), catalogue.positions.bits(frozenset(who.without_positions))))
    if who.size_from is not None:
        parts.append(op(">=", column("size"), Num(who.size_from)))
    if who.size_below is not None:
        parts.append(op("<", column("size"), Num(who.size_below)))
    if who.tenure_months is not None:
        parts.append(op("<=", column("since"), Num(times.months_ago(who.tenure_months))))
    return conj(*parts) if parts else TRUE
