"""Tokens: made by a user for themselves, shown once, kept as a hash, never stronger than the user's roles of today."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from sisiwu.foundation.accounts.models import Grant, User
from sisiwu.foundation.audit.models import LogEntry
from sisiwu.foundation.tokens.actions import digest_of, make
from sisiwu.foundation.tokens.models import Token
from sisiwu.foundation.tokens.queries import offered

FORM = {"name": "月报程序", "days": "90", "scopes": ["read:register", "read:scores"]}


def bearer(text: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {text}"})


def made_by(client: Client, **more: Any) -> str:
    page = client.post("/me/tokens/", {**FORM, **more})
    assert page.status_code == 201
    return re.findall(r'value="(ssw_[\w-]+)"', page.content.decode())[0]


def test_a_user_makes_a_token_that_opens_what_it_was_made_for(signed_in: Callable[[str], Client]) -> None:
    text = made_by(signed_in("zhengmin"))

    told = bearer(text).get("/api/v1/me").json()

    assert (told["name"], told["token"], told["scopes"]) == ("郑敏", "月报程序", ["read:register", "read:scores"])
    assert bearer(text).get("/api/v1/organizations").status_code == 200
    assert bearer(text).get("/api/v1/meetings").status_code == 403


def test_the_token_is_shown_once_and_kept_as_a_hash_only(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("zhengmin")

    text = made_by(client)

    assert len(text) == len("ssw_") + 43
    assert text not in client.get("/me/tokens/").content.decode()
    assert Token.objects.get().digest == digest_of(text)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM tokens_token")
        assert text not in str(cursor.fetchall())


def test_the_page_that_shows_it_is_not_kept_by_the_browser(signed_in: Callable[[str], Client]) -> None:
    answer = signed_in("zhengmin").post("/me/tokens/", FORM)

    assert "no-store" in answer["Cache-Control"]


def test_only_scopes_that_the_roles_can_use_are_offered(
    signed_in: Callable[[str], Client], person: Callable[[str], User]
) -> None:
    assert offered(person("lina")) == ["read:register", "read:activities", "read:scores", "write:own"]
    assert offered(person("shenji")) == ["read:log", "write:own"]
    assert offered(person("xitong")) == ["read:accounts", "write:accounts", "write:own"]
    Grant.objects.filter(user__username="xitong").delete()
    assert "没有可以交给程序做的事" in signed_in("xitong").get("/me/tokens/").content.decode()
    refused = signed_in("lina").post("/me/tokens/", {**FORM, "scopes": ["verify"]})
    assert refused.status_code == 422
    assert not Token.objects.exists()


def test_a_token_lasts_a_year_at_most(person: Callable[[str], User], today: date) -> None:
    with pytest.raises(ValidationError, match="最长 365 天"):
        make(person("zhengmin"), name="久", scopes=["verify"], until=today + timedelta(days=366))


def test_what_is_wrong_stands_beside_its_field(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("zhengmin")
    made_by(client)

    again = client.post("/me/tokens/", FORM)
    empty = client.post("/me/tokens/", {**FORM, "name": "另一个", "scopes": []})

    assert again.status_code == empty.status_code == 422
    assert "您已有同名的令牌" in again.content.decode()
    assert "请至少勾选一项用途" in empty.content.decode()
    assert Token.objects.count() == 1


def test_a_revoked_token_opens_nothing_from_that_moment(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("zhengmin")
    text = made_by(client)

    client.post(f"/me/tokens/{Token.objects.get().pk}/revoke/")

    assert bearer(text).get("/api/v1/me").status_code == 401


def test_an_expired_token_opens_nothing(program: Callable[..., Client], today: date) -> None:
    client = program("zhengmin")
    Token.objects.update(until=today)

    assert client.get("/api/v1/me").status_code == 401


def test_the_token_of_a_closed_account_opens_nothing(
    program: Callable[..., Client], person: Callable[[str], User]
) -> None:
    client = program("zhengmin")
    User.objects.filter(username="zhengmin").update(is_active=False)

    assert client.get("/api/v1/me").status_code == 401


def test_a_token_weakens_with_the_role_of_its_user(program: Callable[..., Client], today: date) -> None:
    client = program("zhengmin")
    assert client.get("/api/v1/verification").status_code == 200

    Grant.objects.filter(user__username="zhengmin").update(until=today)

    answer = client.get("/api/v1/verification")
    assert answer.status_code == client.get("/api/v1/me").status_code == 403
    assert "没有任何角色" in answer.json()["detail"]


@pytest.mark.parametrize(
    "header", ["Bearer ssw_unknown", "Bearer", "Bearer ", "Basic enVvOnp1bw==", "ssw_x", "Bearer x y"]
)
def test_a_wrong_token_is_not_helped_by_a_cookie(signed_in: Callable[[str], Client], header: str) -> None:
    answer = signed_in("zhengmin").get("/api/v1/me", headers={"Authorization": header})

    assert answer.status_code == 401


def test_nobody_revokes_the_token_of_another(signed_in: Callable[[str], Client]) -> None:
    text = made_by(signed_in("zhengmin"))

    answer = signed_in("hejing").post(f"/me/tokens/{Token.objects.get().pk}/revoke/")

    assert answer.status_code == 404
    assert bearer(text).get("/api/v1/me").status_code == 200


def test_only_the_day_of_the_last_use_is_kept_and_written_once(signed_in: Callable[[str], Client]) -> None:
    text = made_by(signed_in("zhengmin"))
    fields = {field.name for field in Token._meta.get_fields()}

    bearer(text).get("/api/v1/me")

    assert Token.objects.get().used_on == timezone.localdate()
    assert not fields & {"count", "uses", "used_at", "requests", "address"}


def test_making_and_revoking_are_noted(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("zhengmin")
    text = made_by(client)
    client.post(f"/me/tokens/{Token.objects.get().pk}/revoke/")

    noted = list(LogEntry.objects.filter(act__startswith="token.").order_by("pk"))

    assert [one.words for one in noted] == ["建立接口令牌", "撤销接口令牌"]
    assert text not in str([one.detail for one in noted])
