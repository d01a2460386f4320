"""Keeping files, tying them to an activity, letting go what was never submitted."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.audit.actions import note
from sisiwu.foundation.evidence.checking import SIZE_MAX, checked
from sisiwu.foundation.evidence.models import File

FILES_MAX = 9
UNUSED_DAYS = 7
"""What was chosen in a form that was never sent is forgotten after so many days."""


def keep(uploads: Iterable[UploadedFile[Any]], *, key: UUID, path: str, by: User) -> list[File]:
    """Files chosen in a form, kept even while the form has errors, so that nobody chooses them twice.

    Those that are right are kept; then raises ValidationError with a sentence for each that is not, and
    PermissionDenied.
    """
    demand(by, Verb.ENTER, path)
    kept: list[File] = []
    refused: list[str] = []
    there = File.objects.filter(key=key).count()
    for upload in uploads:
        if there + len(kept) >= FILES_MAX:
            refused.append(f"最多 {FILES_MAX} 个文件，“{upload.name}”没有收。")
            continue
        try:
            kept.append(_kept(upload, key, path, by))
        except ValidationError as error:
            refused += error.messages
    if refused:
        raise ValidationError(refused)
    return kept


def _kept(upload: UploadedFile[Any], key: UUID, path: str, by: User) -> File:
    if (upload.size or 0) > SIZE_MAX:
        raise ValidationError(f"“{upload.name}”超过 20 MB，请压缩或拆分后再传。")
    name, media_type, body = checked(upload.name or "", upload.read())
    sha256 = hashlib.sha256(body).hexdigest()
    one = File(sha256=sha256, name=name, media_type=media_type, size_bytes=len(body), path=path, key=key, by=by)
    if not one.place.exists():
        _write(one, body)
    values = {"name": name, "media_type": media_type, "size_bytes": len(body), "path": path, "by": by}
    return File.objects.get_or_create(key=key, sha256=sha256, defaults=values)[0]


def _write(one: File, body: bytes) -> None:
    """All of the bytes under their name, or nothing: a crash leaves no half file."""
    one.place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=one.place.parent, delete=False) as out:
        out.write(body)
        out.flush()
        os.fsync(out.fileno())
    os.replace(out.name, one.place)  # noqa: PTH105 - atomic on one file system


def attach(key: UUID, source: str, by: User | None) -> None:
    """The form was submitted: its files belong to the activity from now on."""
    files = list(File.objects.filter(key=key, source=""))
    if files:
        File.objects.filter(pk__in=[one.pk for one in files]).update(source=source)
        hashes = {one.name: one.sha256 for one in files}
        note("evidence.attach", by, source, path=files[0].path, files=hashes)


@transaction.atomic
def move(source: str, to: str, by: User | None) -> int:
    """Two records were one matter: the files of one lie beside the other. Returns how many."""
    moved = File.objects.filter(source=source).update(source=to)
    if moved:
        note("evidence.attach", by, to, was=source)
    return moved


@transaction.atomic
def drop(one: File, by: User) -> None:
    """A file chosen by mistake goes, as long as it was not submitted. Raises ValidationError afterwards."""
    if one.by_id != by.pk or one.source:
        raise ValidationError("已提交的材料不能撤下；有误请联系核实人退回。")
    one.delete()


def forget_unused() -> int:
    """Rows, and bytes that no row needs, of forms that were never sent. Returns how many rows."""
    old = File.objects.filter(source="", at__lt=timezone.now() - timedelta(days=UNUSED_DAYS))
    places = {one.sha256: one.place for one in old}
    gone, _ = old.delete()
    needed = set(File.objects.filter(sha256__in=places).values_list("sha256", flat=True))
    for sha256, place in places.items():
        if sha256 not in needed:
            place.unlink(missing_ok=True)
    return gone
