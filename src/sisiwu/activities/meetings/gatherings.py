"""签到 at the wall of the room: a meeting prepared before it is held, and who has signed in.

It saves the secretary typing and is never required: the ticks of the form stay the default and overrule
it. Kept until the meeting is entered, then forgotten. Neither place, device nor time of a signing is
kept, and no line of the log is written of it (a log line has an address): R3, users.md, section 6.
"""

from __future__ import annotations

import hmac
import secrets
import time
from datetime import date

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone

from sisiwu.activities.meetings.models import Gathering, Signing
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import Anyone, demand, scope, within
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.audit.actions import note
from sisiwu.register.detachments.queries import roll_call
from sisiwu.register.members.models import Member

WINDOW_SECONDS = 30
"""The code on the wall is another after so many seconds …"""
GRACE_WINDOWS = 3
"""… and holds for so many windows more: 90 s to get the telephone out."""
WRONG_MAX, WRONG_SECONDS = 8, 300
"""So many wrong numbers in so many seconds, then the secretary ticks."""
STALE = "签到码已经换了。请再扫一次墙上的二维码，或输入墙上的 6 位数字；也可以请书记在名单里点一下。"


def window(now: float | None = None) -> int:
    """The number of the current half minute."""
    return int((time.time() if now is None else now) // WINDOW_SECONDS)


def _seal(gathering: Gathering, words: str) -> str:
    key = f"{settings.SECRET_KEY}{gathering.secret}".encode()
    return hmac.new(key, f"{gathering.pk}:{words}".encode(), "sha256").hexdigest()


def token(gathering: Gathering, at: int) -> str:
    """What the QR code of a window carries."""
    return _seal(gathering, f"token:{at}")[:20]


def number(gathering: Gathering, at: int) -> str:
    """The six digits of a window, for who cannot scan."""
    return f"{int(_seal(gathering, f'number:{at}')[:12], 16) % 1_000_000:06d}"


def holds(gathering: Gathering, given: str, now: float | None = None) -> bool:
    """Whether a token or six digits are of the current window or of the grace after it."""
    at = window(now)
    known = [make(gathering, at - back) for back in range(GRACE_WINDOWS + 1) for make in (token, number)]
    return any(hmac.compare_digest(one.encode(), given.encode()) for one in known)


@transaction.atomic
def prepare(gathering: Gathering, *, by: User) -> Gathering:
    """The wall page can be opened. Raises ValidationError for another day than today, PermissionDenied."""
    demand(by, Verb.ENTER, gathering.organization.path)
    if gathering.on != timezone.localdate():
        raise ValidationError("只能为今天的会议准备签到。")
    gathering.secret, gathering.opened_by = secrets.token_hex(16), by
    gathering.full_clean()
    gathering.save()
    note("gathering.prepare", by, gathering, path=gathering.organization.path)
    return gathering


@transaction.atomic
def drop(gathering: Gathering, *, by: User) -> None:
    """There is no meeting after all; nothing is kept."""
    demand(by, Verb.ENTER, gathering.organization.path)
    note("gathering.drop", by, gathering, path=gathering.organization.path)
    gathering.delete()


def sign(gathering: Gathering, given: str, *, by: User) -> Member:
    """Somebody of the roll is there. Again is the same as once.

    Raises PermissionDenied for a code that is stale or a day that is over, ValidationError for
    somebody who is not on the roll.
    """
    if gathering.on != timezone.localdate() or not holds(gathering, given):
        raise PermissionDenied(STALE)
    person = roll_call(gathering.organization, gathering.on).filter(user=by).first()
    if person is None:
        raise ValidationError(f"您不在“{gathering.organization}”这次会议的名册上，不用签到。如果应该在，请告诉书记。")
    Signing.objects.bulk_create([Signing(gathering=gathering, member=person)], ignore_conflicts=True)
    return person


def sign_by_number(given: str, *, by: User) -> tuple[Gathering, Member]:
    """The same with the six digits on the wall, among the meetings of today on whose roll somebody is.

    Raises PermissionDenied when no meeting has this number now, or after too many wrong ones.
    """
    key = f"sign-number:{by.pk}"
    if (cache.get_or_set(key, 0, WRONG_SECONDS) or 0) >= WRONG_MAX:
        raise PermissionDenied("输错的次数多了，请过五分钟再试，或请书记在名单里点一下。")
    for gathering in open_to(by):
        if holds(gathering, given.strip()):
            return gathering, sign(gathering, given.strip(), by=by)
    cache.incr(key)
    raise PermissionDenied(STALE)


def unsign(gathering: Gathering, *, by: User) -> None:
    """I was not there after all."""
    Signing.objects.filter(gathering=gathering, member__user=by).delete()


def signed(gathering: Gathering) -> set[int]:
    """Who has signed in, by member id."""
    return set(Signing.objects.filter(gathering=gathering).values_list("member", flat=True))


def has_signed(gathering: Gathering, user: User) -> bool:
    return Signing.objects.filter(gathering=gathering, member__user=user).exists()


def prepared(user: Anyone, day: date) -> QuerySet[Gathering]:
    """The prepared meetings of a day, of the organizations somebody enters for."""
    rows = Gathering.objects.filter(within("organization__path", scope(user, Verb.ENTER)), on=day)
    return rows.select_related("organization")


def open_to(user: User) -> list[Gathering]:
    """The prepared meetings of today on whose roll somebody is."""
    today = timezone.localdate()
    person = Member.objects.filter(user=user).first()
    if person is None:
        return []
    mine = models.Q(organization=person.branch_id) | models.Q(organization__attachments__member=person)
    rows = Gathering.objects.filter(mine, on=today).select_related("organization").distinct()
    return [one for one in rows if roll_call(one.organization, today).filter(pk=person.pk).exists()]
