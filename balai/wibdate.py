"""The WIB date of a moment, as the database itself knows it.

Django's own TruncDate asks Python for every row on SQLite: a quarter of a second for 40,000 of them.
"""

from django.db.models import DateField, Func


class WibDate(Func):
    """The date in WIB of a moment. WIB is seven hours ahead of UTC all year, since 1964."""

    arity = 1
    output_field = DateField()
    template = "((%(expressions)s) AT TIME ZONE 'Asia/Jakarta')::date"

    def as_sqlite(self, compiler, connection, **context) -> tuple[str, list]:
        return self.as_sql(compiler, connection, template="date(%(expressions)s, '+7 hours')", **context)
