"""The dictionary of facts (schemes/facts.yaml), as the ledger writes and reads them."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from sisiwu.engine.catalogue import Catalogue, FactKind
from sisiwu.engine.scheme import load_catalogue


@cache
def dictionary() -> Catalogue:
    """The common dictionary."""
    return load_catalogue(settings.SISIWU_SCHEMES)


def kind_of(code: str) -> FactKind:
    """The kind of that code. Raises KeyError."""
    kind = dictionary().kind(code)
    if kind is None:
        raise KeyError(code)
    return kind
