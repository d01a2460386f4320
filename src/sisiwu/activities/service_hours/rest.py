"""The HTTP API of voluntary service."""

from __future__ import annotations

from sisiwu.activities.entries.rest import Recorded, router_of
from sisiwu.activities.service_hours import actions
from sisiwu.activities.service_hours.forms import ServiceForm

router = router_of(
    Recorded(
        name="service_hours",
        title="志愿服务",
        form=ServiceForm,
        send=lambda form, by: actions.enter(form.instance, form.people(), by=by, **form.how()),
        example={
            "organization": 3,
            "title": "防诈骗宣传",
            "place": "文庙社区",
            "on": "2026-11-20",
            "hours_centi": 200,
            "members": [3],
        },
    )
)
