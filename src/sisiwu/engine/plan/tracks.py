"""One track: all subjects of one scheme, from their facts to their totals and grades."""

from __future__ import annotations

from collections.abc import Iterator

from sisiwu.engine.plan.chains import Chains
from sisiwu.engine.plan.expressions import (
    NULL,
    ONE,
    TRUE,
    ZERO,
    Aggregate,
    Col,
    Expr,
    Num,
    Window,
    clamp,
    col,
    conj,
    half_up,
    half_up_signed,
    iff,
    mul,
    op,
    renamed,
    total,
)
from sisiwu.engine.plan.measures import Ending, Measures
from sisiwu.engine.plan.outcomes import Outcomes, gated_lists, item_score, list_score, total_score
from sisiwu.engine.plan.packing import ROWS
from sisiwu.engine.plan.picks import Picker
from sisiwu.engine.plan.reach import Reach
from sisiwu.engine.plan.rules import Peers, RulePlanner, Worth
from sisiwu.engine.plan.scope import Scope
from sisiwu.engine.plan.steps import Join, Step
from sisiwu.engine.plan.who import applies
from sisiwu.engine.plan.windows import Times
from sisiwu.engine.scheme import forms
from sisiwu.engine.scheme.model import Condition, Item, Rule, Scheme, Who
from sisiwu.engine.scheme.walking import picks, walk


