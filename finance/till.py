"""The till: whoever moves money does it one after the other."""

from balai.models import Office


def lock_till() -> None:
    """Hold the till for the rest of the transaction. On SQLite it holds the write lock already (IMMEDIATE)."""
    Office.objects.select_for_update().get(pk=1)
