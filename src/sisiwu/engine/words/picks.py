"""What a rule counts and whom it compares, in words."""

from __future__ import annotations

from sisiwu.engine.catalogue import Catalogue, FactKind
from sisiwu.engine.scheme.forms import Baseline, Metric, Pick, Where
from sisiwu.engine.values import points_text

WHOSE = {"self": "", "members": "所属党员的", "organization": "任职党组织的", "colleagues": "任职党组织中其他人员的"}
COLUMNS = {"kind": "同类别", "region": "同地区", "parent": "同一上级", "branch": "同支部", "status": "同类人员"}
PERCENT = ("ratio", "share")


def kinds_of(pick: Pick, catalogue: Catalogue) -> list[FactKind]:
    """The kinds of fact that are counted."""
    return [kind for code in pick.kinds if (kind := catalogue.kind(code))]


def pick_in_words(pick: Pick, catalogue: Catalogue) -> str:
    """The kinds of fact with their conditions: “党课（书记讲党课）”."""
    kinds = kinds_of(pick, catalogue)
    titles = "、".join(kind.title for kind in kinds)
    parts = [condition] if (condition := where_in_words(pick.where, kinds, catalogue)) else []
    if pick.valid_months is not None:
        parts.append(f"{pick.valid_months}个月内有效")
    parts += [f"{level_title(level, kinds)}{months}个月内有效" for level, months in pick.valid_months_by_level]
    return f"{WHOSE[pick.of]}{titles}" + (f"（{'，'.join(parts)}）" if parts else "")


def where_in_words(where: Where, kinds: list[FactKind], catalogue: Catalogue) -> str:
    """The conditions on a fact: “省级、国家级，主要责任，不可抗力的除外”."""
    parts = []
    if where.levels:
        parts.append("、".join(level_title(level, kinds) for level in where.levels))
    parts.extend(mark_title(mark, kinds) for mark in where.marks)
    parts.extend(f"{mark_title(mark, kinds)}的除外" for mark in where.without)
    what = quantity_title(kinds)
    if where.quantity_from is not None:
        parts.append(f"{what}{points_text(where.quantity_from)}以上")
    if where.quantity_below is not None:
        parts.append(f"{what}不到{points_text(where.quantity_below)}")
    if where.positions:
        parts.append("当日任" + "或".join(catalogue.positions.title(code) for code in where.positions))
    return "，".join(parts)


def level_title(level: str, kinds: list[FactKind]) -> str:
    """The Chinese title of a level of one of these kinds."""
    return next((kind.level_title(level) for kind in kinds if level in dict(kind.levels)), level)


def mark_title(mark: str, kinds: list[FactKind]) -> str:
    """The Chinese title of a mark of one of these kinds."""
    return next((kind.mark_title(mark) for kind in kinds if mark in dict(kind.marks)), mark)


def unit_of(pick: Pick, catalogue: Catalogue) -> str:
    """In what the facts are counted: 次, 篇, 项."""
    return next((kind.unit for kind in kinds_of(pick, catalogue)), "次")


def quantity_title(kinds: list[FactKind]) -> str:
    """What the quantity is: 学时, 得分; 数量 when the dictionary does not say."""
    return next((kind.quantity for kind in kinds if kind.quantity), "数量")


def quantity_unit(kinds: list[FactKind]) -> str:
    """The unit of the quantity where the dictionary gives one (天数 of 天); else nothing.

    分 is left out, so that a quantity in words is never taken for points.
    """
    kind = kinds[0] if kinds else None
    named = kind is not None and kind.unit != "分" and kind.quantity.startswith(kind.unit)
    return kind.unit if kind is not None and named else ""


def metric_in_words(metric: Metric, catalogue: Catalogue) -> str:
    """The measure: “党员培训覆盖的实训人数占应训人数的百分比”."""
    kinds = kinds_of(metric.pick, catalogue)
    what, quantity = pick_in_words(metric.pick, catalogue), quantity_title(kinds)
    match metric.of:
        case "count":
            text = f"{what}的{unit_of(metric.pick, catalogue)}数"
        case "quantity":
            text = f"{what}的{quantity}合计"
        case "latest":
            text = f"{what}最近一次的{quantity}"
        case "ratio":
            base = next((kind.base for kind in kinds if kind.base), "基数")
            text = f"{what}的{quantity}占{base}的百分比"
        case _:
            among = pick_in_words(metric.among, catalogue) if metric.among else "全部"
            text = f"{what}占{among}的百分比"
    return text + (f"（每{metric.per_head}人）" if metric.per_head is not None else "")


def measure_in_words(metric: Metric, value: int, catalogue: Catalogue) -> str:
    """A value of the measure with its unit: “90%”, “4次”, “16学时”."""
    if metric.of in PERCENT:
        return f"{points_text(value)}%"
    kinds = kinds_of(metric.pick, catalogue)
    unit = unit_of(metric.pick, catalogue) if metric.of == "count" else quantity_unit(kinds)
    return points_text(value) + ("" if unit == "分" else unit)


def peers_in_words(peers: tuple[str, ...]) -> str:
    """Who is compared with whom: “同地区”; 全体 when nothing divides them."""
    return "、".join(COLUMNS[column] for column in peers) or "全体"


def baseline_in_words(baseline: Baseline, metric: Metric, catalogue: Catalogue) -> str:
    """What the measure is compared with: “90%”, “同地区平均的110%”."""
    if baseline.number is not None:
        text = measure_in_words(metric, baseline.number, catalogue)
    elif baseline.metric is not None:
        text = metric_in_words(baseline.metric, catalogue)
    else:
        text = f"{peers_in_words(baseline.peers or ())}平均"
    return text + (f"的{baseline.grow.text}" if baseline.grow else "")
