"""Whoever asks for activities says here what is open, and is told what was entered: one select in every form.

The common part cannot know assignments, which stand on it; they register when the program starts.
``submitting.submit`` calls ``answer`` in its own transaction: one that raises takes everything back.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from sisiwu.ledger.actions import Entry
from sisiwu.register.organizations.models import Organization


@dataclass(frozen=True)
class Asked:
    """Something asked of an organization that an activity may do."""

    id: int
    title: str
    words: str
    """For the select: with kinds and day."""
    help: str
    """What is asked, on what basis."""


class Asker(Protocol):
    """Who asks."""

    def open_to(self, organization: Organization, kinds: Collection[str], source: str) -> list[Asked]:
        """What an activity of these kinds of fact can do; with ``source``, also what that one does already."""

    def done_by(self, source: str) -> int | None:
        """What an activity does, by id."""

    def answer(self, chosen: int | None, entry: Entry) -> None:
        """The activity of this entry does what was chosen. Raises ValidationError keyed ``assignment``."""


_askers: list[Asker] = []


def register(asker: Asker) -> None:
    """There is one who asks."""
    _askers[:] = [asker]


def open_to(organization: Organization, kinds: Collection[str], source: str = "") -> list[Asked]:
    """What is open."""
    return [one for asker in _askers if kinds for one in asker.open_to(organization, kinds, source)]


def done_by(source: str) -> int | None:
    """What an activity does."""
    return next((asker.done_by(source) for asker in _askers), None)


def answer(chosen: int | None, entry: Entry) -> None:
    """Tell who asked."""
    for asker in _askers:
        asker.answer(chosen, entry)
