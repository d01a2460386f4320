"""Where a fact counts: whoever counts facts says so here, so that an entry can show it at once (N10)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Feed:
    """One place where a kind of fact counts."""

    scheme: str
    list: str
    item: str
    clause: str
    kind: str


type Teller = Callable[[str], Iterable[Feed]]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """From now on this is asked, too."""
    _tellers.append(teller)


def feeds(kinds: Iterable[str]) -> list[Feed]:
    """All places where facts of these kinds count; an item that counts several of them is one place."""
    told = (feed for kind in dict.fromkeys(kinds) for teller in _tellers for feed in teller(kind))
    places: dict[tuple[str, str, str], Feed] = {}
    for feed in told:
        places.setdefault((feed.scheme, feed.list, feed.item), feed)
    return list(places.values())
