"""The database refuses money on a closed day and in a closed month, and its correction there, whoever writes it."""

from dataclasses import dataclass
from functools import partial

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Table, and the WIB date of one of its rows on SQLite and on PostgreSQL.
DAYS = {
    "finance_payment": (
        "date(substr(NEW.paid_at, 1, 19), '+7 hours')",
        "(NEW.paid_at AT TIME ZONE 'Asia/Jakarta')::date",
    ),
    "finance_deposit": ("NEW.deposited_on", "NEW.deposited_on"),
}
# The same of a deposit that is corrected: the earlier of its two days.
CORRECTED = {
    "finance_depositinforce": (
        "min(OLD.deposited_on, NEW.deposited_on)",
        "least(OLD.deposited_on, NEW.deposited_on)",
    ),
}


@dataclass(frozen=True)
class Closing:
    """What closes days: its word in the names of triggers, the last closed day in SQL, and how it is called."""

    word: str
    last: str
    called: str


DAY = Closing("closed", "(SELECT max(day) FROM finance_cashday)", "day")
MONTH = Closing("month", "(SELECT max(last_day) FROM finance_monthclosing)", "month")


def trigger_of(table: str, closing: Closing = DAY) -> str:
    """The name of the trigger that keeps closed days of this table."""
    return f"guard_{table}_{closing.word}"


def days_stay_closed() -> migrations.RunPython:
    """The operation that puts the triggers of closed days up, also where they stand already."""
    return _operation(DAY, DAYS, "INSERT")


def months_stay_closed() -> migrations.RunPython:
    """The same for closed months; a migration that makes SQLite build such a table anew needs both again."""
    return _operation(MONTH, DAYS, "INSERT")


def corrections_spare_closed_months() -> migrations.RunPython:
    """The operation that keeps the deposits of closed months from being corrected, and others from going there."""
    return _operation(MONTH, CORRECTED, "UPDATE")


def _operation(closing: Closing, tables: dict, event: str) -> migrations.RunPython:
    return migrations.RunPython(partial(_put_up, closing, tables, event), partial(_take_down, closing, tables))


def _put_up(closing: Closing, tables: dict, event: str, apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _take_down(closing, tables, apps, schema_editor)
    postgresql = schema_editor.connection.vendor == "postgresql"
    with schema_editor.connection.cursor() as cursor:
        for table, (sqlite_day, postgresql_day) in tables.items():
            head = f"CREATE TRIGGER {trigger_of(table, closing)} BEFORE {event} ON {table} FOR EACH ROW"
            said, function = f"{table}: the {closing.called} is closed", f"balai_refuse_{closing.word}_{table}"
            if not postgresql:
                refuse = f"SELECT RAISE(ABORT, '{said}')"
                cursor.execute(f"{head} WHEN {sqlite_day} <= {closing.last} BEGIN {refuse}; END")
                continue
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN IF {postgresql_day} <= {closing.last} THEN RAISE EXCEPTION '{said}' "
                "USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$"
            )
            cursor.execute(f"{head} EXECUTE FUNCTION {function}()")


def _take_down(closing: Closing, tables: dict, apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    postgresql = schema_editor.connection.vendor == "postgresql"
    with schema_editor.connection.cursor() as cursor:
        for table in tables:
            on = f" ON {table}" if postgresql else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger_of(table, closing)}{on}")
