"""C4xx: what can never be reached, what gives nothing, and numbers that make no sense."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from sisiwu.engine.checks import bounds
from sisiwu.engine.checks.bounds import Bounds
from sisiwu.engine.checks.draft import Draft, Part, error
from sisiwu.engine.scheme import forms
from sisiwu.engine.scheme.forms import Modifiers, Pick
from sisiwu.engine.scheme.model import Item, ResponsibilityList, Rule
from sisiwu.engine.scheme.walking import walk
from sisiwu.engine.source import Complaint
from sisiwu.engine.values import points_text


def check(draft: Draft) -> Iterator[Complaint]:
    """C401 to C404 bounds of a rule, an item, a list, the scheme that are never reached; C405 worth nothing;

    C406 a range, C407 a table with one entry twice, C408 a count below one, C409 weights that are no
    whole, C410 a list's weight, C411 a list that is never open, C412 a rank's end on the wrong side,
    C413 an item that begins with its full marks and only gains.
    """
    scheme = draft.scheme
    kind = scheme.calendars[0].kind
    for rule in scheme.rules():
        yield from _rule(rule, kind)
    for item in scheme.items():
        words = (f"条目“{item.title}”", "加起来")
        yield from _always_full(item, kind)
        yield from _unreached("C402", item, bounds.of_item_open(item, kind), (item.lowest, item.highest), words)
    for list_ in scheme.lists:
        yield from _list(draft, list_, kind)
    words = ("总分", "各清单加起来")
    yield from _unreached("C404", scheme, bounds.of_total_open(scheme), (scheme.lowest, scheme.highest), words)


def _rule(rule: Rule, kind: str) -> Iterator[Complaint]:
    can = bounds.of_form(rule.form, kind)
    if can == bounds.NOTHING and not bounds.gives_zero(rule.form):
        yield error("C405", rule, "这条规则永远不会加分也不会扣分", "写上分值，或删去本条规则")
    else:
        yield from _rule_cap(rule, can)
    yield from _range(rule)
    yield from _tables(rule)
    yield from _counts(rule)
    yield from _rank(rule)


def _rule_cap(rule: Rule, can: Bounds) -> Iterator[Complaint]:
    """One cap bounds both sides: it is reached if one of them is."""
    over = rule.highest is not None and can.highest is not None and rule.highest > can.highest
    under = rule.lowest is not None and can.lowest is not None and rule.lowest < can.lowest
    if (over or rule.highest is None) and (under or rule.lowest is None) and (over or under):
        cap = rule.highest if rule.highest is not None else -(rule.lowest or 0)
        most = max(abs(can.lowest or 0), abs(can.highest or 0))
        message = f"封顶 {points_text(cap)} 分永远到不了，本条规则最多只到 {points_text(most)} 分"
        yield error("C401", rule, message, "删去 cap，或核对分值和次数")


def _unreached(
    id_: str, part: Part, can: Bounds, stated: tuple[int | None, int | None], words: tuple[str, str]
) -> Iterator[Complaint]:
    """A floor of 0 only says that nothing is counted below it, and need not be reached."""
    lowest, highest = stated
    what, sum_ = words
    if highest is not None and can.highest is not None and highest > can.highest:
        message = f"{what}最多 {points_text(highest)} 分永远到不了，{sum_}最多 {points_text(can.highest)} 分"
        yield error(id_, part, message, "核对满分（封顶）和各条分值是否相符")
    if lowest and can.lowest is not None and lowest < can.lowest:
        message = f"{what}最少 {points_text(lowest)} 分永远到不了，{sum_}最少 {points_text(can.lowest)} 分"
        yield error(id_, part, message, "核对下限（floor）和各条分值是否相符")
    if lowest is not None and highest is not None and lowest > highest:
        message = f"{what}的下限 {points_text(lowest)} 分高于上限 {points_text(highest)} 分"
        yield error(id_, part, message, "让 floor 小于 cap（或 full）")


def _always_full(item: Item, kind: str) -> Iterator[Complaint]:
    """Marks given before anything is earned, and nothing that takes them away: nobody can differ."""
    if not item.full or item.highest != item.full or not item.rules:
        return
    can = [(bounds.of_form(rule.form, kind), bounds.gives_zero(rule.form)) for rule in item.rules]
    gains = any(one.highest is None or one.highest > 0 for one, _ in can)
    if gains and all(one.lowest is not None and one.lowest >= 0 and not zero for one, zero in can):
        message = f"条目“{item.title}”先给满分 {points_text(item.full)} 分，规则又只加不扣，永远是满分"
        yield error("C413", item, message, "从零分往上得的加上 earned: yes；要扣分的把分值写成负数")


def _list(draft: Draft, list_: ResponsibilityList, kind: str) -> Iterator[Complaint]:
    what = f"清单“{list_.title}”"
    if list_.mode == "sum" and list_.weight:
        yield error("C410", list_, f"{what}写了 weight，却没有写怎样用它", "加上 score: hundred 或 score: direct")
    elif list_.mode != "sum" and list_.weight <= 0:
        yield error(
            "C410", list_, f"{what}按权重计分，却没有写权重", f"补上 weight，如 score: {list_.mode}、weight: 10"
        )
    else:
        can = bounds.of_list_open(list_, kind)
        yield from _unreached("C403", list_, can, (list_.lowest, list_.highest), (what, "各条目加起来"))
    if list_.only_below is not None:
        others = (other for other in draft.scheme.lists if other.only_below is None)
        rest = Bounds(draft.scheme.base, draft.scheme.base) + bounds.total(bounds.of_list(o, kind) for o in others)
        if rest.lowest is not None and rest.lowest >= list_.only_below:
            message = f"{what}永远不会计入：其余清单最少 {points_text(rest.lowest)} 分，不会低于 {points_text(list_.only_below)} 分"
            yield error("C411", list_, message, "核对 only_below")


def _range(rule: Rule) -> Iterator[Complaint]:
    form = rule.form
    if not isinstance(form, forms.Discretionary):
        return
    low, high = points_text(form.low), points_text(form.high)
    if min(form.low, form.high) < 0 < max(form.low, form.high):
        yield error("C406", rule, f"幅度 {low} 到 {high} 又加又扣", "加分和扣分各写一条规则")
    elif form.low >= form.high:
        hint = "小的写在 from：扣1到3分写 from: -3、to: -1；分值固定的用 per_event"
        yield error("C406", rule, f"幅度 {low} 到 {high} 不是从小到大", hint)


def _tables(rule: Rule) -> Iterator[Complaint]:
    form = rule.form
    keys: list[str] = []
    match form:
        case forms.PerEvent():
            keys = [key for key, _ in form.points.by_level + form.points.by_position]
        case forms.Rating():
            keys = [key for key, _ in form.weights]
            whole = sum((Fraction(share.numerator, share.denominator) for _, share in form.weights), Fraction(0))
            if whole != 1:
                percent = points_text(round(whole * 10_000))
                yield error("C409", rule, f"各方比例加起来是 {percent}%，应当是 100%", "核对 raters 的比例")
        case forms.Votes():
            keys = [key for key, _ in form.values]
        case forms.CountTable():
            counts = [count for count, _ in form.table]
            keys = [str(count) for count in counts]
            if counts != sorted(counts):
                yield error("C407", rule, "次数应当从少到多", "按次数由少到多排列")
        case forms.Band():
            lows = [low for low, _ in form.bands]
            if lows != sorted(set(lows)):
                yield error("C407", rule, "各档应当从低到高、互不重复", "按 from 由小到大排列")
        case _:
            pass
    twice = [key for key, count in Counter(keys).items() if count > 1]
    if twice:
        yield error("C407", rule, f"“{twice[0]}”在表中写了两次（名称和代码是一回事）", "删去其中一个")


def _counts(rule: Rule) -> Iterator[Complaint]:
    """Counts, months and days that a reader takes as they are written."""
    form = rule.form
    wrong: list[tuple[str, int]] = []
    if isinstance(form, forms.PerMissing):
        wrong += [("required", count) for count in (form.required, *(n for _, n in form.by_size)) if count < 0]
    if isinstance(form, forms.FlatIf) and form.at_least < 1:
        wrong.append(("at_least", form.at_least))
    if isinstance(form, forms.Deadline) and form.within_days < 0:
        wrong.append(("within_days", form.within_days))
    for modifiers in walk(form, Modifiers):
        wrong += [("beyond", modifiers.beyond)] if modifiers.beyond < 0 else []
        wrong += [("every", modifiers.every)] if modifiers.every < 1 else []
        wrong += (
            [("repeat", modifiers.repeat.within_days)] if modifiers.repeat and modifiers.repeat.within_days < 0 else []
        )
        caps = [cap for cap in (modifiers.cap_day, modifiers.cap_month) if cap is not None and cap <= 0]
        wrong += [("cap_per", cap // 100) for cap in caps]
    for pick in (*walk(form, Pick), *walk(rule.unless, Pick)):
        months = [pick.valid_months, *(months for _, months in pick.valid_months_by_level)]
        wrong += [("valid_months", number) for number in months if number is not None and number < 1]
    wrong += [("full", full // 100) for full in [getattr(form, "full", 1)] if full < 0]
    for metric in walk(form, forms.Metric):
        if metric.per_head is not None and metric.per_head < 1:
            wrong.append(("per_head", metric.per_head))
    for key, number in wrong:
        yield error("C408", rule, f"“{key}”不能是 {number}", f"写成正数，如 {key}: 1")


def _rank(rule: Rule) -> Iterator[Complaint]:
    form = rule.form
    if not isinstance(form, forms.RankPoints) or form.until is None:
        return
    last = form.table[-1] if form.table else 0
    if form.then_each == 0:
        yield error("C412", rule, "写了 until，却没有写每名增减多少", "补上 then_each，或删去 until")
    elif (form.then_each < 0) != (form.until < last):
        message = (
            f"从 {points_text(last)} 分起每名 {points_text(form.then_each)} 分，到不了 {points_text(form.until)} 分"
        )
        yield error("C412", rule, message, "核对 then_each 的正负和 until")
