"""C1xx: names that mean two things, and parts without content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sisiwu.engine.catalogue import FactKind
from sisiwu.engine.checks.draft import Draft, Part, error, name_of
from sisiwu.engine.scheme.forms import Pick
from sisiwu.engine.source import Complaint

SCHEME_ID = re.compile(r"[a-z][a-z0-9_]*")


def check(draft: Draft) -> Iterator[Complaint]:
    """C101 a name twice, C102 nothing in it, C103 kinds of fact that collide, C104 the scheme's id."""
    scheme = draft.scheme
    yield from _twice("条款", scheme.clauses)
    yield from _twice("清单", scheme.lists)
    yield from _twice("条目", scheme.items())
    yield from _twice("规则", scheme.rules())
    yield from _twice("一票否决", scheme.vetoes)
    yield from _twice("直接定级", scheme.direct_grades)
    yield from _twice("等级", scheme.grading.grades)
    yield from _twice("结果运用", scheme.consequences)
    yield from _empty(draft)
    yield from _colliding(draft)
    if not SCHEME_ID.fullmatch(scheme.id):
        hint = "改成小写英文、数字、下划线，以英文开头，如 window_2026"
        yield error("C104", scheme, f"办法的代号“{scheme.id}”写法不对", hint)


def _twice(what: str, parts: Sequence[Part]) -> Iterator[Complaint]:
    first: dict[str, Part] = {}
    for part in parts:
        name = name_of(part)
        if name in first:
            place = first[name].place
            where = f"第{place.line}行" if place.file == part.place.file else str(place)
            yield error("C101", part, f"{what}“{name}”写了两次（{where}已有）", "改用另一个代号，或合并成一处")
        first.setdefault(name, part)


def _empty(draft: Draft) -> Iterator[Complaint]:
    scheme = draft.scheme
    if not scheme.lists and not scheme.direct_grades:
        yield error("C102", scheme, "没有清单，也没有直接定级，算不出结果", "在 lists 中写清单文件")
    for list_ in scheme.lists:
        if not list_.items:
            yield error("C102", list_, f"清单“{list_.title}”没有条目", "在 items 中写条目，或删去本清单")
        for item in list_.items:
            if not item.rules:
                yield error("C102", item, f"条目“{item.title}”没有规则", "在 rules 中写规则，或删去本条目")


def _colliding(draft: Draft) -> Iterator[Complaint]:
    """Facts are stored by number: two kinds of one number would be counted as one."""
    by_number: dict[int, FactKind] = {}
    by_code: dict[str, FactKind] = {}
    by_title: dict[str, FactKind] = {}
    used = {code for _, pick in draft.picks() for code in pick.kinds}
    for kind in draft.scheme.catalogue.kinds:
        others = (by_number.get(kind.number), by_code.get(kind.code), by_title.get(kind.title))
        what = ("编号", "代码", "名称")
        for other, word in zip(others, what, strict=True):
            if other is not None and used & {kind.code, other.code}:
                message = f"事实类别“{other.title}”和“{kind.title}”的{word}相同"
                yield error("C103", _first_user(draft, {kind.code, other.code}), message, "在 facts.yaml 里改其中一个")
                break
        by_number.setdefault(kind.number, kind)
        by_code.setdefault(kind.code, kind)
        by_title.setdefault(kind.title, kind)


def _first_user(draft: Draft, codes: set[str]) -> Part:
    def counts(pick: Pick) -> bool:
        return bool(codes & set(pick.kinds))

    return next((part for part, pick in draft.picks() if counts(pick)), draft.scheme)
