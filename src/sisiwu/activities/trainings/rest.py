"""The HTTP API of training classes."""

from __future__ import annotations

from sisiwu.activities.entries.rest import Recorded, router_of
from sisiwu.activities.trainings import actions
from sisiwu.activities.trainings.forms import TrainingForm

router = router_of(
    Recorded(
        name="trainings",
        title="培训",
        form=TrainingForm,
        send=lambda form, by: actions.enter(form.instance, form.people(), by=by, **form.how()),
        example={
            "organization": 3,
            "title": "新民警轮训",
            "kind": "rotation",
            "on": "2026-11-20",
            "hours_centi": 800,
            "others": "刘洋",
        },
    )
)
