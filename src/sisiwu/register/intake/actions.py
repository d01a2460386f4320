"""Receiving a workbook, checking it, leaving rows out, writing it; writing the register out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand, scope
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.audit.actions import note
from sisiwu.foundation.spreadsheets import FileError
from sisiwu.foundation.spreadsheets.pages import Page, read_apart
from sisiwu.foundation.spreadsheets.trust import SIZE_MAX, form_of
from sisiwu.register.intake import returned, writing
from sisiwu.register.intake.columns import SHEETS
from sisiwu.register.intake.models import Upload
from sisiwu.register.intake.planning import Plan, plan
from sisiwu.register.intake.queries import KEPT, Listing, mine
from sisiwu.register.intake.reading import Book, read
from sisiwu.register.intake.report import report
from sisiwu.register.intake.sheets import Workbook

AT_A_TIME = 5
"""Files kept of one user; the oldest goes when another comes."""
type Rows = Iterable[tuple[str, int]]


def receive(content: bytes, name: str, *, day: date, by: User) -> Upload:
    """A workbook comes in and is checked; nothing of it is written.

    Raises ValidationError for a file that cannot be read as a table, PermissionDenied.
    """
    demand(by, Verb.REGISTER)
    forget()
    form, book = _opened(content, name, ())
    made = plan(book, reach=scope(by, Verb.REGISTER), day=day, today=timezone.localdate())
    with transaction.atomic():
        one = Upload.objects.create(user=by, name=name[:200], form=form, content=content, day=day, report=report(made))
        kept = mine(by).values_list("pk", flat=True)[:AT_A_TIME]
        Upload.objects.filter(user=by).exclude(pk__in=list(kept)).delete()
    return one


def leave_out(one: Upload, rows: Rows, *, by: User) -> None:
    """Checks again without some rows (sheet, number), in place of those left out before."""
    demand(by, Verb.REGISTER)
    one.skipped = sorted(set(rows))
    _, book = _opened(bytes(one.content), one.name, _pairs(one))
    one.report = report(_planned(book, one.day, by))
    one.save(update_fields=["skipped", "report"])


def leave_out_all_wrong(one: Upload, *, by: User) -> None:
    """Leaves out every row with a problem, also those that refer to a row left out, until none is left."""
    demand(by, Verb.REGISTER)
    _, pages = _pages(bytes(one.content), one.name)
    left = set(_pairs(one))
    while True:
        made = _planned(read(pages, left, one.name), one.day, by)
        if not made.wrong - left:
            break
        left |= made.wrong
    one.skipped, one.report = sorted(left), report(made)
    one.save(update_fields=["skipped", "report"])


def write(one: Upload, *, by: User) -> bool:
    """Writes what the check showed, all of it, and forgets the file.

    False when the register has moved on since the check so that something else would be written: then
    nothing is, and the check is made anew. Raises ValidationError when there are problems left, when a
    verb refuses, or when the file is no longer there; PermissionDenied.
    """
    demand(by, Verb.REGISTER)
    _, book = _opened(bytes(one.content), one.name, _pairs(one))
    with transaction.atomic():
        kept = Upload.objects.select_for_update().defer("content").filter(pk=one.pk, user=by).first()
        if kept is None:
            raise ValidationError("这份表格已经导入过，或已过期。")
        made = _planned(book, one.day, by)
        shown = report(made)
        if shown["fingerprint"] != kept.report.get("fingerprint") or made.problems:
            Upload.objects.filter(pk=one.pk).update(report=shown)
            return False
        _write(made, one.name, by)
        kept.delete()
    return True


def drop(one: Upload, *, by: User) -> None:
    """The user does not want it any more."""
    Upload.objects.filter(pk=one.pk, user=by).delete()


def forget() -> None:
    """Files older than a day go; called whenever somebody comes by."""
    Upload.objects.filter(made_at__lt=timezone.now() - KEPT).delete()


def marked(one: Upload, *, by: User) -> tuple[bytes, str]:
    """The user's workbook with the wrong cells marked, and its name."""
    content = bytes(one.content)
    _, book = _opened(content, one.name, _pairs(one))
    return returned.marked(content, one.form, one.name, book, _planned(book, one.day, by))


def write_file(path: Path, rows: Rows, *, day: date, by: User | None, dry_run: bool) -> Plan:
    """For the command line: check, and write unless there is a problem. ``by`` None: set-up by the program.

    Raises ValidationError and PermissionDenied.
    """
    if path.stat().st_size > SIZE_MAX:
        raise ValidationError(f"文件有 {path.stat().st_size / 1048576:.0f} MB，超过 20 MB，请分几份导入。")
    _, book = _opened(path.read_bytes(), path.name, rows)
    with transaction.atomic():
        made = _planned(book, day, by)
        if not made.problems and not dry_run:
            _write(made, path.name, by)
    return made


def export(*, by: User | None) -> bytes:
    """The register that a user keeps, as a workbook that can be imported again."""
    if by is not None:
        demand(by, Verb.REGISTER)
    listing, made = Listing(_reach(by)), Workbook()
    counts = {sheet.name: made.sheet(sheet, listing.rows(sheet.name)) for sheet in SHEETS}
    note("intake.export", by, "名册", rows=counts)
    return made.close()


def _opened(content: bytes, name: str, skip: Rows) -> tuple[str, Book]:
    """The form of a file and its rows."""
    form, pages = _pages(content, name)
    return form, read(pages, skip, name)


def _pages(content: bytes, name: str) -> tuple[str, list[Page]]:
    """The form of a file and its sheets; ValidationError when it is no table."""
    with TemporaryDirectory(prefix="sisiwu-intake-") as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        try:
            form = form_of(path, name)
            return form, read_apart(path, form, name)
        except FileError as error:
            problem = error.problem
            raise ValidationError(
                f"{problem.message}。{problem.hint}。" if problem.hint else problem.message
            ) from error


def _pairs(one: Upload) -> list[tuple[str, int]]:
    return [(page, row) for page, row in one.skipped]


def _reach(by: User | None) -> list[str]:
    return [""] if by is None else scope(by, Verb.REGISTER)


def _planned(book: Book, day: date, by: User | None) -> Plan:
    return plan(book, reach=_reach(by), day=day, today=timezone.localdate())


def _write(made: Plan, name: str, by: User | None) -> None:
    writing.write(made, by=by)
    counts = {
        sheet: {key: value for key, value in numbers.items() if value} for sheet, numbers in made.counts().items()
    }
    note("intake.write", by, name, rows=counts, skipped=made.skipped)
