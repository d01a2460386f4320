"""Which form enters which kind of fact: every kind of activity says so when the program starts (apps.py).

Whoever asks for an activity (assignments) finds here what can be asked for, and the form to open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse


@dataclass(frozen=True)
class Door:
    """The form of one kind of fact in a room; ``is_choice``: the form's ``kind`` is the kind of fact."""

    kind: str
    title: str
    room: str
    is_choice: bool


_doors: dict[str, Door] = {}


def open_door(room: str, kinds: Iterable[tuple[str, str]], *, is_choice: bool = False) -> None:
    """The form of this room enters these kinds of fact (code, Chinese title)."""
    _doors.update({kind: Door(kind, title, room, is_choice) for kind, title in kinds})


def doors() -> list[Door]:
    """All, in the order in which the kinds of activity are installed."""
    return list(_doors.values())


def kinds_of(room: str) -> list[str]:
    """The kinds of fact that the form of a room enters."""
    return [door.kind for door in _doors.values() if door.room == room]


def titles(kinds: Iterable[str]) -> str:
    """The Chinese titles of some kinds."""
    return "、".join(_doors[kind].title if kind in _doors else kind for kind in kinds)


def ways(kinds: Iterable[str], **known: object) -> list[tuple[str, str]]:
    """The forms for some kinds, each once, prefilled with what is known: words and address."""
    found: dict[str, tuple[list[str], dict[str, object]]] = {}
    for kind in kinds:
        if door := _doors.get(kind):
            words, _ = found.setdefault(door.room, ([], {"kind": kind} if door.is_choice else {}))
            words.append(door.title)
    return [
        ("、".join(words), f"{reverse(f'{room}:new')}?{urlencode(first | known)}")
        for room, (words, first) in found.items()
    ]
