"""The forms a rule can take: what it counts and how that becomes points.

Every form is frozen data. ``rule_kinds.json`` names (K01 …) are given where a form or a field
carries one. All points are hundredths; a deduction is negative.

What each form is worth, and in which order things are applied, is told in
``docs/engineers/scheme-language.md``; ``reference.py`` is that text as plain Python.
"""

from __future__ import annotations

from dataclasses import dataclass

from sisiwu.engine.values import Share

ZERO = "zero"
"""Instead of points: the whole item scores nothing (不得分)."""


@dataclass(frozen=True)
class Where:
    """Which facts of a kind qualify; every stated condition must hold."""

    levels: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    """The fact carries all of these."""
    without: tuple[str, ...] = ()
    """The fact carries none of these."""
    quantity_from: int | None = None
    quantity_below: int | None = None
    positions: tuple[str, ...] = ()
    """The person held one of these positions (anywhere) on the day of the fact (K22)."""


@dataclass(frozen=True)
class Pick:
    """Which facts a rule counts."""

    kinds: tuple[str, ...]
    where: Where = Where()
    of: str = "self"
    """Whose facts: ``self``; ``members`` (an organization counts those of its members);
    ``organization`` (a person counts those of the organizations where the person held one of the
    positions of the rule's points on the day, K48); ``colleagues`` (a person counts the facts of the
    other members of those organizations, K48)."""
    valid_months: int | None = None
    """Facts count for so many months after their day instead of within the period (K43)."""
    valid_months_by_level: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Points:
    """What one fact is worth: one value, or a value by level or by position."""

    value: int | None = None
    by_level: tuple[tuple[str, int], ...] = ()
    by_position: tuple[tuple[str, int], ...] = ()
    """For facts that reach a person through a position (K48); the first that is held counts."""
    stacking: bool = False
    """With by_level: a fact is worth its own level and all that stand before it in the table (K08)."""


@dataclass(frozen=True)
class Factor:
    """Multiplies a fact's points when its condition holds (K20, K21, K22)."""

    times: Share
    where: Where


@dataclass(frozen=True)
class Repeat:
    """A fact counts more when the same rule was met before within a time (K19)."""

    times: Share
    within_days: int


@dataclass(frozen=True)
class Modifiers:
    """What happens between the facts and their sum, in this order."""

    once_group: str | None = None
    """Facts of one matter count once, at the highest worth, among all rules of this group (K07)."""
    beyond: int = 0
    """Only the facts after the first so many earn (K61)."""
    every: int = 1
    """Only each so-many-th fact counts: three late arrivals make one absence (K23)."""
    nth: tuple[int, ...] = ()
    """Points of the first, second, third … fact; the last value stands for all later ones (K17)."""
    factors: tuple[Factor, ...] = ()
    repeat: Repeat | None = None
    escalate: Share | None = None
    """The n-th fact is worth 1 + (n - 1) x this (K18)."""
    split: bool = False
    """Points are divided among the fact's sharers (K49)."""
    cap_day: int | None = None
    cap_month: int | None = None
    """Greatest sum (as a magnitude) within a day or a month of the period (K28)."""


@dataclass(frozen=True)
class PerEvent:
    """Points for each fact (K01, K06, K08); ``per_quantity`` multiplies by the quantity."""

    pick: Pick
    points: Points
    per_quantity: bool = False
    modifiers: Modifiers = Modifiers()


@dataclass(frozen=True)
class Discretionary:
    """A decision gives points within a range: the fact's quantity is the magnitude (K05).

    ``low`` and ``high`` have one sign. A quantity outside the range is taken as the nearest bound.
    """

    pick: Pick
    low: int
    high: int
    modifiers: Modifiers = Modifiers()


@dataclass(frozen=True)
class Deadline:
    """Points for a fact later than ``within_days`` after its due day (K24).

    With ``per_day`` the points are for each day beyond. A fact without a due day is never late.
    """

    pick: Pick
    points: Points
    within_days: int = 0
    per_day: bool = False
    modifiers: Modifiers = Modifiers()


@dataclass(frozen=True)
class Given:
    """A score that a person or another scheme gives: quantity of ``out_of`` points (K04, K56).

    Worth half_up(full x quantity / out_of), at least 0 and at most full. Several facts: ``take`` is
    latest, sum, mean or best.
    """

    pick: Pick
    full: int
    out_of: int
    take: str = "latest"
    name: str = "manual_score"


@dataclass(frozen=True)
class SelfAndVerified:
    """A self score and a verified score side by side; the verified one counts (K36).

    Latest fact of level ``verified``, 0 when there is none; at most ``full``.
    """

    pick: Pick
    self_level: str
    verified_level: str
    full: int


