"""Opening a file, and letting go one that was chosen by mistake."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST

from sisiwu.foundation.accounts.models import User
from sisiwu.foundation.evidence import actions, queries

SHOWN = ("application/pdf",)
"""Besides pictures: what a browser may show itself; all else is downloaded."""
INERT: dict[str, Any] = {"default-src": [CSP.NONE], "sandbox": True}


@login_required
@csp_override(INERT)
def show(request: HttpRequest, pk: int) -> FileResponse:
    """The bytes, inert: no script runs, the type is what was found when it came in."""
    one = get_object_or_404(queries.visible(cast("User", request.user)), pk=pk)
    if not one.place.is_file():
        raise Http404
    inline = one.is_picture or one.media_type in SHOWN
    return FileResponse(one.place.open("rb"), content_type=one.media_type, filename=one.name, as_attachment=not inline)


@login_required
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Not this one; the page that asked takes it off by itself."""
    user = cast("User", request.user)
    try:
        actions.drop(get_object_or_404(queries.visible(user), pk=pk), user)
    except ValidationError as error:
        return HttpResponse("；".join(error.messages), status=409)
    return HttpResponse("")
