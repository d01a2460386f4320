"""The sheet of organizations: founded, renamed, moved, described, elected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from sisiwu.register.intake import texts
from sisiwu.register.intake.planning.known import Known
from sisiwu.register.intake.planning.plan import DEPTH_MAX, Org, Plan
from sisiwu.register.intake.reading import Book, Row
from sisiwu.register.organizations.models import Kind
from sisiwu.register.organizations.regions import REGIONS

CODE_MAX, NAME_MAX, PLACE_MAX = 20, 100, 60
HINTS_MAX = 50
LOOK = "核对编号或名称；确有这个组织的，先加进《党组织》表"
TAKEN = "编号已被使用，或这个组织不在您的管理范围"
FIELDS = {
    "name": "名称", "kind": "类别", "region": "地区", "parent": "上级",
    "is_grassroots": "基层一线单位", "is_window": "窗口单位", "place": "常用地点",
}  # fmt: skip
AREAS = dict(REGIONS)


def cell(plan: Plan, row: Row, column: str, read: Callable[[str], Any]) -> Any:
    """A cell as a value, None when it is empty; what cannot be read is a problem."""
    text = row.get(column)
    if not text:
        return None
    try:
        return read(text)
    except ValueError as error:
        message, _, hint = str(error).partition("|")
        plan.wrongly(row, column, message, hint)
        return None


def short(plan: Plan, row: Row, column: str, most: int) -> str:
    """A cell as text of at most so many characters."""
    text = row.get(column)
    if len(text) > most:
        plan.wrongly(row, column, f"有 {len(text)} 个字，最多 {most} 个", "写短一些", text[:20] + "…")
        return ""
    return text


class Organizations:
    def __init__(self, plan: Plan, known: Known, book: Book, day: date, today: date) -> None:
        self.made, self.known, self.day, self.today = plan, known, day, today
        self.rows = book.rows["organizations"]
        self.skipped = {text: row for row in book.skipped for name in ("code", "name")
                        if row.table.sheet.name == "organizations" and (text := row.get(name))}  # fmt: skip
        self.codes: dict[str, Org] = {}
        """Of the rows."""
        self.names: dict[str, list[Org]] = defaultdict(list)
        self.here: list[Org] = []
        self._next = max(self.known.by_pk, default=0)
        self._taken = {row.get("code") for row in self.rows}
        self._hints: dict[str, str] = {}

    def plan(self) -> None:
        """Fills the plan from the rows."""
        for row in self.rows:
            self._admit(row)
        for one in self.here:
            self.names[one.final("name")].append(one)
        for one in self.here:
            self._place(one)
        for one in self.here:
            self._circle(one)
        self._siblings()
        for one in self.here:
            self._judge(one)
        roots = sum(1 for one in self.made.found if one.parent is None)
        if roots > 1:
            self.made.notes.append(f"有 {roots} 个新组织没有写上级，将成为最上级组织")
        self.made.found.sort(key=depth)
        self.made.reshape.sort(key=depth)

    def _admit(self, row: Row) -> None:
        """One row becomes an organization: one that exists, or a new one."""
        values = self._values(row)
        code, name = values.pop("code"), values.pop("name")
        if not row.get("name"):
            self.made.wrongly(row, "name", "这一格不能空着", "写上名称；整行不要的，删去整行")
        one = self._matched(row, code, name)
        if one is None:
            one = Org(code or self._number(), name, founded_on=values["founded_on"] or date.min)
        elif (other := one.row) is not None:
            self.made.wrongly(row, "code" if code else "name", f"与{other.place}是同一个组织", "删去其中一行")
            return
        elif one.founded_on != (values["founded_on"] or one.founded_on):
            message = f"与名册里的成立日期 {one.founded_on} 不同"
            self.made.wrongly(row, "founded_on", message, "照名册写，或空着")
        one.row = row
        one.change_on, one.elect_on = values.pop("change_on"), values.pop("elected_on")
        values.pop("founded_on")
        one.after = {field: value for field, value in values.items() if value is not None} | (
            {"name": name} if name else {}
        )
        self.codes[one.code] = one
        self.here.append(one)

    def _values(self, row: Row) -> dict[str, Any]:
        made, today = self.made, self.today

        def on(text: str) -> date:
            return texts.day(text, today)

        return {
            "code": short(made, row, "code", CODE_MAX), "name": short(made, row, "name", NAME_MAX),
            "kind": cell(made, row, "kind", texts.kind), "region": cell(made, row, "region", texts.region),
            "is_grassroots": cell(made, row, "is_grassroots", texts.yes_or_no),
            "is_window": cell(made, row, "is_window", texts.yes_or_no),
            "place": short(made, row, "place", PLACE_MAX) or None,
            "founded_on": cell(made, row, "founded_on", on), "elected_on": cell(made, row, "elected_on", on),
            "change_on": cell(made, row, "change_on", on),
        }  # fmt: skip

    def _matched(self, row: Row, code: str, name: str) -> Org | None:
        """The organization a row speaks of: by its number, without one by its name (and superior)."""
        if code:
            return self.codes.get(code) or self.known.codes.get(code)
        above = row.get("parent")
        found = [
            one
            for one in self.known.names.get(name, ())
            if not one.dissolved_on and self.known.reaches(one.path)
            if not above or (one.parent and above in (one.parent.code, one.parent.name))
        ]
        if len(found) > 1:
            codes = "、".join(one.code for one in found[:5])
            self.made.wrongly(row, "name", f"名册里有 {len(found)} 个组织叫这个名称", f"写上编号（{codes}）或上级")
        return found[0] if found else None

    def _number(self) -> str:
        """A number that nobody has; the same for the same register and file."""
        while True:
            self._next += 1
            code = f"DZ{self._next:04d}"
            if code not in self.known.codes and code not in self._taken:
                return code

    def refer(self, row: Row, column: str) -> Org | None:
        """The organization a cell names, by number or by name; None after a problem or when it is empty."""
        text = row.get(column)
        if not text:
            return None
        if one := self.codes.get(text) or self.known.codes.get(text):
            return one
        both = dict.fromkeys([*self.names.get(text, ()), *self.known.names.get(text, ())])
        near = [one for one in both if self.known.reaches(one.anchor())] or list(both)
        found: list[Org] = [one for one in near if not one.dissolved_on] or near
        if len(found) == 1:
            return found[0]
        if found:
            codes = "、".join(one.code for one in found[:5])
            self.made.wrongly(row, column, f"有 {len(found)} 个组织都叫这个名称", f"改写编号：{codes}")
        elif left := self.skipped.get(text):
            self.made.wrongly(
                row, column, f"{left.place}这一次不导入，这里写的组织就没有了", "这一行也不导入，或改写别的组织"
            )
        else:
            self.made.wrongly(row, column, "表里和名册里都没有这个组织", self._hint(text))
        return None

    def _hint(self, text: str) -> str:
        """The most similar names; looked for while it is worth the time."""
        if text not in self._hints:
            if len(self._hints) >= HINTS_MAX:
                return LOOK
            near = (one.name for one in self.known.by_pk.values() if self.known.reaches(one.path))
            self._hints[text] = texts.nearest(text, dict.fromkeys([*self.names, *near])) or LOOK
        return self._hints[text]

    def _place(self, one: Org) -> None:
        """Finds the superior."""
        row = one.row
        assert row is not None  # noqa: S101 - only those with a row are here
        parent = self.refer(row, "parent")
        if parent is not None:
            one.after["parent"] = parent
            if one.pk is None:
                one.parent = parent
        one.is_wrong = row.key in self.made.wrong

    def _circle(self, one: Org) -> None:
        """Nobody is their own superior, however far up; there are not too many levels."""
        row, above, steps = one.row, one.final("parent"), 0
        while above is not None and above is not one and steps <= DEPTH_MAX:
            above, steps = above.final("parent"), steps + 1
        if above is None or row is None:
            return
        if above is one:
            self.made.wrongly(row, "parent", "上级关系绕成了一圈", "沿着上级一级一级查，改掉写错的那一格")
        elif not one.is_wrong:
            self.made.wrongly(row, "parent", f"从最上级算起超过 {DEPTH_MAX} 级，或上级关系绕成了一圈", "核对上级")
        one.is_wrong = True
        if one.pk is None:
            one.parent = None

    def _siblings(self) -> None:
        """Under one superior a name stands once, before and after."""
        taken: dict[tuple[Org | None, str], Org] = {
            (one.parent, one.name): one for one in self.known.by_pk.values() if not one.dissolved_on
        }
        for one in self.here:
            if one.is_wrong or one.row is None:
                continue
            place = one.final("parent"), one.final("name")
            if (other := taken.get(place)) is not None and other is not one:
                where = other.row.place if other.row and other.pk is None else f"名册里的 {other.code}"
                self.made.wrongly(
                    one.row, "name", f"同一上级下已有这个名称（{where}）", "改名称；确是同一个的，写一样的编号"
                )
                one.is_wrong = True
            taken[place] = one

    def _judge(self, one: Org) -> None:
        """What is new, what changes; what the verbs would refuse is told here with its place."""
        row = one.row
        if row is None or one.is_wrong:
            return
        self._new(one, row) if one.pk is None else self._old(one, row)
        one.is_wrong = row.key in self.made.wrong

    def _new(self, one: Org, row: Row) -> None:
        parent = one.parent
        kind = one.after.get("kind")
        if kind is None:
            self.made.wrongly(row, "kind", "新的组织要写类别", "从下拉里选一个")
        if one.founded_on == date.min:
            self.made.wrongly(row, "founded_on", "新的组织要写成立日期", "写成 2018-11-26 的样子")
        elif parent is not None and one.founded_on < parent.founded_on:
            message = f"早于上级“{parent.final('name')}”的成立日期 {parent.founded_on}"
            self.made.wrongly(row, "founded_on", message, "核对两个日期")
        if one.elect_on and one.elect_on < one.founded_on:
            self.made.wrongly(row, "elected_on", f"早于成立日期 {one.founded_on}", "核对两个日期")
        self._superior(row, parent)
        if row.key in self.made.wrong:
            return
        for field, value in one.after.items():
            setattr(one, field, value)
        one.region = one.region or area(parent)
        one.after = {}
        self.made.found.append(one)

    def _superior(self, row: Row, parent: Org | None) -> None:
        """The superior is within reach and not dissolved."""
        if not self.known.reaches(parent.anchor() if parent else ""):
            message = "上级不在您的管理范围内" if parent else "没有写上级：最上级组织不在您的管理范围内"
            self.made.wrongly(row, "parent", message, "写您管理的组织；要改这一部分的，请联系机关党委办公室")
        elif parent is not None and parent.dissolved_on:
            self.made.wrongly(row, "parent", f"“{parent.name}”已于 {parent.dissolved_on} 撤销", "改写现在的上级")

    def _old(self, one: Org, row: Row) -> None:
        if not self.known.reaches(one.path):
            self.made.wrongly(row, "code", TAKEN, "换一个编号，或这一行不导入")
            return
        if one.dissolved_on:
            self.made.wrongly(row, "code", f"这个组织已于 {one.dissolved_on} 撤销", "这一行不导入；新的组织用新的编号")
            return
        one.after = {
            field: one.after[field]
            for field in FIELDS
            if one.after.get(field, getattr(one, field)) != getattr(one, field)
        }
        on = one.change_on or self.day
        if parent := one.after.get("parent"):
            self._superior(row, parent)
        if {"name", "kind", "region", "parent"} & set(one.after) and on <= one.since:
            column = "change_on" if one.change_on else next(iter(one.after))
            message = f"变更日期 {on} 应晚于上一次变更（{one.since}）"
            self.made.wrongly(row, column, message, "在“变更日期”列写上从哪一天起")
        if one.elect_on and one.elected_on and one.elect_on < one.elected_on:
            self.made.wrongly(row, "elected_on", f"早于名册里的本届选举日期 {one.elected_on}", "照名册写，或空着")
        if one.elect_on == one.elected_on:
            one.elect_on = None
        if row.key in self.made.wrong:
            return
        one.change_on = on
        if not one.after and not one.elect_on:
            self.made.unchanged["organizations"] += 1
            return
        for field, value in one.after.items():
            before = getattr(one, field)
            self.made.differs(row, one.name, FIELDS[field], *(shown(field, part) for part in (before, value)))
        if one.elect_on:
            self.made.differs(row, one.name, "本届选举日期", one.elected_on, one.elect_on)
        self.made.reshape.append(one)


def area(one: Org | None) -> int:
    """The region of the nearest organization above that has one."""
    steps = 0
    while one is not None and steps <= DEPTH_MAX:
        if region := one.final("region"):
            return int(region)
        one, steps = one.final("parent"), steps + 1
    return REGIONS[0][0]


def shown(field: str, value: Any) -> Any:
    """A value in words."""
    match field:
        case "kind":
            return Kind(value).label
        case "region":
            return AREAS.get(value, value)
        case _:
            return value


def depth(one: Org) -> int:
    """Levels above, after the import."""
    above, steps = one.final("parent"), 0
    while above is not None and steps <= DEPTH_MAX:
        above, steps = above.final("parent"), steps + 1
    return steps
