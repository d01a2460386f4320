"""C2xx: every rule stands on a clause, every clause on a document that is in force."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import PurePath

from sisiwu.engine.checks.draft import Draft, error, warning
from sisiwu.engine.checks.figures import figures_missing
from sisiwu.engine.scheme.model import Clause, Consequence, DirectGrade, Rule, Veto
from sisiwu.engine.source import Complaint

WHAT = {Rule: "规则", Veto: "一票否决", DirectGrade: "直接定级", Consequence: "结果运用"}
FIGURES_SHOWN_MAX = 6

type Citing = Rule | Veto | DirectGrade | Consequence


def check(draft: Draft) -> Iterator[Complaint]:
    """C201 cites nothing, C202 an unknown clause, C203 an unknown document, C204 an abolished one,

    C205 a clause that nobody cites, C206 numbers that the clause does not have (both to look at again).
    """
    scheme = draft.scheme
    citing: list[Citing] = [*scheme.rules(), *scheme.vetoes, *scheme.direct_grades, *scheme.consequences]
    for part in citing:
        yield from _cites(draft, part)
    for clause in scheme.clauses:
        yield from _stands(draft, clause)
    cited = {part.clause for part in citing}
    for clause in scheme.clauses:
        if clause.id not in cited and not clause.reading and not _in_scheme_file(draft, clause):
            hint = "补上它的规则；不计分的条款写 reading 说明，或移到 scheme.yaml"
            yield warning("C205", clause, f"没有规则引用条款“{clause.id}”", hint)
    for rule in scheme.rules():
        yield from _figures(draft, rule)


def _cites(draft: Draft, part: Citing) -> Iterator[Complaint]:
    what = WHAT[type(part)]
    if not part.clause:
        yield error("C201", part, f"{what}没有写依据哪一条款", "补上 clause: 条款代号；没有依据的不得计分")
    elif draft.scheme.clause(part.clause) is None:
        known = [clause.id for clause in draft.scheme.clauses]
        close = difflib.get_close_matches(part.clause, known, n=1, cutoff=0.5)
        guess = f"，是不是“{close[0]}”？" if close else ""
        message = f"{what}引用的条款“{part.clause}”不存在{guess}"
        yield error("C202", part, message, "在 clauses 里抄上这一条款，或改成已有的代号")


def _stands(draft: Draft, clause: Clause) -> Iterator[Complaint]:
    source = next((source for source in draft.scheme.sources if source.id == clause.source), None)
    if source is None:
        message = f"条款出自的文件“{clause.source}”没有登记"
        yield error("C203", clause, message, "在 sources.yaml 里登记文件的名称、发文机关、日期")
    elif source.abolished_on and draft.begins and source.abolished_on <= draft.begins:
        message = f"{source.title} 已于 {source.abolished_on} 废止，本办法自 {draft.begins} 起用，不能再引用"
        yield error("C204", clause, message, "改引现行文件的条款")


def _in_scheme_file(draft: Draft, clause: Clause) -> bool:
    """Clauses of grades, of who is assessed and the like stand there; no rule cites them."""
    return PurePath(clause.place.file).name == PurePath(draft.scheme.place.file).name


def _figures(draft: Draft, rule: Rule) -> Iterator[Complaint]:
    clause = draft.scheme.clause(rule.clause)
    if clause is None or rule.reading or clause.reading:
        return
    missing = figures_missing(rule, clause.text)
    if missing:
        shown = "、".join(missing[:FIGURES_SHOWN_MAX]) + ("等" if len(missing) > FIGURES_SHOWN_MAX else "")
        message = f"条款“{clause.id}”的原文里找不到 {shown}"
        yield warning("C206", rule, message, "核对原文；原文没有写明的，用 reading 说明怎样理解")
