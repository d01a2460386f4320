"""Databases that run a compiled statement; each is opened by name and closed as a context.

The libraries of PostgreSQL and Spark are extras: their modules are imported when they are asked for.
"""

from __future__ import annotations

from importlib import import_module

from sisiwu.scoring.runners.interface import Answer, Runner

NAMES = ("duckdb", "sqlite", "postgres", "spark")

__all__ = ["NAMES", "Answer", "Runner", "open_runner"]


def open_runner(name: str, address: str = "") -> Runner:
    """A runner with nothing loaded: ``address`` is a file, a DSN or a Spark master, if any.

    Raises ValueError for a name that is not one of ``NAMES``.
    """
    if name not in NAMES:
        raise ValueError(name)
    runner: Runner = import_module(f"sisiwu.scoring.runners.{name}").open_(address)
    return runner
