"""Scheme -> relational plan: named steps that any of the databases can run.

``build`` returns the plan; ``sisiwu.engine.sql`` writes it as one statement of a dialect.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sisiwu.engine.plan.expressions import (
    NULL,
    ONE,
    ZERO,
    Aggregate,
    Expr,
    Num,
    col,
    conj,
    half_up_signed,
    iff,
    op,
    sub,
    total,
)
from sisiwu.engine.plan.measures import HOME
from sisiwu.engine.plan.packing import FULL
from sisiwu.engine.plan.reach import Reach
from sisiwu.engine.plan.scope import Scope
from sisiwu.engine.plan.steps import Join, Output, Plan, Step
from sisiwu.engine.plan.tracks import Track
from sisiwu.engine.plan.windows import Times
from sisiwu.engine.scheme.forms import MemberAverage
from sisiwu.engine.scheme.model import Scheme
from sisiwu.engine.values import Period

__all__ = ["FULL", "Output", "Plan", "build", "first_day"]


def build(
    scheme: Scheme,
    period: Period,
    as_of: date | None = None,
    *,
    trimmed: bool = False,
    packed: bool = False,
    single: bool = False,
) -> Plan:
    """The plan of one evaluation.

    ``trimmed`` reads a snapshot of live facts (no filter); otherwise the full ledger is read as of
    the day. ``packed`` lets counts share columns; the column ``widest`` then has to stay below
    ``packing.FULL`` in every row, otherwise build again without. ``single`` evaluates one subject alone: rules that compare peers see only it.
    """
    day = as_of or period.end
    oldest = first_day(scheme, period, day)
    members = None
    if scheme.members is not None and _averages(scheme):
        members = Track(
            scheme.members,
            Times(period, scheme.members.calendars[0], day, trimmed, oldest, packed),
            None,
            _scope("branch", single),
        )
    track = Track(
        scheme,
        Times(period, scheme.calendars[0], day, trimmed, oldest, packed),
        members,
        _scope(scheme.subject, single),
    )
    state = track.build()
    steps = _shared(track) + track.steps
    steps += _grades(track, state)
    output = Output(
        grades=tuple(grade.name for grade in scheme.grading.grades),
        lists=tuple((f"l{i}", list_.id) for i, list_ in enumerate(scheme.lists, 1)),
        items=tuple((f"i{i}", item.id) for i, item in enumerate(scheme.items(), 1)),
        consequences=tuple(consequence.id for consequence in scheme.consequences),
    )
    columns = tuple(name for name, _ in steps[-1].columns)
    return Plan(f"{scheme.title} {scheme.version}，{period.label}，截至 {day}", tuple(steps), output, columns)


def _scope(of: str, single: bool) -> Scope | None:
    return Scope(of) if single else None


def first_day(scheme: Scheme, period: Period, as_of: date | None = None) -> int:
    """The earliest day of which any rule of a scheme or its member scheme may count facts."""
    read = [scheme, *([scheme.members] if scheme.members is not None and _averages(scheme) else [])]
    return min(Reach(one, Times(period, one.calendars[0], as_of or period.end)).first for one in read)


def _averages(scheme: Scheme) -> bool:
    return any(isinstance(rule.form, MemberAverage) for rule in scheme.rules())


def _shared(track: Track) -> list[Step]:
    """Slices of the members that facts are joined with, free of columns a fact has too."""
    member, branch, cycle = col("x.member"), col("x.branch"), col("x.cycle")
    shared = [
        Step(HOME, "人员所在支部", (("member", member), ("branch", branch)), "member", "x"),
        Step("cycles", "个人考核年度的起始日", (("member", member), ("cycle", cycle)), "member", "x"),
    ]
    used = {join.table for step in track.steps for join in step.joins}
    return [step for step in shared if step.name in used]


def _grades(track: Track, source: str) -> list[Step]:
    """Places, grades, consequences, and the organizations above."""
    scheme, outcomes, prefix = track.scheme, track.outcomes, track.prefix
    grades = scheme.grading.grades
    steps: list[Step] = []
    windows: list[tuple[str, Expr]] = [("peers", outcomes.group_size()), ("shown", outcomes.shown_place())]
    places: dict[int, Expr] = {}
    for index in range(len(grades)):
        if outcomes.quota(index) is None:
            continue
        above, equal = outcomes.place_windows(index)
        windows.append((f"p{index}", above))
        places[index] = col(f"p{index}")
        if equal is not None:
            windows.append((f"q{index}", equal))
            places[index] = sub(col(f"p{index}"), sub(col(f"q{index}"), ONE))
    steps.append(Step(f"{prefix}_places", "名次与名额", tuple(windows), source, "r", star="r"))
    grade = outcomes.grade(lambda index: places[index]) if grades else NULL
    graded = f"{prefix}_grades"
    steps.append(Step(graded, "等级", (("grade", grade),), f"{prefix}_places", "r", star="r"))
    shown = ("place", _place(col("is_graded"), col("shown")))
    values = [col(f"l{i}") for i in range(1, len(scheme.lists) + 1)]
    items = [(f"i{i}", op("coalesce", value, ZERO)) for i, value in enumerate(track.item_values, 1)]
    columns: list[tuple[str, Expr]] = [
        ("subject", col("subject")),
        ("total", col("total")),
        ("grade", col("grade")),
        shown,
        ("is_graded", col("is_graded")),
        ("consequences", outcomes.consequences()),
        *((value.name, value) for value in values),
        *items,
    ]
    if track.packed:
        columns.append(("widest", track.widest()))
    final = Step(f"{prefix}_results", "结果", tuple(columns), graded, "r")
    if scheme.roll_up is None or track.scope is not None:
        return [*steps, final]
    return [*steps, *_rolled_up(track, final)]


def _place(is_graded: Expr, shown: Expr) -> Expr:
    return iff(op("=", is_graded, ONE), shown, NULL)


def _rolled_up(track: Track, final: Step) -> list[Step]:
    scheme = track.scheme
    if scheme.roll_up is None:
        return [final]
    kinds = [scheme.catalogue.organization_kinds.number(code) for code in scheme.roll_up.kinds]
    first = Step(
        "up",
        "每个党组织的各级上级",
        (("org", col("o.org")), ("above", col("o.parent"))),
        "organization",
        "o",
        where=op("not", op("isnull", col("o.parent"))),
        recursive=True,
    )
    further = Step(
        "",
        "",
        (("org", col("u.org")), ("above", col("o.parent"))),
        "up",
        "u",
        (Join("organization", "o", op("=", col("o.org"), col("u.above"))),),
        op("not", op("isnull", col("o.parent"))),
    )
    above = Step(
        "rolled",
        "上级党组织取下属平均",
        (
            ("subject", col("u.above")),
            ("total", half_up_signed(total(col("f.total")), Aggregate("count", ONE))),
        ),
        final.name,
        "f",
        (
            Join("up", "u", op("=", col("u.org"), col("f.subject"))),
            Join(
                "organization",
                "o",
                conj(op("=", col("o.org"), col("u.above")), op("in", col("o.kind"), *(Num(kind) for kind in kinds))),
            ),
        ),
        group=(col("u.above"),),
    )
    grade = track.outcomes.band_grade() if scheme.grading.grades else NULL
    known: dict[str, Expr] = {"subject": col("subject"), "total": col("total"), "grade": grade}
    known |= {"is_graded": ONE, "consequences": ZERO}
    columns = tuple((name, known.get(name, NULL)) for name, _ in final.columns)
    rolled = Step("", "", columns, "rolled", "r")
    everything = Step(
        "all_results",
        "全部结果",
        tuple((name, col(name)) for name, _ in final.columns),
        final.name,
        "r",
        union=(rolled,),
    )
    return [replace(first, union=(further,)), final, above, everything]
