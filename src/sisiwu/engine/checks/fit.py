"""C5xx: forms that do not fit whom they are about, what the facts hold, or the time they look at."""

from __future__ import annotations

from collections.abc import Iterator

from sisiwu.engine.checks.draft import Draft, Part, error
from sisiwu.engine.scheme import forms
from sisiwu.engine.scheme.forms import Metric, Modifiers, Pick
from sisiwu.engine.scheme.model import Item, ResponsibilityList, Rule
from sisiwu.engine.scheme.walking import walk
from sisiwu.engine.source import Complaint

ORGANIZATION_COLUMNS = ("kind", "region", "parent")
MEMBER_COLUMNS = ("kind", "region", "branch", "status")
THROUGH_POSITIONS = ("organization", "colleagues")
SUBJECTS = {"organization": "党组织", "member": "个人"}
OF_SAID = {"self": "对象自己", "members": "支部党员", "organization": "任职的党组织", "colleagues": "同支部其他人"}


def check(draft: Draft) -> Iterator[Complaint]:
    """C501 whose facts, C502 kinds of fact of the other subject, C503 facts without what the form needs,

    C504 member average, C505 rolling year, C506 month caps, C507 deployment, C508 peers, C509 positions,
    C510 items that do not apply, C511 head counts, C512 joint liability, C513 roll-up, C514 a time not used.
    """
    for part, pick in draft.picks():
        yield from _of(draft, part, pick)
        yield from _kinds(draft, part, pick)
    for rule in draft.scheme.rules():
        yield from _needs(draft, rule)
        yield from _people(draft, rule)
        yield from _liability(rule)
        yield from _time(draft, rule)
        yield from _form_peers(draft, rule)
    for list_ in draft.scheme.lists:
        for item in list_.items:
            yield from _absent(draft, list_, item)
    yield from _columns(draft, draft.scheme, draft.scheme.grading.peers)
    yield from _scheme(draft)


# --- whose facts


def _of(draft: Draft, part: Part, pick: Pick) -> Iterator[Complaint]:
    subject = draft.scheme.subject
    fits = ("self", "members") if subject == "organization" else ("self", *THROUGH_POSITIONS)
    if pick.of not in fits:
        message = f"考核{SUBJECTS[subject]}时不能数{OF_SAID[pick.of]}的事实（of: {pick.of}）"
        yield error("C501", part, message, f"of 可写：{'、'.join(fits)}")


def _kinds(draft: Draft, part: Part, pick: Pick) -> Iterator[Complaint]:
    """Facts of persons and of organizations are kept apart; the wrong ones are never found."""
    of_persons = {"self": draft.scheme.subject == "member", "organization": False}.get(pick.of, True)
    wanted = "member" if of_persons else "organization"
    for kind in draft.kinds(pick):
        if kind.subject == wanted:
            continue
        message = f"“{kind.title}”是{SUBJECTS[kind.subject]}的事实，这里数的是{OF_SAID[pick.of]}的，永远数不到"
        yield error("C502", part, message, _kind_hint(draft, kind.subject))
    if pick.where.positions and not of_persons:
        yield error("C509", part, "党组织的事实没有职务，按职务永远数不到", "删去 position，或数个人的事实")


def _kind_hint(draft: Draft, kind_subject: str) -> str:
    if draft.scheme.subject == "organization" and kind_subject == "member":
        return "写 of: members，数本支部党员的；或换一类党组织的事实"
    if draft.scheme.subject == "member" and kind_subject == "organization":
        return "用 joint_liability，按任职连带计分；或换一类个人的事实"
    return "换一类事实"


# --- what the facts hold


def _needs(draft: Draft, rule: Rule) -> Iterator[Complaint]:
    form = rule.form
    for pick, field, why in _needed(form):
        for kind in draft.kinds(pick):
            if not getattr(kind, field):
                word = {"quantity": "数量", "base": "基数", "due": "时限"}[field]
                message = f"“{kind.title}”没有登记{word}，{why}无从计算"
                yield error("C503", rule, message, f"在 facts.yaml 里给这类事实写上 {field}，或换一类事实")
    for where, pick in _quantified(form):
        for kind in draft.kinds(pick):
            if not kind.quantity and (where.quantity_from, where.quantity_below) != (None, None):
                message = f"“{kind.title}”没有登记数量（每条都是1），按数量挑选没有意义"
                yield error("C503", rule, message, "在 facts.yaml 里给这类事实写上 quantity，或删去 quantity 条件")


