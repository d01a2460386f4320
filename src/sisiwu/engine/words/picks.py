"""What a rule counts, in words."""

from __future__ import annotations

from sisiwu.engine.catalogue import Catalogue, FactKind
from sisiwu.engine.scheme.forms import Metric, Pick, Where
from sisiwu.engine.values import points_text

WHOSE = {"self": "", "members": "所属党员的", "organization": "任职党组织的", "colleagues": "任职党组织中其他人员的"}
MEASURES = {"count": "次数", "quantity": "数量", "latest": "最近一次的数值", "ratio": "比例", "share": "占比"}


def kinds_of(pick: Pick, catalogue: Catalogue) -> list[FactKind]:
    return [kind for code in pick.kinds if (kind := catalogue.kind(code))]


def pick_in_words(pick: Pick, catalogue: Catalogue) -> str:
    """The kinds of fact with their conditions: “党课（书记讲党课）”."""
    kinds = kinds_of(pick, catalogue)
    titles = "、".join(kind.title for kind in kinds)
    condition = where_in_words(pick.where, kinds, catalogue)
    valid = f"，{pick.valid_months} 个月内有效" if pick.valid_months is not None else ""
    by_level = "，".join(
        f"{level_title(level, kinds)}{months} 个月内有效" for level, months in pick.valid_months_by_level
    )
    inner = condition + valid + ("，" + by_level if by_level else "")
    return f"{WHOSE[pick.of]}{titles}" + (f"（{inner.lstrip('，')}）" if inner else "")


def where_in_words(where: Where, kinds: list[FactKind], catalogue: Catalogue) -> str:
    parts = []
    if where.levels:
        parts.append("、".join(level_title(level, kinds) for level in where.levels))
    parts.extend(mark_title(mark, kinds) for mark in where.marks)
    parts.extend(f"{mark_title(mark, kinds)}的除外" for mark in where.without)
    if where.quantity_from is not None:
        parts.append(f"{points_text(where.quantity_from)} 以上")
    if where.quantity_below is not None:
        parts.append(f"不到 {points_text(where.quantity_below)}")
    if where.positions:
        parts.append("当日任" + "或".join(catalogue.positions.title(code) for code in where.positions))
    return "，".join(parts)


def level_title(level: str, kinds: list[FactKind]) -> str:
    return next((kind.level_title(level) for kind in kinds if level in dict(kind.levels)), level)


def mark_title(mark: str, kinds: list[FactKind]) -> str:
    return next((kind.mark_title(mark) for kind in kinds if mark in dict(kind.marks)), mark)


def unit_of(pick: Pick, catalogue: Catalogue) -> str:
    kinds = kinds_of(pick, catalogue)
    return kinds[0].unit if kinds else "次"


def metric_in_words(metric: Metric, catalogue: Catalogue) -> str:
    text = f"{pick_in_words(metric.pick, catalogue)}的{MEASURES[metric.of]}"
    if metric.among is not None:
        text = f"{pick_in_words(metric.pick, catalogue)}占{pick_in_words(metric.among, catalogue)}的比例"
    if metric.per_head is not None:
        text += f"（按每 {metric.per_head} 人折算）"
    return text
