"""The database refuses money on a closed day, whoever writes it."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Table, and the WIB date of one of its rows on SQLite and on PostgreSQL.
DAYS = {
    "finance_payment": ("date(NEW.paid_at, '+7 hours')", "(NEW.paid_at AT TIME ZONE 'Asia/Jakarta')::date"),
    "finance_deposit": ("NEW.deposited_on", "NEW.deposited_on"),
}
CLOSED = "(SELECT max(day) FROM finance_cashday)"


def trigger_of(table: str) -> str:
    """The name of the trigger that keeps closed days of this table."""
    return f"guard_{table}_closed"


def days_stay_closed() -> migrations.RunPython:
    """The operation that puts these triggers up, also where they stand already."""
    return migrations.RunPython(_put_up, _take_down)


def _put_up(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _take_down(apps, schema_editor)
    postgresql = schema_editor.connection.vendor == "postgresql"
    with schema_editor.connection.cursor() as cursor:
        for table, (sqlite_day, postgresql_day) in DAYS.items():
            head = f"CREATE TRIGGER {trigger_of(table)} BEFORE INSERT ON {table} FOR EACH ROW"
            if not postgresql:
                refuse = f"SELECT RAISE(ABORT, '{table}: the day is closed')"
                cursor.execute(f"{head} WHEN {sqlite_day} <= {CLOSED} BEGIN {refuse}; END")
                continue
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION balai_refuse_closed_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN IF {postgresql_day} <= {CLOSED} THEN RAISE EXCEPTION '{table}: the day is closed' "
                "USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$"
            )
            cursor.execute(f"{head} EXECUTE FUNCTION balai_refuse_closed_{table}()")


def _take_down(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    postgresql = schema_editor.connection.vendor == "postgresql"
    with schema_editor.connection.cursor() as cursor:
        for table in DAYS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger_of(table)}" + (f" ON {table}" if postgresql else ""))