def _needed(form: forms.Form) -> Iterator[tuple[Pick, str, str]]:
    """Which field each form reads, and what for."""
    match form:
        case forms.PerEvent() if form.per_quantity:
            yield form.pick, "quantity", "按数量计分"
        case forms.Discretionary():
            yield form.pick, "quantity", "决定的分值"
        case forms.Deadline():
            yield form.pick, "due", "逾期"
        case forms.Given() | forms.SelfAndVerified() | forms.Rating() | forms.Votes():
            yield form.pick, "quantity", "得分（票数）"
        case forms.PerMissing() if form.deployed is not None:
            yield form.deployed, "quantity", "天数"
        case _:
            pass
    for metric in walk(form, Metric):
        if metric.of in ("quantity", "latest", "ratio"):
            yield metric.pick, "quantity", "指标"
        if metric.of == "ratio":
            yield metric.pick, "base", "比例"


def _quantified(form: forms.Form) -> Iterator[tuple[forms.Where, Pick]]:
    for pick in walk(form, Pick):
        yield pick.where, pick
    if isinstance(form, forms.PerEvent | forms.Discretionary | forms.Deadline):
        for factor in form.modifiers.factors:
            yield factor.where, form.pick


# --- persons and organizations


def _people(draft: Draft, rule: Rule) -> Iterator[Complaint]:
    form, member = rule.form, draft.scheme.subject == "member"
    if member and isinstance(form, forms.PerMissing) and form.by_size:
        yield error("C511", rule, "个人没有人数，不能按人数规定次数", "写一个数，如 required: 4")
    if member and any(metric.per_head is not None for metric in walk(form, Metric)):
        yield error("C511", rule, "个人没有人数，不能按每百人折算", "删去 per_head")
    if isinstance(form, forms.MemberAverage):
        members = draft.scheme.members
        if member:
            yield error("C504", rule, "党员积分平均只用于考核党组织", "换一种规则")
        elif members is None:
            yield error("C504", rule, "没有写党员积分办法，平均分无从算起", "在 scheme.yaml 写 members: 办法的文件夹")
        elif members.subject != "member":
            yield error("C504", rule, f"“{members.title}”不是考核个人的办法", "members 写考核个人的办法的文件夹")
    for modifiers in walk(form, Modifiers):
        pick: Pick | None = getattr(form, "pick", None)
        by_position = any(factor.where.positions for factor in modifiers.factors)
        if by_position and (not member or pick is None or pick.of != "self"):
            yield error("C509", rule, "按职务的系数只用于个人自己的事实", "删去 position，或另写一条规则")


def _liability(rule: Rule) -> Iterator[Complaint]:
    """Facts that reach a person through a position are worth by the position, and nothing else is."""
    form = rule.form
    through = [pick for pick in (*walk(form, Pick), *walk(rule.unless, Pick)) if pick.of in THROUGH_POSITIONS]
    by_position = isinstance(form, forms.PerEvent) and bool(form.points.by_position)
    if through and not by_position:
        message = f"数{OF_SAID[through[0].of]}的事实要按职务给分"
        yield error("C512", rule, message, "用 joint_liability，写 points: {书记: -1, 委员: -0.5}")
    elif rule.unless is not None and rule.unless.of in THROUGH_POSITIONS:
        yield error("C512", rule, "unless 里不能数别人的事实", "删去 of")


# --- time


