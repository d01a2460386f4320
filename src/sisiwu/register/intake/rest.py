"""The HTTP API of the intake: send a workbook, read what it would change, leave rows out, write it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Query, Router, Schema, Status, UploadedFile
from pydantic import Field

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.receipts.actions import once
from sisiwu.foundation.rest.keys import Key, do_gone, do_once
from sisiwu.foundation.rest.shapes import Body, Day, Page, Paging, Words, page
from sisiwu.foundation.rest.spec import does, gives, makes, reads
from sisiwu.foundation.spreadsheets.trust import SIZE_MAX
from sisiwu.foundation.tokens.models import Scope
from sisiwu.foundation.ui.desk import XLSX
from sisiwu.foundation.ui.requests import Request
from sisiwu.register.intake import actions, queries, sheets
from sisiwu.register.intake.models import Upload

router = Router(tags=["导入名册"])


class UploadRow(Schema):
    """A workbook that was checked and is not written yet; kept for a day."""

    id: int
    name: str
    day: date = Field(description="表里没有写日期的变动从哪一天起")
    made_at: datetime
    problems_count: int
    new_count: int
    changes_count: int


class SheetCount(Schema):
    """How many rows of one sheet are new, changed, the same, wrong."""

    name: str
    word: str
    new: int
    changed: int


class ProblemTold(Schema):
    """One wrong cell."""

    column: str = Field(description="哪一栏")
    message: str
    hint: str = Field(description="怎么改")


class ProblemRow(Schema):
    """A row with what is wrong in it."""

    page: str = Field(description="工作表")
    row: int
    place: str
    can_skip: bool = Field(description="可以不导入这一行")
    told: list[ProblemTold]


class ChangeTold(Schema):
    """One change of what is there."""

    page: str
    row: int
    words: str


class RowNamed(Body):
    """A row of a sheet."""

    page: Words = Field(description="工作表")
    row: int = Field(ge=1, le=2_000_000)


class UploadTold(UploadRow):
    """What the check found; the first 200 of each kind in words, the numbers of all."""

    counts: list[SheetCount]
    problems: list[ProblemRow]
    changes: list[ChangeTold]
    new: list[ChangeTold]
    skipped: list[RowNamed] = Field(description="不导入的行")
    may_write: bool = Field(description="没有问题，可以写入")


class SkipBody(Body):
    rows: list[RowNamed] = Field([], max_length=2000, description="不导入哪些行；代替以前的")
    all_wrong: bool = Field(default=False, description="true：有问题的行都不导入，直到没有问题")


class Written(Schema):
    """Whether it was written."""

    written: bool
    detail: str
    upload: UploadTold | None = Field(description="没有写入时：重新检查的结果")


class Gone(Schema):
    detail: str


ROW: dict[str, Any] = {
    "id": 1, "name": "名册.xlsx", "day": "2026-11-24", "made_at": "2026-11-24T09:00:00+08:00", "problems_count": 1,
    "new_count": 1, "changes_count": 1,
}  # fmt: skip
TOLD: dict[str, Any] = {
    **ROW,
    "counts": [{"name": "党员", "word": "党员", "new": 1, "changed": 1}],
    "problems": [{
        "page": "党员", "row": 7, "place": "《党员》第 7 行", "can_skip": True,
        "told": [{"column": "党支部", "message": "没有“一支部”这个党组织", "hint": "请写全称或编号"}],
    }],
    "changes": [{"page": "党员", "row": 5, "words": "李娜 党支部：刑侦总队第一党支部 → 刑侦总队第二党支部"}],
    "new": [{"page": "党员", "row": 6, "words": "单雄信 M9001，刑侦总队第一党支部"}],
    "skipped": [],
    "may_write": False,
}  # fmt: skip
GONE = "这份表格已经导入过，或已过期。要再导入，请重新上传。"


def tell(one: Upload) -> dict[str, Any]:
    report = one.report
    return {
        "id": one.pk,
        "name": one.name,
        "day": one.day,
        "made_at": one.made_at,
        "problems_count": report["problems_count"],
        "new_count": report["new_count"],
        "changes_count": report["changes_count"],
    }


def tell_all(one: Upload) -> dict[str, Any]:
    """Everything the page of the check shows."""
    report = one.report
    return {
        **tell(one),
        "counts": [{key: part[key] for key in ("name", "word", "new", "changed")} for part in report["counts"]],
        "problems": [
            {
                "page": row["page"], "row": row["row"], "place": row["place"], "can_skip": row["can_skip"],
                "told": [
                    {"column": str(it.get("column") or ""), "message": it["message"], "hint": it.get("hint") or ""}
                    for it in row["told"]
                ],
            }
            for row in report["problems"]
        ],
        "changes": [_line(row) for row in report["changes"]],
        "new": [{"page": row["page"], "row": row["row"], "words": f"{row['who']}，{row['where']}"} for row in report["new"]],
        "skipped": [{"page": sheet, "row": row} for sheet, row in one.skipped[:2000]],
        "may_write": not report["problems_count"] and not report["is_empty"],
    }  # fmt: skip


def _line(row: dict[str, Any]) -> dict[str, Any]:
    words = f"{row['who']} {row['what']}：{row['before'] or '（空）'} → {row['after'] or '（空）'}"
    return {"page": row["page"], "row": row["row"], "words": words}


def _mine(user: User, pk: int) -> Upload:
    demand(user, Verb.REGISTER)
    return get_object_or_404(queries.mine(user), pk=pk)


def _file(body: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


@router.get("", **reads("我上传的名册表格", Page[UploadRow], Scope.WRITE_REGISTER,
    {"count": 1, "limit": 50, "offset": 0, "items": [ROW]}, "一天以内、还没有写入的。"))  # fmt: skip
def intake_list(request: Request, paging: Query[Paging]) -> dict[str, Any]:
    demand(request.user, Verb.REGISTER)
    return page(queries.mine(request.user), paging, tell)


@router.post("", **makes("上传名册表格并检查", UploadTold, Scope.WRITE_REGISTER, None, TOLD,
    "只检查，不写入。.xlsx、.xls、.ods 或 .csv，20 MB 以内。", parts={"file": "（文件）", "day": "2026-11-24"}))  # fmt: skip
def intake_receive(
    request: Request, file: File[UploadedFile], key: Key, day: Form[Day | None] = None
) -> Status[dict[str, Any]]:
    user, today = request.user, timezone.localdate()
    demand(user, Verb.REGISTER)
    if (file.size or 0) > SIZE_MAX:
        raise ValidationError({"file": "文件超过 20 MB，请分几份导入。"})
    if day and day > today:
        raise ValidationError({"day": "不能是将来的日子，到时再导入。"})
    content, name = file.read(), file.name or ""

    def do() -> Upload:
        try:
            return actions.receive(content, name, day=day or today, by=user)
        except ValidationError as error:
            raise ValidationError({"file": error.messages}) from error

    new, one = do_once(key, user, "intake.receive", do, queries.mine(user))
    return Status(201 if new else 200, tell_all(one))


@router.get("/template", **gives("空白的名册表样", Scope.READ_REGISTER, XLSX))
def intake_template(request: Request) -> HttpResponse:
    demand(request.user, Verb.REGISTER)
    return _file(sheets.template(), "名册表样.xlsx")


@router.get("/export", **gives("导出名册", Scope.READ_REGISTER, XLSX, "与表样同一格式，改好可以再导入；记入操作日志。"))
def intake_export(request: Request) -> HttpResponse:
    return _file(actions.export(by=request.user), "名册.xlsx")


@router.get("/{int:pk}", **reads("检查结果", UploadTold, Scope.WRITE_REGISTER, TOLD))
def intake_one(request: Request, pk: int) -> dict[str, Any]:
    return tell_all(_mine(request.user, pk))


@router.get("/{int:pk}/marked", **gives("标出错处的表格", Scope.WRITE_REGISTER, XLSX))
def intake_marked(request: Request, pk: int) -> HttpResponse:
    return _file(*actions.marked(_mine(request.user, pk), by=request.user))


@router.post("/{int:pk}/skip", **does("有些行不导入", UploadTold, Scope.WRITE_REGISTER,
    {"rows": [{"page": "党员", "row": 7}]}, {**TOLD, "problems": [], "problems_count": 0, "may_write": True},
    "重新检查，回答新的结果；什么也没有写入。"))  # fmt: skip
def intake_skip(request: Request, pk: int, body: SkipBody, key: Key) -> dict[str, Any]:
    user, one = request.user, _mine(request.user, pk)

    def do() -> None:
        if body.all_wrong:
            actions.leave_out_all_wrong(one, by=user)
        else:
            actions.leave_out(one, [(row.page, row.row) for row in body.rows], by=user)

    do_once(key, user, "intake.skip", do, queries.mine(user), one)
    return tell_all(_mine(user, pk))


@router.post("/{int:pk}/write", **does("写入名册", Written, Scope.WRITE_REGISTER, None,
    {"written": True, "detail": "已写入名册。", "upload": None},
    "写入的正是检查结果里的；检查之后名册又有变动的，不写入，回答重新检查的结果。"))  # fmt: skip
def intake_write(request: Request, pk: int, key: Key) -> dict[str, Any]:
    user = request.user
    demand(user, Verb.REGISTER)
    with transaction.atomic():
        if not once(key, user, f"intake.write:{pk}"):
            return _written(user, pk)
        one = get_object_or_404(queries.mine(user), pk=pk)
        if actions.write(one, by=user):
            return {"written": True, "detail": "已写入名册。", "upload": None}
    # Nothing was written: the key is used for this answer, another try needs another key.
    return _written(user, pk)


def _written(user: User, pk: int) -> dict[str, Any]:
    """Whether it is gone because it was written, or still there with a new check."""
    there = queries.mine(user).filter(pk=pk).first()
    if there is None:
        return {"written": True, "detail": "已写入名册。", "upload": None}
    words = "检查之后名册又有变动，或还有问题，还没有写入。请再看一遍，用新的 Idempotency-Key 再写。"
    return {"written": False, "detail": words, "upload": tell_all(there)}


@router.post(
    "/{int:pk}/drop", **does("放弃这份表格", Gone, Scope.WRITE_REGISTER, None, {"detail": "已放弃，没有写入任何内容。"})
)
def intake_drop(request: Request, pk: int, key: Key) -> dict[str, Any]:
    user = request.user
    demand(user, Verb.REGISTER)
    do_gone(key, user, "intake.drop", lambda: actions.drop(get_object_or_404(queries.mine(user), pk=pk), by=user))
    return {"detail": "已放弃，没有写入任何内容。"}
