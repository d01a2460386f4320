"""The one shape of error also where Django or ninja answer themselves: a method that is not there, a body that is too big."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from sisiwu.foundation.rest.errors import failed

UNDER = "/api/"


class OneShapeMiddleware:
    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.respond(request)
        if not request.path.startswith(UNDER):
            return answer
        answer.headers.setdefault("Cache-Control", "no-store")
        if isinstance(answer, HttpResponseNotAllowed):
            told = failed(405, f"这个地址不支持 {request.method}，可用：{answer['Allow']}。")
            told["Allow"] = answer["Allow"]
            return told
        return answer
