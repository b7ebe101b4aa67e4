"""Pembetulan setoran: the number, bank or day of an STS that was typed wrong (DOMAIN.md b).

The deposit stays as it was noted. A row beside it says what is right and why, a new tanda setor replaces the former,
and from then on every book reads the new values. Its receipts and its rupiah are never touched.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

from django.db.models import QuerySet

from balai import audit, clock, documents
from balai.changes import Refused, once
from balai.formats import tanggal
from balai.kinds import Kind
from balai.months import Month
from balai.roles import Role
from finance import papers
from finance.deposits import STS_USED, SUBJECT, Intent, insist_on_day, insist_on_treasurer
from finance.models import CashDay, Deposit, DepositCorrection, DepositInForce, Payment
from finance.papers import DepositData
from finance.till import lock_till, months_closed_through

MEANWHILE = "Setoran ini dibetulkan orang lain sesudah halaman ini dibuka. Periksa lagi isinya."
NOTHING = "Belum ada yang dibetulkan. Ubah nomor STS, bank, atau tanggalnya."
MONTH_CLOSED = (
    "Bulan {month} sudah ditutup, jadi setorannya tidak dapat dibetulkan lagi. "
    "Buat berita acara pembetulan, lalu simpan pindaiannya bersama slip setoran ini."
)
INTO_CLOSED_MONTH = "Tanggal {new} ada di bulan yang sudah ditutup. Isi tanggal sesudah {last}."
CASH_COUNTED = (
    "Tanggal setor tidak dapat dipindah dari {old} ke {new}, sebab kas {closed} sudah dihitung dan ditutup. "
    "Nomor STS dan bank masih dapat dibetulkan; tulis tanggal yang benar di lembar tutup kas yang tercetak."
)


@dataclass(frozen=True)
class CorrectionData:
    """A deposit as it is right. `seen` is the number of the tanda setor that the page showed."""

    sts_number: str
    bank: str
    deposited_on: date
    reason: str
    seen: str


@dataclass(frozen=True)
class Step:
    """A correction and what counted before it."""

    before: Deposit | DepositCorrection
    correction: DepositCorrection


def correct_deposit(intent: Intent, deposit_id: int, data: CorrectionData) -> DepositCorrection:
    """Write down what is right, and issue the tanda setor that replaces the former.

    Raises Refused when nothing differs, for a number of another deposit, a day on which it cannot have been, a day of
    another count of the till, in a closed month, and when it was corrected meanwhile; PermissionDenied for others than
    keuangan.
    """
    insist_on_treasurer(intent.by)

    def effect() -> dict:
        lock_till()
        deposit = Deposit.objects.select_related("now__paper").get(pk=deposit_id)
        payments = receipts_of(deposit)
        _insist_on_right(deposit, payments, data)
        return {"correction": _write(deposit, payments, data, intent).pk}

    facts = {"deposit": deposit_id} | asdict(data)
    done = once("correct_deposit", by=intent.by, key=intent.key, data=facts, effect=effect)
    return DepositCorrection.objects.select_related("paper").get(pk=done["correction"])


def receipts_of(deposit: Deposit) -> QuerySet[Payment]:
    """The payments whose cash is in this deposit, the oldest first."""
    payments = Payment.objects.filter(deposit_item__deposit=deposit).order_by("paid_at", "id")
    return payments.select_related("receipt").prefetch_related("lines")


def steps_of(deposit: Deposit) -> Iterator[Step]:
    """What was corrected of it, one after the other. One query."""
    before: Deposit | DepositCorrection = deposit
    for correction in deposit.corrections.select_related("corrected_by", "paper"):
        yield Step(before, correction)
        before = correction


def obstacle(deposit: Deposit) -> str:
    """Why nothing of this deposit can be corrected any more; empty when it can."""
    through, now = months_closed_through(), deposit.now
    if through and now.deposited_on <= through:
        return MONTH_CLOSED.format(month=Month.of(now.deposited_on).label)
    return ""


def _insist_on_right(deposit: Deposit, payments: QuerySet[Payment], data: CorrectionData) -> None:
    now = deposit.now
    if now.paper.printed_number != data.seen:
        raise Refused(MEANWHILE, 409)
    if reason := obstacle(deposit):
        raise Refused(reason)
    if (now.sts_number, now.bank, now.deposited_on) == (data.sts_number, data.bank, data.deposited_on):
        raise Refused(NOTHING)
    if DepositInForce.objects.exclude(pk=now.pk).filter(sts_number=data.sts_number).exists():
        raise Refused(STS_USED)
    insist_on_day(payments, data.deposited_on)
    _insist_on_open_days(now.deposited_on, data.deposited_on)


def _insist_on_open_days(old: date, new: date) -> None:
    """The till was counted without this cash, or with it: that cannot change. Between days counted at once it may."""
    through = months_closed_through()
    if through and new <= through:
        raise Refused(INTO_CLOSED_MONTH.format(new=tanggal(new), last=tanggal(through)))
    counted = {_counted_on(old), _counted_on(new)}
    if len(counted) > 1:
        closed = tanggal(min(filter(None, counted)))
        raise Refused(CASH_COUNTED.format(old=tanggal(old), new=tanggal(new), closed=closed))


def _counted_on(day: date) -> date | None:
    """The day on which the till was closed for this one; None while it is open."""
    return CashDay.objects.filter(day__gte=day).order_by("day").values_list("day", flat=True).first()


def _write(deposit: Deposit, payments: QuerySet[Payment], data: CorrectionData, intent: Intent) -> DepositCorrection:
    now, right = deposit.now, {"sts_number": data.sts_number, "bank": data.bank, "deposited_on": data.deposited_on}
    noted = DepositData(tuple(payment.pk for payment in payments), **right, depositor=deposit.depositor)
    body = papers.deposit_note(noted, payments)
    paper = documents.issue(Kind.DEPOSIT_NOTE, body, by=intent.by, on=clock.today(), replaces=now.paper)
    documents.void(now.paper, by=intent.by, reason=data.reason)
    correction = DepositCorrection.objects.create(
        deposit=deposit,
        **right,
        reason=data.reason,
        corrected_at=clock.now(),
        corrected_by=intent.by,
        paper=paper,
    )
    before = _facts(now)
    DepositInForce.objects.filter(pk=now.pk).update(**right, paper=paper)
    audit.record(
        "correct_deposit",
        subject=(SUBJECT, deposit.pk),
        by=intent.by,
        role=Role.KEUANGAN,
        before=before,
        after=_facts(correction),
        note=data.reason,
    )
    return correction


def _facts(of: DepositInForce | DepositCorrection) -> dict:
    return {
        "sts": of.sts_number,
        "bank": of.bank,
        "deposited_on": of.deposited_on.isoformat(),
        "paper": of.paper.printed_number,
    }
