"""Every act of a request is noted with its address."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from sisiwu.foundation.audit.actions import coming_from


class AddressMiddleware:
    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with coming_from(request.META.get("REMOTE_ADDR") or None):
            return self.respond(request)
