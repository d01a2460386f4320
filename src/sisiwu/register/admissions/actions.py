"""Taking an application, doing a step, extending, taking a step back, stopping."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.audit.actions import note
from sisiwu.foundation.inbox import queries as inbox
from sisiwu.foundation.inbox.actions import ask, settle_beginning
from sisiwu.foundation.values.dates import spoken_day
from sisiwu.register.admissions.facts import Course, Window
from sisiwu.register.admissions.models import Admission, Done, Extension, State
from sisiwu.register.admissions.queries import last_done
from sisiwu.register.admissions.steps import Step, steps
from sisiwu.register.members import actions as members
from sisiwu.register.members.models import Member, Status
from sisiwu.register.organizations.models import BRANCHES, TEMPORARY, Organization

AHEAD_DAYS = 30
"""A repeated step is asked for so many days before it is due (our judgement; a month to find a day)."""


@transaction.atomic
def apply(
    *, branch: Organization, name: str, code: str, on: date, who: str, by: User | None, is_officer: bool = True
) -> Admission:
    """Somebody hands in an application: step 1; who is not in the register yet is entered, as no member.

    Raises ValidationError (a temporary branch: 支部工作条例 art. 8 (rulebook.md, section 4); no branch; a number
    that is another's; somebody who is a member or has an admission open) and PermissionDenied.
    """
    if by is not None:
        demand(by, Verb.ROLL, branch.path)
    if branch.kind in TEMPORARY:
        raise ValidationError(
            {"branch": f"“{branch}”是临时党组织，不发展党员（《支部工作条例》第八条）；请在原支部办理。"}
        )
    if branch.kind not in BRANCHES or branch.dissolved_on:
        raise ValidationError({"branch": f"“{branch}”不是在册的党支部，请写党支部。"})
    _not_to_come(on)
    person = Member.objects.filter(code=code).first()
    if person is None:
        person = members.enter(
            code=code, name=name, branch=branch, since=on, by=by, demanded=True, why="递交入党申请书",
            status=Status.NONE, is_officer=is_officer,
        )  # fmt: skip
    elif person.name != name or person.branch_id != branch.pk or person.left_on:
        raise ValidationError({"code": f"编号“{code}”是{person.branch}{person}的，请换一个。"})
    elif person.status != Status.NONE:
        raise ValidationError({"code": f"{person}已是{person.get_status_display()}，不用再申请。"})
    one = Admission(member=person)
    one.full_clean()
    one.save()
    _record(one, steps()[1], on, by, who=who)
    note("admission.apply", by, one, path=branch.path, person=person.pk, on=str(on))
    return one


@transaction.atomic
def do(
    one: Admission,
    number: int,
    *,
    on: date,
    who: str,
    remark: str = "",
    days: int | None = None,
    hours: int | None = None,
    by: User | None,
) -> Done:
    """A step was done on a day. Late is taken and marked; too early or out of order is refused.

    Raises ValidationError with the day from which the step is possible, and PermissionDenied: the branch does
    its own steps, staff those of the superior.
    """
    one = _open(one)
    step = steps()[number]
    if by is not None:
        demand(by, verb_of(step), one.member.branch.path)
    _not_to_come(on)
    refusal = _course(one).refusal(step, on)
    if refusal:
        raise ValidationError({"on": refusal})
    given = {"days": days, "hours": hours}
    if step.needs and not any((given[need.name] or 0) >= need.at_least for need in step.needs):
        raise ValidationError({step.needs[0].name: f"{step.title}应{'或'.join(n.words for n in step.needs)}。"})
    done = _record(one, step, on, by, who=who, note=remark, days=days, hours=hours)
    note("admission.do", by, one, path=one.member.branch.path, person=one.member_id, step=number, on=str(on))
    return done


@transaction.atomic
def extend(one: Admission, *, months: int, on: date, why: str, by: User) -> Extension:
    """The period of the next step is made longer, once: an approval to so many months, a probation by so many.

    Raises ValidationError (a step whose period cannot be extended, too few or too many months, a probation that is
    not over) and PermissionDenied.
    """
    one = _open(one)
    course = _course(one)
    step = course.following
    if step is None or not (step.prolong or (step.due and step.due.at_most)):
        raise ValidationError("只有上级党委审批和预备期可以延长；现在不在这两步。")
    demand(by, verb_of(step), one.member.branch.path)
    _not_to_come(on)
    if step.prolong:
        least, most = step.prolong.at_least, step.prolong.at_most
        refusal = course.refusal(step, on) if step.number not in course.extensions else ""
        if refusal:
            raise ValidationError({"on": f"预备期没有满，不能决定延长：{refusal}"})
    else:
        assert step.due is not None  # noqa: S101
        least, most = step.due.months + 1, step.due.at_most or step.due.months
    if not least <= months <= most:
        words = f"延长 {least} 到 {most} 个月" if step.prolong else f"延长到第 {least} 至 {most} 个月"
        raise ValidationError({"months": f"{step.title}只能{words}。"})
    made = Extension(admission=one, number=step.number, months=months, on=on, why=why)
    made.full_clean()
    made.save()
    _advance(one)
    note(
        "admission.extend",
        by,
        one,
        path=one.member.branch.path,
        person=one.member_id,
        step=step.number,
        months=months,
        why=why,
    )
    return made


@transaction.atomic
def take_back(one: Admission, *, why: str, by: User) -> None:
    """The last step was entered wrongly: it stays on record as taken back, and what it changed is as before.

    Raises ValidationError when there is nothing to take back, and PermissionDenied.
    """
    one = _open(one)
    last = last_done(one)
    if last is None or last.number == 1:
        raise ValidationError("没有可以撤销的步骤；申请登记错了请用“终止”。")
    step = steps()[last.number]
    demand(by, verb_of(step), one.member.branch.path)
    last.taken_back = why
    last.save(update_fields=["taken_back"])
    if step.status is not None:
        members.set_status(
            one.member, last.status_before, on=timezone.localdate(), why=f"撤销{step}：{why}",
            joined_on=last.joined_before, by=by, demanded=True,
        )  # fmt: skip
    _advance(one)
    note("admission.take_back", by, one, path=one.member.branch.path, person=one.member_id, step=last.number, why=why)


@transaction.atomic
def stop(one: Admission, *, on: date, why: str, by: User) -> None:
    """It goes no further (终止): the person is no activist and no probationary member any more; all stays on record."""
    one = _open(one)
    demand(by, Verb.ROLL, one.member.branch.path)
    _not_to_come(on)
    last = _course(one).last_day
    if last and on < last:
        raise ValidationError({"on": f"不能早于上一步的日期{spoken_day(last)}。"})
    if one.member.status != Status.NONE:
        members.set_status(one.member, Status.NONE, on=on, why=f"终止发展党员：{why}", by=by, demanded=True)
    _close(one, State.STOPPED, on, why)
    note("admission.stop", by, one, path=one.member.branch.path, person=one.member_id, on=str(on), why=why)


@transaction.atomic
def remind(today: date) -> int:
    """What can be done or is soon due is asked for, each step once; how many were asked anew.

    Who left the register is let go: the branch that received them goes on.
    """
    told, count = inbox.asked("admission:"), 0
    rows = Admission.objects.filter(state=State.OPEN).select_related("member__branch")
    for one in rows.prefetch_related("done", "extensions"):
        if one.member.left_on:
            _close(one, State.LEFT, one.member.left_on, "组织关系已转出")
            continue
        course = Course.of(one.done.all(), one.extensions.all())
        key = _key(one, course)
        if key in told and told[key] in ("", one.member.branch.path):
            continue
        count += _ask(one, course, today) and key not in told
    return count


def verb_of(step: Step) -> Verb:
    """What is needed to do a step: the branch's own, or the superior's."""
    return Verb.REGISTER if step.is_superior else Verb.ROLL


def _open(one: Admission) -> Admission:
    """The row as it stands, held until the end of the transaction. Raises ValidationError when it is closed."""
    fresh = Admission.objects.select_for_update(of=("self",)).select_related("member__branch").get(pk=one.pk)
    if fresh.state != State.OPEN:
        raise ValidationError(f"{fresh.member}的发展党员{fresh.get_state_display()}，不能再办。")
    if fresh.member.left_on:
        raise ValidationError(f"{fresh.member}已于{spoken_day(fresh.member.left_on)}转出，由接收的党组织继续办理。")
    return fresh


def _course(one: Admission) -> Course:
    return Course.of(one.done.all(), one.extensions.all())


def _record(one: Admission, step: Step, on: date, by: User | None, *, who: str, **more: str | int | None) -> Done:
    """Write the step down, change what the person is, and tell who comes next."""
    course, person = _course(one), one.member
    done = Done(
        admission=one, number=step.number, on=on, who=who, entered_by=by, status_before=person.status,
        joined_before=person.joined_on, due_on=course.window(step).due_on, **more,
    )  # fmt: skip
    done.full_clean()
    done.save()
    if step.status is not None and step.status != person.status:
        joined_on = course.days.get(step.joined_from) if step.joined_from else None
        members.set_status(person, step.status, on=on, why=str(step), joined_on=joined_on, by=by, demanded=True)
    _advance(one)
    return done


def _advance(one: Admission) -> None:
    """What comes next, on the row and in the inbox; after the last step it is done."""
    settle_beginning(f"admission:{one.pk}:")
    course = _course(one)
    step, window = course.next() or (None, Window())
    one.next_number = step.number if step else None
    one.next_opens_on, one.next_due_on = window.opens_on, window.due_on
    if step is None:
        _close(one, State.DONE, course.last_day or timezone.localdate(), "")
        return
    one.save()
    _ask(one, course, timezone.localdate())


def _key(one: Admission, course: Course) -> str:
    """A step and the how-manieth time: a repeated step is asked for anew; so is one whose period was made longer."""
    step, _ = course.next() or (None, None)
    number = step.number if step else 0
    return f"admission:{one.pk}:{number}:{course.times.get(number, 0)}:{course.extensions.get(number, 0)}"


def _ask(one: Admission, course: Course, today: date) -> bool:
    """Ask whoever does the next step, once it can be done (a repeated step: a month before it is due)."""
    found = course.next()
    if found is None:
        return False
    step, window = found
    starts = window.opens_on
    if starts is None and step.repeats and window.due_on:
        starts = window.due_on - timedelta(days=AHEAD_DAYS)
    if starts and starts > today:
        return False
    url = reverse("admissions:detail", args=[one.pk])
    words = f"发展党员：{one.member}，{step.title}（{one.member.branch}）"
    ask(_key(one, course), verb_of(step), one.member.branch.path, words, url, window.due_on)
    return True


def _close(one: Admission, state: State, on: date, why: str) -> None:
    settle_beginning(f"admission:{one.pk}:")
    one.state, one.closed_on, one.closed_why = state, on, why
    one.next_number = one.next_opens_on = one.next_due_on = None
    one.save()


def _not_to_come(on: date) -> None:
    if on > timezone.localdate():
        raise ValidationError({"on": "日期还没有到。"})
