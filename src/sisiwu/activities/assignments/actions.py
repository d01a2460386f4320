"""Verbs: issue, answer, excuse, extend, withdraw, remind; and what a decision of the ledger means for a target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone

from sisiwu.activities.assignments.facts import facts_of
from sisiwu.activities.assignments.models import Answer, Assignment, Status, Target
from sisiwu.activities.assignments.queries import overdue
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.audit.actions import note
from sisiwu.foundation.inbox.actions import ask, ask_all, settle, settle_all
from sisiwu.foundation.inbox.models import Task
from sisiwu.ledger import actions as ledger
from sisiwu.ledger.queries import kinds_in, standing_facts
from sisiwu.register.organizations.models import Organization

REMIND_DAYS = 3
"""The branch's task says how long it has from so many days before the day."""


@transaction.atomic
def issue(
    assignment: Assignment,
    organizations: Iterable[Organization],
    *,
    by: User,
    counted: Mapping[int, ledger.Entry] | None = None,
    on: date | None = None,
) -> Assignment:
    """Ask these organizations for it; each becomes a target and has it among what waits.

    ``counted``: what some of them have done already (organization -> entry); they are not asked again.
    ``on``: the day of the order when it is put in afterwards (default today). Sent twice with the same key it is issued once. Raises ValidationError (nobody, a day that is over,
    kinds that no form enters) and PermissionDenied.
    """
    before = Assignment.objects.filter(key=assignment.key).first()
    if before:
        return before
    chosen = list(organizations)
    for one in [assignment.issuer, *chosen]:
        demand(by, Verb.ASSIGN, one.path)
    today = on or timezone.localdate()
    if not chosen:
        raise ValidationError("没有一个党组织符合所选的范围，请放宽条件。")
    if assignment.due_on < today:
        raise ValidationError({"due_on": "完成时限已经过了，请写今天或以后的日期。"})
    if assignment.counts_from > assignment.due_on:
        raise ValidationError({"counts_from": "应不晚于完成时限。"})
    assignment.issued_on, assignment.issued_by = today, by
    assignment.full_clean()
    assignment.save()
    Target.objects.bulk_create(
        [Target(assignment=assignment, organization=one, due_on=assignment.due_on) for one in chosen], batch_size=500
    )
    note("assignment.issue", by, assignment, path=assignment.issuer.path, targets=len(chosen))
    rows = assignment.targets.select_related("assignment", "organization")
    for target in rows.filter(organization__in=list(counted or {})):
        _count(target, (counted or {})[target.organization_id])
    ask_all([_task(target) for target in rows.filter(status=Status.OPEN)])
    return assignment


def _count(target: Target, entry: ledger.Entry) -> None:
    """What is there already answers: at once when it was accepted, else when it will be."""
    decision = getattr(entry, "decision", None)
    accepted = True if decision or not entry.awaits else None
    _link(target, entry, accepted)
    if accepted:
        _done(target, entry)
    else:
        _say(target, Status.ANSWERED)


def _link(target: Target, entry: ledger.Entry, accepted: bool | None = None) -> None:
    words = {"title": entry.title, "url": entry.url, "on": entry.occurred_on, "accepted": accepted}
    Answer.objects.update_or_create(target=target, source=entry.source, defaults=words)


def _say(target: Target, status: Status, done_on: date | None = None) -> None:
    target.status, target.done_on = status, done_on
    target.save(update_fields=["status", "done_on"])


@transaction.atomic
def answer(chosen: int | None, entry: ledger.Entry) -> None:
    """The activity of this entry, just entered, does a target (id); None: it does none.

    Called by the verbs that enter activities, in their transaction and after their permission was
    checked. An activity that is mended may change its mind. Raises ValidationError when the target is
    of another organization, is not open, or asks for something else.
    """
    for old in Answer.objects.filter(source=entry.source).exclude(target=chosen).select_related("target"):
        if old.accepted is not True:
            old.delete()
            _reopen(old.target)
    if chosen is None:
        return
    rows = Target.objects.select_related("assignment", "organization").select_for_update(of=("self",))
    target = rows.filter(pk=chosen, organization=entry.organization_id).first()
    if target is None or target.status not in (Status.OPEN, Status.ANSWERED):
        raise ValidationError({"assignment": "这项任务已经完成、免除或撤销，请改选“不完成任务”。"})
    if not kinds_in(entry) & set(target.assignment.kinds):
        raise ValidationError({"assignment": f"这项任务要用{target.assignment.kinds_words}完成，请改选。"})
    if entry.occurred_on < target.assignment.counts_from:
        since = target.assignment.counts_from
        raise ValidationError({"assignment": f"这项任务从{since:%Y年%-m月%-d日}起的活动才算，请改选。"})
    _link(target, entry)
    _say(target, Status.ANSWERED)
    settle(target.task)


