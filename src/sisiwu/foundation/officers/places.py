"""Parts of the tree by name: the register, which lies above, says how a path is called and where a name is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

WHOLE = "全系统"


@dataclass(frozen=True)
class Place:
    """A part of the tree: its path and how people call it."""

    path: str
    name: str


type Finder = Callable[[str, str], Place]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """``finder(path, named)`` is asked from now on; it raises ValidationError for a name that nobody has."""
    _finders.append(finder)


def place(path: str = "", *, named: str = "") -> Place:
    """The part of the tree at a path, or of a code or name; neither: the whole."""
    if not path and not named:
        return Place("", WHOLE)
    return _finders[0](path, named)
