"""The people of an activity in the API: whom a client names, and whom it is told."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from pydantic import Field

from sisiwu.activities.entries.forms import RollForm
from sisiwu.activities.entries.models import Activity
from sisiwu.foundation.accounts.policies import Anyone, may
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.rest.shapes import Id, Named, named
from sisiwu.register.detachments.queries import roll_call
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import Organization

PEOPLE_MAX = 5_000
PEOPLE: dict[str, Any] = {
    "people": (list[Named], Field(description="参加的同志：只给看得到名册的人和本人")),
    "people_count": (int, Field(description="参加的人数")),
}
PEOPLE_EXAMPLE = {"people": [{"id": 3, "name": "李娜"}], "people_count": 8}


def roll_field(form: type[RollForm]) -> dict[str, Any]:
    """The field of the body that stands for the ticks of the page."""
    unless = "不写：名册上的都参加" if form.everybody else "名册上参加的"
    default: list[int] | None = None if form.everybody else []
    field = Field(default, max_length=PEOPLE_MAX, description=f"{unless}（党员 id）；名册以外的写在 others")
    return {"members": (list[Id] | None, field)}


def spread_roll(body: Any, organization: Organization) -> dict[str, str]:
    """The ticks as the page sends them. Raises ValidationError for somebody who is not on the roll of the day."""
    roll = list(roll_call(organization, body.on).values_list("pk", flat=True))
    chosen = roll if body.members is None else body.members
    if strangers := sorted(set(chosen) - set(roll)):
        raise ValidationError({"members": f"当天不在名册上：{'、'.join(map(str, strangers))}。名册以外的写在 others。"})
    return {f"m{pk}": "on" for pk in chosen}


def tell_people(one: Activity, user: Anyone) -> dict[str, Any]:
    """Who took part, as far as the user may see it, and how many."""
    field = next(field for field in one._meta.many_to_many if field.related_model is Member)
    rows = getattr(one, field.name).order_by("strokes", "id")
    seen = rows if may(user, Verb.MEMBERS, one.organization.path) else rows.filter(user=user.pk)
    return {"people": [named(person) for person in seen], "people_count": rows.count()}