@dataclass(frozen=True)
class PerMissing:
    """Points for each occurrence short of what is required (K02).

    ``each_months`` counts within every such part of the period (1: each month); surplus of one part
    does not help another. ``by_size`` gives other requirements from a head count on.
    ``deployed`` names facts whose quantity is days; the requirement of the whole period shrinks to
    floor(required x (days of period - days) / days of period) (N13).
    """

    pick: Pick
    required: int
    points: int
    by_size: tuple[tuple[int, int], ...] = ()
    each_months: int | None = None
    deployed: Pick | None = None


@dataclass(frozen=True)
class FlatIf:
    """Points once when at least so many facts exist (K03), or, with ``absent``, when none does."""

    pick: Pick
    points: int | str
    at_least: int = 1
    absent: bool = False


@dataclass(frozen=True)
class CountTable:
    """Points by the number of facts: the last row whose count is reached (K16). ZERO zeroes the item."""

    pick: Pick
    table: tuple[tuple[int, int | str], ...]


@dataclass(frozen=True)
class ZeroEventBonus:
    """Points when no such fact happened, for the period or for each part of it (K51).

    Parts that have not ended on the day of evaluation do not earn.
    """

    pick: Pick
    points: int
    each_months: int | None = None


@dataclass(frozen=True)
class Streak:
    """Points by how many consecutive earlier periods ended with one of the picked results (K50).

    ``table`` begins with one period; longer streaks take its last value.
    """

    pick: Pick
    table: tuple[int, ...]


@dataclass(frozen=True)
class Rating:
    """Weighted rater classes (K34): levels of the fact are rater classes, the quantity a score.

    Mean of each class to the hundredth, then half_up(full x sum(weight x mean) / (100 x sum of
    weights)) over the classes present; ``missing`` rescale or zero says what an absent class does.
    """

    pick: Pick
    full: int
    weights: tuple[tuple[str, Share], ...]
    missing: str = "rescale"
    out_of: int = 10000


@dataclass(frozen=True)
class Votes:
    """Votes to points (K35): levels are options, quantities the votes; options not listed are void.

    Worth half_up(full x sum(value x votes) / (100 x sum(votes))).
    """

    pick: Pick
    full: int
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Metric:
    """One integer about a subject, in hundredths.

    ``count``: facts. ``quantity``: sum of quantities. ``latest``: quantity of the last fact.
    ``ratio``: percent, half_up(10000 x sum of quantities / sum of bases), in hundredths of a percent.
    ``share``: percent of facts of ``pick`` among those of ``among``. With ``per_head`` the value is
    scaled to so many heads: half_up(value x per_head / size) (K57). No facts: count and quantity are
    0, the others have no value and the rule is worth nothing.
    """

    of: str
    pick: Pick
    among: Pick | None = None
    per_head: int | None = None


@dataclass(frozen=True)
class Band:
    """Points of the highest bound reached (K09); below the first bound nothing."""

    metric: Metric
    bands: tuple[tuple[int, int | str], ...]


@dataclass(frozen=True)
class Baseline:
    """What a metric is compared with: a number, another metric, or the mean of the peers."""

    number: int | None = None
    metric: Metric | None = None
    peers: tuple[str, ...] | None = None
    grow: Share | None = None
    """Multiplies the baseline."""


@dataclass(frozen=True)
class Step:
    """Points for each full step below (K10) or above (K11) a baseline.

    ``began`` counts a step that has begun as a full one.
    """

    metric: Metric
    baseline: Baseline
    direction: str
    step: int
    points: int
    began: bool = False


@dataclass(frozen=True)
class Ratio:
    """full x metric / out_of, between 0 and full; with ``best`` of the peers as out_of it is K12."""

    metric: Metric
    full: int
    out_of: int | None
    peers: tuple[str, ...] = ()


@dataclass(frozen=True)
class RankPoints:
    """Points by rank of the metric among the peers; ties share the better rank (K13, K14).

    ``table`` for the first ranks, then ``then_each`` more per place until ``until``; ``lowest``
    ranks from the smallest metric. A subject without the metric has no rank.
    """

    metric: Metric
    table: tuple[int, ...]
    then_each: int = 0
    until: int | None = None
    lowest: bool = False
    peers: tuple[str, ...] = ()


@dataclass(frozen=True)
class VsPeerAverage:
    """Points above, at, or below the mean of the peers (K15); mean to the hundredth, half up."""

    metric: Metric
    above: int
    below: int
    equal: int = 0
    peers: tuple[str, ...] = ()


@dataclass(frozen=True)
class MemberAverage:
    """Mean total of the members under the member scheme, scaled: half_up(full x sum / (n x out_of)).

    No assessed member: nothing. At least 0, at most full.
    """

    full: int
    out_of: int


type Form = (
    PerEvent
    | Discretionary
    | Deadline
    | Given
    | SelfAndVerified
    | PerMissing
    | FlatIf
    | CountTable
    | ZeroEventBonus
    | Streak
    | Rating
    | Votes
    | Band
    | Step
    | Ratio
    | RankPoints
    | VsPeerAverage
    | MemberAverage
)
