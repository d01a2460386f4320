"""A scheme (考核办法) as frozen data: lists -> items -> rules, grades, vetoes, consequences."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sisiwu.engine.catalogue import Catalogue
from sisiwu.engine.scheme.forms import Form, Pick
from sisiwu.engine.source import Place
from sisiwu.engine.values import Calendar, Share


@dataclass(frozen=True)
class Source:
    """A document a clause may be cited from (sources.yaml)."""

    id: str
    title: str
    issuer: str = ""
    issued_on: date | None = None
    abolished_on: date | None = None
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Clause:
    """The text of one clause; several rules may stand on one clause."""

    id: str
    source: str
    article: str
    text: str
    place: Place
    reading: str = ""
    """How a clause that contradicts itself or leaves a gap was read."""


@dataclass(frozen=True)
class Who:
    """To whom something applies; every stated condition must hold.

    For organizations: kinds, regions, sizes, marks, age. For persons: statuses, positions, marks,
    tenure; ``kinds`` and ``regions`` are those of the person's branch.
    """

    kinds: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    without_positions: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    size_from: int | None = None
    size_below: int | None = None
    tenure_months: int | None = None
    """Founded, or in service, for at least so many months at the end of the period (or as of)."""

    @property
    def everyone(self) -> bool:
        return self == Who()


@dataclass(frozen=True)
class Rule:
    """One rule: a form with numbers, standing on a clause."""

    id: str
    clause: str
    form: Form
    kind: str
    """The name of the kind as the author wrote it (per_event, by_level …)."""
    place: Place
    title: str = ""
    who: Who = Who()
    unless: Pick | None = None
    """The rule is worth nothing while such a fact exists (eligibility, K46)."""
    lowest: int | None = None
    highest: int | None = None
    """Bounds of the rule's own sum (K26)."""
    reading: str = ""


@dataclass(frozen=True)
class Item:
    """An entry of a list (清单条目): full + sum of its rules, between its bounds.

    ``absent`` says what a subject gets to whom the item does not apply (K54): nothing, full,
    peer_average or rescale (the list's other items are scaled up).
    """

    id: str
    title: str
    rules: tuple[Rule, ...]
    place: Place
    full: int = 0
    lowest: int | None = None
    highest: int | None = None
    who: Who = Who()
    absent: str = "nothing"
    peers: tuple[str, ...] = ()


@dataclass(frozen=True)
class ResponsibilityList:
    """One list (责任清单) of a scheme.

    ``mode``: ``sum`` (base + items), ``hundred`` (max(0, 100 + items) x weight / 100, K31),
    ``direct`` (max(0, weight + items), K32). ``outside`` stands outside the total's bounds (K33).
    """

    id: str
    title: str
    items: tuple[Item, ...]
    place: Place
    mode: str = "sum"
    base: int = 0
    weight: int = 0
    lowest: int | None = None
    highest: int | None = None
    outside: bool = False
    only_below: int | None = None
    """The list counts only while the sum of all other lists (and the base) is below this (K46)."""
    who: Who = Who()


@dataclass(frozen=True)
class Condition:
    """What sets off a veto, a direct grade, or a consequence; every stated part must hold."""

    pick: Pick | None = None
    at_least: int = 1
    total_from: int | None = None
    total_below: int | None = None
    list_id: str | None = None
    list_below: int | None = None
    grades: tuple[str, ...] = ()
    streak: int | None = None
    """With grades: the present period and so many in all in a row, earlier ones read from ``pick``."""


@dataclass(frozen=True)
class Veto:
    """A veto (一票否决). ``effect``: grade, ceiling, zero_list, zero_item, not_graded (K40)."""

    id: str
    title: str
    clause: str
    when: Condition
    effect: str
    target: str
    place: Place
    exception: str = ""


@dataclass(frozen=True)
class DirectGrade:
    """A fact sets the grade (K41); ``points_follow`` takes the lowest value of that grade."""

    id: str
    title: str
    clause: str
    pick: Pick
    grade: str
    points_follow: bool
    place: Place


@dataclass(frozen=True)
class Grade:
    """One grade, from ``lowest`` (counted) to below the next higher grade (K37).

    ``share`` or ``number`` bounds how many of the peers may have it (K39). ``list_id`` judges the
    mark on that list alone (K38). ``who`` must hold, else the next lower grade (K62).
    """

    name: str
    place: Place
    lowest: int | None = None
    highest: int | None = None
    below: int | None = None
    share: Share | None = None
    number: int | None = None
    list_id: str | None = None
    who: Who = Who()


@dataclass(frozen=True)
class Grading:
    """From score to grade; ``grades`` stand from best to worst.

    ``peers`` columns divide the subjects into groups that are ranked apart. ``rounding`` (floor,
    half_up, ceiling) turns a share into a number; ``ties`` none (a tie that does not fit as a whole
    falls) or all (it is let in); ``base`` assessed (those who are graded) or all; ``direct_in_quota``
    whether direct grades use up places. ``better`` is high or low (for points of misconduct).
    """

    grades: tuple[Grade, ...] = ()
    peers: tuple[str, ...] = ()
    rounding: str = "floor"
    ties: str = "none"
    base: str = "assessed"
    direct_in_quota: bool = False
    better: str = "high"


@dataclass(frozen=True)
class Consequence:
    """What follows from a result (K42, K60): a measure, perhaps an amount in 分."""

    id: str
    title: str
    clause: str
    when: Condition
    place: Place
    amount_fen: int | None = None
    months: int | None = None


@dataclass(frozen=True)
class RollUp:
    """Organizations of these kinds take the mean total of the assessed ones beneath them."""

    kinds: tuple[str, ...]


@dataclass(frozen=True)
class LocalLimits:
    """How many items a lower level may add, and of how many points each (K59)."""

    most: int
    each: int


@dataclass(frozen=True)
class SchemeCase:
    """A worked example that the scheme must satisfy (tests/*.yaml); kept as its tree."""

    name: str
    place: Place


@dataclass(frozen=True)
class Scheme:
    """One version of an assessment scheme."""

    id: str
    title: str
    version: str
    subject: str
    """organization or member."""
    calendars: tuple[Calendar, ...]
    catalogue: Catalogue = field(repr=False)
    lists: tuple[ResponsibilityList, ...]
    place: Place
    default_period: str = ""
    issued_on: date | None = None
    sample: bool = False
    """A labelled sample whose numbers are to be replaced by the committee's own."""
    base: int = 0
    lowest: int | None = None
    highest: int | None = None
    who: Who = Who()
    not_graded: Who | None = None
    """Takes part, gets no grade (K55)."""
    not_graded_when: Condition | None = None
    vetoes: tuple[Veto, ...] = ()
    direct_grades: tuple[DirectGrade, ...] = ()
    grading: Grading = Grading()
    consequences: tuple[Consequence, ...] = ()
    roll_up: RollUp | None = None
    members: Scheme | None = None
    """The member scheme behind member_average rules."""
    local: LocalLimits | None = None
    sources: tuple[Source, ...] = ()
    clauses: tuple[Clause, ...] = ()
    readings: tuple[str, ...] = ()
    """How contradictions and gaps of the published text were read."""

    def clause(self, id_: str) -> Clause | None:
        return next((clause for clause in self.clauses if clause.id == id_), None)

    def items(self) -> list[Item]:
        return [item for list_ in self.lists for item in list_.items]

    def rules(self) -> list[Rule]:
        return [rule for item in self.items() for rule in item.rules]