def decided(entry: ledger.Entry, decision: ledger.Decision) -> None:
    """An entry was accepted: the targets it answers are done. It was returned: they are open again.

    It was merged into another: that one answers instead.
    """
    rows = Answer.objects.filter(source=entry.source).select_related("target__assignment", "target__organization")
    for one in rows:
        one.accepted = decision.accepted
        one.save(update_fields=["accepted"])
        if decision.merged_into and one.target.status == Status.ANSWERED:
            _count(one.target, decision.merged_into)
        elif not decision.accepted:
            _reopen(one.target)
        elif one.target.status in (Status.OPEN, Status.ANSWERED):
            _done(one.target, entry)


def reversed_(fact: ledger.Fact, reversal: ledger.Reversal) -> None:
    """What did a target counts no longer: the target is open again, and its own fact counts no longer either."""
    rows = Answer.objects.filter(source=fact.entry.source, accepted=True, target__status=Status.DONE)
    for one in rows.select_related("target__assignment", "target__organization"):
        kinds = set(one.target.assignment.kinds)
        if fact.kind not in kinds or kinds_in(fact.entry) & kinds:
            continue
        one.accepted = False
        one.save(update_fields=["accepted"])
        for done in standing_facts(one.target.source):
            ledger.reverse(done, why=f"完成任务的活动已冲正：{reversal.reason}"[:300], by=reversal.by, on=reversal.on)
        _say(one.target, Status.OPEN)
        note("assignment.reopen", reversal.by, one.target, path=one.target.organization.path, why=reversal.reason)
        ask_all([_task(one.target)])


def _reopen(target: Target) -> None:
    """Open again unless another activity answers; the branch has the returned activity among what waits."""
    if target.status == Status.ANSWERED and not target.answers.filter(accepted=None).exists():
        _say(target, Status.OPEN)


def _done(target: Target, entry: ledger.Entry) -> None:
    """Done by the activity of an accepted entry; recorded once, as of the day of the activity."""
    _say(target, Status.DONE, entry.occurred_on)
    settle(target.task)
    facts = facts_of(target)
    if facts:
        ledger.record(
            key=uuid5(NAMESPACE_URL, f"{target.source}:{entry.pk}"),
            source=target.source,
            title=f"完成任务：{target.assignment.title}",
            url=reverse("assignments:target", args=[target.pk]),
            organization=target.organization,
            on=entry.occurred_on,
            facts=facts,
            by=None,
            awaits=False,
        )
    path = target.organization.path
    note("assignment.done", None, target, path=path, target=target.pk, by_activity=entry.source)
    _look_again(target.assignment)


@transaction.atomic
def excuse(target: Target, *, why: str, by: User) -> None:
    """This organization need not do it (执行任务 and the like); what is done stays done."""
    demand(by, Verb.ASSIGN, target.assignment.issuer.path)
    if not why.strip():
        raise ValidationError({"why": "请写明免除的原因，例如“9月在藏区执勤”。"})
    if target.status not in (Status.OPEN, Status.ANSWERED):
        raise ValidationError(f"现在是“{target.get_status_display()}”，不用免除。")
    target.status, target.excused_because = Status.EXCUSED, why.strip()
    target.save(update_fields=["status", "excused_because"])
    settle(target.task)
    note("assignment.excuse", by, target, path=target.organization.path, why=why)
    _look_again(target.assignment)


