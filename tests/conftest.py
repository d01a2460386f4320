"""On which day the tests run, which of them run one after another in the same process, and which begin first.

xdist 3.8 writes the group of a test into a place that pytest 9 no longer reads: ``--dist loadgroup`` and
``xdist_group`` say nothing there. The unit of work is therefore said here: a file, or the journeys as a whole
(they share a server, a database and a browser).
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from tests.clock import set_day
from xdist.scheduler import LoadScopeScheduling

if os.environ.get("SISIWU_TESTS_ON"):
    set_day(os.environ["SISIWU_TESTS_ON"])

JOURNEYS = "tests/journeys/"
LONGEST_FIRST = (
    JOURNEYS,
    "tests/cli/test_data_commands.py",
    "tests/cli/test_scoring_a_folder.py",
    "tests/backends/test_the_site_on_postgres.py",
    "tests/cli/test_the_register_on_the_command_line.py",
    "tests/backends/",
    "tests/engine/test_reference_properties.py",
    "tests/datafolder/",
)
"""What takes a minute or more begins first, so that no processor waits for it in the end."""


def unit_of(nodeid: str) -> str:
    """The file of a test, or the journeys."""
    return JOURNEYS if nodeid.startswith(JOURNEYS) else nodeid.partition("::")[0]


def turn_of(nodeid: str) -> int:
    """Its place in ``LONGEST_FIRST``; the rest follows in the order it was shuffled into."""
    return next((place for place, start in enumerate(LONGEST_FIRST) if nodeid.startswith(start)), len(LONGEST_FIRST))


class ByFile(LoadScopeScheduling):
    """Hands out files, the longest first."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    config.option.loadscopereorder = False
    return ByFile(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: turn_of(item.nodeid))
