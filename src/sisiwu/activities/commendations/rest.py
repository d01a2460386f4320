"""The HTTP API of commendations."""

from __future__ import annotations

from sisiwu.activities.commendations import actions
from sisiwu.activities.commendations.forms import CommendationForm
from sisiwu.activities.entries.rest import Recorded, router_of

router = router_of(
    Recorded(
        name="commendations",
        title="表彰",
        form=CommendationForm,
        send=lambda form, by: actions.enter(form.instance, by=by, **form.how()),
        example={
            "organization": 3,
            "kind": "commendation.organization",
            "title": "先进基层党组织",
            "level": "work_committee",
            "granted_by": "省直机关工委",
            "on": "2026-11-20",
        },
    )
)
