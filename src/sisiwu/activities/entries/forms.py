"""What every entry form has: the day, files, the key that makes sending twice the same as once, the reason when late."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html

from sisiwu.activities.entries import asking
from sisiwu.activities.entries.doors import kinds_of
from sisiwu.activities.entries.models import Activity
from sisiwu.activities.entries.submitting import LATE_DAYS, How, is_late
from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.ui.forms import DayField, FormMixin
from sisiwu.register.detachments.queries import roll_call
from sisiwu.register.members.models import Member
from sisiwu.register.members.queries import named
from sisiwu.register.organizations.models import Organization
from sisiwu.register.organizations.queries import visible


class EntryForm(FormMixin, forms.ModelForm):
    """The base of a kind's form; ``branch`` is the organization it is entered for.

    ``more`` are fields that may stay empty and lie folded; ``apart`` are shown by the kind's own template.
    """

    more: ClassVar[tuple[str, ...]] = ()
    apart: ClassVar[tuple[str, ...]] = ()

    on = DayField(label="日期")
    late_because = forms.CharField(label="补录原因", required=False, max_length=200)
    assignment = forms.TypedChoiceField(
        label="这次活动完成哪项任务（可不选）",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "这项任务已经完成、免除或撤销，请改选。"},
    )
    another = forms.BooleanField(label="是另一次，不是同一件事", required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: User, organization: Organization, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.branch, self.user = organization, user
        chosen = self.fields["organization"]
        assert isinstance(chosen, forms.ModelChoiceField)  # noqa: S101
        chosen.queryset = visible(user, Verb.ENTER).filter(dissolved_on__isnull=True, pk=organization.pk)
        chosen.widget = forms.HiddenInput()
        self.initial.setdefault("key", uuid4())
        self.initial.setdefault("version", self.instance.version if self.instance.pk else None)
        self.initial.setdefault("on", timezone.localdate())
        self.initial.setdefault("organization", organization)
        self._offer_assignments()

    def _offer_assignments(self) -> None:
        """One select, only where something is open that this form can do; opened from a task it is chosen."""
        source = self.instance.source if self.instance.pk else ""
        known = {
            str(one.id): one for one in asking.open_to(self.branch, kinds_of(self._meta.model._meta.app_label), source)
        }
        if not known:
            del self.fields["assignment"]
            return
        if source:
            self.initial["assignment"] = asking.done_by(source)
        field = self.fields["assignment"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101
        field.choices = [("", "不完成任务"), *((one.id, one.words) for one in known.values())]
        chosen = known.get(str(self.initial.get("assignment")))
        if chosen:
            field.help_text = format_html("{}", chosen.help)
            self.initial.setdefault("title", chosen.title)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        day = data.get("on")
        if day and day > timezone.localdate():
            self.add_error("on", "日期还没有到，请在事情发生之后录入。")
        if day and is_late(day) and not data.get("late_because"):
            self.add_error("late_because", f"这是 {LATE_DAYS} 天以前的事，请用一句话说明补录原因。补录不影响得分。")
        twin = None if data.get("another") or self.errors else self.twin(data)
        if twin is not None:
            words = "{}已经有“{}”（{}），<a href='{}' target='_blank'>看那一条</a>。是同一次就不用再报；确实是另一次，请勾选后提交。"
            when = f"{twin.on.month}月{twin.on.day}日"
            self.add_error("another", format_html(words, when, twin, twin.organization, twin.get_absolute_url()))
        return data

    def twin(self, data: dict[str, Any]) -> Activity | None:
        """A record that is probably of the same event; the kind says how it knows."""
        return None

    @property
    def form_key(self) -> UUID | None:
        """The key as it was sent, as far as it can be read."""
        try:
            return UUID(str(self["key"].value()))
        except ValueError:
            return None

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """What is always shown, in order."""
        hidden = {"late_because", "another", "assignment", *self.more, *self.apart}
        return [one for one in self.visible_fields() if one.name not in hidden]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """What lies folded."""
        return [self[name] for name in self.more]

    @property
    def more_is_open(self) -> bool:
        """Whether something folded is filled or wrong."""
        return any(one.errors or one.value() for one in self.more_fields)

    def day(self) -> date:
        """The day that is typed, as far as it can be read; else today."""
        try:
            day: date | None = self.fields["on"].clean(self["on"].value())
        except ValidationError:
            day = None
        return day or timezone.localdate()

    def how(self) -> How:
        """How it is sent, for the kind's verb."""
        data = self.cleaned_data
        return How(
            key=data["key"],
            late_because=data["late_because"],
            version=data["version"],
            assignment=data.get("assignment"),
        )


class RollForm(EntryForm):
    """A form with the people of the organization on the day; ``everybody``: all are ticked until one is not."""

    everybody: ClassVar[bool] = True
    roll_words: ClassVar[str] = "参加的同志"

    others = forms.CharField(
        label="名单以外的同志",
        required=False,
        help_text="写姓名，用顿号或换行隔开；有重名时写编号",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    apart = ("others",)

    def known(self) -> set[int]:
        """Whom the stored record names, by id."""
        return set()

    @property
    def roll(self) -> list[tuple[Member, bool]]:
        """Everybody on the roll on the day, with whether they are ticked."""
        if not hasattr(self, "_roll"):
            known = self.known() if self.instance.pk else None
            self._roll = [(one, self._ticked(one, known)) for one in roll_call(self.branch, self.day())]
        return self._roll

    def _ticked(self, one: Member, known: set[int] | None) -> bool:
        if self.is_bound:
            return f"m{one.pk}" in self.data
        return self.everybody if known is None else one.pk in known

    def clean_others(self) -> list[Member]:
        found, wrong = named(self.cleaned_data["others"], self.user)
        if wrong:
            raise ValidationError(wrong)
        return found

    def people(self) -> list[Member]:
        """Who took part: the ticked ones, then the others that were written."""
        ticked = [one for one, there in self.roll if there]
        return list(dict.fromkeys([*ticked, *self.cleaned_data.get("others", [])]))
