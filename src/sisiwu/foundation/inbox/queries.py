"""What waits for a user, and whom to remind of what (R15)."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from sisiwu.foundation.accounts.models import Grant, User
from sisiwu.foundation.accounts.policies import Anyone, scope, within
from sisiwu.foundation.accounts.roles import ABILITIES, Verb
from sisiwu.foundation.inbox.channels import CHANNELS, NONE, Digest, Site
from sisiwu.foundation.inbox.models import Preference, Sent, Task
from sisiwu.foundation.workdays.queries import is_workday

REMEMBERED = timedelta(days=90)
LONG_AGO = datetime.min.replace(tzinfo=UTC)
SOON = timedelta(days=3)
"""A deadline so near is named again; otherwise each thing is named once."""


def waiting(user: Anyone) -> QuerySet[Task]:
    """Open tasks of the verbs and places of a user, and the user's own, the nearest deadline first."""
    mine = Q(user=user.pk) if user.pk else Q(pk__in=[])
    for verb in Verb.values:
        paths = scope(user, verb)
        if "" in paths:
            mine |= Q(verb=verb)
        elif paths:
            mine |= Q(verb=verb) & (within("path", paths) | Q(path=""))
    return Task.objects.filter(mine, done_at__isnull=True).order_by("due_on", "raised_at")


def asked_by(user: Anyone) -> QuerySet[Task]:
    """What waits for the organizations that a user verifies: what may be marked urgent."""
    paths = scope(user, Verb.VERIFY)
    rows = Task.objects.filter(within("path", paths), verb__in=(Verb.ENTER, Verb.ANSWER), done_at__isnull=True)
    return rows.select_related("urgent_by").order_by("due_on", "raised_at")


def preference(user: User) -> str:
    """The channel a user wants; empty: none."""
    one = Preference.objects.filter(user=user).first()
    return one.channel if one else Site.name


def reminded(user: User) -> list[Task]:
    """What today's digest named and is still open; empty without a digest today."""
    sent = Sent.objects.filter(user=user, day=timezone.localdate(), channel=Site.name).first()
    if sent is None or not sent.tasks:
        return []
    return list(waiting(user).filter(pk__in=sent.tasks)[:50])


def at_work(now: datetime) -> bool:
    """Whether it is a working hour of a working day."""
    local = timezone.localtime(now)
    first, last = settings.SISIWU_WORKING_HOURS
    return is_workday(local.date()) and first <= local.hour < last


def digests(now: datetime) -> list[Digest]:
    """Whom to remind of what at this moment; in a constant number of questions.

    At most one a day per person; outside working hours only what a person marked urgent; nothing that
    is done; nothing twice unless its deadline is near.
    """
    today = timezone.localdate(now)
    wanted = _channels()
    told = set(Sent.objects.filter(day=today).values_list("user", flat=True))
    named = _named(now)
    rows = Task.objects.filter(done_at__isnull=True)
    if not at_work(now):
        rows = rows.filter(urgent_by__isnull=False)
    reach = _Reach(rows)
    found = []
    for user in User.objects.filter(is_active=True).order_by("pk"):
        channel = wanted.get(user.pk, Site.name)
        if channel == NONE or channel not in CHANNELS or user.pk in told:
            continue
        tasks = [
            task
            for task in reach.of(user)
            if task.raised_at > named.get((user.pk, task.pk), LONG_AGO) or (task.due_on and task.due_on <= today + SOON)
        ]
        if tasks:
            tasks.sort(key=lambda task: (task.due_on is None, task.due_on or today, task.raised_at))
            found.append(Digest(user, channel, tuple(tasks)))
    return found


def _named(now: datetime) -> dict[tuple[int, int], datetime]:
    """When each person was last told of each thing, as far back as is remembered."""
    rows = Sent.objects.filter(sent_at__gte=now - REMEMBERED).order_by("sent_at")
    return {(user, pk): at for user, at, tasks in rows.values_list("user", "sent_at", "tasks") for pk in tasks}


def _channels() -> dict[int, str]:
    return dict(Preference.objects.values_list("user", "channel"))


class _Reach:
    """Open tasks by whom they wait for: read once, looked up by verb and range of paths."""

    def __init__(self, rows: Iterable[Task]) -> None:
        self.personal: dict[int, list[Task]] = defaultdict(list)
        self.by_verb: dict[str, list[tuple[str, int, Task]]] = defaultdict(list)
        for task in rows:
            if task.user_id:
                self.personal[task.user_id].append(task)
            else:
                self.by_verb[task.verb].append((task.path, task.pk, task))
        for kept in self.by_verb.values():
            kept.sort(key=lambda row: row[:2])
        self.abilities: dict[int, list[tuple[str, str]]] = defaultdict(list)
        today = timezone.localdate()
        lasting = Q(until__isnull=True) | Q(until__gt=today)
        for user, role, path in Grant.objects.filter(lasting, since__lte=today).values_list("user", "role", "path"):
            self.abilities[user] += [(verb, path) for verb in ABILITIES[role]]

    def of(self, user: User) -> list[Task]:
        """The tasks of one person."""
        found = {task.pk: task for task in self.personal.get(user.pk, [])}
        for verb, path in self.abilities.get(user.pk, []):
            rows = self.by_verb.get(verb, [])
            for nowhere, pk, task in rows:
                if nowhere:
                    break
                found[pk] = task
            for here, pk, task in rows[bisect_left(rows, (path,), key=lambda row: row[:1]) :]:
                if not here.startswith(path):
                    break
                found[pk] = task
        return list(found.values())
