"""Where a document is cited: whoever cites documents says so here (like ledger/feeds.py; this room lies beneath scoring)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Citation:
    """One list item of a scheme in force that stands on a clause."""

    scheme: str
    list: str
    item: str
    rule: str
    article: str


type Teller = Callable[[str], Iterable[Citation]]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """From now on this is asked, too."""
    if teller not in _tellers:
        _tellers.append(teller)


def citations(document: str) -> list[Citation]:
    """Every list item that cites a document (by its code)."""
    return [one for teller in _tellers for one in teller(document)]
