"""The HTTP API of mergers."""

from __future__ import annotations

from typing import Any

from ninja import Router
from pydantic import Field

from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.rest.keys import Key, do_once
from sisiwu.foundation.rest.shapes import Body, Day, Id, Words
from sisiwu.foundation.rest.spec import does
from sisiwu.foundation.tokens.models import Scope
from sisiwu.foundation.ui.requests import Request
from sisiwu.register.mergers import actions
from sisiwu.register.organizations import queries
from sisiwu.register.organizations.rest import TOLD, OrganizationTold, tell_all

router = Router(tags=["党组织"])


class MergerBody(Body):
    into: Id = Field(description="并入哪个党组织（id）")
    on: Day = Field(description="从哪一天起")
    why: Words = Field(description="依据或事由，例如批复文号")


@router.post("/{int:pk}/merge", **does("合并党组织", OrganizationTold, Scope.WRITE_REGISTER,
    {"into": 4, "on": "2026-11-20", "why": "川公直党〔2026〕13号"}, {**TOLD, "dissolved_on": "2026-11-20"},
    "下级组织和党员从这一天起编入另一个，这一个撤销；过去的记录都查得到。"))  # fmt: skip
def organizations_merge(request: Request, pk: int, body: MergerBody, key: Key) -> dict[str, Any]:
    user, one = request.user, queries.looked_after(request.user, pk)
    into = queries.looked_after(user, body.into)
    rows = queries.visible(user, Verb.VIEW).select_related("parent")
    do_once(
        key, user, "organizations.merge",
        lambda: actions.merge(one, into, on=body.on, why=body.why, by=user), rows, one,
    )  # fmt: skip
    return tell_all(rows.get(pk=pk))
