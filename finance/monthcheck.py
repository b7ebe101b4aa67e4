"""What stands in the way of closing a month: days whose cash is open, numbers that are missing, books that disagree."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min
from django.urls import reverse

from balai import clock
from balai.clock import local_date
from balai.formats import angka, rupiah, tanggal_pendek
from balai.months import Month
from balai.wibdate import WibDate
from finance.checks.deposits import deposits
from finance.checks.ledger import ledger
from finance.deposits import in_hand
from finance.models import CashDay, Deposit, MonthClosing, Payment
from finance.sums import deposited_in, received_in
from finance.till import months_closed_through
from orders.deadlines import Tag
from orders.models import Order

FINE = Tag("ok", "Cocok")
DAYS_NAMED = 5


@dataclass(frozen=True)
class Point:
    """A line of the list before a closing: fine with a tag, or with a way to put it right.

    `blocks` says that the month cannot be closed because of it.
    """

    text: str
    tag: Tag | None = None
    blocks: bool = False
    url: str = ""
    label: str = ""


def points(month: Month) -> list[Point]:
    """What is looked at before this month is closed, but for the proofs. At most ten queries."""
    return [*_too_early(month), *_former_months(month), *_cash_days(month), *_receipts(month), *_slips(month), *_cash()]


def faults(month: Month) -> list[str]:
    """Where bills, receipts, ledger and deposits of this month disagree: one sentence each."""
    moved = Payment.objects.filter(received_in(month)).values("order")
    return [*ledger(Order.objects.filter(pk__in=moved)), *deposits(Deposit.objects.filter(deposited_in(month)))]


def closing_of(month: Month) -> MonthClosing | None:
    """The closing of this month, without its Excel file."""
    closings = MonthClosing.objects.defer("excel").select_related("book", "report", "closed_by")
    return closings.filter(first_day=month.start.date()).first()


def _too_early(month: Month) -> Iterator[Point]:
    if clock.today() <= month.last:
        yield Point(f"{month.label} belum selesai. Bulan ditutup sesudah hari terakhirnya.", blocks=True)


def _former_months(month: Month) -> Iterator[Point]:
    """Months are closed one after the other, from the first one with money on."""
    through = months_closed_through()
    first = Payment.objects.aggregate(at=Min("paid_at"))["at"]
    due = Month.of(through).next if through else Month.of(local_date(first)) if first else month
    if month > due:
        url = f"{reverse('laporan-tutup')}?bulan={due}"
        yield Point(f"{due.label} belum ditutup", blocks=True, url=url, label=f"Tutup {due.label}")
    elif through and month < due:
        yield Point("Bulan sesudahnya sudah ditutup", blocks=True)


def _cash_days(month: Month) -> Iterator[Point]:
    closed = CashDay.objects.aggregate(last=Max("day"))["last"] or date.min
    paid = Payment.objects.filter(received_in(month)).annotate(on=WibDate("paid_at"))
    banked = Deposit.objects.filter(deposited_in(month)).order_by().values_list("now__deposited_on", flat=True)
    days = {*paid.order_by().values_list("on", flat=True).distinct(), *banked}
    still_open = sorted(day for day in days if day > closed)
    if still_open:
        named = ", ".join(tanggal_pendek(day) for day in still_open[:DAYS_NAMED])
        more = f" dan {len(still_open) - DAYS_NAMED} hari lain" if len(still_open) > DAYS_NAMED else ""
        text = f"Kas {named}{more} belum ditutup"
        yield Point(text, blocks=True, url=reverse("kasir-tutup"), label="Tutup kas")
    elif days:
        yield Point(f"Kas {angka(len(days))} hari, semua sudah ditutup", FINE)


def _receipts(month: Month) -> Iterator[Point]:
    issued = Payment.objects.filter(received_in(month), kind=Payment.Kind.PAYMENT)
    number = "receipt__number"
    found = issued.aggregate(first=Min(number), last=Max(number), count=Count("id"), void=Count("reversed_by"))
    if not found["count"]:
        yield Point("Tidak ada bukti pembayaran pada bulan ini", FINE)
        return
    span = f"{found['first']:04} sampai {found['last']:04}"
    if found["last"] - found["first"] + 1 == found["count"]:
        yield Point(f"Bukti terbit urut, {span}", Tag("ok", "Lengkap"))
    else:
        yield Point(f"Nomor bukti {span} tidak urut", blocks=True)
    if found["void"]:
        yield Point(f"{angka(found['void'])} bukti batal, ada baris lawannya", FINE)


def _slips(month: Month) -> Iterator[Point]:
    counts = list(Deposit.objects.filter(deposited_in(month)).annotate(n=Count("slips")).values_list("n", flat=True))
    if not counts:
        return
    missing = counts.count(0)
    if missing:
        text = f"{angka(missing)} dari {angka(len(counts))} STS belum ada slipnya"
        yield Point(text, Tag("soon", "Boleh menyusul"))
    else:
        yield Point(f"{angka(len(counts))} STS, semua ada slipnya", FINE)


def _cash() -> Iterator[Point]:
    held = in_hand()
    if held.amount:
        yield Point(f"Tunai {rupiah(held.amount)} belum disetor", url=reverse("setoran"), label="Catat setoran")
