"""Drawing by a seed: whoever has the seed and the numbers draws the same list with any tool."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


def digest(seed: str, number: int) -> str:
    """SHA-256 of “seed:number” in UTF-8, as 64 hexadecimal digits."""
    return sha256(f"{seed}:{number}".encode()).hexdigest()


def drawn(seed: str, numbers: Iterable[int], count: int) -> list[tuple[int, str]]:
    """The ``count`` numbers with the smallest digests, the smallest first, each with its digest."""
    return sorted(((number, digest(seed, number)) for number in numbers), key=lambda one: (one[1], one[0]))[:count]
