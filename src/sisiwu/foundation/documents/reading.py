"""The registers of documents of all schemes (sources.yaml), and the clauses that schemes quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sisiwu.engine.scheme import load, load_sources
from sisiwu.engine.scheme.model import Clause, Source
from sisiwu.engine.source import SchemeError

SAMPLES = "templates"
"""Patterns for authors: what they name does not exist."""
NUMBER = re.compile(r"[一-鿿]{2,8}〔\d{4}〕\d+号|[一-鿿]{2,6}令第?\d+号")


def sources(root: Path) -> Iterator[Source]:
    """Every document once; the common register first, so that its words win."""
    seen: set[str] = set()
    for place in sorted({path.parent for path in root.rglob("sources.yaml")}, key=lambda path: len(path.parts)):
        if SAMPLES in place.relative_to(root).parts:
            continue
        for one in load_sources(place):
            if one.id not in seen:
                seen.add(one.id)
                yield one


def clauses(root: Path) -> Iterator[Clause]:
    """Every clause that a scheme quotes. A scheme that cannot be read is passed over: ``scheme check`` tells of it."""
    for path in sorted(root.rglob("scheme.yaml")):
        if SAMPLES in path.relative_to(root).parts:
            continue
        try:
            yield from load(path.parent).clauses
        except SchemeError:
            continue


def number_of(title: str) -> str:
    """The document's number where its title carries it: 国办函〔2026〕12号."""
    found = NUMBER.search(title)
    return found.group() if found else ""
