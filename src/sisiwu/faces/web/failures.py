"""What went wrong, in plain words, with what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The session ended while a form was open."""
    words = "登录已过期或页面放得太久。请按“返回”回到刚才的页面，填写的内容还在；重新登录后再提交一次。"
    return render(request, "web/failure.html", {"title": "请重新提交一次", "words": words}, status=403)


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
