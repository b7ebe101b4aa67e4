"""What the database itself refuses, whoever asks: rows of a book are never changed and never deleted (DESIGN.md 5, 6).

Triggers do it, on SQLite and PostgreSQL alike. SQLite builds a table anew for many a change of its columns, and the
triggers are gone with the old one: such a migration ends with `guarded()` again. check_books names a table without.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.apps.registry import Apps
from django.db import connection, migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSE = """
CREATE OR REPLACE FUNCTION balai_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""


@dataclass(frozen=True)
class Guard:
    """A table whose rows stay as they were written.

    The columns `free` may be set together once, while the first of them is NULL: what marks a paper BATAL.
    """

    table: str
    free: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"guard_{self.table}"


def guarded(*guards: Guard) -> migrations.RunPython:
    """The operation that puts these guards up, also where they stand already."""
    return migrations.RunPython(partial(_put_up, guards), partial(_take_down, guards))


def lifted(*guards: Guard) -> migrations.RunPython:
    """The operation that takes these guards down, for a migration that fills in something; `guarded()` must follow."""
    return migrations.RunPython(partial(_take_down, guards), partial(_put_up, guards))


def triggers() -> set[str]:
    """The names of all triggers in the database."""
    names = "name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        names = "tgname FROM pg_trigger"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names}")
        return {name for (name,) in cursor.fetchall()}


def standing() -> set[str]:
    """The tables that have both triggers."""
    found = triggers()
    updates = {name.removesuffix("_update") for name in found if name.endswith("_update")}
    return {name.removeprefix("guard_") for name in updates if f"{name}_delete" in found}


def _put_up(guards: Iterable[Guard], apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _take_down(guards, apps, schema_editor)
    database = schema_editor.connection
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute(REFUSE)
        for guard in guards:
            if database.vendor == "postgresql":
                action = "FOR EACH ROW {when} EXECUTE FUNCTION balai_refuse()"
            else:
                action = f"FOR EACH ROW {{when}} BEGIN SELECT RAISE(ABORT, '{guard.table} is append-only'); END"
            for event, when in (("UPDATE", _when(guard, database)), ("DELETE", "")):
                cursor.execute(
                    f"CREATE TRIGGER {guard.name}_{event.lower()} BEFORE {event} ON {guard.table} "
                    + action.format(when=when)
                )


def _take_down(guards: Iterable[Guard], apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database = schema_editor.connection
    with database.cursor() as cursor:
        for guard in guards:
            for event in ("update", "delete"):
                on = f" ON {guard.table}" if database.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}_{event}{on}")


def _when(guard: Guard, database: BaseDatabaseWrapper) -> str:
    if not guard.free:
        return ""
    with database.cursor() as cursor:
        columns = [column.name for column in database.introspection.get_table_description(cursor, guard.table)]
    differs = "IS DISTINCT FROM" if database.vendor == "postgresql" else "IS NOT"
    frozen = [f"NEW.{name} {differs} OLD.{name}" for name in columns if name not in guard.free]
    return f"WHEN (OLD.{guard.free[0]} IS NOT NULL OR {' OR '.join(frozen)})"
