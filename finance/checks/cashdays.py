"""Proofs of the closed days: counted as they say, and nothing of theirs was changed since."""

from collections.abc import Iterator

from balai.checks import dig, fault
from balai.guards import triggers
from finance.guards import DAYS, trigger_of
from finance.models import CashDay
from finance.tally import seal, tally


def cash_days() -> Iterator[str]:
    """Every proof of every closed day, the oldest first."""
    standing = triggers()
    for table in DAYS:
        if trigger_of(table) not in standing:
            yield f"{table}: penjaga hari yang ditutup hilang di basis data"
    last = None
    for day in CashDay.objects.select_related("paper").order_by("day").iterator(500):
        yield from _proofs(day, last)
        last = day


def _proofs(day: CashDay, last: CashDay | None) -> Iterator[str]:
    found = tally(day.day, last)
    if day.opening != found.opening:
        yield fault(CashDay, day.day, f"saldo awal {day.opening}, ditutup dengan {found.opening} sebelumnya")
    if (day.received, day.deposited) != (found.cash, found.deposited):
        moved = f"{found.cash} diterima dan {found.deposited} disetor"
        yield fault(CashDay, day.day, f"{day.received} diterima dan {day.deposited} disetor, menurut buku {moved}")
    if seal(found.since, day.day) != day.seal:
        yield fault(CashDay, day.day, "isi buku hari yang sudah ditutup berubah: tidak sesuai sidik SHA-256")
    if sum(int(note) * count for note, count in day.counts.items()) != day.counted:
        yield fault(CashDay, day.day, f"dihitung {day.counted}, berbeda dari pecahannya")
    body, number = dig(day.paper.payload, "body"), day.paper.printed_number
    if (dig(body, "expected"), dig(body, "counted")) != (day.expected, day.counted):
        yield fault(CashDay, day.day, f"jumlah berbeda dari lembar tutup kas {number}")
