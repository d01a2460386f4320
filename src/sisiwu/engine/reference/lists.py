"""From rules to totals: items, lists, what does not apply, what a veto sets to nothing."""

from __future__ import annotations

from dataclasses import replace

from sisiwu.engine.reference.picking import Subject, World
from sisiwu.engine.reference.rules import Rules, clamped
from sisiwu.engine.results import ItemScore, ListScore
from sisiwu.engine.scheme.model import Item, ResponsibilityList
from sisiwu.engine.values import half_up, points_text, score_text

VETOED_ITEM = "一票否决：本条目计零分"
VETOED_LIST = "一票否决：本清单计零分"
ABSENT = {
    "nothing": "不适用，不计分",
    "full": "不适用，计满分",
    "peer_average": "不适用，取同组平均分",
    "rescale": "不适用，本清单其余条目按比例折算",
}


class Lists:
    """Items, lists and totals of one world."""

    def __init__(self, world: World, rules: Rules) -> None:
        self.world = world
        self.rules = rules
        self._averages: dict[str, dict[tuple[object, ...], int]] = {}

    # --- items

    def item(self, list_: ResponsibilityList, item: Item, subject: Subject) -> ItemScore:
        """full + rules between the item's bounds, 0 when a rule gives nothing (不得分) or a veto holds."""
        vetoed = self._vetoed("zero_item", item.id, subject)
        if not self.world.applies(item.who, subject):
            note = VETOED_ITEM if vetoed else ABSENT[item.absent]
            return ItemScore(item.id, 0 if vetoed else self._absent(list_, item, subject), applies=False, note=note)
        rules = tuple(self.rules.score((list_, item, rule), subject) for rule in item.rules)
        summed = item.full + sum(rule.score_centi for rule in rules)
        score, note = clamped(summed, item.lowest, item.highest), ""
        if vetoed or any(rule.zeroes_item for rule in rules):
            score, note = 0, VETOED_ITEM if vetoed else "本条目不得分"
        elif score != summed:
            note = f"本条目{'最多' if score < summed else '最少'} {points_text(score)} 分"
        return ItemScore(item.id, score, rules, item.full, score - summed, note=note)

    def _absent(self, list_: ResponsibilityList, item: Item, subject: Subject) -> int:
        """What a subject gets to whom the item does not apply (K54)."""
        match item.absent:
            case "full":
                return item.full or item.highest or 0
            case "peer_average":
                return self._average(list_, item).get(self.rules.peer_key(item.peers, subject), 0)
            case _:
                return 0

    def _average(self, list_: ResponsibilityList, item: Item) -> dict[tuple[object, ...], int]:
        """Mean of the item over those to whom item and list apply, by peer group."""
        if item.id not in self._averages:
            groups: dict[tuple[object, ...], list[int]] = {}
            for other in self.rules.everybody:
                if self.world.applies(item.who, other) and self.world.applies(list_.who, other):
                    key = self.rules.peer_key(item.peers, other)
                    groups.setdefault(key, []).append(self.item(list_, item, other).score_centi)
            self._averages[item.id] = {key: half_up(sum(row), len(row)) for key, row in groups.items()}
        return self._averages[item.id]

    def _vetoed(self, effect: str, target: str, subject: Subject) -> bool:
        """Whether a veto sets a list or an item to nothing (K40)."""
        return any(
            veto.when.pick is not None and len(self.world.picked(veto.when.pick, subject)) >= veto.when.at_least
            for veto in self.world.scheme.vetoes
            if veto.effect == effect and veto.target == target
        )

    # --- lists

    def list(self, list_: ResponsibilityList, subject: Subject) -> ListScore:
        """base + items, weighed and bounded; a list that does not apply shows no items."""
        if not self.world.applies(list_.who, subject):
            return ListScore(list_.id, 0, outside=list_.outside, arithmetic="本清单不适用")
        items = tuple(self.item(list_, item, subject) for item in list_.items)
        summed, scaled = _summed(list_, items)
        weighed, said = _weighed(list_, list_.base + summed)
        score, note = clamped(weighed, list_.lowest, list_.highest), ""
        if self._vetoed("zero_list", list_.id, subject):
            score, note = 0, VETOED_LIST
        elif score != weighed:
            note = f"本清单{'最多' if score < weighed else '最少'} {points_text(score)} 分"
        arithmetic = "；".join(part for part in (scaled, said, note) if part)
        return ListScore(list_.id, score, items, list_.base, score - weighed, list_.outside, arithmetic)

    def total(self, subject: Subject) -> tuple[int, int, tuple[ListScore, ...]]:
        """Total, what the scheme's bounds changed in it, and the lists as they count."""
        scheme = self.world.scheme
        scores = [self.list(list_, subject) for list_ in scheme.lists]
        pairs = list(zip(scheme.lists, scores, strict=True))
        before = scheme.base + sum(score.score_centi for list_, score in pairs if list_.only_below is None)
        counted = tuple(_gated(list_, score, before) for list_, score in pairs)
        inside = scheme.base + sum(score.score_centi for score in counted if not score.outside)
        outside = sum(score.score_centi for score in counted if score.outside)
        bounded = clamped(inside, scheme.lowest, scheme.highest)
        return bounded + outside, bounded - inside, counted


def _summed(list_: ResponsibilityList, items: tuple[ItemScore, ...]) -> tuple[int, str]:
    """The items' sum; with rescaled items, as if those that do not apply were as good as the others."""
    if not any(item.absent == "rescale" for item in list_.items):
        return sum(score.score_centi for score in items), ""
    left_out = {score.item for score in items if not score.applies and score.note == ABSENT["rescale"]}
    whole = sum(item.highest or 0 for item in list_.items)
    full = sum(item.highest or 0 for item in list_.items if item.id not in left_out)
    summed = sum(score.score_centi for score in items if score.item not in left_out)
    if full <= 0:
        return 0, "没有适用的条目，计 0 分"
    scaled = half_up(max(summed, 0) * whole, full)
    if not left_out:
        return scaled, "" if scaled == summed else f"各条目合计 {score_text(summed)}，按 0 计"
    fulls = f"{points_text(whole)} ÷ {points_text(full)}"
    return scaled, f"适用条目 {score_text(max(summed, 0))} × {fulls} = {score_text(scaled)}"


def _weighed(list_: ResponsibilityList, raw: int) -> tuple[int, str]:
    """A list of a hundred by its weight (K31), a direct one from its weight (K32), or the sum itself."""
    sign, magnitude = "＋" if raw >= 0 else "－", score_text(abs(raw))
    if list_.mode == "hundred":
        weighed = half_up(max(0, 10_000 + raw) * list_.weight, 10_000)
        start = f"（100 {sign} {magnitude}）× {points_text(list_.weight)}%"
    elif list_.mode == "direct":
        weighed = max(0, list_.weight + raw)
        start = f"{points_text(list_.weight)} {sign} {magnitude}"
    else:
        return raw, ""
    floored = "（不低于 0）" if raw < 0 and weighed == 0 else ""
    return weighed, f"{start} = {score_text(weighed)}{floored}"


def _gated(list_: ResponsibilityList, score: ListScore, before: int) -> ListScore:
    """A list that counts only below a bound (K46)."""
    if list_.only_below is None or before < list_.only_below:
        return score
    note = f"其余清单已有 {score_text(before)} 分，不低于 {points_text(list_.only_below)}，本清单不计"
    arithmetic = f"{score.arithmetic}；{note}" if score.arithmetic else note
    cut = score.cut_centi - score.score_centi
    return replace(score, score_centi=0, cut_centi=cut, arithmetic=arithmetic)
