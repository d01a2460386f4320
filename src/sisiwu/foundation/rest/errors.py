"""One shape of error for every address, in Chinese; what is refused has changed nothing."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    PermissionDenied,
    SuspiciousOperation,
    ValidationError,
)
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from ninja import NinjaAPI, Schema
from ninja import errors as ninja
from ninja.responses import Response
from pydantic import ConfigDict, Field

from sisiwu.foundation.receipts.actions import KeyOfAnother

logger = logging.getLogger("sisiwu.rest")

SIGN_IN = "请在 Authorization 里带上有效的令牌（Bearer ssw_…），或先在浏览器里登录。令牌在右上角“接口令牌”里建立。"
NOT_THERE = "没有找到，或者它不在您的范围内。"
NOT_ALLOWED = "这件事不在您的职责范围内。如有需要，请联系机关党委办公室开通。"
UNREADABLE = "请求正文不是有效的 JSON，请检查后再发。"
TOO_OFTEN = "请求太频繁，请按 Retry-After 的秒数稍后再试。"
BROKEN = "程序出错了，什么也没有改动。请稍后再试。"
AT_ONCE = "别的同志刚刚做了同样的事，请查看最新情况后再试。"


class Failure(Schema):
    """What every answer that is not a success looks like."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"detail": "有 1 处需要修改。", "errors": {"name": ["必填。"]}}}
    )

    detail: str = Field(description="一句话说明哪里不对、怎么办")
    errors: dict[str, list[str]] = Field(default_factory=dict, description="按字段列出的问题；没有就是空的")


class Conflict(Failure):
    """Somebody was there before: how it stands now, and what was sent."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "detail": "别的同志刚刚改过这条记录，请对照最新的版本后再发。", "errors": {},
                "stored": {"title": "学习党章第六章", "version": 2}, "yours": {"title": "学习党章", "version": 1},
            }
        }
    )  # fmt: skip

    stored: dict[str, Any] | None = Field(None, description="库里现在的样子（版本冲突时）")
    yours: dict[str, Any] | None = Field(None, description="这次发来的内容（版本冲突时）")


class StaleError(Exception):
    """An older version was sent; ``stored`` and ``yours`` are shown side by side."""

    def __init__(self, words: str, stored: dict[str, Any], yours: dict[str, Any]) -> None:
        self.stored, self.yours = stored, yours
        super().__init__(words)


class KeyUsedError(Exception):
    """The key belongs to another deed of the same user."""


WORDS = {
    "missing": "必填。",
    "extra_forbidden": "没有这个字段，请检查拼写。",
    "string_type": "请写成文本。",
    "string_too_short": "至少 {min_length} 个字。",
    "string_too_long": "最多 {max_length} 个字。",
    "string_pattern_mismatch": "有不能用的字符（例如控制字符）。",
    "string_unicode": "有不能用的字符。",
    "int_type": "请写成整数。",
    "int_parsing": "请写成整数。",
    "int_parsing_size": "数字太大。",
    "int_from_float": "请写成整数，不带小数。",
    "greater_than_equal": "不能小于 {ge}。",
    "less_than_equal": "不能大于 {le}。",
    "greater_than": "应大于 {gt}。",
    "less_than": "应小于 {lt}。",
    "bool_type": "请写成 true 或 false。",
    "bool_parsing": "请写成 true 或 false。",
    "enum": "没有这个选项，可用：{expected}。",
    "literal_error": "没有这个选项，可用：{expected}。",
    "uuid_type": "请写成 UUID，例如 0c6a5a1e-6a83-4b6e-9a53-0d0f6d7c1c11。",
    "uuid_parsing": "请写成 UUID，例如 0c6a5a1e-6a83-4b6e-9a53-0d0f6d7c1c11。",
    "list_type": "请写成列表。",
    "dict_type": "请写成对象。",
    "model_type": "请写成对象。",
    "model_attributes_type": "请写成对象。",
    "too_long": "最多 {max_length} 项。",
    "too_short": "至少 {min_length} 项。",
    "value_error": "{error}",
}
"""The sentences for pydantic's kinds of error; dates and the rest below."""
DATE = "请写成日期，例如 2026-11-24。"
ELSE = "格式不对。"


