"""Books: rows that are written once. DESIGN.md 5 and 6: corrections are new rows."""

from django.db import models


class AppendOnlyError(TypeError):
    """A row of a book was to be changed or deleted. Books grow; they are never edited."""


class AppendOnlyQuerySet(models.QuerySet):
    """Rows can be added and read; changing and deleting them raises AppendOnlyError."""

    def update(self, **kwargs):
        raise AppendOnlyError(f"{self.model.__name__} is append-only")

    def delete(self):
        raise AppendOnlyError(f"{self.model.__name__} is append-only")

    def bulk_update(self, objs, fields, batch_size=None):
        raise AppendOnlyError(f"{self.model.__name__} is append-only")


class AppendOnly(models.Model):
    """A row that is written once. DESIGN.md 5 and 6: corrections are new rows."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnlyError(f"{type(self).__name__} is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnlyError(f"{type(self).__name__} is append-only")
