"""The first page: what waits for me and by when, what I can do, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from sisiwu.activities.assignments import queries as assignments
from sisiwu.activities.meetings.gatherings import open_to
from sisiwu.foundation.accounts.models import Grant, User
from sisiwu.foundation.accounts.policies import may, roles, scope, within
from sisiwu.foundation.accounts.roles import ABILITIES, Role, Verb
from sisiwu.foundation.audit.models import LogEntry
from sisiwu.foundation.inbox.models import Task
from sisiwu.foundation.inbox.queries import BRANCHES as ASKED_OF_BRANCHES
from sisiwu.foundation.inbox.queries import reminded, waiting
from sisiwu.foundation.ui.requests import Request
from sisiwu.ledger.queries import current, entries
from sisiwu.register.members.models import PARTY, Member
from sisiwu.register.organizations import queries as organizations
from sisiwu.register.organizations.models import SEGMENT
from sisiwu.register.positions.queries import falling_due

TASKS_MAX = 500
TERMS_MAX = 5
CHANGED_MAX = 8
ENTRIES = [
    ("培训", "/trainings/new/"),
    ("走访", "/visits/new/"),
    ("志愿服务", "/service-hours/new/"),
    ("稿件", "/articles/new/"),
    ("表彰", "/commendations/new/"),
]
"""What else can be entered, besides a meeting."""
STAFF = [role for role, verbs in ABILITIES.items() if Verb.VERIFY in verbs]


@login_required
def home(request: Request) -> HttpResponse:
    """What waits for me, by when; what I can do; what changed."""
    user, today = request.user, timezone.localdate()
    own = organizations.visible(user, Verb.ENTER).filter(dissolved_on__isnull=True)[:2]
    rows = current(user).select_related("organization", "decision")
    changed = list(rows[:CHANGED_MAX]) if may(user, Verb.VIEW) else []
    tasks = list(waiting(user)[:TASKS_MAX])
    to_verify = [one for one in tasks if one.verb == Verb.VERIFY and one.key.startswith("entry:")]
    below = _of_others(user, tasks)
    person = Member.objects.filter(user=user).select_related("branch").first()
    held = roles(user)
    context = {
        "title": "首页",
        "today": today,
        "waiting": [one for one in tasks if one not in to_verify and one.pk not in below],
        "below": [one for one in tasks if one.pk in below],
        "to_verify": len(to_verify),
        "more_to_verify": len(tasks) == TASKS_MAX,
        "oldest": min((one.raised_at for one in to_verify), default=None),
        "doors": ENTRIES if own else [],
        "reminded": reminded(user),
        "terms": [] if may(user, Verb.ROLL) else falling_due(user, today)[:TERMS_MAX],
        "changed": changed,
        "one_place": len({one.organization_id for one in changed}) == 1,
        "may_enter": bool(own),
        "branch": own[0] if len(own) == 1 else None,
        "person": person,
        "looks": _looks(person) if person else 0,
        "assigned": assignments.counts(user, today),
        "gatherings": [one for one in open_to(user) if not one.signings.filter(member=person).exists()]
        if person
        else [],
        "roles": [role.label for role in Role if role in held],
        "overview": _overview(user, today) if may(user, Verb.SCORES) and not own else None,
        "office": _office(user, today),
    }
    return render(request, "web/home.html", context)


def _looks(person: Member) -> int:
    return LogEntry.objects.filter(person=person.pk, act="member.look").exclude(by=person.user_id).count()


def _of_others(user: User, tasks: Sequence[Task]) -> set[int]:
    """Tasks that a branch below is asked for, and has somebody of its own to do; staff only sees that they wait."""
    reach: dict[str, list[str]] = {verb: scope(user, verb) for verb in ASKED_OF_BRANCHES}
    nearer = {
        task.pk: {task.path[:end] for end in range(SEGMENT, len(task.path) + 1, SEGMENT)}
        - {path for path in reach[task.verb] if task.path == path}
        for task in tasks
        if task.verb in reach and task.path and may(user, Verb.VERIFY, task.path)
    }  # fmt: skip
    if not nearer:
        return set()
    today = timezone.localdate()
    in_force = Q(since__lte=today) & (Q(until__isnull=True) | Q(until__gt=today))
    rows = Grant.objects.filter(in_force, path__in=set().union(*nearer.values())).exclude(
        Q(user=user) | Q(role__in=STAFF)
    )
    kept = {(verb, path) for role, path in rows.values_list("role", "path") for verb in ABILITIES[role]}
    return {task.pk for task in tasks if any((task.verb, path) in kept for path in nearer.get(task.pk, ()))}


def _overview(user: User, today: date) -> list[tuple[str, str, str]]:
    """For who looks at the whole without entering: words, figure, where it leads."""
    places = scope(user, Verb.VIEW)
    standing = organizations.visible(user, Verb.VIEW).filter(dissolved_on__isnull=True)
    people = Member.objects.filter(within("branch__path", places), status__in=PARTY, left_on__isnull=True)
    month = entries(user).filter(occurred_on__gte=today.replace(day=1))
    done = month.filter(Q(awaits=False) | Q(decision__accepted=True)).count()
    open_ = entries(user).filter(awaits=True, decision__isnull=True).count()
    terms = falling_due(user, today)
    late = terms.filter(due_on__lt=today).count()
    return [
        ("党组织", f"{standing.count()} 个", "/organizations/"),
        ("党员", f"{people.count()} 名", "/members/" if may(user, Verb.MEMBERS) else ""),
        ("各党组织实时得分", "看得分和依据", "/scores/"),
        ("本月已核实的工作", f"{done} 件", "/meetings/"),
        ("等待核实", f"{open_} 件", ""),
        ("半年内届满", f"{terms.count()} 个" + (f"，其中已逾期 {late} 个" if late else ""), "/positions/calendar/"),
    ]


def _office(user: User, today: date) -> list[tuple[str, str, str]]:
    """For the three officers: words, where it leads, how it stands."""
    found = []
    if may(user, Verb.ACCOUNTS):
        found += [
            ("账号", "/accounts/people/", f"在用 {User.objects.filter(is_active=True).count()} 个"),
            ("开通账号", "/accounts/people/open/", ""),
            ("放假安排", "/workdays/", "计算工作日期限时用"),
        ]
    if may(user, Verb.GRANTS):
        found.append(
            ("授予和收回角色", "/accounts/people/", f"在用账号 {User.objects.filter(is_active=True).count()} 个")
        )
    if may(user, Verb.AUDIT):
        rows = LogEntry.objects.filter(within("path", scope(user, Verb.AUDIT)), at__date=today)
        found.append(("操作日志", "/log/", f"今天 {rows.count()} 条"))
    return found
