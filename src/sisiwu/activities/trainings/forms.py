"""The form of a class: theme, hours, who was there."""

from __future__ import annotations

from typing import Any

from sisiwu.activities.entries.forms import RollForm
from sisiwu.activities.entries.queries import standing
from sisiwu.activities.trainings.models import Training
from sisiwu.foundation.ui.forms import HundredthsField


class TrainingForm(RollForm):
    """Everybody of the branch is ticked; a class of many branches names the others by hand."""

    roll_words = "参训人员，没参加的点掉"
    more = ("organizer",)

    hours_centi = HundredthsField(label="学时", help_text="一天 8 学时，半天 4 学时；跨天写合计")

    class Meta:
        model = Training
        fields = ["title", "kind", "organization", "on", "hours_centi", "organizer"]
        error_messages = {"title": {"required": "请写培训的题目。"}}

    def known(self) -> set[int]:
        return set(self.instance.trainees.values_list("pk", flat=True))

    def twin(self, data: dict[str, Any]) -> Training | None:
        """A class of the same organization on the same day."""
        rows = Training.objects.filter(organization=self.branch, on=data["on"])
        return standing(rows.exclude(pk=self.instance.pk))
