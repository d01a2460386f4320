"""The form of a visit: where, what for, what was found."""

from __future__ import annotations

from typing import Any

from django import forms

from sisiwu.activities.entries.forms import RollForm
from sisiwu.activities.entries.queries import standing
from sisiwu.activities.visits.models import Visit


class VisitForm(RollForm):
    """Nobody is ticked: who went is a few."""

    everybody = False
    roll_words = "谁去的"
    more = ("findings",)

    class Meta:
        model = Visit
        fields = ["kind", "organization", "place", "title", "on", "findings"]
        labels = {"place": "去了哪里", "title": "做了什么"}
        help_texts = {"place": "单位、村或社区的名称；不写个人住址", "findings": "不写群众姓名、电话、住址"}
        widgets = {"kind": forms.RadioSelect, "findings": forms.Textarea(attrs={"rows": 3})}
        error_messages = {"title": {"required": "请用一句话写做了什么，例如“宣讲党的十九大精神”。"}}

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["place"].required = True
        self.fields["place"].error_messages["required"] = "请写去了哪个单位、村或社区。"

    def known(self) -> set[int]:
        return set(self.instance.visitors.values_list("pk", flat=True))

    def twin(self, data: dict[str, Any]) -> Visit | None:
        """To the same place on the same day, by whichever organization."""
        rows = Visit.objects.filter(organization=self.branch, on=data["on"], place=data.get("place", ""))
        return standing(rows.exclude(pk=self.instance.pk))
