"""The HTTP API of sending evidence: files come first, under the key that the entry will be sent with."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Status, UploadedFile

from sisiwu.activities.entries.queries import enterable
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.evidence.actions import keep
from sisiwu.foundation.evidence.queries import chosen
from sisiwu.foundation.evidence.rest import FILE, FileRow, tell
from sisiwu.foundation.receipts.actions import once
from sisiwu.foundation.rest.keys import Key
from sisiwu.foundation.rest.shapes import Id
from sisiwu.foundation.rest.spec import makes
from sisiwu.foundation.tokens.models import Scope
from sisiwu.foundation.ui.requests import Request

router = Router(tags=["佐证材料"])


@router.post("/upload", **makes("上传材料", list[FileRow], Scope.WRITE_ACTIVITIES, None, [FILE],
    "先传材料，再录入：entry_key 写录入时要用的那个 Idempotency-Key，录入以后材料就在那个活动旁边。"
    "每个文件 20 MB 以内，一次录入最多 9 个；7 天没有录入的会清除。",
    parts={"organization": 3, "entry_key": FILE["key"], "files": ["（文件）"]}))  # fmt: skip
def evidence_upload(
    request: Request, organization: Form[Id], entry_key: Form[UUID], files: File[list[UploadedFile]], key: Key
) -> Status[list[dict[str, Any]]]:
    user = request.user
    demand(user, Verb.ENTER)
    at = get_object_or_404(enterable(user), pk=organization)
    with transaction.atomic():
        new = once(key, user, "evidence.upload")
        if new:
            try:
                keep(files, key=entry_key, path=at.path, by=user)
            except ValidationError as error:
                raise ValidationError({"files": error.messages}) from error
    return Status(201 if new else 200, [tell(one) for one in chosen(entry_key).filter(by=user)])
