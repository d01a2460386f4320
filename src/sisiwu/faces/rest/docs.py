"""The page of documentation: Swagger UI from this server's own files, under the strict CSP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from ninja.openapi.docs import Swagger

from sisiwu.foundation.rest.errors import SIGN_IN, failed
from sisiwu.foundation.tokens.actions import holder_of


class Docs(Swagger):
    """Ours is the page around it; the program and its style are ninja's files."""

    template = "rest/docs.html"


def insiders(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For whoever is signed in or shows a token: a stranger is asked to sign in, a program gets 401."""

    def guarded(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        kind, _, text = request.headers.get("Authorization", "").partition(" ")
        if request.user.is_authenticated or (kind.lower() == "bearer" and holder_of(text)):
            return view(request, *args, **more)
        if request.path.endswith(".json"):
            return failed(401, SIGN_IN)
        return redirect(f"/accounts/login/?next={request.path}")

    return guarded
