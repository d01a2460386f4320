"""Every burden requirement has its test, and the page that says so is current (R1-R10, R14-R16; N11)."""

from __future__ import annotations

from tests.holds import FILE, collected, text

from sisiwu.faces.web.burden_rules import ARTICLES, REQUIREMENTS

COMING: dict[str, str] = {}
"""Requirements whose room is being built, with the room; to be emptied when it is there."""


def test_every_requirement_has_a_test() -> None:
    missing = set(REQUIREMENTS) - set(collected())

    assert missing <= set(COMING)


def test_nothing_is_said_to_be_coming_that_is_there() -> None:
    assert not set(COMING) & set(collected())


def test_no_test_holds_a_requirement_that_is_unknown() -> None:
    assert set(collected()) <= set(REQUIREMENTS)


def test_every_article_of_the_burden_rules_is_held_by_a_test() -> None:
    bare = [one.text for one in ARTICLES if not any(code in collected() for code in one.requirements)]

    assert bare == []


def test_the_page_tells_what_the_tests_are() -> None:
    """If this fails: ``make burden``."""
    assert FILE.read_text(encoding="utf-8") == text()
