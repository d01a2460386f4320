"""Who asks: a token with the scope for it, or somebody signed in in the browser. And how often."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security import APIKeyCookie, HttpBearer
from ninja.throttling import SimpleRateThrottle
from ninja.utils import check_csrf

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import roles
from sisiwu.foundation.tokens.actions import holder_of
from sisiwu.foundation.tokens.models import Scope, Token

READING = ("GET", "HEAD", "OPTIONS")
NO_CSRF = "在浏览器里写入要带 X-CSRFToken；程序请用令牌。"
NO_ROLE = "这个账号目前没有任何角色，令牌不能使用。"


class Bearer(HttpBearer):
    """A token. Over, revoked or of a closed account: 401; without the scope or without any role today: 403."""

    def __init__(self, scope: Scope | None) -> None:
        self.scope = scope
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str) -> Token:
        held = holder_of(token)
        if held is None:
            raise AuthenticationError
        if not roles(held.user):
            raise PermissionDenied(NO_ROLE)
        if self.scope is not None and self.scope not in held.scopes:
            raise PermissionDenied(f"这个令牌没有“{self.scope.label}”（{self.scope.value}）的用途，请另建一个。")
        request.user = held.user
        return held


class Cookie(APIKeyCookie):
    """Somebody signed in; writing needs the CSRF token, whatever the scope."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> User | None:
        if request.headers.get("Authorization"):
            return None  # a wrong token is never helped by a cookie
        return self.authenticate(request, None)

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:
        user = request.user
        if not isinstance(user, User):
            return None
        if request.method not in READING and check_csrf(request):
            raise PermissionDenied(NO_CSRF)
        return user


def needs(scope: Scope | None) -> list[Any]:
    """Who may come in; None: any good token."""
    return [Bearer(scope), Cookie()]


class PerToken(SimpleRateThrottle):
    """So many requests per token (or per person in the browser) in a while: ``SISIWU_REST_RATE``, empty: no limit.

    Counted in the cache of each server process, only to protect the service; nothing is kept of it.
    """

    scope = "token"

    def __init__(self) -> None:
        super().__init__(rate="1/s")

    def allow_request(self, request: HttpRequest) -> bool:
        rate = settings.SISIWU_REST_RATE
        if not rate:
            return True
        self.num_requests, self.duration = self.parse_rate(rate)
        return bool(super().allow_request(request))

    def get_cache_key(self, request: HttpRequest) -> str:
        who = getattr(request, "auth", None)
        return f"rest:{'token' if isinstance(who, Token) else 'user'}:{getattr(who, 'pk', '')}"

    def wait(self) -> float | None:
        """Seconds until the oldest of the counted requests is forgotten."""
        return float(self.duration or 0) - (self.now - self.history[-1]) if self.history else None
