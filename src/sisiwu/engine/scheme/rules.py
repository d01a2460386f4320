"""Reading a rule: the kind an author wrote becomes a form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sisiwu.engine.catalogue import Catalogue
from sisiwu.engine.scheme import forms
from sisiwu.engine.scheme.fields import Fields
from sisiwu.engine.scheme.forms import Factor, Modifiers, Pick, Points, Repeat
from sisiwu.engine.scheme.metrics import read_baseline, read_metric, read_peers, target
from sisiwu.engine.scheme.model import Rule
from sisiwu.engine.scheme.picks import codes, level_codes, read_kinds, read_pick, read_where, read_who
from sisiwu.engine.source import Mapping, Node, Text
from sisiwu.engine.values import PERIOD_MONTHS, Share

NOTHING = "不得分"


class RuleReader:
    """Reads the rules of one scheme; ``period_kind`` chooses from pairs of values (K52)."""

    def __init__(self, catalogue: Catalogue, subject: str, period_kind: str) -> None:
        self.catalogue = catalogue
        self.subject = subject
        self.period_kind = period_kind

    def read(self, fields: Fields) -> Rule | None:
        """One rule, or None when it cannot be made sense of (complaints say why)."""
        name = fields.rule = fields.need_text("rule", "missed_lecture")
        kind = fields.need_text("kind", "per_event")
        if kind == "gap_penalty":
            fields.complain(
                "P001",
                fields.at("kind"),
                "不得因一段时间没有登录或没有录入而扣分（不再支持 gap_penalty）",
                "删去本条；要考核的工作请用 per_missing 按实际开展次数计",
            )
            return None
        reader = READERS.get(kind)
        if reader is None:
            fields.choice("kind", tuple(READERS), "")
            return None
        before = len(fields.complaints)
        form = reader(self, fields)
        unless = None
        if sub := fields.sub("unless"):
            unless = read_pick(sub, self.catalogue)
            sub.close()
        lowest, highest = self._bounds(fields, form)
        rule = Rule(
            id=name,
            clause=fields.text("clause"),
            form=form,
            kind=kind,
            place=fields.place,
            title=fields.text("title"),
            who=read_who(fields.sub("applies_to"), self.catalogue, self.subject),
            unless=unless,
            lowest=lowest,
            highest=highest,
            reading=fields.text("reading"),
        )
        fields.close()
        return rule if len(fields.complaints) == before else None

    def _bounds(self, fields: Fields, form: forms.Form) -> tuple[int | None, int | None]:
        cap = fields.points("cap")
        if cap is None:
            return None, None
        if cap <= 0:
            fields.complain("S030", fields.at("cap"), "封顶值应当大于 0", "写最多加（扣）多少分，如 cap: 5")
            return None, None
        signs = {value > 0 for value in worths(form) if value}
        return (-cap if False in signs else None), (cap if True in signs or not signs else None)

    # --- shared parts

    def value(self, fields: Fields, key: str, node: Node | None) -> int | None:
        """One value, or the value of a {month: …, year: …} pair for the period in hand."""
        if isinstance(node, Mapping) and set(node.entries) <= set(PERIOD_MONTHS):
            if self.period_kind not in node.entries:
                fields.complain(
                    "S031", node.place, f"没有给出“{self.period_kind}”考核期的分值", f"补上 {self.period_kind}: 分值"
                )
                return 0
            node = node.entries[self.period_kind]
        return fields.points_of(key, node)

    def points(self, fields: Fields, key: str = "points") -> int:
        node = fields.need(key, "-1")
        return self.value(fields, key, node) or 0

    def points_or_nothing(self, fields: Fields, key: str, node: Node | None) -> int | str:
        if isinstance(node, Text) and node.text == NOTHING:
            return forms.ZERO
        return self.value(fields, key, node) or 0

    def modifiers(self, fields: Fields, pick: Pick) -> Modifiers:
        kinds = [kind for code in pick.kinds if (kind := self.catalogue.kind(code))]
        factors = []
        for node in fields.sequence("factors"):
            entry = fields.child(node)
            times = entry.share("times") if entry.need("times", "0.7") else None
            when = entry.sub("when")
            where = read_where(when, self.catalogue, kinds) if when else forms.Where()
            if when is None:
                entry.complain("S011", entry.place, "系数没有写适用情形", "补上 when: {mark: 主要责任}")
            entry.close()
            factors.append(Factor(times or Share(1, 1), where))
        repeat = None
        if sub := fields.sub("repeat"):
            repeat = Repeat(sub.share("times") or Share(2, 1), sub.whole("within_days") or 0)
            sub.close()
        cap_day = cap_month = None
        if sub := fields.sub("cap_per"):
            cap_day, cap_month = sub.points("day"), sub.points("month")
            sub.close()
        once = fields.text("once_per_matter")
        return Modifiers(
            once_group=(f"rule:{fields.rule}" if once in ("yes", "是") else once) or None,
            beyond=fields.whole("beyond", 0) or 0,
            every=fields.whole("every", 1) or 1,
            nth=tuple(fields.points_of("nth", child) or 0 for child in fields.sequence("nth")),
            factors=tuple(factors),
            repeat=repeat,
            escalate=fields.share("escalate"),
            split=fields.flag("split"),
            cap_day=cap_day,
            cap_month=cap_month,
        )

    def months_of(self, fields: Fields, key: str) -> int | None:
        text = fields.text(key)
        if not text:
            return None
        return PERIOD_MONTHS[fields.choice(key, tuple(PERIOD_MONTHS), "month")]

    # --- one reader per kind

    def per_event(self, fields: Fields) -> forms.Form:
        pick = read_pick(fields, self.catalogue)
        value = 0 if fields.has("nth") and not fields.has("points") else self.points(fields)
        return forms.PerEvent(pick, Points(value), fields.flag("per_quantity"), self.modifiers(fields, pick))

    def by_level(self, fields: Fields) -> forms.Form:
        pick = read_pick(fields, self.catalogue)
        kinds = [kind for code in pick.kinds if (kind := self.catalogue.kind(code))]
        table = []
        fields.need("points", "{省级: 1, 国家级: 2}")
        for name, node, place in fields.pairs("points"):
            for code in level_codes(fields, (Text(name, place),), kinds):
                table.append((code, self.value(fields, "points", node) or 0))
        levels = pick.where.levels or tuple(code for code, _ in table)
        pick = replace(pick, where=replace(pick.where, levels=levels))
        points = Points(by_level=tuple(table), stacking=fields.flag("stacking"))
        return forms.PerEvent(pick, points, fields.flag("per_quantity"), self.modifiers(fields, pick))

    def joint_liability(self, fields: Fields) -> forms.Form:
        pick = read_pick(fields, self.catalogue)
        if pick.of not in ("organization", "colleagues"):
            pick = replace(pick, of="organization")
        table = []
        fields.need("points", "{书记: -1, 委员: -0.5}")
        for name, node, place in fields.pairs("points"):
            for code in codes(fields, (Text(name, place),), self.catalogue.positions, "职务"):
                table.append((code, self.value(fields, "points", node) or 0))
        points = Points(by_position=tuple(table))
        return forms.PerEvent(pick, points, fields.flag("per_quantity"), self.modifiers(fields, pick))

    def discretionary(self, fields: Fields) -> forms.Form:
        pick = read_pick(fields, self.catalogue)
        low = fields.points("from") if fields.need("from", "-3") else 0
        high = fields.points("to") if fields.need("to", "-0.5") else 0
        return forms.Discretionary(pick, low or 0, high or 0, self.modifiers(fields, pick))

    def deadline(self, fields: Fields) -> forms.Form:
        pick = read_pick(fields, self.catalogue)
        points = Points(self.points(fields))
        return forms.Deadline(
            pick, points, fields.whole("within_days", 0) or 0, fields.flag("per_day"), self.modifiers(fields, pick)
        )

    def given(self, fields: Fields) -> forms.Form:
        pick = read_pick(fields, self.catalogue)
        full = fields.points("full") if fields.need("full", "10") else 0
        take = fields.choice("take", ("latest", "sum", "mean", "best"), "latest")
        name = fields.text("kind")
        return forms.Given(pick, full or 0, fields.points("out_of") or full or 0, take, name)

    def self_and_verified(self, fields: Fields) -> forms.Form:
        pick = read_pick(fields, self.catalogue)
        kinds = [kind for code in pick.kinds if (kind := self.catalogue.kind(code))]
        full = fields.points("full") if fields.need("full", "10") else 0
        levels = []
        for key in ("self", "verified"):
            fields.need(key, "自查")
            levels.append(next(iter(level_codes(fields, fields.texts(key), kinds)), ""))
        return forms.SelfAndVerified(pick, levels[0], levels[1], full or 0)

    def per_missing(self, fields: Fields) -> forms.Form:
        pick = read_pick(fields, self.catalogue)
        by_size: list[tuple[int, int]] = []
        required = 0
        if isinstance(fields.mapping.get("required"), Mapping):
            for name, node, place in fields.pairs("required"):
                count = node.text if isinstance(node, Text) else ""
                if not name.isdigit() or not count.isdigit():
                    fields.complain("S015", place, "按人数规定次数应写“人数: 次数”", "写成 {0: 12, 7: 4}")
                    continue
                by_size.append((int(name), int(count)))
        else:
            fields.need("required", "12")
            required = fields.whole("required") or 0
        deployed = None
        if fields.has("deployed"):
            kinds = read_kinds(fields, self.catalogue, "deployed")
            deployed = Pick(tuple(kind.code for kind in kinds))
        each = self.months_of(fields, "each")
        return forms.PerMissing(pick, required, self.points(fields), tuple(sorted(by_size)), each, deployed)

    def flat_if(self, fields: Fields) -> forms.Form:
        pick = read_pick(fields, self.catalogue)
        points = self.points_or_nothing(fields, "points", fields.need("points", "-1"))
        return forms.FlatIf(pick, points, fields.whole("at_least", 1) or 1, fields.flag("absent"))

    def count_table(self, fields: Fields) -> forms.Form:
        pick = read_pick(fields, self.catalogue)
        table: list[tuple[int, int | str]] = []
        fields.need("table", "{1: -3, 2: -5, 3: 不得分}")
        for name, node, place in fields.pairs("table"):
            if not name.isdigit():
                fields.complain("S015", place, f"次数“{name}”不是整数", "写成 {1: -3, 2: -5}")
                continue
            table.append((int(name), self.points_or_nothing(fields, "table", node)))
        return forms.CountTable(pick, tuple(sorted(table, key=lambda row: row[0])))

    def zero_event_bonus(self, fields: Fields) -> forms.Form:
        pick = read_pick(fields, self.catalogue)
        return forms.ZeroEventBonus(pick, self.points(fields), self.months_of(fields, "each"))

    def streak(self, fields: Fields) -> forms.Form:
        pick = read_pick(fields, self.catalogue)
        fields.need("table", "[1, 3, 5]")
        return forms.Streak(pick, tuple(fields.points_of("table", row) or 0 for row in fields.sequence("table")))

    def rater_mix(self, fields: Fields) -> forms.Form:
        pick = read_pick(fields, self.catalogue)
        kinds = [kind for code in pick.kinds if (kind := self.catalogue.kind(code))]
        full = fields.points("full") if fields.need("full", "10") else 0
        fields.need("raters", "{上级: 60%, 互评: 40%}")
        weights = []
        raters = fields.sub("raters")
        for name, _, place in fields.pairs("raters"):
            for code in level_codes(fields, (Text(name, place),), kinds):
                if raters and (weight := raters.share(name)):
                    weights.append((code, weight))
        missing = fields.choice("missing", ("rescale", "zero"), "rescale")
        return forms.Rating(pick, full or 0, tuple(weights), missing, fields.points("out_of") or 10_000)

    def vote_conversion(self, fields: Fields) -> forms.Form:
        pick = read_pick(fields, self.catalogue)
        kinds = [kind for code in pick.kinds if (kind := self.catalogue.kind(code))]
        full = fields.points("full") if fields.need("full", "10") else 0
        fields.need("values", "{满意: 100, 基本满意: 70, 不满意: 30}")
        table = []
        for name, node, place in fields.pairs("values"):
            for code in level_codes(fields, (Text(name, place),), kinds):
                table.append((code, fields.points_of("values", node) or 0))
        return forms.Votes(pick, full or 0, tuple(table))

    def band(self, fields: Fields) -> forms.Form:
        metric = read_metric(fields, self.catalogue)
        bands: list[tuple[int, int | str]] = []
        fields.need("bands", "[{from: 10, points: 2}]")
        last: int | None = None
        for node in fields.sequence("bands"):
            entry = fields.child(node)
            low = entry.measure_of("from", entry.need("from", "10")) or 0
            below = entry.measure_of("below", entry.node("below"))
            points = self.points_or_nothing(entry, "points", entry.need("points", "2"))
            if last is not None and low != last:
                word = "重叠" if low < last else "空档"
                entry.complain(
                    "C012", entry.place, f"与上一档之间有{word}", "让本档的 from 等于上一档的 below，或省去 below"
                )
            entry.close()
            bands.append((low, points))
            last = below
        if last is not None:
            bands.append((last, 0))
        ordered = [low for low, _ in bands]
        if ordered != sorted(set(ordered)):
            fields.complain("C012", fields.at("bands"), "各档应当从低到高、互不重复", "按 from 由小到大排列")
        return forms.Band(metric, tuple(bands))

    def step(self, fields: Fields) -> forms.Form:
        metric = read_metric(fields, self.catalogue)
        below = fields.text("kind") == "shortfall_step"
        step = fields.measure_of("step", fields.need("step", "1%")) or 100
        if step <= 0:
            fields.complain("S015", fields.at("step"), "步长应当大于 0", "写成 step: 1%")
            step = 100
        return forms.Step(
            metric,
            read_baseline(fields, self.catalogue),
            "below" if below else "above",
            step,
            self.points(fields),
            fields.flag("began"),
        )

    def ratio(self, fields: Fields) -> forms.Form:
        metric = read_metric(fields, self.catalogue)
        full = fields.points("full") if fields.need("full", "10") else 0
        return forms.Ratio(metric, full or 0, target(fields, "out_of", 10_000))

    def ratio_to_best(self, fields: Fields) -> forms.Form:
        metric = read_metric(fields, self.catalogue)
        full = fields.points("full") if fields.need("full", "10") else 0
        return forms.Ratio(metric, full or 0, None, read_peers(fields))

    def rank_points(self, fields: Fields) -> forms.Form:
        metric = read_metric(fields, self.catalogue)
        fields.need("table", "[6, 5, 4]")
        return forms.RankPoints(
            metric,
            tuple(fields.points_of("table", row) or 0 for row in fields.sequence("table")),
            fields.points("then_each") or 0,
            fields.points("until"),
            fields.flag("lowest_first"),
            read_peers(fields),
        )

    def vs_peer_average(self, fields: Fields) -> forms.Form:
        metric = read_metric(fields, self.catalogue)
        above = fields.points("above") if fields.need("above", "0.5") else 0
        below = fields.points("below") if fields.need("below", "-1") else 0
        return forms.VsPeerAverage(metric, above or 0, below or 0, fields.points("equal") or 0, read_peers(fields))

    def member_average(self, fields: Fields) -> forms.Form:
        full = fields.points("full") if fields.need("full", "10") else 0
        return forms.MemberAverage(full or 0, fields.points("out_of") or 10_000)


READERS: dict[str, Callable[[RuleReader, Fields], forms.Form]] = {
    "per_event": RuleReader.per_event,
    "by_level": RuleReader.by_level,
    "joint_liability": RuleReader.joint_liability,
    "discretionary_range": RuleReader.discretionary,
    "deadline": RuleReader.deadline,
    "manual_score": RuleReader.given,
    "external_scheme": RuleReader.given,
    "self_and_verified": RuleReader.self_and_verified,
    "per_missing": RuleReader.per_missing,
    "flat_if": RuleReader.flat_if,
    "count_table": RuleReader.count_table,
    "zero_event_bonus": RuleReader.zero_event_bonus,
    "streak": RuleReader.streak,
    "rater_mix": RuleReader.rater_mix,
    "vote_conversion": RuleReader.vote_conversion,
    "band": RuleReader.band,
    "shortfall_step": RuleReader.step,
    "excess_step": RuleReader.step,
    "ratio": RuleReader.ratio,
    "ratio_to_best": RuleReader.ratio_to_best,
    "rank_points": RuleReader.rank_points,
    "vs_peer_average": RuleReader.vs_peer_average,
    "member_average": RuleReader.member_average,
}


def worths(form: forms.Form) -> list[int]:
    """Every number of points a form may give, to tell bonus from deduction."""
    match form:
        case forms.PerEvent():
            points = form.points
            if form.modifiers.nth:
                return list(form.modifiers.nth)
            one = [points.value] if points.value is not None else []
            return one + [value for _, value in points.by_level + points.by_position]
        case forms.Discretionary():
            return [form.low, form.high]
        case forms.Deadline():
            return [form.points.value or 0]
        case forms.FlatIf():
            return [form.points] if isinstance(form.points, int) else [-1]
        case forms.CountTable():
            return [value if isinstance(value, int) else -1 for _, value in form.table]
        case forms.Band():
            return [value if isinstance(value, int) else -1 for _, value in form.bands]
        case forms.PerMissing() | forms.ZeroEventBonus() | forms.Step():
            return [form.points]
        case forms.Streak():
            return list(form.table)
        case forms.RankPoints():
            return [*form.table, form.then_each]
        case forms.VsPeerAverage():
            return [form.above, form.below, form.equal]
        case forms.Given() | forms.SelfAndVerified() | forms.Rating() | forms.Votes() | forms.Ratio():
            return [form.full]
        case forms.MemberAverage():
            return [form.full]
