"""When a step may be done and until when: computed from the days of the steps before it and steps.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sisiwu.foundation.values.dates import after_months, spoken_day
from sisiwu.register.admissions.models import Done, Extension
from sisiwu.register.admissions.steps import LAST, Step, steps


@dataclass(frozen=True)
class Window:
    """From when and until when, each with why; None: the rules say nothing, or it does not follow yet."""

    opens_on: date | None = None
    opens_because: str = ""
    due_on: date | None = None
    due_because: str = ""


@dataclass
class Course:
    """What was done so far: the last day of each step, how often, and the extensions."""

    days: dict[int, date] = field(default_factory=dict)
    times: dict[int, int] = field(default_factory=dict)
    extensions: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, done: Iterable[Done], extensions: Iterable[Extension]) -> Course:
        """From the rows, those taken back left out."""
        one = cls(extensions={row.number: row.months for row in extensions})
        for row in done:
            if not row.taken_back:
                one.days[row.number] = max(row.on, one.days.get(row.number, row.on))
                one.times[row.number] = one.times.get(row.number, 0) + 1
        return one

    @property
    def last_day(self) -> date | None:
        """The day of the latest step."""
        return max(self.days.values(), default=None)

    @property
    def following(self) -> Step | None:
        """The first step in order that is not done; None: all are."""
        return next((one for one in steps().values() if one.number not in self.days), None)

    def again(self) -> list[Step]:
        """Steps that were done and go on being done."""
        return [
            one
            for one in steps().values()
            if one.repeats and one.number in self.days and one.repeats.until not in self.days
        ]

    def repeat_due(self, step: Step) -> date | None:
        """Until when a repeated step has to be done the next time."""
        if step.repeats is None:
            return None
        since = self.days.get(step.number) or self.days.get(step.repeats.since)
        return after_months(since, step.repeats.months) if since else None

    def window(self, step: Step) -> Window:
        """Of a step in order."""
        opens_on = due_on = None
        opens_because = due_because = ""
        longer = self.extensions.get(step.number, 0)
        if step.opens and step.opens.after in self.days:
            months = step.opens.months + (longer if step.prolong else 0)
            opens_on = after_months(self.days[step.opens.after], months)
            opens_because = step.opens.words + (f"，延长 {longer} 个月" if step.prolong and longer else "")
        if step.due and step.due.after in self.days:
            months = longer if step.due.at_most and longer else step.due.months
            due_on = after_months(self.days[step.due.after], months)
            due_because = f"已延长到 {months} 个月" if months != step.due.months else step.due.words
        if step.repeats and (again := self.repeat_due(step)):
            due_on, due_because = again, step.repeats.words
        return Window(opens_on, opens_because, due_on, due_because)

    def next(self) -> tuple[Step, Window] | None:
        """What has to be done next: the following step, or a repeated one that comes first."""
        step = self.following
        if step is None:
            return None
        window = self.window(step)
        for one in self.again():
            due = self.repeat_due(one)
            assert due is not None  # noqa: S101 - what is done again was done
            assert one.repeats is not None  # noqa: S101
            if window.opens_on and due < window.opens_on:
                return one, Window(None, "", due, one.repeats.words)
            if window.due_on is None or due < window.due_on:
                window = Window(window.opens_on, window.opens_because, due, f"{one.title}{one.repeats.words}")
        return step, window

    def refusal(self, step: Step, on: date) -> str:
        """Why a step cannot be done on a day, and when it can; empty: it can."""
        following = self.following
        if following is None:
            return f"{LAST} 步都办完了。"
        if step in self.again():
            return self._after_the_last(on)
        if step.number in self.days:
            return f"{step}已在{spoken_day(self.days[step.number])}办过。"
        if step.number != following.number:
            return f"{step}以前还有{following}没有办，请先办那一步。"
        window = self.window(step)
        if window.opens_on and on < window.opens_on:
            return f"{step}最早{spoken_day(window.opens_on)}可以办（{window.opens_because}）。"
        for one in self.again():
            due = self.repeat_due(one)
            assert one.repeats is not None  # noqa: S101
            if one.repeats.until == step.number and due and due < on:
                last = spoken_day(self.days[one.number])
                return f"上一次{one.title}是{last}，已超过 {one.repeats.months} 个月；请先补办第 {one.number} 步再办这一步。"
        return self._after_the_last(on)

    def _after_the_last(self, on: date) -> str:
        last = self.last_day
        return f"不能早于上一步的日期{spoken_day(last)}。" if last and on < last else ""
