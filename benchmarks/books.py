"""The books of a year: how long a yearly Excel file takes, with how much memory, and the print of its fullest month."""

import resource
from datetime import timedelta

from balai import clock
from balai.months import Year
from balai.roles import Role
from benchmarks.figure import at_most, seconds_of
from benchmarks.pages import browser
from finance.models import Payment
from finance.sums import received_in

SECONDS_GOAL, MEMORY_GOAL = 10, 150  # a file; MB of the whole process


def measure() -> None:
    """Both books of the last full year as Excel, the peak of memory while they are written, and a month on paper."""
    client = browser(Role.KEUANGAN)
    year = (clock.today() - timedelta(days=365)).year
    for book in ("penerimaan", "pesanan"):
        seconds = seconds_of(lambda book=book: _read(client.get(f"/buku/{book}.xlsx?tahun={year}")))
        at_most(f"buku {book} setahun, Excel", seconds, "s", SECONDS_GOAL)
    at_most("buku setahun, Excel", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB", MEMORY_GOAL)
    fullest = max(Year(year).months, key=lambda month: Payment.objects.filter(received_in(month)).count())
    seconds = seconds_of(lambda: client.get(f"/buku/penerimaan.pdf?bulan={fullest}"))
    at_most("buku penerimaan sebulan, PDF", seconds, "s", SECONDS_GOAL)


def _read(response) -> None:
    assert response.status_code == 200
    for _ in response.streaming_content:
        continue
