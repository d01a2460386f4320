"""Rules, items and lists in words, and to whom they apply."""

from __future__ import annotations

from sisiwu.engine.scheme.model import Item, ResponsibilityList, Rule, Scheme, Who
from sisiwu.engine.values import points_text
from sisiwu.engine.words.picks import peers_in_words, pick_in_words
from sisiwu.engine.words.points import bounds_in_words, plain
from sisiwu.engine.words.rules import form_in_words

ABSENT = {
    "nothing": "不适用的不计分",
    "full": "不适用的给满分",
    "rescale": "不适用的由本清单其余各条按比例折算",
}


def rule_in_words(rule: Rule, scheme: Scheme) -> str:
    """The rule as one sentence without a full stop."""
    parts = [form_in_words(rule.form, scheme.catalogue, scheme.calendars[0].kind)]
    parts += bounds_in_words(rule.lowest, rule.highest)
    if not rule.who.everyone:
        parts.append(f"只对{who_in_words(rule.who, scheme)}适用")
    if rule.unless:
        parts.append(f"有{pick_in_words(rule.unless, scheme.catalogue)}的本条不计")
    return "，".join(parts)


def who_in_words(who: Who, scheme: Scheme) -> str:
    """To whom something applies: “成都市的党支部（人数7人以上，窗口单位）”; “全体” for everyone."""
    catalogue, of_organizations = scheme.catalogue, scheme.subject == "organization"
    marks = catalogue.organization_marks if of_organizations else catalogue.member_marks
    kinds = "、".join(catalogue.organization_kinds.title(code) for code in who.kinds)
    regions = "、".join(catalogue.regions.title(code) for code in who.regions)
    statuses = "、".join(catalogue.statuses.title(code) for code in who.statuses)
    parts = []
    if who.positions:
        parts.append("担任" + "或".join(catalogue.positions.title(code) for code in who.positions))
    if who.without_positions:
        parts.append("不担任" + "、".join(catalogue.positions.title(code) for code in who.without_positions))
    if who.size_from is not None:
        parts.append(f"{who.size_from}人以上")
    if who.size_below is not None:
        parts.append(f"不足{who.size_below}人")
    parts += [marks.title(mark) for mark in who.marks]
    if who.without:
        parts.append("、".join(marks.title(mark) for mark in who.without) + "除外")
    if who.tenure_months is not None:
        parts.append(f"{'成立' if of_organizations else '任职'}满{who.tenure_months}个月")
    if of_organizations:
        head = f"{regions + '的' if regions else ''}{kinds or ('党组织' if regions else '')}"
    else:
        place = f"{regions}{kinds}"
        head = f"{place + '的' if place else ''}{statuses or ('人员' if place else '')}"
    condition = "，".join(parts)
    if head and condition:
        return f"{head}（{condition}）"
    return head or (f"{condition}的" if condition else "全体")


def item_in_words(item: Item, scheme: Scheme) -> str:
    """How an item is scored, without its rules: “满分10分，扣完为止”."""
    parts = []
    if item.full:
        whole = f"满分{plain(item.full)}，从满分加减"
        if item.lowest == 0 and item.highest == item.full:
            parts.append(f"满分{plain(item.full)}，扣完为止")
        else:
            parts += [whole, *_bounds(item.lowest, item.highest)]
    elif item.highest is not None and item.lowest == 0:
        parts.append(f"满分{plain(item.highest)}，从零分计起")
    else:
        parts += bounds_in_words(item.lowest, item.highest)
    if not item.who.everyone:
        parts.append(f"适用于{who_in_words(item.who, scheme)}")
        absent = ABSENT.get(item.absent) or f"不适用的取{peers_in_words(item.peers)}平均分"
        if item.absent == "full" and not item.full:
            absent = f"不适用的给{plain(item.highest or 0)}"
        parts.append(absent)
    return "，".join(parts)


def list_in_words(list_: ResponsibilityList, scheme: Scheme) -> str:
    """How a list is made of its items: “以100分为基础加减，按25%折算”."""
    match list_.mode:
        case "hundred":
            parts = [f"以100分为基础加减各条，扣完为止，按{points_text(list_.weight)}%折算"]
        case "direct":
            parts = [f"以{plain(list_.weight)}为基础直接加减各条，扣完为止"]
        case _:
            parts = [f"以{plain(list_.base)}为基础加减各条" if list_.base else "各条相加"]
    if list_.mode != "sum" and list_.base:
        parts.append(f"另有底分{plain(list_.base)}")
    parts += _bounds(list_.lowest, list_.highest)
    if list_.outside:
        parts.append("在总分之外另行加减")
    if list_.only_below is not None:
        parts.append(f"只在其他各清单合计不足{plain(list_.only_below)}时计入")
    if not list_.who.everyone:
        parts.append(f"适用于{who_in_words(list_.who, scheme)}")
    return "，".join(parts)


def _bounds(lowest: int | None, highest: int | None) -> list[str]:
    parts = []
    if highest is not None:
        parts.append(f"最高{plain(highest)}")
    if lowest is not None:
        parts.append(f"最低{plain(lowest)}")
    return parts
