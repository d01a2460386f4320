"""The stages: organizations, then members, then positions, each reading only what the ones before it found."""

from __future__ import annotations

from datetime import date

from sisiwu.register.intake.planning.known import Known
from sisiwu.register.intake.planning.members import Members
from sisiwu.register.intake.planning.organizations import Organizations
from sisiwu.register.intake.planning.plan import Plan
from sisiwu.register.intake.planning.positions import Positions
from sisiwu.register.intake.reading import Book


def plan(book: Book, *, reach: list[str], day: date, today: date) -> Plan:
    """What a book asks for. ``reach``: where the user keeps the register ([""]: everywhere);
    ``day``: from when changes hold where a row does not say."""
    made, known = Plan(problems=list(book.problems), notes=list(book.notes), skipped=len(book.skipped)), Known(reach)
    organizations = Organizations(made, known, book, day, today)
    organizations.plan()
    members = Members(made, known, book, organizations, day, today)
    members.plan()
    Positions(made, known, book, organizations, members, today).plan()
    order = {table.page: at for at, table in enumerate(book.tables)}
    made.problems.sort(key=lambda one: (order.get(one.file, -1), one.row))
    return made
