"""Every instance of a class inside a scheme or a part of one."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from sisiwu.engine.scheme.forms import Pick
from sisiwu.engine.scheme.model import Scheme

SKIPPED = ("catalogue", "members", "place")
"""A member scheme is a scheme of its own."""


def walk[T](value: object, wanted: type[T]) -> Iterator[T]:
    """In the order in which they stand."""
    if isinstance(value, wanted):
        yield value
    if isinstance(value, tuple):
        for child in value:
            yield from walk(child, wanted)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            if field.name not in SKIPPED:
                yield from walk(getattr(value, field.name), wanted)


def picks(scheme: Scheme) -> list[Pick]:
    """Everything that a scheme looks at."""
    return list(walk(scheme, Pick))


def picks_of(part: object) -> list[Pick]:
    """Everything that a part of a scheme looks at."""
    return list(walk(part, Pick))
