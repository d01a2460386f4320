"""The description of the API: Chinese words, an example of every operation that is right, and answers as described."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, get_args
from uuid import uuid4

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator
from ninja import Schema
from pydantic import WithJsonSchema
from pydantic.fields import FieldInfo
from schemathesis import checks
from worlds import World, world_of

from sisiwu.faces.rest.api import api
from sisiwu.faces.web.wsgi import application
from sisiwu.register.organizations.models import Organization

SCHEMA = api.get_openapi_schema(path_prefix="/api/v1/")
EXAMPLES = 3
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
BOUNDED = settings(
    max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for methods in SCHEMA["paths"].values():
        for operation in methods.values():
            yield operation["operationId"], operation


def shapes(kind: type) -> Iterator[Any]:
    """Every shape that is made of one."""
    for one in kind.__subclasses__():
        yield one
        yield from shapes(one)


def enums(field: FieldInfo) -> Iterator[type[Enum]]:
    """The enumerations a field refers to by name, not those whose values stand in it."""
    if any(isinstance(one, WithJsonSchema) for one in field.metadata):
        return
    kinds = [field.annotation, *get_args(field.annotation)]
    yield from (one for one in kinds if isinstance(one, type) and issubclass(one, Enum))


def holds(schema: dict[str, Any], example: Any) -> list[str]:
    whole = {**schema, "components": SCHEMA["components"]}
    return [
        f"{'.'.join(map(str, one.path))}: {one.message}" for one in Draft202012Validator(whole).iter_errors(example)
    ]


def is_chinese(words: str) -> bool:
    return any("一" <= char <= "鿿" for char in words)


@pytest.mark.parametrize(("name", "operation"), list(operations()), ids=[name for name, _ in operations()])
def test_an_operation_has_words_a_scope_and_a_right_example(name: str, operation: dict[str, Any]) -> None:
    assert is_chinese(operation["summary"])
    assert "令牌" in operation["description"]
    assert {"401", "403", "422", "429"} <= set(map(str, operation["responses"]))
    assert all(is_chinese(answer["description"]) for answer in operation["responses"].values())
    for status, answer in operation["responses"].items():
        content = answer["content"].get("application/json")
        if content is None:
            assert next(iter(answer["content"].values()))["schema"]["format"] == "binary"
        elif int(status) < 300:
            assert holds(content["schema"], content["example"]) == []
    if "requestBody" in operation:
        (content,) = operation["requestBody"]["content"].values()
        assert holds(content["schema"], content["example"]) == []


def test_no_two_shapes_have_one_name() -> None:
    """They lie in one dictionary of the description: the second would be told instead of the first."""

    names = [
        one.__name__ for one in set(shapes(Schema)) if one.__module__.startswith("sisiwu.") and "[" not in one.__name__
    ]

    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_no_two_choices_have_one_name() -> None:
    """Enumerations lie in the same dictionary: of two with one name the second would be told for both."""
    named: dict[str, set[str]] = {}
    for one in {kind for schema in shapes(Schema) for field in schema.model_fields.values() for kind in enums(field)}:
        named.setdefault(one.__name__, set()).add(f"{one.__module__}.{one.__qualname__}")

    assert {name: places for name, places in named.items() if len(places) > 1} == {}


def test_every_parameter_that_is_not_plain_is_described() -> None:
    plain = {"pk", "organization", "since", "until", "on"}
    silent = [
        f"{name}: {one['name']}"
        for name, operation in operations()
        for one in operation["parameters"]
        if not one.get("description") and one["name"] not in plain
    ]

    assert silent == []


def test_the_page_of_documentation_is_for_insiders_and_takes_nothing_from_elsewhere(
    signed_in: Callable[[str], Client], program: Callable[..., Client]
) -> None:
    docs, schema = reverse("rest:openapi-view"), reverse("rest:openapi-json")

    page = signed_in("lina").get(docs).content.decode()

    assert "//" not in page.replace("//127.0.0.1", "").split("<body")[0].replace("<!doctype", "")
    assert "/static/ninja/swagger-ui-bundle.js" in page
    assert Client().get(docs)["Location"] == f"/accounts/login/?next={docs}"
    assert Client().get(schema).status_code == 401
    assert program("lina").get(schema).json()["info"]["title"] == "四四五"


def aim(case: schemathesis.Case, world: World) -> None:
    """What it refers to is there: numbers of the demonstration instead of drawn ones."""
    name = case.operation.definition.raw["operationId"]
    if case.path_parameters:
        parts = dict(zip(case.operation.path.split("/"), world.path(name, case.operation.path).split("/"), strict=True))
        case.path_parameters |= {key: int(parts[f"{{{key}}}"]) for key in case.path_parameters}
    if isinstance(case.body, dict):
        real = {
            "organization": world.branch.pk, "branch": world.branch.pk, "parent": world.branch.pk,
            "member": world.member.pk, "entries": [world.entry.pk],
        }  # fmt: skip
        case.body |= {key: value for key, value in real.items() if key in case.body}
    if case.query and "kind" in case.query and name == "feeds_of":
        case.query["kind"] = "meeting.party_day"


@pytest.fixture
def _kept_connection() -> Iterator[None]:
    """The application is asked directly: the end of a request must not close the test's connection."""
    request_finished.disconnect(close_old_connections)
    request_started.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)
    request_started.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.usefixtures("_kept_connection")
def test_every_answer_is_as_described(
    program: Callable[..., Client], branch: Organization, today: date, settings: Any, tmp_path: Path
) -> None:
    """schemathesis asks everything, right and wrong, as staff (accounts as the two officers): nothing breaks, every
    answer is as the schema says."""
    staff, accounts, roles = (program(one).defaults["HTTP_AUTHORIZATION"] for one in ("zhengmin", "xitong", "anquan"))
    world, schemes = world_of(branch, today), settings.SISIWU_SCHEMES
    described = schemathesis.openapi.from_dict(SCHEMA)
    described.app = application
    seen: dict[str, set[int]] = {}

    for found in described.get_all_operations():
        operation = found.ok()

        def ask(case: schemathesis.Case) -> None:
            name = case.operation.definition.raw["operationId"]
            theirs = roles if name in ("accounts_give", "accounts_take") else accounts
            headers = {"Authorization": theirs if name.startswith("accounts_") else staff}
            # Reading all schemes anew takes long, and answers the same.
            settings.SISIWU_SCHEMES = tmp_path if name == "documents_sync" else schemes
            if case.meta is not None and case.meta.generation.mode.is_positive:
                aim(case, world)
            if case.method == "POST" and "Idempotency-Key" not in (case.headers or {}):
                headers["Idempotency-Key"] = str(uuid4())
            with transaction.atomic():
                answer = case.call(headers=headers)
                transaction.set_rollback(True)
            case.validate_response(answer, checks=CHECKS)
            seen.setdefault(case.operation.label, set()).add(answer.status_code)

        for mode in schemathesis.GenerationMode:
            BOUNDED(given(case=operation.as_strategy(generation_mode=mode))(ask))()

    served = {label for label, statuses in seen.items() if statuses & {200, 201}}
    assert len(seen) == len(list(operations()))
    assert len(served) > len(seen) * 2 // 3, seen
