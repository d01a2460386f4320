"""All of it together: /api/v1/."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from sisiwu.activities.articles.rest import router as articles
from sisiwu.activities.assignments.rest import router as assignments
from sisiwu.activities.commendations.rest import router as commendations
from sisiwu.activities.entries.uploading import router as uploading
from sisiwu.activities.meetings.rest import router as meetings
from sisiwu.activities.service_hours.rest import router as service_hours
from sisiwu.activities.spot_checks.rest import router as spot_checks
from sisiwu.activities.trainings.rest import router as trainings
from sisiwu.activities.visits.rest import router as visits
from sisiwu.faces.rest.docs import Docs, insiders
from sisiwu.faces.rest.mine import router as mine
from sisiwu.foundation.documents.rest import router as documents
from sisiwu.foundation.evidence.rest import router as evidence
from sisiwu.foundation.feedback.rest import router as feedback
from sisiwu.foundation.inbox.rest import router as inbox
from sisiwu.foundation.officers.rest import router as officers
from sisiwu.foundation.rest.door import PerToken
from sisiwu.foundation.rest.errors import NOT_THERE, failed, install
from sisiwu.foundation.workdays.rest import router as workdays
from sisiwu.ledger.counting_rest import once
from sisiwu.ledger.counting_rest import router as counting
from sisiwu.ledger.rest import router as ledger
from sisiwu.ledger.rest import verification
from sisiwu.register.admissions.rest import router as admissions
from sisiwu.register.detachments.rest import router as detachments
from sisiwu.register.intake.rest import router as intake
from sisiwu.register.members.rest import router as members
from sisiwu.register.mergers.rest import router as mergers
from sisiwu.register.organizations.rest import router as organizations
from sisiwu.register.positions.rest import router as positions
from sisiwu.register.transfers.rest import router as transfers
from sisiwu.scoring.rest import router as scores

ABOUT = """四四五的接口：网页上能做的，程序也能做，权限和规则完全一样。

- **令牌**：在网页右上角“接口令牌”里建立，用 `Authorization: Bearer ssw_…` 带上。浏览器里登录的人可以直接用，写入要带 `X-CSRFToken`。
- **写入**：每个 POST 带 `Idempotency-Key`（UUID）。没有收到回答就用同一个再发，不会做两遍。
- **修改**：带上看到的 `version`；已被别人改过的回答 409，里面有两个版本。
- **列表**：`limit`（最多 200）和 `offset`，回答里有总数 `count`。
- **错误**：`{"detail": "一句话", "errors": {"字段": ["问题"]}}`；出错的什么也没有改。
- **分数**：以百分之一分为单位的整数（`_centi`）。
"""
WORDS = {
    200: "成功",
    201: "已建立",
    400: "读不懂",
    401: "没有登录，或令牌无效",
    403: "不在职责范围内，或令牌没有这项用途",
    404: "没有，或不在您的范围内",
    409: "与已有的冲突：编号被用过，或版本旧了",
    422: "内容有问题，什么也没有改",
    429: "太频繁",
}


class Readable(JSONRenderer):
    """Chinese as it is, not as escapes."""

    json_dumps_params = {"ensure_ascii": False}


class Api(NinjaAPI):
    """Ninja's, with its few English words in Chinese and short names of operations."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(self, **more: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**more)
        for methods in schema["paths"].values():
            for operation in methods.values():
                for status, answer in operation["responses"].items():
                    answer["description"] = WORDS.get(int(status), answer["description"])
        return schema


api = Api(
    title="四四五",
    version="1",
    description=ABOUT,
    urls_namespace="rest",
    docs=Docs({"docExpansion": "none", "defaultModelsExpandDepth": -1}),
    docs_url="/docs",
    docs_decorator=insiders,
    throttle=[PerToken()],
    renderer=Readable(),
)
install(api)
for prefix, router in [
    ("", mine), ("/organizations", organizations), ("/organizations", mergers), ("/members", members), ("/positions", positions),
    ("/transfers", transfers), ("/admissions", admissions), ("/intake", intake),
    ("/detachments", detachments), ("/meetings", meetings), ("/articles", articles), ("/trainings", trainings),
    ("/visits", visits), ("/service-hours", service_hours), ("/commendations", commendations), ("/assignments", assignments),
    ("/spot-checks", spot_checks), ("/evidence", uploading), ("/evidence", evidence), ("/ledger", once), ("/ledger", ledger),
    ("/verification", verification), ("/feeds", counting), ("/scores", scores), ("/inbox", inbox),
    ("/feedback", feedback), ("/workdays", workdays), ("/documents", documents), ("/accounts", officers),
]:  # fmt: skip
    api.add_router(prefix, router)


@csrf_exempt
def not_there(_request: HttpRequest, **_parts: str) -> HttpResponse:
    """Every other address under /api/."""
    return failed(404, NOT_THERE)
