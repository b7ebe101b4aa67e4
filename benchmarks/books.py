"""The books of a year for other programs: how long a yearly Excel file takes, and how much memory."""

import resource
from datetime import timedelta

from balai import clock
from balai.roles import Role
from benchmarks.figure import at_most, seconds_of
from benchmarks.pages import browser

SECONDS_GOAL, MEMORY_GOAL = 10, 150  # a file; MB of the whole process


def measure() -> None:
    """Both books of the last full year as Excel, and the peak of memory of the process that wrote them."""
    client = browser(Role.KEUANGAN)
    year = (clock.today() - timedelta(days=365)).year
    for book in ("penerimaan", "pesanan"):
        seconds = seconds_of(lambda book=book: _read(client.get(f"/buku/{book}.xlsx?tahun={year}")))
        at_most(f"buku {book} setahun, Excel", seconds, "s", SECONDS_GOAL)
    at_most("buku setahun, Excel", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB", MEMORY_GOAL)


def _read(response) -> None:
    assert response.status_code == 200
    for _ in response.streaming_content:
        continue