class Track:
    """Builds the steps of one scheme; ``scope`` restricts it to one subject and its members (a live score)."""

    def __init__(self, scheme: Scheme, times: Times, members: Track | None = None, scope: Scope | None = None) -> None:
        self.scheme = scheme
        self.times = times
        self.members = members
        self.scope = scope
        self.prefix = scheme.subject
        self.steps: list[Step] = []
        self.item_values: list[Expr] = []
        """What each item shows, in the order of the scheme."""
        self.packed: list[str] = []
        """Columns that prove packed counts."""
        self.windows = Reach(scheme, times)
        self.picker = Picker(scheme.catalogue, times, self.windows.guard)
        self.peers = Peers()
        own, other = self._sources()
        organization = scheme.subject == "organization"
        self.measures = Measures(self.prefix, self.picker, own, other, organization)
        if scheme.subject == "member" and times.calendar.rolling and "colleagues" in {p.of for p in picks(scheme)}:
            own = self._source("member_fact", "colleague", {"colleagues"}, rolling=False)
        rows = (own, other) if organization else (other, own)
        self.chains = Chains(self.prefix, self.measures, *rows, f"{self.prefix}_who")
        self.planner = RulePlanner(
            self.picker, self.measures, self.chains, self.peers, self._peer_column, self._member_average
        )
        self.outcomes = Outcomes(scheme, self._there, self._happened, self._applies, self._peer_column)

    # --- sources

    def _sources(self) -> tuple[str, str]:
        """The relation of the subjects' own facts and that of the others'."""
        organization = self.scheme.subject == "organization"
        own, other = ("organization_fact", "member_fact") if organization else ("member_fact", "organization_fact")
        reach = {pick.of for pick in picks(self.scheme)}
        own_name = self._source(own, "own", reach)
        other_name = self._source(other, "other", reach) if reach & {"members", "organization"} else other
        return own_name, other_name

    def _source(self, table: str, label: str, reach: set[str], *, rolling: bool = True) -> str:
        rolling = rolling and self.times.calendar.rolling and table == "member_fact"
        where = conj(self.times.live(), self.windows.source())
        if self.scope is not None:
            where = conj(self.scope.facts(table.removesuffix("_fact"), reach), where)
        if rolling:
            where = conj(where, self.times.in_period()) if not self.windows.guard else where
        elif where == TRUE:
            return table
        name = f"{self.prefix}_{label}_rows"
        joins = (Join("cycles", "m", op("=", col("m.member"), col("f.subject"))),) if rolling else ()
        columns: tuple[tuple[str, Expr], ...] = (("cycle", col("m.cycle")),) if rolling else ()
        comment = "截至当日有效、尚在期内的事实"
        self.steps.append(Step(name, comment, columns, table, "f", joins, where, star="f", inline=True))
        return name

    # --- building

    def build(self) -> str:
        """Adds every step; returns the name of the one with total, state and all columns."""
        self._who()
        rules = self._plan_rules()
        zeroed = self._zero_vetoes()
        state = self._state_columns()
        facts = self._facts()
        peers = self._peer_steps(facts)
        lists = self._items_and_lists(peers, rules, zeroed)
        return self._total(lists, state)

    def _who(self) -> None:
        scheme = self.scheme
        joins: tuple[Join, ...] = ()
        names: tuple[str, ...] = ("parent", "kind", "region", "size", "marks", "since")
        table, key = "organization", "s.org"
        if scheme.subject == "member":
            names = ("branch", "status", "posts", "marks", "since")
            table, key = "member", "s.member"
        columns: list[tuple[str, Expr]] = [("subject", col(key)), *((name, col(f"s.{name}")) for name in names)]
        if scheme.subject == "member" and self._needs_branch():
            columns += [("kind", col("b.kind")), ("region", col("b.region"))]
            joins = (Join("organization", "b", op("=", col("b.org"), col("s.branch")), left=True),)
        self.steps.append(Step(f"{self.prefix}_all", "主体", tuple(columns), table, "s", joins))
        where = self._applies(scheme.who)
        if scheme.roll_up:
            kinds = [scheme.catalogue.organization_kinds.number(code) for code in scheme.roll_up.kinds]
            where = conj(where, op("not", op("in", col("kind"), *(Num(kind) for kind in kinds))))
        if self.scope is not None:
            where = conj(self.scope.who(), where)
        name = f"{self.prefix}_who"
        self.steps.append(Step(name, "参加考核的主体", (), f"{self.prefix}_all", "s", where=where, star="s"))

    def _needs_branch(self) -> bool:
        scheme = self.scheme
        whos = list(walk(scheme, Who))
        peers = set(scheme.grading.peers)
        for item in scheme.items():
            peers |= set(item.peers)
        for form in (rule.form for rule in scheme.rules()):
            if isinstance(form, forms.RankPoints | forms.VsPeerAverage | forms.Ratio):
                peers |= set(form.peers)
        for baseline in walk(scheme, forms.Baseline):
            peers |= set(baseline.peers or ())
        return bool(peers & {"kind", "region"}) or any(who.kinds or who.regions for who in whos)

    def _applies(self, who: Who) -> Expr:
        return applies(who, self.scheme.subject, self.scheme.catalogue, self.times)

    def _peer_column(self, name: str) -> Expr:
        return op("coalesce", col(name), Num(-1)) if name == "parent" else col(name)

    def _plan_rules(self) -> list[list[list[Worth]]]:
        """Worths by list, item and rule."""
        entries = [
            (number, rule, item, conj(self._applies(list_.who), self._applies(item.who), self._applies(rule.who)))
            for number, (list_, item, rule) in enumerate(
                ((list_, item, rule) for list_ in self.scheme.lists for item in list_.items for rule in item.rules), 1
            )
        ]
        for number, rule, _, applies_ in entries:
            if isinstance(rule.form, forms.PerEvent | forms.Discretionary | forms.Deadline):
                self.chains.announce(number, rule.form, self._aliased(rule, applies_))
        self.chains.once()
        worths = {number: self.planner.plan(number, rule, applies_) for number, rule, _, applies_ in entries}
        numbers: Iterator[int] = iter(worths)
        return [[[worths[next(numbers)] for _ in item.rules] for item in list_.items] for list_ in self.scheme.lists]

    def _aliased(self, rule: Rule, plain: Expr) -> Expr:
        """The condition of a rule over the relation of subjects under the alias s."""
        if plain == TRUE:
            return TRUE
        list_, item = next(
            (list_, item)
            for list_ in self.scheme.lists
            for item in list_.items
            if any(known is rule for known in item.rules)
        )
        scheme = self.scheme
        return conj(
            *(
                applies(who, scheme.subject, scheme.catalogue, self.times, "s")
                for who in (list_.who, item.who, rule.who)
            )
        )

    # --- conditions

    def _there(self, condition: Condition) -> Expr:
        if condition.pick is None:
            return TRUE
        return op(">=", self.measures.count(condition.pick), Num(condition.at_least))

    def _happened(self, condition: Condition, steps: int) -> Expr:
        if condition.pick is None:
            return op("=", ONE, ZERO)
        return self.planner.happened_in(condition.pick, steps)

    def _zero_vetoes(self) -> dict[tuple[str, str], Expr]:
        """Conditions that zero a list or an item, by effect and id."""
        zeroed: dict[tuple[str, str], Expr] = {}
        for veto in self.scheme.vetoes:
            if veto.effect in ("zero_list", "zero_item"):
                key = (veto.effect, veto.target)
                holds = self._there(veto.when)
                zeroed[key] = op("or", zeroed[key], holds) if key in zeroed else holds
        return zeroed

    def _state_columns(self) -> tuple[tuple[str, Expr], ...]:
        self.outcomes.consequences()  # their facts need columns too
        found, follow = self.outcomes.direct() if self.scheme.direct_grades else (NULL, NULL)
        return (
            ("is_graded", self.outcomes.graded()),
            ("forced", self.outcomes.forced()),
            ("direct", found),
            ("ceiling", self.outcomes.ceiling()),
            ("follow", follow),
        )

    # --- steps

    def _member_average(self, form: forms.MemberAverage) -> Expr:
        count, summed = op("coalesce", col("member_count"), ZERO), op("coalesce", col("member_total"), ZERO)
        numerator = mul(Num(form.full), op("greatest", summed, ZERO))
        score = half_up(numerator, mul(Num(form.out_of), op("greatest", count, ONE)))
        return iff(op(">", count, ZERO), clamp(score, 0, form.full))

    def _facts(self) -> str:
        steps, endings = self.measures.finished()
        self.steps.extend(steps)
        chained, chain_ends = self.chains.finished()
        self.steps.extend(chained)
        endings += [Ending(name, [(column, col(column)) for column in columns]) for name, columns in chain_ends]
        if self.members is not None:
            endings.append(self._member_totals())
        columns: list[tuple[str, Expr]] = []
        joins: list[Join] = []
        for place, ending in enumerate(endings):
            alias = f"a{place}"
            joins.append(Join(ending.relation, alias, op("=", col(f"{alias}.subject"), col("s.subject")), left=True))
            columns.extend((name, _of(alias, value)) for name, value in ending.measures)
            if ending.packed:
                self.packed.append(f"packed{place}")
                columns.append((self.packed[-1], col(f"{alias}.{ROWS}")))
        name = f"{self.prefix}_facts"
        self.steps.append(
            Step(name, "主体与计数合在一起", tuple(columns), f"{self.prefix}_who", "s", tuple(joins), star="s")
        )
        return name

    def widest(self) -> Expr:
        """The most facts of any subject whose counts share columns; 0 when none do."""
        found = [op("coalesce", col(name), ZERO) for name in self.packed]
        return found[0] if len(found) == 1 else op("greatest", *found) if found else ZERO

    def _member_totals(self) -> Ending:
        if self.members is None:
            raise ValueError(self.prefix)
        source = self.members.build()
        self.steps = [*self.members.steps, *self.steps]
        name = f"{self.prefix}_member_totals"
        columns: tuple[tuple[str, Expr], ...] = (
            ("subject", col("branch")),
            ("member_total", total(col("total"))),
            ("member_count", total(ONE)),
        )
        measures: list[tuple[str, Expr]] = [(column, col(column)) for column, _ in columns if column != "subject"]
        if self.members.packed:
            columns += (("member_widest", Aggregate("max", self.members.widest())),)
            measures.append(("member_widest", col("member_widest")))
            self.packed.append("member_widest")
        self.steps.append(Step(name, "各支部党员得分合计", columns, source, "t", group=(col("branch"),)))
        return Ending(name, measures)

    def _peer_steps(self, source: str) -> str:
        if self.peers.metrics:
            name = f"{self.prefix}_metrics"
            columns = tuple((column, value) for value, column in self.peers.metrics.items())
            self.steps.append(Step(name, "与同组比较的指标", columns, source, "r", star="r"))
            source = name
        if self.peers.windows:
            name = f"{self.prefix}_peers"
            windows = tuple((column, window) for window, column in self.peers.windows.items())
            self.steps.append(Step(name, "同组的平均、最高、名次", windows, source, "r", star="r"))
            source = name
        return source

    def _items_and_lists(self, source: str, rules: list[list[list[Worth]]], zeroed: dict[tuple[str, str], Expr]) -> str:
        columns: list[tuple[str, Expr]] = []
        notes: list[tuple[str, str]] = []
        shown: dict[str, Expr] = {}
        means: list[tuple[str, Item, Expr]] = []
        number = 0
        named: list[list[tuple[Item, Col]]] = []
        for list_, item_rules in zip(self.scheme.lists, rules, strict=True):
            row: list[tuple[Item, Col]] = []
            for item, worths in zip(list_.items, item_rules, strict=True):
                number += 1
                veto = zeroed.get(("zero_item", item.id))
                name = f"i{number}"
                columns.append((name, item_score(item, worths, self._applies(item.who), veto)))
                notes.append((name, f"{list_.title}《{item.title}》"))
                if item.absent == "peer_average" and not item.who.everyone:
                    means.append((name, item, conj(self._applies(list_.who), self._applies(item.who))))
                row.append((item, col(name)))
            named.append(row)
        name = f"{self.prefix}_items"
        self.steps.append(Step(name, "各清单条目的分", tuple(columns), source, "r", star="r", notes=tuple(notes)))
        if means:
            name, shown = self._peer_averages(name, means)
        placed = [[(item, shown.get(value.name, value)) for item, value in row] for row in named]
        list_columns = tuple(
            (
                f"l{i}" if list_.only_below is None else f"u{i}",
                list_score(list_, row, self._applies(list_.who), zeroed.get(("zero_list", list_.id))),
            )
            for i, (list_, row) in enumerate(zip(self.scheme.lists, placed, strict=True), 1)
        )
        list_notes = tuple((f"l{i}", list_.title) for i, list_ in enumerate(self.scheme.lists, 1))
        lists = f"{self.prefix}_lists"
        self.steps.append(Step(lists, "各张清单的分", list_columns, name, "r", star="r", notes=list_notes))
        self.item_values = [value for row in placed for _, value in row]
        gates = gated_lists(self.scheme)
        if not gates:
            return lists
        gated = f"{self.prefix}_gated"
        self.steps.append(Step(gated, "未达限度才计的清单", gates, lists, "r", star="r"))
        return gated

    def _peer_averages(self, source: str, means: list[tuple[str, Item, Expr]]) -> tuple[str, dict[str, Expr]]:
        """Absent items take the mean of the peers to whom the item applies."""
        columns: list[tuple[str, Expr]] = []
        shown: dict[str, Expr] = {}
        for name, item, holds in means:
            applied = iff(holds, col(name), NULL)
            peers = tuple(self._peer_column(peer) for peer in item.peers)
            columns.append((f"{name}_sum", Window("sum", applied, peers)))
            columns.append((f"{name}_count", Window("count", applied, peers)))
            mean = self._signed_mean(col(f"{name}_sum"), col(f"{name}_count"))
            shown[name] = op("coalesce", col(name), mean)
        step = f"{self.prefix}_absent"
        self.steps.append(Step(step, "不适用的条目取同组平均", tuple(columns), source, "r", star="r"))
        return step, shown

    @staticmethod
    def _signed_mean(summed: Expr, count: Expr) -> Expr:
        return iff(op(">", count, ZERO), half_up_signed(summed, op("greatest", count, ONE)))

    def _total(self, source: str, state: tuple[tuple[str, Expr], ...]) -> str:
        """Total and state: graded or not, forced, direct, ceiling; direct grades may set the total."""
        totals = f"{self.prefix}_totals"
        self.steps.append(Step(totals, "总分", (("total", total_score(self.scheme)),), source, "r", star="r"))
        name = f"{self.prefix}_state"
        self.steps.append(Step(name, "是否定级、否决、直接定级", state, totals, "r", star="r"))
        if not any(direct.points_follow for direct in self.scheme.direct_grades):
            return name
        undecided = conj(op("=", col("is_graded"), ONE), op("isnull", col("forced")))
        settled = iff(undecided, op("coalesce", col("follow"), col("total")), col("total"))
        columns = (*((column, col(column)) for column in self._columns()), ("total", settled))
        follow = f"{self.prefix}_settled"
        self.steps.append(Step(follow, "直接定级的随之取分", columns, name, "r"))
        return follow

    def _columns(self) -> list[str]:
        """Every column so far except the total."""
        kept = ("all", "facts", "items", "absent", "lists", "gated", "state")
        own = [f"{self.prefix}_{name}" for name in kept]
        return [column for step in self.steps if step.name in own for column, _ in step.columns]


def _of(alias: str, value: Expr) -> Expr:
    return renamed(value, lambda name: col(name if "." in name else f"{alias}.{name}"))
