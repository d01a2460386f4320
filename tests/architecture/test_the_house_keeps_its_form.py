"""What import-linter cannot see: relations named by string, templates, migrations, addresses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Model

SOURCE = Path(__file__).resolve().parents[2] / "src" / "sisiwu"
FLOORS = [
    ("foundation",), ("register",), ("ledger",), ("activities", "proceedings", "scoring"),
    ("pillars", "lists", "levers"), ("faces",),
]  # fmt: skip
HEIGHT = {name: height for height, floor in enumerate(FLOORS) for name in floor}


def floor_of(model: type[Model]) -> int:
    package, _, rest = model.__module__.partition(".")
    return HEIGHT[rest.partition(".")[0]] if package == "sisiwu" else -1


def test_no_table_points_upstairs() -> None:
    upward = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("sisiwu.")
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and isinstance(field.related_model, type)
        if floor_of(field.related_model) > floor_of(model)
    ]

    assert upward == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_pages_name_no_other_host_and_carry_no_script() -> None:
    pages = [*SOURCE.rglob("templates/**/*.html"), *SOURCE.rglob("static/**/*.css"), *SOURCE.rglob("static/**/*.js")]
    found = [
        f"{page.name}: {hit}"
        for page in pages
        for hit in re.findall(
            r"(?:src|href|url)\W{1,3}(?:https?:)?//\S+|<script>|\son\w+=|\sstyle=", page.read_text(encoding="utf-8")
        )
    ]

    assert len(pages) > 20
    assert found == []


@pytest.mark.holds("R3", "源程序的网址表里没有签到、在线时长、排名、定位")
def test_the_clients_have_no_check_in_and_no_online_time() -> None:
    """R2, R3: no address and no page for logging attendance of users, ranking of persons or time spent."""
    addresses = " ".join(page.read_text(encoding="utf-8") for page in SOURCE.rglob("urls.py"))

    assert not re.search(r"check_?in|online|ranking|leaderboard|location", addresses)


def test_every_room_says_what_it_is_for() -> None:
    rooms = [
        SOURCE / "ledger",
        *(one for floor in ("foundation", "register", "activities") for one in (SOURCE / floor).iterdir()),
    ]
    silent = [
        one.name
        for one in rooms
        if (one / "__init__.py").is_file()
        and not all(
            f"\n- {word}: " in (one / "README.md").read_text(encoding="utf-8") for word in ("source", "owns", "never")
        )
    ]

    assert len(rooms) > 30
    assert silent == []


def test_no_file_outgrows_its_subject() -> None:
    long = {
        str(one.relative_to(SOURCE)): lines
        for one in SOURCE.rglob("*.py")
        if (lines := len(one.read_text(encoding="utf-8").splitlines())) > 410
    }

    assert long == {}
