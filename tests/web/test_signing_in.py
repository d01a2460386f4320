"""Signing in: wrong passwords are slowed down, nobody opens an account, the second factor is there, headers are strict."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from sisiwu.activities.visits.models import Visit
from sisiwu.foundation.accounts.models import User
from sisiwu.register.organizations.models import Organization

PASSWORD = "kai-shan-lao-hu-2026"  # noqa: S105


@pytest.fixture
def known(person: Callable[[str], User]) -> User:
    cache.clear()
    one = person("wangqiang")
    one.set_password(PASSWORD)
    one.save()
    return one


def attempt(password: str) -> str:
    answer = Client().post("/accounts/login/", {"login": "wangqiang", "password": password}, follow=True)
    return answer.content.decode()


def test_the_right_password_opens(known: User) -> None:
    assert "待办" in attempt(PASSWORD)


def test_a_wrong_one_is_told_in_plain_chinese_and_keeps_the_name(known: User) -> None:
    page = attempt("wrong")

    assert "不正确" in page
    assert 'value="wangqiang"' in page


def test_five_wrong_passwords_stop_even_the_right_one_for_a_while(known: User) -> None:
    for _ in range(5):
        attempt("wrong")

    assert "待办" not in attempt(PASSWORD)


def test_nobody_opens_an_account_alone() -> None:
    answer = Client().post("/accounts/signup/", {"username": "mallory", "password1": PASSWORD, "password2": PASSWORD})

    assert not User.objects.filter(username="mallory").exists()
    assert answer.status_code == 200


def test_the_second_factor_can_be_set_up(known: User) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": "wangqiang", "password": PASSWORD})

    asked = client.get("/accounts/2fa/totp/activate/", follow=True)
    if "reauthenticate" in asked.request["PATH_INFO"]:
        asked = client.post(
            asked.request["PATH_INFO"] + "?next=/accounts/2fa/totp/activate/", {"password": PASSWORD}, follow=True
        )

    assert asked.request["PATH_INFO"] == "/accounts/2fa/totp/activate/"
    assert "secret" in asked.content.decode()


def test_the_answer_allows_nothing_from_elsewhere() -> None:
    answer = Client().get("/accounts/login/")

    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_stale_form_is_explained_and_changes_nothing(person: Callable[[str], User]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("wangqiang"), backend="allauth.account.auth_backends.AuthenticationBackend")

    answer = client.post("/meetings/new/", {"title": "x"})

    assert answer.status_code == 403
    assert "填写的内容还在" in answer.content.decode()


def test_a_form_sent_after_the_session_ended_is_kept_and_sent_again(
    person: Callable[[str], User], branch: Organization, today: date
) -> None:
    client = Client()
    typed = {
        "organization": branch.pk,
        "on": str(today),
        "place": "文庙社区",
        "title": "登录过期时写的",
        "kind": "talk",
        "key": str(uuid4()),
    }

    lost = client.post("/visits/new/", typed, headers={"Sec-Fetch-Site": "same-origin"})
    client.force_login(person("wangqiang"), backend="allauth.account.auth_backends.AuthenticationBackend")
    again = client.post("/visits/new/", dict(lost.context["typed"]))

    assert lost.status_code == 403
    assert 'value="登录过期时写的"' in lost.content.decode()
    assert again.status_code == 302
    assert Visit.objects.filter(title="登录过期时写的").exists()


def test_what_another_site_sends_is_not_offered_to_be_sent_again() -> None:
    answer = Client().post("/visits/new/", {"title": "别的网站写的"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert "别的网站写的" not in answer.content.decode()
