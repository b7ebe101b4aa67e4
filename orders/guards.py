"""The database keeps a tariff that an estimate has used as it was: only its last day may still be set.

The triggers name `orders_estimateline`: SQLite refuses to build that table anew while they stand, so a migration that
changes it begins with `used_tariffs_free()` and ends with `used_tariffs_stay()`.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "orders_tariff"
FREE = "valid_until"
USED = "EXISTS (SELECT 1 FROM orders_estimateline WHERE tariff_id = OLD.id)"
REFUSAL = f"{TABLE}: this tariff was used"


def used_tariffs_stay() -> migrations.RunPython:
    """The operation that puts these triggers up, also where they stand already."""
    return migrations.RunPython(_put_up, _take_down)


def used_tariffs_free() -> migrations.RunPython:
    """The operation that takes these triggers down; `used_tariffs_stay()` must follow."""
    return migrations.RunPython(_take_down, _put_up)


def _put_up(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _take_down(apps, schema_editor)
    database = schema_editor.connection
    with database.cursor() as cursor:
        for event, condition in (("UPDATE", f"{USED} AND ({_changed(database)})"), ("DELETE", USED)):
            name = f"guard_{TABLE}_{event.lower()}"
            head = f"CREATE TRIGGER {name} BEFORE {event} ON {TABLE} FOR EACH ROW"
            if database.vendor == "sqlite":
                cursor.execute(f"{head} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END")
                continue
            row = "NEW" if event == "UPDATE" else "OLD"
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION balai_refuse_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN IF {condition} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END IF; "
                f"RETURN {row}; END $$"
            )
            cursor.execute(f"{head} EXECUTE FUNCTION balai_refuse_{name}()")


def _take_down(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database = schema_editor.connection
    with database.cursor() as cursor:
        for event in ("update", "delete"):
            on = f" ON {TABLE}" if database.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS guard_{TABLE}_{event}{on}")


def _changed(database: BaseDatabaseWrapper) -> str:
    with database.cursor() as cursor:
        columns = [column.name for column in database.introspection.get_table_description(cursor, TABLE)]
    differs = "IS DISTINCT FROM" if database.vendor == "postgresql" else "IS NOT"
    return " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in columns if name != FREE)