@transaction.atomic
def extend(assignment: Assignment, *, until: date, why: str, by: User, only: Target | None = None) -> None:
    """A later day for all who have not done it, or for one; the day of those who have stays."""
    demand(by, Verb.ASSIGN, assignment.issuer.path)
    old = only.due_on if only else assignment.due_on
    if assignment.withdrawn_on:
        raise ValidationError("任务已撤销，不能再延期。")
    if until <= old:
        raise ValidationError({"until": f"应晚于原来的期限 {old:%Y年%-m月%-d日}。"})
    if only is None:
        assignment.due_on = until
        assignment.save(update_fields=["due_on"])
    rows = assignment.targets.filter(status__in=[Status.OPEN, Status.ANSWERED], due_on__lt=until)
    rows = rows.filter(pk=only.pk) if only else rows
    chosen = list(rows.values_list("pk", flat=True))
    rows.update(due_on=until)
    open_ = assignment.targets.filter(status=Status.OPEN, due_on=until).select_related("assignment", "organization")
    ask_all([_task(target) for target in open_ if target.pk in set(chosen)])
    subject, place = (only, only.organization) if only else (assignment, assignment.issuer)
    note("assignment.extend", by, subject, path=place.path, was=str(old), until=str(until), why=why)
    _look_again(assignment)


@transaction.atomic
def withdraw(assignment: Assignment, *, why: str, by: User) -> None:
    """Nobody has to do it any more; what was done late costs nothing any more either (its fact is reversed)."""
    demand(by, Verb.ASSIGN, assignment.issuer.path)
    if not why.strip():
        raise ValidationError({"why": "请写明撤销的原因。"})
    if assignment.withdrawn_on:
        raise ValidationError(f"已于 {assignment.withdrawn_on} 撤销。")
    assignment.withdrawn_on, assignment.withdrawn_because = timezone.localdate(), why.strip()
    assignment.save(update_fields=["withdrawn_on", "withdrawn_because"])
    rows = assignment.targets.filter(status__in=[Status.OPEN, Status.ANSWERED])
    settle_all([target.task for target in rows])
    rows.update(status=Status.WITHDRAWN)
    for target in assignment.targets.filter(status=Status.DONE, done_on__gt=F("due_on")):
        for fact in standing_facts(target.source):
            ledger.reverse(fact, why=f"任务已撤销：{why}"[:300], by=by)
    note("assignment.withdraw", by, assignment, path=assignment.issuer.path, why=why)
    _look_again(assignment)


@transaction.atomic
def remind(today: date) -> int:
    """Once a day: tasks of branches say how long there is, staff are told of what is overdue. Returns how many.

    No second task is raised for the same thing (R15): the branch's own says more.
    """
    rows = Target.objects.filter(status=Status.OPEN).select_related("assignment__issuer", "organization")
    near = rows.filter(due_on__gte=today, due_on__lte=today + timedelta(days=REMIND_DAYS))
    late = rows.filter(overdue(today))
    tasks = [_task(target, today) for target in [*near, *late]]
    ask_all(tasks)
    chosen = Assignment.objects.filter(pk__in=late.order_by().values("assignment")).select_related("issuer")
    for assignment in chosen:
        _tell_staff(assignment, late.filter(assignment=assignment))
    return len(tasks) + len(chosen)


def _task(target: Target, today: date | None = None) -> Task:
    words = f"任务：{target.assignment.title}"
    if today and target.due_on < today:
        words = f"任务已逾期：{target.assignment.title}"
    elif today:
        left = (target.due_on - today).days
        words = f"任务{f'还有 {left} 天' if left else '今天到期'}：{target.assignment.title}"
    return Task(
        key=target.task,
        verb=Verb.ANSWER,
        path=target.organization.path,
        title=words[:200],
        url=reverse("assignments:answer", args=[target.pk]),
        due_on=target.due_on,
    )


def _tell_staff(assignment: Assignment, late: QuerySet[Target]) -> None:
    number = late.count()
    ask(
        f"assignment.overdue:{assignment.pk}",
        Verb.ASSIGN,
        assignment.issuer.path,
        f"有 {number} 个党组织逾期未完成：{assignment.title}",
        f"{reverse('assignments:detail', args=[assignment.pk])}?status=overdue",
        assignment.due_on,
    )


def _look_again(assignment: Assignment) -> None:
    """Staff are told no longer when nothing is overdue any more."""
    if not assignment.targets.filter(overdue(timezone.localdate())).exists():
        settle(f"assignment.overdue:{assignment.pk}")
