"""The standing cast on a small demo year, grown once; every test gives back what it changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from sisiwu.activities.meetings.actions import enter
from sisiwu.activities.meetings.models import Kind, Meeting, Presence
from sisiwu.demo.cast import BRANCH, NEIGHBOUR
from sisiwu.demo.site import Grower
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.tokens.actions import PREFIX, digest_of
from sisiwu.foundation.tokens.models import Scope, Token
from sisiwu.ledger.models import Entry
from sisiwu.register.members.queries import on_roll
from sisiwu.register.organizations.models import Organization


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    with django_db_blocker.unblock():
        if not User.objects.exists():
            Grower(timezone.localdate(), units=2, cities=1, say=lambda _: None).grow()


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every test here may use it; what is cached belongs to changes that are taken back."""
    cache.clear()


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def person() -> Callable[[str], User]:
    """Somebody of the cast by user name, freshly read."""
    return lambda username: User.objects.get(username=username)


@pytest.fixture
def signed_in(person: Callable[[str], User]) -> Callable[[str], Client]:
    def client(username: str) -> Client:
        one = Client()
        one.force_login(person(username), backend="allauth.account.auth_backends.AuthenticationBackend")
        return one

    return client


@pytest.fixture
def program(person: Callable[[str], User], today: date) -> Callable[..., Client]:
    """``program("zhengmin", "verify")``: a client with a token of somebody; without scopes, with all there are."""

    def start(username: str, *scopes: str) -> Client:
        user, text = person(username), PREFIX + uuid4().hex
        held = list(scopes) or list(Scope.values)
        Token.objects.create(
            user=user, name=text[-8:], digest=digest_of(text), scopes=held, until=today + timedelta(days=30)
        )
        return Client(headers={"Authorization": f"Bearer {text}"})

    return start


@pytest.fixture
def branch() -> Organization:
    return Organization.objects.get(name=BRANCH)


@pytest.fixture
def neighbour() -> Organization:
    return Organization.objects.get(name=NEIGHBOUR)


@pytest.fixture
def entered(branch: Organization, today: date, person: Callable[[str], User]) -> Callable[..., Entry]:
    """A meeting of the branch, entered by its secretary; everybody present unless said otherwise."""

    def enter_one(kind: str = Kind.HEART_TALK, **absent: str) -> Entry:
        roll = on_roll(branch, today)
        meeting = Meeting(organization=branch, kind=kind, title="学习党章", on=today, place="会议室")
        presences = {one.pk: absent.get(one.name, Presence.PRESENT) for one in roll}
        return enter(meeting, presences, by=person("wangqiang"), key=uuid4())

    return enter_one