def failed(status: int, detail: str, errors: dict[str, list[str]] | None = None, **more: Any) -> HttpResponse:
    """An answer in the one shape."""
    told = {"detail": detail, "errors": errors or {}, **more}
    return Response(told, status=status, json_dumps_params={"ensure_ascii": False})


def sentence(error: dict[str, Any]) -> str:
    """One of pydantic's errors in Chinese."""
    kind = str(error["type"])
    if kind.startswith("date"):
        return DATE
    try:
        return WORDS.get(kind, ELSE).format(**error.get("ctx", {}))
    except (KeyError, IndexError):
        return ELSE


def field_of(place: tuple[Any, ...]) -> str:
    """The field an error is about: without where it was found and how ninja calls the parameter."""
    parts = [str(one) for one in place]
    if parts[:1] == ["body"]:
        parts = parts[2:] or parts[:1]
    elif parts[:1] in (["query"], ["path"], ["header"], ["form"], ["file"]):
        parts = [parts[-1]]
    return ".".join(parts) or "body"


def by_field(error: ValidationError) -> tuple[str, dict[str, list[str]]]:
    """What a verb refused: the sentence for all, and the sentences of each field."""
    if not hasattr(error, "error_dict"):
        return "；".join(map(_plain, error.messages)), {}
    known = {name: [_plain(words) for words in messages] for name, messages in error.message_dict.items()}
    general = known.pop(NON_FIELD_ERRORS, [])
    return "；".join(general) or f"有 {len(known)} 处需要修改。", known


def _plain(words: str) -> str:
    """A sentence of a page without its links."""
    return strip_tags(words) if isinstance(words, SafeString) else words


def install(api: NinjaAPI) -> None:
    """From now on every exception is answered in the one shape."""
    told: list[tuple[type[Exception], Any]] = [
        (Exception, lambda _request, error: _broken(error)),
        (IntegrityError, lambda _request, error: _at_once(error)),
        (Http404, lambda _request, _error: failed(404, NOT_THERE)),
        (SuspiciousOperation, lambda _request, _error: failed(400, UNREADABLE)),
        (PermissionDenied, lambda _request, error: failed(403, str(error) or NOT_ALLOWED)),
        (KeyOfAnother, lambda _request, error: failed(409, str(error))),
        (KeyUsedError, lambda _request, error: failed(409, str(error))),
        (StaleError, lambda _request, error: failed(409, str(error), stored=error.stored, yours=error.yours)),
        (ValidationError, lambda _request, error: failed(422, *by_field(error))),
        (ninja.ValidationError, lambda _request, error: _misshapen(error)),
        (ninja.HttpError, _http_error),
    ]
    for kind, handler in told:
        api.add_exception_handler(kind, handler)


def _misshapen(error: ninja.ValidationError) -> HttpResponse:
    found: dict[str, list[str]] = {}
    for one in error.errors:
        found.setdefault(field_of(tuple(one["loc"])), []).append(sentence(one))
    return failed(422, f"有 {len(found)} 处需要修改。", found)


def _http_error(_request: HttpRequest, error: ninja.HttpError) -> HttpResponse:
    if error.status_code == 401:
        answer = failed(401, SIGN_IN)
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    words = {400: UNREADABLE, 403: NOT_ALLOWED, 404: NOT_THERE, 429: TOO_OFTEN}
    return failed(error.status_code, words.get(error.status_code, str(error)))


def _at_once(error: Exception) -> HttpResponse:
    logger.warning("two at once", exc_info=error)
    return failed(409, AT_ONCE)


def _broken(error: Exception) -> HttpResponse:
    logger.error("an answer failed", exc_info=error)
    return failed(500, BROKEN)
