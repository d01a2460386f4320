"""The sheet of members: entered, amended, moved to another branch."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from sisiwu.register.intake import texts
from sisiwu.register.intake.planning.known import Known
from sisiwu.register.intake.planning.organizations import Organizations, cell, short
from sisiwu.register.intake.planning.plan import Org, Person, Plan
from sisiwu.register.intake.reading import Book, Row
from sisiwu.register.members.models import Member, Status

CODE_MAX, NAME_MAX = 20, 50
TAKEN = "编号已被使用，或这名党员不在您的管理范围"
FIELDS = {"name": "姓名", "status": "党籍", "is_officer": "民警", "joined_on": "入党日期", "branch": "所在支部"}
IN_GOOD_STANDING = frozenset(("正常", "正常党籍", "有党籍"))


class Members:
    def __init__(
        self, plan: Plan, known: Known, book: Book, organizations: Organizations, day: date, today: date
    ) -> None:
        self.made, self.known, self.organizations, self.day, self.today = plan, known, organizations, day, today
        self.rows = book.rows["members"]
        self.skipped = {text: row for row in book.skipped for name in ("code", "name")
                        if row.table.sheet.name == "members" and (text := row.get(name))}  # fmt: skip
        self.codes: dict[str, Person] = {}
        self.names: dict[str, list[Person]] = defaultdict(list)
        self._next = 0

    def plan(self) -> None:
        """Fills the plan from the rows."""
        codes = [code for row in self.rows if (code := row.get("code"))]
        nameless = [row.get("name") for row in self.rows if not row.get("code")]
        self.known.load_people(codes, nameless)
        self._taken = set(codes)
        for row in self.rows:
            self._row(row)

    def _row(self, row: Row) -> None:
        made = self.made
        code, name = short(made, row, "code", CODE_MAX), short(made, row, "name", NAME_MAX)
        if not row.get("name"):
            made.wrongly(row, "name", "这一格不能空着", "写上姓名；整行不要的，删去整行")
        branch = self.organizations.refer(row, "branch")
        if not row.get("branch"):
            made.wrongly(row, "branch", "这一格不能空着", "写上所在支部的编号或名称")
        values = self._values(row)
        one = self._matched(row, code, name, branch)
        if one is not None and one.row is not None:
            same = "编号相同" if code else "是同一支部的同一姓名"
            made.wrongly(
                row,
                "code" if code else "name",
                f"与{one.row.place}{same}",
                "是两个人的，写上不同的编号；是同一个人的，删去一行",
            )
            return
        if branch is None or not name:
            return
        if one is None:
            one = Person(code or self._number(), name, branch)
        one.row = row
        self.codes[one.code] = one
        self.names[name].append(one)
        self._new(one, row, branch, values) if one.pk is None else self._old(one, row, branch, name, values)
        one.is_wrong = row.key in made.wrong

    def _values(self, row: Row) -> dict[str, Any]:
        def on(text: str) -> date:
            return texts.day(text, self.today)

        status = cell(self.made, row, "status", texts.status)
        standing = row.get("standing")
        if standing in texts.STATUSES:
            status = status or texts.STATUSES[standing]
        elif standing and standing not in IN_GOOD_STANDING:
            self.made.wrongly(row, "standing", "党籍状态不正常，名册不收", "这一行不导入；已恢复的改成“正常”")
        return {
            "status": status, "is_officer": cell(self.made, row, "is_officer", texts.yes_or_no),
            "joined_on": cell(self.made, row, "joined_on", on), "since": cell(self.made, row, "since", on),
        }  # fmt: skip

    def _matched(self, row: Row, code: str, name: str, branch: Org | None) -> Person | None:
        """The person a row speaks of: by number, without one by name and branch."""
        if row.get("code"):
            return self.codes.get(code) or self.known.person_codes.get(code)
        found = [one for one in self.known.person_names.get(name, ()) if one.branch is branch and not one.left_on]
        found += [one for one in self.names.get(name, ()) if one.pk is None and one.branch is branch]
        if len(found) > 1:
            codes = "、".join(one.code for one in found[:5])
            self.made.wrongly(row, "name", f"同一支部有 {len(found)} 位叫这个姓名", f"写上编号（{codes}）")
        return found[0] if found else None

    def _number(self) -> str:
        """A number that nobody has; the same for the same register and file."""
        if not self._next:
            last = Member.objects.order_by("-pk").values_list("pk", flat=True).first()
            self._next = last or 0
            ahead = [f"M{self._next + at:05d}" for at in range(1, len(self.rows) + 2)]
            self.known.load_people(ahead)
        while True:
            self._next += 1
            code = f"M{self._next:05d}"
            if code not in self.known.person_codes and code not in self._taken:
                return code

    def _branch(self, row: Row, branch: Org) -> None:
        """The branch is within reach and not dissolved."""
        if branch.dissolved_on:
            self.made.wrongly(row, "branch", f"“{branch.name}”已于 {branch.dissolved_on} 撤销", "改写现在所在的支部")
        elif not self.known.reaches(branch.anchor()):
            self.made.wrongly(row, "branch", "这个支部不在您的管理范围内", "这一行不导入；请对方的机关党委办理")

    def _new(self, one: Person, row: Row, branch: Org, values: dict[str, Any]) -> None:
        self._branch(row, branch)
        one.status = values["status"] or Status.FULL
        one.is_officer = values["is_officer"] is not False
        one.joined_on = values["joined_on"]
        one.since = values["since"] or max(self.day, branch.founded_on)
        if values["since"] and one.since < branch.founded_on and not branch.is_wrong:
            message = f"早于支部的成立日期 {branch.founded_on}"
            self.made.wrongly(row, "since", message, "核对两个日期；在改组前的支部的，写改组的日期")
        if row.key not in self.made.wrong:
            self.made.enter.append(one)

    def _old(self, one: Person, row: Row, branch: Org, name: str, values: dict[str, Any]) -> None:
        made, since = self.made, values.pop("since")
        if not self.known.reaches(one.branch.path):
            made.wrongly(row, "code", TAKEN, "换一个编号，或这一行不导入")
            return
        if one.left_on:
            made.wrongly(row, "code", f"已于 {one.left_on} 转出或减少", "这一行不导入；重新转入的，请在网站办理转接")
            return
        wanted = {"name": name, **values, "branch": branch}
        one.after = {
            field: value for field, value in wanted.items() if value is not None and getattr(one, field) != value
        }
        if "branch" in one.after:
            self._branch(row, branch)
            one.move_on = since if since and since != one.since else max(self.day, branch.founded_on)
            if one.move_on <= one.since:
                column = "since" if since and since != one.since else "branch"
                message = f"转到“{branch.final('name')}”的日期 {one.move_on} 应晚于编入“{one.branch.final('name')}”的日期 {one.since}"
                made.wrongly(row, column, message, "在“编入支部日期”列写上从哪一天起")
        elif since and since != one.since:
            made.wrongly(row, "since", f"支部没有变，日期与名册（{one.since}）不同", "照名册写，或空着")
        if row.key in made.wrong:
            return
        if not one.after:
            made.unchanged["members"] += 1
            return
        for field, value in one.after.items():
            before = getattr(one, field)
            told = [Status(part).label if field == "status" else part for part in (before, value)]
            made.differs(row, one.name, FIELDS[field], *told)
        made.amend.append(one)

    def people(self, code: str, name: str) -> list[Person]:
        """Who is meant by a number or, without one, a name: rows first, then the register within reach."""
        if code:
            one = self.codes.get(code) or self.known.person_codes.get(code)
            return [one] if one else []
        both = dict.fromkeys([*self.names.get(name, ()), *self.known.person_names.get(name, ())])
        return [one for one in both if one.pk is None or (self.known.reaches(one.branch.path) and not one.left_on)]
