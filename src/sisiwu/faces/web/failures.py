"""What went wrong, in plain words, with what to do."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

OWN_WAY = ("/accounts/", "/demo/", "/api/", "/feedback/")
"""Addresses that deal with strangers themselves."""
TYPED_MAX = 300
"""More fields are no form of ours."""


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The session ended, or another began, while a form was open: what was typed is kept on the page."""
    return _kept(request)


class LostSessionMiddleware:
    """A form sent after the session ended: nothing is done and nothing that was typed is lost."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Before the view would send a stranger to the sign-in page and forget the rest."""
        if request.method != "POST" or request.user.is_authenticated or request.path.startswith(OWN_WAY):
            return None
        return _kept(request)


def _kept(request: HttpRequest) -> HttpResponse:
    """What was typed, ready to be sent again; only when it came from a page of this site."""
    own = request.headers.get("Sec-Fetch-Site") == "same-origin" or request.headers.get("Origin") == (
        f"{request.scheme}://{request.get_host()}"
    )
    left_out = {"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword"}
    typed = [(name, text) for name, texts in request.POST.lists() for text in texts if name not in left_out]
    words = "登录已过期或页面放得太久，什么也没有改动。"
    context: dict[str, object] = {"title": "请重新登录", "words": words}
    if own and typed and len(typed) <= TYPED_MAX and not request.path.startswith(OWN_WAY):
        context |= {"typed": typed, "address": request.get_full_path(), "files": bool(request.FILES)}
    else:
        context["words"] = f"{words}请按“返回”回到刚才的页面，填写的内容还在；重新登录后再提交一次。"
    return render(request, "web/failure.html", context, status=403)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """400: a request cut short or malformed, or a session that ended in the middle of it."""
    words = "这次提交没有完整送到，什么也没有改动。请按“返回”回到刚才的页面，填写的内容还在；再提交一次。"
    return render(request, "web/failure.html", {"title": "请再提交一次", "words": words}, status=400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    words = str(exception) or "这个页面不在您的职责范围内。如有需要，请联系机关党委办公室开通。"
    return render(request, "web/failure.html", {"title": "不在您的职责范围内", "words": words}, status=403)


def not_there(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404."""
    words = "没有这个页面，或者它不在您的范围内。可以回首页，或用上面的搜索。"
    return render(request, "web/failure.html", {"title": "没有找到", "words": words}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    return render(
        request, "web/failure.html", {"title": "程序出错了", "words": "什么也没有改动。请稍后再试。"}, status=500
    )
