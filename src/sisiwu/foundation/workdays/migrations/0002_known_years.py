"""The years that were published when this was written (data/holidays_2004_2026.json, with its source)."""

import json
from datetime import date
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).resolve().parents[1] / "data" / "holidays_2004_2026.json"


def fill(apps, _editor):
    known = json.loads(FILE.read_text(encoding="utf-8"))
    years = apps.get_model("workdays", "Year")
    special = apps.get_model("workdays", "Special")
    made = {
        year: years.objects.create(year=year, source=known["source"])
        for year in range(known["first"], known["last"] + 1)
    }
    special.objects.bulk_create(
        [
            special(year=made[int(text[:4])], day=date.fromisoformat(text), is_worked=is_worked, name=name)
            for key, is_worked in (("holidays", False), ("made_up", True))
            for text, name in known[key].items()
        ]
    )


class Migration(migrations.Migration):
    dependencies = [("workdays", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
