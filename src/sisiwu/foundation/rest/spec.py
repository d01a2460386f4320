"""What is said of an operation: words, scope, shapes, examples; every operation of the house is declared by one of these."""

from __future__ import annotations

from typing import Any

from sisiwu.foundation.rest.door import needs
from sisiwu.foundation.rest.errors import Conflict, Failure
from sisiwu.foundation.tokens.models import Scope

JSON = "application/json"
PARTS = "multipart/form-data"
BYTES = "application/octet-stream"
REFUSED = {401: Failure, 403: Failure, 404: Failure, 422: Failure, 429: Failure}
WRITE_REFUSED = {400: Failure, **REFUSED, 409: Conflict}


def reads(summary: str, answer: Any, scope: Scope | None, example: Any, about: str = "", **more: Any) -> dict[str, Any]:
    """A GET: changes nothing (a look at a member's record is noted)."""
    return _spec(summary, {200: answer, **REFUSED}, scope, about, {200: example}, **more)


def gives(summary: str, scope: Scope | None, media_type: str = BYTES, about: str = "", **more: Any) -> dict[str, Any]:
    """A GET that answers a file."""
    spec = _spec(summary, dict(REFUSED), scope, about, {}, **more)
    content = {media_type: {"schema": {"type": "string", "format": "binary"}}}
    spec["openapi_extra"]["responses"][200] = {"description": "文件", "content": content}
    return spec


def makes(
    summary: str, answer: Any, scope: Scope, body: Any, example: Any, about: str = "", **more: Any
) -> dict[str, Any]:
    """A POST that makes something: 201, and 200 when it was made before under the same key.

    ``parts``: the example of a form with files instead of ``body``.
    """
    said = "同一个 Idempotency-Key 再发一次，回答 200 和已有的那一条。"
    responses = {201: answer, 200: answer, **WRITE_REFUSED}
    return _spec(summary, responses, scope, f"{about}{said}", {201: example, 200: example}, body, **more)


def does(
    summary: str, answer: Any, scope: Scope, body: Any, example: Any, about: str = "", **more: Any
) -> dict[str, Any]:
    """A POST or PUT that changes something that is there."""
    return _spec(summary, {200: answer, **WRITE_REFUSED}, scope, about, {200: example}, body, **more)


def _spec(
    summary: str,
    responses: dict[int, Any],
    scope: Scope | None,
    about: str,
    answers: dict[int, Any],
    body: Any = None,
    parts: Any = None,
    **more: Any,
) -> dict[str, Any]:
    extra: dict[str, Any] = {
        "responses": {status: {"content": {JSON: {"example": example}}} for status, example in answers.items()}
    }
    if parts is not None:
        extra["requestBody"] = {"content": {PARTS: {"example": parts}}}
    if body is not None:
        extra["requestBody"] = {"content": {JSON: {"example": body}}}
    use = f"令牌用途：`{scope.value}`（{scope.label}）。" if scope else "任何有效的令牌都可以。"
    description = f"{about}\n\n{use}" if about else use
    return {
        "summary": summary,
        "description": description,
        "response": responses,
        "auth": needs(scope),
        "openapi_extra": extra,
        **more,
    }
