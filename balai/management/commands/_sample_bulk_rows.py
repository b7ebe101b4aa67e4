"""Writes sample rows many at a time. Values are prepared as Django's own fields prepare them for this database."""

import json
from collections.abc import Callable
from functools import lru_cache, partial
from itertools import count
from typing import Any

from django.core.management.color import no_style
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

CHUNK = 2000
# Fields whose values go to the database as they are; preparing these too would cost half of the time.
PLAIN = (models.IntegerField, models.CharField, models.TextField, models.BooleanField)


class Preparers(dict):
    """What turns a value into what the database takes, by column type: the same moment goes into several tables."""

    def of(self, field: models.Field, connection: BaseDatabaseWrapper) -> Callable[[Any], Any]:
        """The function for this field; a reference is prepared as the key it points to."""
        if isinstance(field, models.JSONField):
            return _json
        field = _own(field)
        prepare = partial(field.get_db_prep_value, connection=connection, prepared=True)
        return self.setdefault(field.db_type(connection), lru_cache(CHUNK)(prepare))


class Table:
    """The rows of one model on their way to the database."""

    def __init__(self, model: type[models.Model], preparers: Preparers):
        fields = model._meta.local_concrete_fields
        self.model = model
        self._connection = transaction.get_connection()
        self.ids = count(_last_key(model) + 1)
        self._blank = {field.attname: field.get_default() for field in fields}
        self._prepare = [
            (place, preparers.of(field, self._connection)) for place, field in enumerate(fields) if not _is_plain(field)
        ]
        self._rows: list[list] = []
        quote = self._connection.ops.quote_name
        columns = ", ".join(quote(field.column) for field in fields)
        marks = ", ".join(["%s"] * len(fields))
        self._insert = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608

    def add(self, **values: Any) -> int | Any:
        """Take one row, named by attribute (`order_id`); the others have their defaults. Returns its key."""
        row = self._blank | values
        if row["id"] is None:
            row["id"] = next(self.ids)
        prepared = list(row.values())
        for place, prepare in self._prepare:
            if prepared[place] is not None:
                prepared[place] = prepare(prepared[place])
        self._rows.append(prepared)
        if len(self._rows) >= CHUNK:
            self.write()
        return row["id"]

    def write(self) -> None:
        """Write what was taken so far."""
        with self._connection.cursor() as cursor:
            cursor.executemany(self._insert, self._rows)
        self._rows.clear()


def finish(tables: list[Table]) -> None:
    """Write all that is left and let the database count on from there."""
    for table in tables:
        table.write()
    connection = transaction.get_connection()
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables]):
            cursor.execute(sql)


def _last_key(model: type[models.Model]) -> int:
    """The highest number that is a key already; a UUID is none."""
    if not isinstance(model._meta.pk, models.IntegerField):
        return 0
    return model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0


def _own(field: models.Field) -> models.Field:
    return field.target_field if field.is_relation else field


def _is_plain(field: models.Field) -> bool:
    return isinstance(_own(field), PLAIN)


def _json(value: Any) -> str:
    """A text is JSON already: a payload is written out once, for its hash and for its row."""
    return value if isinstance(value, str) else json.dumps(value)
