"""The guards of the database taken away for a while, as by somebody who edits it by hand."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

LET_PASS = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$
"""


@contextmanager
def unguarded() -> Iterator[None]:
    """No trigger refuses anything inside. On PostgreSQL they stay and pass: a table under way keeps its triggers."""
    away, back = statements()
    with connection.cursor() as cursor:
        for statement in away:
            cursor.execute(statement)
        yield
        for statement in back:
            cursor.execute(statement)


def statements() -> tuple[list[str], list[str]]:
    """What takes all guards away, and what puts them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            away = "DROP TRIGGER {name}"
        else:
            cursor.execute("SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE proname LIKE 'balai_refuse%'")
            away = LET_PASS
        rows = cursor.fetchall()
    return [away.format(name=name) for name, _ in rows], [sql for _, sql in rows]
