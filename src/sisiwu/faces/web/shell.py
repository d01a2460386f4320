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
LISTS: dict[str, tuple[str, ...]] = {
    "/organizations/": ("组织", Verb.VIEW), "/organizations/tree/": ("组织树", Verb.VIEW),
    "/organizations/regions/": ("按地区", Verb.VIEW), "/positions/calendar/": ("换届日历", Verb.VIEW),
    "/members/": ("名册", Verb.MEMBERS), "/transfers/": ("组织关系转接", Verb.MEMBERS),
    "/admissions/": ("发展党员", Verb.MEMBERS), "/meetings/": ("会议", Verb.VIEW), "/trainings/": ("培训", Verb.VIEW),
    "/visits/": ("走访", Verb.VIEW), "/service-hours/": ("志愿服务", Verb.VIEW), "/articles/": ("稿件", Verb.VIEW),
    "/commendations/": ("表彰", Verb.VIEW), "/assignments/": ("任务", Verb.VIEW), "/spot-checks/": ("抽查", Verb.VIEW),
    "/verify/": ("核实", Verb.VERIFY), "/scores/": ("考核", Verb.SCORES), "/documents/": ("文件", Verb.VIEW),
    "/workdays/": ("工作日", Verb.VIEW), "/burden/": ("填报负担", Verb.VIEW), "/feedback/": ("意见建议", Verb.VERIFY),
    "/accounts/people/": ("账号", Verb.ACCOUNTS, Verb.GRANTS),
}  # fmt: skip
"""The lists: what a page beneath leads back to, and who may see it."""
ABOVE = {
    "/members/enter/": "/organizations/", "/positions/": "/organizations/", "/detachments/": "/organizations/",
    "/intake/": "/organizations/", "/inbox/asked/": "/verify/", "/inbox/hasten/": "/verify/",
}  # fmt: skip
"""Pages that lead back to a list of another address."""
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
    def searches(self) -> bool:
        """Whether there is anything a user could find."""
        return may(self.request.user, Verb.VIEW)

    @property
    def back(self) -> tuple[str, str] | None:
        """The way back from a page beneath a list: its words and address; None on the lists themselves."""
        user, path = self.request.user, self.request.path
        if not user.is_authenticated or path == "/" or any(path == address for _, address, _ in NAV) or path in LISTS:
            return None
        for beginning in sorted({*LISTS, *ABOVE}, key=len, reverse=True):
            address = ABOVE.get(beginning, beginning)
            words, *verbs = LISTS[address]
            if path.startswith(beginning) and any(may(user, verb) for verb in verbs):
                return words, address
        return "首页", "/"

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
