"""Tables that only grow: triggers that refuse UPDATE and DELETE, on SQLite and PostgreSQL alike."""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython
from django.db.migrations.state import StateApps

REFUSAL = "只能追加，不能修改或删除"
"""What the database answers; the program shows it with what to do instead."""


class AppendOnly(RunPython):
    """A migration operation: from now on the rows of ``table`` can be neither changed nor removed."""

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(self._protect, self._release)

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        return type(self).__name__, [self.table], {}

    def _protect(self, _apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                editor.execute(
                    f"CREATE TRIGGER {self.table}_no_{verb.lower()} BEFORE {verb} ON {self.table} "
                    f"BEGIN SELECT RAISE(ABORT, '{self.table}: {REFUSAL}'); END"
                )
            return
        editor.execute(
            f"CREATE OR REPLACE FUNCTION {self.table}_refuse() RETURNS trigger AS $$ "
            f"BEGIN RAISE EXCEPTION '{self.table}: {REFUSAL}'; END $$ LANGUAGE plpgsql"
        )
        editor.execute(
            f"CREATE TRIGGER {self.table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {self.table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {self.table}_refuse()"
        )

    def _release(self, _apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                editor.execute(f"DROP TRIGGER {self.table}_no_{verb}")
            return
        editor.execute(f"DROP TRIGGER {self.table}_no_change ON {self.table}")
        editor.execute(f"DROP FUNCTION {self.table}_refuse()")
