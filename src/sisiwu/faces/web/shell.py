"""What every page shows around its content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import cached_property

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import grants, may
from sisiwu.foundation.accounts.roles import Role, Verb
from sisiwu.foundation.inbox.queries import waiting

NAV = [
    ("首页", "/", None), ("组织", "/organizations/", Verb.VIEW), ("党员", "/members/", Verb.MEMBERS),
    ("活动", "/meetings/", Verb.VIEW), ("核实", "/verify/", Verb.VERIFY), ("考核", "/scores/", Verb.SCORES),
    ("资料", "/documents/", Verb.VIEW), ("工作日", "/workdays/", Verb.ACCOUNTS), ("日志", "/log/", Verb.AUDIT),
    ("账号", "/accounts/people/", Verb.ACCOUNTS), ("授权", "/accounts/people/", Verb.GRANTS),
]  # fmt: skip

UNDER = {
    "/meetings/": (
        "/meetings/",
        "/trainings/",
        "/visits/",
        "/service-hours/",
        "/articles/",
        "/commendations/",
        "/assignments/",
        "/spot-checks/",
    ),
    "/verify/": ("/verify/", "/ledger/", "/inbox/asked/"),
    "/documents/": ("/documents/", "/workdays/", "/burden/"),
    "/organizations/": ("/organizations/", "/positions/", "/intake/"),
    "/members/": ("/members/", "/transfers/", "/admissions/"),
}
"""Addresses that belong to a word of the menu besides its own."""
TABS = [("文件", "/documents/"), ("工作日", "/workdays/"), ("填报负担", "/burden/")]
"""What lies under 资料."""


def _here(path: str, address: str) -> bool:
    return path == address or (address != "/" and path.startswith(UNDER.get(address, (address,))))


class _Shell:
    """Read when a template asks, so that a fragment costs no question."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def nav(self) -> list[tuple[str, str, bool]]:
        user, path = self.request.user, self.request.path
        shown = [(word, address) for word, address, verb in NAV if verb is None or may(user, verb)]
        return [(word, address, _here(path, address)) for word, address in shown]

    @property
    def tabs(self) -> list[tuple[str, str]]:
        return TABS if may(self.request.user, Verb.VIEW) else []

    @cached_property
    def waiting(self) -> int:
        return waiting(self.request.user).count() if self.request.user.is_authenticated else 0

    @property
    def cast(self) -> list[tuple[User, str]]:
        """Who can be signed in as with one click: in the demonstration only."""
        if not settings.SISIWU_DEMO:
            return []
        users = User.objects.filter(grants__source="cast").distinct().order_by("pk")
        return [(user, "、".join(dict.fromkeys(Role(g.role).label for g in grants(user)))) for user in users]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor."""
    return {"shell": _Shell(request)} if hasattr(request, "user") else {}