def _time(draft: Draft, rule: Rule) -> Iterator[Complaint]:
    form = rule.form
    picks = list(walk(form, Pick))
    own_time = any(pick.valid_months is not None or pick.valid_months_by_level for pick in picks)
    rolling = draft.scheme.calendars[0].rolling
    for modifiers in walk(form, Modifiers):
        if modifiers.cap_month is not None and (rolling or own_time):
            why = "各人自己的记分周期" if rolling else "有效期（valid_months）"
            yield error("C506", rule, f"每月封顶不能和{why}同用", "删去 cap_per 的 month，改用 cap")
    if isinstance(form, forms.Streak) and own_time:
        yield error("C514", rule, "连续几期看的是以前各期，valid_months 用不上", "删去 valid_months")
    if isinstance(form, forms.PerMissing) and form.deployed and form.each_months and form.pick.of == "members":
        message = "数党员的事实时，不能按月（季）折减执行任务的天数"
        yield error("C507", rule, message, "删去 each 或 deployed，或数党组织自己的事实")
    each = getattr(form, "each_months", None)
    if each is not None and own_time:
        yield error("C514", rule, "按月（季）分别数，不能又写有效期", "删去 valid_months 或 each")


# --- peers


def _form_peers(draft: Draft, rule: Rule) -> Iterator[Complaint]:
    columns: tuple[str, ...] = getattr(rule.form, "peers", ())
    if isinstance(rule.form, forms.Step):
        columns = rule.form.baseline.peers or ()
    yield from _columns(draft, rule, columns)


def _columns(draft: Draft, part: Part, columns: tuple[str, ...]) -> Iterator[Complaint]:
    subject = draft.scheme.subject
    fits = ORGANIZATION_COLUMNS if subject == "organization" else MEMBER_COLUMNS
    for column in columns:
        if column not in fits:
            message = f"考核{SUBJECTS[subject]}时不能按“{column}”分组"
            yield error("C508", part, message, f"peers 可写：{'、'.join(fits)}")


# --- items and the scheme


def _absent(draft: Draft, list_: ResponsibilityList, item: Item) -> Iterator[Complaint]:
    yield from _columns(draft, item, item.peers)
    if item.absent in ("rescale", "peer_average") and item.who.everyone:
        message = f"条目“{item.title}”对所有人适用，if_not_applicable 用不上"
        yield error("C510", item, message, "补上 applies_to，或删去 if_not_applicable")
    if item.absent == "rescale" and not (item.highest or 0) > 0:
        message = f"条目“{item.title}”没有满分，不能按比例折算"
        yield error("C510", item, message, "补上 full")
    if item.absent == "full" and not (item.full or item.highest):
        message = f"条目“{item.title}”没有满分，不适用的无法给满分"
        yield error("C510", item, message, "补上 full")
    if item.peers and item.absent != "peer_average":
        message = f"条目“{item.title}”的 peers 用不上"
        yield error("C510", item, message, "写 if_not_applicable: peer_average，或删去 peers")
    rescaled = any(other.absent == "rescale" for other in list_.items)
    if rescaled and item.absent != "rescale" and not (item.highest or 0) > 0:
        message = f"本清单有按比例折算的条目，条目“{item.title}”却没有满分，折算没有依据"
        yield error("C510", item, message, "补上 full，或把它移到另一张清单")


def _scheme(draft: Draft) -> Iterator[Complaint]:
    scheme = draft.scheme
    for calendar in scheme.calendars:
        if calendar.rolling and scheme.subject != "member":
            yield error("C505", scheme, "各自起算的考核期（rolling）只用于个人", "删去 rolling")
        elif calendar.rolling and calendar.kind != "year":
            yield error("C505", scheme, "各自起算的考核期（rolling）只能是一年", "写 kind: year")
    if scheme.roll_up is not None:
        if scheme.subject != "organization":
            yield error("C513", scheme, "上级取平均分（roll_up）只用于党组织", "删去 roll_up")
        elif not scheme.roll_up.kinds:
            yield error("C513", scheme, "roll_up 没有写哪些类别的党组织", "写成 roll_up: {kind: [机关党委]}")
        elif both := set(scheme.roll_up.kinds) & set(scheme.who.kinds):
            titles = "、".join(scheme.catalogue.organization_kinds.title(code) for code in sorted(both))
            message = f"{titles}既直接考核，又取所属的平均分"
            yield error("C513", scheme, message, "从 applies_to 或 roll_up 中删去")
    if scheme.members is None:
        return
    if scheme.subject != "organization":
        yield error("C504", scheme, "members 只用于考核党组织的办法", "删去 members")
