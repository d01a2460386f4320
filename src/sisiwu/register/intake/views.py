"""Pages of the intake: send a workbook, see what it would change, leave rows out, write it."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sisiwu.foundation.accounts.policies import demand
from sisiwu.foundation.accounts.roles import Verb
from sisiwu.foundation.ui.desk import XLSX
from sisiwu.foundation.ui.requests import Request
from sisiwu.foundation.ui.tasks import tell
from sisiwu.register.intake import actions, queries, sheets
from sisiwu.register.intake.forms import UploadForm
from sisiwu.register.intake.models import Upload
from sisiwu.register.intake.report import SHOWN_MAX

GONE = "这份表格已经导入过，或已过期。要再导入，请重新上传。"


@login_required
def start(request: Request) -> HttpResponse:
    """Choose a file; template and export beside it."""
    demand(request.user, Verb.REGISTER)
    form = UploadForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            file, day = form.cleaned_data["file"], form.cleaned_data["day"]
            try:
                one = actions.receive(file.read(), file.name, day=day, by=request.user)
            except ValidationError as error:
                tell(form, ValidationError({"file": error.messages}))
            else:
                return redirect("intake:checked", pk=one.pk)
    context = {"title": "导入名册", "form": form, "uploads": queries.mine(request.user)}
    return render(request, "intake/start.html", context, status=status)


@login_required
def checked(request: Request, pk: int) -> HttpResponse:
    """What the workbook would change; write it, leave rows out, or drop it."""
    demand(request.user, Verb.REGISTER)
    if request.method == "POST":
        return _decided(request, pk)
    one = get_object_or_404(queries.mine(request.user), pk=pk)
    context = {"title": "检查结果", "one": one, "report": one.report, "skipped": _skipped(one)}
    return render(request, "intake/checked.html", context)


def _skipped(one: Upload) -> list[dict[str, object]]:
    return [{"page": page, "row": row} for page, row in one.skipped[:SHOWN_MAX]]


def _decided(request: Request, pk: int) -> HttpResponse:
    one = queries.mine(request.user).filter(pk=pk).first()
    if one is None:
        messages.info(request, GONE)
        return redirect("intake:start")
    match request.POST.get("do"):
        case "drop":
            actions.drop(one, by=request.user)
            messages.info(request, "已放弃，没有写入任何内容。")
            return redirect("intake:start")
        case "skip-all":
            actions.leave_out_all_wrong(one, by=request.user)
        case "skip":
            chosen = (text.rpartition(":") for text in request.POST.getlist("row"))
            rows = [(page, int(row)) for page, _, row in chosen if row.isdigit()]
            # Those that are not on the page cannot be ticked or cleared there.
            actions.leave_out(one, [*rows, *((page, row) for page, row in one.skipped[SHOWN_MAX:])], by=request.user)
        case "write":
            return _written(request, one)
    return redirect("intake:checked", pk=one.pk)


def _written(request: Request, one: Upload) -> HttpResponse:
    counts = one.report["counts"]
    try:
        if not actions.write(one, by=request.user):
            messages.warning(request, "检查之后名册又有变动，还没有写入。下面是重新检查的结果，请再看一遍。")
            return redirect("intake:checked", pk=one.pk)
    except ValidationError as error:
        messages.error(request, f"没有写入任何内容：{' '.join(error.messages)}")
        return redirect("intake:checked", pk=one.pk)
    said = "；".join(f"{part['word']}新增 {part['new']}、变更 {part['changed']}" for part in counts)
    messages.success(request, f"已写入名册。{said}。")
    return redirect("organizations:list")


@login_required
def marked(request: Request, pk: int) -> HttpResponse:
    """The workbook back, with the wrong cells marked."""
    demand(request.user, Verb.REGISTER)
    one = get_object_or_404(queries.mine(request.user), pk=pk)
    return _file(*actions.marked(one, by=request.user))


@login_required
def template(request: Request) -> HttpResponse:
    """The blank workbook."""
    demand(request.user, Verb.REGISTER)
    return _file(sheets.template(), "名册表样.xlsx")


@login_required
def export(request: Request) -> HttpResponse:
    """The register in the same form."""
    demand(request.user, Verb.REGISTER)
    return _file(actions.export(by=request.user), "名册.xlsx")


def _file(body: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
