"""The HTTP API of visits."""

from __future__ import annotations

from sisiwu.activities.entries.rest import Recorded, router_of
from sisiwu.activities.visits import actions
from sisiwu.activities.visits.forms import VisitForm

router = router_of(
    Recorded(
        name="visits",
        title="走访",
        form=VisitForm,
        send=lambda form, by: actions.enter(form.instance, form.people(), by=by, **form.how()),
        example={
            "organization": 3,
            "kind": "comfort",
            "place": "文庙社区",
            "title": "慰问老战士",
            "on": "2026-11-20",
            "members": [3],
        },
    )
)
