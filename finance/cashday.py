"""The cash day: what the till must hold, what was counted in it, and the day closed for good.

A closing covers all days since the one before it. Once closed, nothing is written on these days any more: the database
refuses it, and a correction falls on the next day.
"""

import uuid
from dataclasses import asdict, dataclass

from django.core.exceptions import PermissionDenied

from balai import audit, clock, documents
from balai.changes import Refused, once
from balai.formats import rupiah, tanggal
from balai.kinds import Kind
from balai.models import User
from balai.roles import Role, acting_role
from finance import papers
from finance.checks.deposits import deposits
from finance.checks.ledger import ledger
from finance.models import CashDay
from finance.tally import Tally, deposits_between, payments_between, seal, tally
from finance.till import is_closed, lock_till
from orders.models import Order

SUBJECT = "cash_day"
NOTES = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100)  # rupiah, notes and coins
MOVED = "Ada pembayaran atau setoran sesudah halaman ini dibuka. Periksa lagi, lalu tutup."


@dataclass(frozen=True)
class Intent:
    """Who asks, under which one-use form key."""

    by: User
    key: uuid.UUID


@dataclass(frozen=True)
class CountData:
    """The till as counted: how many of each note; `expected` is what the page said must lie in it (rupiah)."""

    counts: dict[int, int]
    expected: int
    explanation: str = ""

    @property
    def counted(self) -> int:
        return sum(note * count for note, count in self.counts.items())

    @property
    def difference(self) -> int:
        """More (positive) or less in the till than there must be."""
        return self.counted - self.expected

    @property
    def shortage(self) -> int:
        """What is missing in the till; 0 when nothing is."""
        return max(0, -self.difference)


def last_closing() -> CashDay | None:
    """The newest closed day."""
    return CashDay.objects.select_related("paper").order_by("-day").first()


def today_tally() -> Tally:
    """What the till must hold now. Three queries."""
    return tally(clock.today(), last_closing())


def close_day(intent: Intent, data: CountData) -> CashDay:
    """Close today and all open days before it, and issue the lembar tutup kas.

    Raises Refused when today is closed already, money moved since the page was made, a difference is not explained, or
    bills, receipts and ledger do not agree; PermissionDenied for others than keuangan.
    """

    def effect() -> dict:
        lock_till()
        now = check_count(intent.by, data)
        faults = _disagreements(now)
        if faults:
            raise Refused(f"Kas belum dapat ditutup, sebab pembukuannya tidak cocok: {faults[0]} Hubungi admin balai.")
        body = papers.cash_sheet(now, data.counts, data.explanation, intent.by)
        paper = documents.issue(Kind.CASH_SHEET, body, by=intent.by, on=now.day)
        closed = CashDay.objects.create(
            day=now.day,
            opening=now.opening,
            received=now.cash,
            deposited=now.deposited,
            expected=now.expected,
            counted=data.counted,
            counts={str(note): count for note, count in data.counts.items() if count},
            explanation=data.explanation,
            seal=seal(now.since, now.day),
            closed_at=clock.now(),
            closed_by=intent.by,
            paper=paper,
        )
        facts = {"expected": now.expected, "counted": data.counted, "paper": paper.printed_number}
        audit.record("close_day", subject=(SUBJECT, closed.pk), by=intent.by, role=Role.KEUANGAN, after=facts)
        return {"cash_day": closed.pk}

    _insist_on_treasurer(intent.by)
    done = once("close_day", by=intent.by, key=intent.key, data=asdict(data), effect=effect)
    return CashDay.objects.select_related("paper").get(pk=done["cash_day"])


def check_count(by: User, data: CountData) -> Tally:
    """For the page that is read first: the till as it is, or the Refused that closing would raise."""
    _insist_on_treasurer(by)
    if is_closed(clock.today()):
        raise Refused(f"Kas {tanggal(clock.today())} sudah ditutup.", 409)
    now = today_tally()
    if now.expected != data.expected:
        raise Refused(MOVED, 409)
    if data.difference and not data.explanation:
        word = "lebih" if data.difference > 0 else "kurang"
        raise Refused(f"Uang di laci {word} {rupiah(abs(data.difference))}. Jelaskan selisihnya.")
    return now


def _disagreements(now: Tally) -> list[str]:
    moved = payments_between(now.since, now.day).values("order")
    return [*ledger(Order.objects.filter(pk__in=moved)), *deposits(deposits_between(now.since, now.day))]


def _insist_on_treasurer(user: User) -> None:
    if acting_role(user, [Role.KEUANGAN]) is None:
        raise PermissionDenied("Kas hanya ditutup oleh bagian keuangan.")
