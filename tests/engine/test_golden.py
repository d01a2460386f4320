"""For every kind of rule: the author's guide's own example, its words and its statement, as they were reviewed.

``make golden`` rewrites the files; the difference is to be read before it is committed.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from tests.engine import build

from sisiwu.engine import words
from sisiwu.engine.plan import build as plan
from sisiwu.engine.scheme.model import Scheme
from sisiwu.engine.scheme.rules import READERS
from sisiwu.engine.sql import statement

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "users" / "writing-a-scheme.md").read_text(encoding="utf-8")
GOLDEN = Path(__file__).parent / "golden"
PERSONAL = ("led", "peers")
"""Examples for persons."""
MODIFIERS = {
    "once_per_matter": "once_per_matter: yes",
    "beyond": "beyond: 2",
    "every": "every: 3",
    "nth": "nth: [-1, -2, -5]",
    "factors": "factors: [{times: 70%, when: {mark: 书记讲党课}}]",
    "repeat": "repeat: {times: 2, within_days: 30}",
    "escalate": "escalate: 50%",
    "split": "split: yes",
    "cap_per": "cap_per: {day: 1, month: 2}",
    "cap": "cap: 5",
}


@cache
def examples() -> dict[str, str]:
    """Rules of the guide's fourth part by name, as YAML."""
    part = GUIDE[GUIDE.index("\n## 四、") : GUIDE.index("\n## 五、")]
    found: dict[str, str] = {}
    for block in re.findall(r"```yaml\n(.*?)```", part, re.DOTALL):
        if not block.lstrip().startswith("- "):
            continue
        rules = re.split(r"(?m)^(?=- )", block)
        found |= {str(yaml.safe_load(rule)[0]["rule"]): rule for rule in rules if "kind:" in rule}
    found |= {
        f"modifier_{name}": f"- {{rule: r, kind: per_event, clause: c, count: 党课, points: -1, {text}}}\n"
        for name, text in MODIFIERS.items()
    }
    return found


def scheme_of(name: str) -> Scheme:
    members = build.of_rules("- {rule: m, kind: per_event, count: 参加组织生活, points: 1}", subject="member")
    personal = name in PERSONAL
    rule = examples()[name]
    return build.of_rules(
        rule, subject="member" if personal else "organization", members=members if "member_average" in rule else None
    )


def said(name: str) -> str:
    """The rule, what it says, what it becomes."""
    scheme = scheme_of(name)
    period = scheme.calendars[0].period("2018")
    told = words.rule_in_words(scheme.rules()[0], scheme)
    return f"{examples()[name].rstrip()}\n\n{told}\n\n{statement(plan(scheme, period), 'duckdb')}"


@pytest.mark.parametrize("name", examples())
def test_an_example_says_and_counts_what_was_reviewed(name: str) -> None:
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("REGOLD"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(said(name), encoding="utf-8")

    assert said(name) == path.read_text(encoding="utf-8")


def test_the_guide_has_an_example_of_every_kind_and_no_file_is_left_over() -> None:
    kinds = {scheme_of(name).rules()[0].kind for name in examples()}

    assert kinds == set(READERS)
    assert {path.stem for path in GOLDEN.iterdir()} == set(examples())
