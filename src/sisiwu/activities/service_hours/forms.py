"""The form of a service: which community, what, how long, who."""

from __future__ import annotations

from typing import Any

from sisiwu.activities.entries.forms import RollForm
from sisiwu.activities.entries.queries import standing
from sisiwu.activities.service_hours.models import Service
from sisiwu.foundation.ui.forms import HundredthsField


class ServiceForm(RollForm):
    """Nobody is ticked; the community is the one of last time."""

    everybody = False
    roll_words = "谁参加了"

    hours_centi = HundredthsField(label="每人时长（小时）", help_text="例如 2 或 1.5")

    class Meta:
        model = Service
        fields = ["title", "place", "organization", "on", "hours_centi"]
        labels = {"title": "做了什么", "place": "社区或地点"}
        error_messages = {"title": {"required": "请用一句话写做了什么，例如“防诈骗宣传”。"}}

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["place"].required = True
        self.fields["place"].error_messages["required"] = "请写社区或地点的名称。"

    def known(self) -> set[int]:
        return set(self.instance.volunteers.values_list("pk", flat=True))

    def twin(self, data: dict[str, Any]) -> Service | None:
        """A service of the same organization in the same place on the same day."""
        rows = Service.objects.filter(organization=self.branch, on=data["on"], place=data.get("place", ""))
        return standing(rows.exclude(pk=self.instance.pk))
