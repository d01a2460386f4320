"""Grows the small demonstration on each of the days given, takes it back, and says what was there: one line of JSON each."""

from __future__ import annotations

import json
import os
import sys
from datetime import date

os.environ["DJANGO_SETTINGS_MODULE"] = "sisiwu.faces.settings.test"
os.environ.pop("SISIWU_DATABASE", None)

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.db.models import Max, Min  # noqa: E402
from tests.clock import set_day  # noqa: E402

from sisiwu.activities.assignments.models import Assignment  # noqa: E402
from sisiwu.activities.spot_checks.models import Draw  # noqa: E402
from sisiwu.demo.cast import BRANCH  # noqa: E402
from sisiwu.demo.site import Grower  # noqa: E402
from sisiwu.ledger.models import Entry  # noqa: E402

call_command("migrate", verbosity=0)
for day in sys.argv[1:]:
    set_day(day)
    with transaction.atomic():
        Grower(date.fromisoformat(day), units=2, cities=1, say=lambda _: None).grow()
        span = Entry.objects.aggregate(first=Min("occurred_on"), last=Max("occurred_on"))
        own = Entry.objects.filter(organization__name=BRANCH)
        told = {
            "day": day,
            "first": str(span["first"]),
            "last": str(span["last"]),
            "own": own.count(),
            "waiting": own.filter(decision=None).count(),
            "assignments": Assignment.objects.count(),
            "draws": Draw.objects.count(),
        }
        print(json.dumps(told))
        transaction.set_rollback(True)
