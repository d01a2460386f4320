"""The form of a meeting: what can be known is filled in; everybody is present until somebody is not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from sisiwu.activities.entries.forms import EntryForm
from sisiwu.activities.entries.queries import standing
from sisiwu.activities.meetings.gatherings import prepared, signed
from sisiwu.activities.meetings.models import OFTEN, Gathering, Kind, Meeting, Presence
from sisiwu.foundation.ui.forms import FormMixin
from sisiwu.register.detachments.queries import roll_call
from sisiwu.register.members.models import Member
from sisiwu.register.organizations.models import Organization


class MeetingForm(EntryForm):
    """One page, one task; ``roll`` are the members on the day with what is ticked.

    Of a prepared meeting (``gathering``) the ticks begin with who has signed in (``signed``); the others
    stay ticked unless the secretary asks otherwise (``only_signed``).
    """

    gathering = forms.IntegerField(widget=forms.HiddenInput, required=False)
    only_signed = forms.BooleanField(widget=forms.HiddenInput, required=False)
    more = ("host", "lecturer", "minutes")

    class Meta:
        model = Meeting
        fields = ["kind", "organization", "title", "on", "place", "host", "lecturer", "minutes"]
        widgets = {"minutes": forms.Textarea(attrs={"rows": 3})}
        error_messages = {"title": {"required": "请写一句主题，例如“学习党章第六章”。"}}

    def __init__(self, *args: Any, organization: Organization, **extra: Any) -> None:
        super().__init__(*args, organization=organization, **extra)
        self.prepared = self._prepared()
        self.signed = signed(self.prepared) if self.prepared else set()
        self._prefill(organization)
        self.roll = self._roll()

    def _prefill(self, organization: Organization) -> None:
        self.initial.setdefault("place", organization.place)
        members = roll_call(organization, timezone.localdate())
        for name in ("host", "lecturer"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
            field.queryset = members
            field.empty_label = "（不填）"

    def _prepared(self) -> Gathering | None:
        asked = str(self["gathering"].value() or "")
        if not asked.isdigit():
            return None
        one = prepared(self.user, timezone.localdate()).filter(pk=int(asked), organization=self.branch).first()
        if one:
            known = {"kind": one.kind, "title": one.title, "place": one.place, "on": one.on}
            self.initial.update({name: value for name, value in known.items() if value})
        return one

    def _roll(self) -> list[tuple[Member, bool, str]]:
        known = dict(self.instance.attendances.values_list("member", "presence")) if self.instance.pk else {}
        rows = []
        for member in roll_call(self.branch, self.day()):
            if self.is_bound:
                there, why = f"m{member.pk}" in self.data, self.data.get(f"w{member.pk}", Presence.PRIVATE)
            else:
                presence = known.get(member.pk, Presence.PRESENT)
                if self.prepared and self.initial.get("only_signed") and member.pk not in self.signed:
                    presence = Presence.PRIVATE
                there = presence == Presence.PRESENT
                why = Presence.PRIVATE if there else presence
            rows.append((member, there, why))
        return rows

    def presences(self) -> dict[int, str]:
        """Member id -> presence, as ticked."""
        return {member.pk: Presence.PRESENT if there else why for member, there, why in self.roll}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        known = {value for value in Presence.values if value != Presence.PRESENT}
        if any(not there and why not in known for _, there, why in self.roll):
            raise ValidationError("有党员的缺席原因没有选对，请重新选择。")
        if data.get("kind") == Kind.PARTY_LECTURE and not data.get("lecturer"):
            self.add_error("lecturer", "党课请选讲课人，讲课会同时记到本人名下。")
        return data

    def twin(self, data: dict[str, Any]) -> Meeting | None:
        """The same kind of meeting of the same organization on the same day, where one a day is usual."""
        if data.get("kind") in OFTEN:
            return None
        rows = Meeting.objects.filter(organization=self.branch, on=data["on"], kind=data.get("kind"))
        return standing(rows.exclude(pk=self.instance.pk))


class PrepareForm(FormMixin, forms.ModelForm):
    """Nothing has to be typed."""

    class Meta:
        model = Gathering
        fields = ["kind", "title", "place"]


class NumberForm(FormMixin, forms.Form):
    """The six digits on the wall."""

    number = forms.RegexField(
        r"^\s*\d{6}\s*$", label="墙上的 6 位数字", error_messages={"invalid": "请写墙上的 6 位数字。"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 6}),
    )  # fmt: skip
