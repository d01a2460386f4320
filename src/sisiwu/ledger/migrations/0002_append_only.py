"""The ledger only grows: the database itself refuses to change or remove its rows."""

from django.db import migrations

from sisiwu.foundation.values.append_only import AppendOnly

TABLES = ("ledger_entry", "ledger_fact", "ledger_decision", "ledger_reversal")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [AppendOnly(table) for table in TABLES]
