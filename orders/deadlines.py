"""By when an order must move on, and how a page says so: in working days, in words, with a tone.

The office's service standard gives the working days of each stage; the promise of the estimate counts in production
(SOP 4 and 5), the payment term from its end, in calendar days. What a page writes and what a query filters follow the
same rule.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.db.models import Q

from balai.clock import WIB, local_date, today
from balai.formats import jam, tanggal
from balai.models import Office
from balai.office import SERVICE_DAYS, holidays
from balai.workdays import add_workdays, workdays_between
from orders import offers
from orders.models import Order
from orders.stages import FINAL, SOP_STEPS, STAGES, Stage
from orders.steps import waiting_for

LATE, SOON, OK, WAIT = "late", "soon", "ok", "wait"
BY_STANDARD = (Stage.DRAF, Stage.PERMOHONAN, Stage.ESTIMASI, Stage.KONFIRMASI)

WAITING = {
    Stage.DRAF: "Draf sejak",
    Stage.PERMOHONAN: "Menunggu identifikasi sejak",
    Stage.ESTIMASI: "Menunggu estimasi bengkel sejak",
    Stage.KONFIRMASI: "Menunggu jawaban pelanggan sejak",
    Stage.PESANAN: "Antre di bengkel sejak",
    Stage.PRODUKSI: "Dikerjakan sejak",
    Stage.PEMBAYARAN: "Menunggu pembayaran sejak",
    Stage.SIAP_DIAMBIL: "Lunas, siap diambil sejak",
}
ENDED = {Stage.SELESAI: "Selesai", Stage.DIKEMBALIKAN: "Dikembalikan", Stage.DIBATALKAN: "Dibatalkan"}


@dataclass(frozen=True)
class Tag:
    """How an order stands: a tone and the words that say it all; `note` is a second, quiet line."""

    tone: str
    text: str
    note: str = ""


class Deadlines:
    """The deadlines of one page: today, the office's standards, and its holidays, read when first needed."""

    def __init__(self, office: Office):
        self.office = office
        self.today = today()
        self.days = SERVICE_DAYS | office.service_days
        self.pickup_days = office.pickup_days
        self.followup_days = office.followup_days

    @cached_property
    def holidays(self) -> frozenset[date]:
        return holidays()

    def due(self, order: Order) -> date | None:
        """The last WIB date on which the order is in time; None once it is closed."""
        stage = Stage(order.stage)
        if stage in FINAL:
            return None
        if order.change_id:
            return self._standard(order.change.offered_at, Stage.KONFIRMASI)
        if stage == Stage.PRODUKSI:
            return order.estimate.finish_on
        if stage == Stage.PEMBAYARAN:
            return payment_due(order, self.office)
        if stage == Stage.SIAP_DIAMBIL:
            return local_date(order.stage_since) + timedelta(days=self.pickup_days)
        standard = self._standard(order.stage_since, stage)
        # Work that was agreed to begin later is not late before.
        return max(standard, order.estimate.starts_on) if stage == Stage.PESANAN else standard

    def late(self) -> Q:
        """The orders whose `due()` has passed."""
        unchanged = Q(change__isnull=True)
        return (
            Q(stage=Stage.PRODUKSI, change__offered_at__lt=self._in_time_from(Stage.KONFIRMASI))
            | unchanged & Q(stage=Stage.PRODUKSI, estimate__finish_on__lt=self.today)
            | payment_overdue(self.office, self.today)
            | self.uncollected()
            | Q(
                stage=Stage.PESANAN,
                stage_since__lt=self._in_time_from(Stage.PESANAN),
                estimate__starts_on__lt=self.today,
            )
            | _any(Q(stage=stage, stage_since__lt=self._in_time_from(stage)) for stage in BY_STANDARD)
        )

    def uncollected(self) -> Q:
        """The orders whose goods have been ready for more days than the office gives the customer."""
        return Q(stage=Stage.SIAP_DIAMBIL, stage_since__lt=_start(self.today - timedelta(days=self.pickup_days)))

    def to_be_reminded(self) -> Q:
        """The offers that nobody has spoken of with the customer for as many working days as the office sets."""
        day = self.today
        while add_workdays(day - timedelta(days=1), self.followup_days, self.holidays) > self.today:
            day -= timedelta(days=1)
        return offers.silent(_start(day))

    def tag(self, order: Order) -> Tag:
        """What the deadline column says."""
        due, valid_until = self.due(order), self._valid_until(order)
        note = self._note(order, valid_until)
        if due < self.today:
            return self._overdue(order, due, note)
        if order.hold_reason:
            return Tag(WAIT, f"Tertunda, janji {until(due, self.today)}", note)
        tomorrow = self.today + timedelta(days=1)
        if valid_until and valid_until <= tomorrow:
            return Tag(SOON, f"Berlaku sampai {until(valid_until, self.today)}")
        if order.stage == Stage.PRODUKSI and not order.change_id:
            return Tag(SOON if due <= tomorrow else OK, f"Janji {until(due, self.today)}", note)
        if order.stage == Stage.PEMBAYARAN:
            return Tag(SOON if due <= tomorrow else OK, f"Jatuh tempo {until(due, self.today)}")
        if due == self.today and order.stage != Stage.SIAP_DIAMBIL:
            return Tag(SOON, "Harus selesai hari ini", note)
        return Tag(OK, self._in_time(order), note or self._left(order, due))

    def state(self, order: Order) -> Tag:
        """What the head of the order page says: what the order waits for, since when, and whether that is late."""
        stage = Stage(order.stage)
        if stage in FINAL:
            return Tag(OK if stage == Stage.SELESAI else WAIT, f"{ENDED[stage]} {since(order.closed_at, self.today)}")
        waiting = "Menunggu jawaban atas perubahan sejak" if order.change_id else WAITING[stage]
        text = f"{waiting} {since(entered(order), self.today)}"
        if order.hold_reason:
            text = f"Tertunda, {text[0].lower()}{text[1:]}"
        if stage == Stage.SIAP_DIAMBIL:
            return Tag(OK, text)
        due = self.due(order)
        if due < self.today:
            return Tag(LATE, f"{text}, terlambat {self._days_late(order, due)} hari")
        if due == self.today:
            return Tag(SOON, text)
        return Tag(WAIT if order.hold_reason else OK, text)

    def _standard(self, moment: datetime, stage: Stage) -> date:
        return add_workdays(local_date(moment), self.days[stage], self.holidays)

    def _in_time_from(self, stage: Stage) -> datetime:
        """The earliest moment from which an order at this stage is still in time today."""
        day = self.today
        while add_workdays(day - timedelta(days=1), self.days[stage], self.holidays) >= self.today:
            day -= timedelta(days=1)
        return _start(day)

    def _days_late(self, order: Order, due: date) -> int:
        if order.stage == Stage.PEMBAYARAN:
            return days_overdue(due, self.today)
        # On a free day after the due date no working day has passed yet, and it is late all the same.
        return max(1, workdays_between(due, self.today, self.holidays))

    def _overdue(self, order: Order, due: date, note: str) -> Tag:
        if order.stage == Stage.SIAP_DIAMBIL:  # the goods are ready; it is the customer who takes his time
            waited = (self.today - local_date(order.stage_since)).days
            return Tag(SOON, f"{waited} hari belum diambil")
        return Tag(LATE, f"Terlambat {self._days_late(order, due)} hari", note)

    def _left(self, order: Order, due: date) -> str:
        if order.stage == Stage.SIAP_DIAMBIL:
            return ""
        return f"Sisa {workdays_between(self.today, due, self.holidays)} hari kerja"

    def _in_time(self, order: Order) -> str:
        began = since(entered(order), self.today)
        match Stage(order.stage):
            case Stage.PRODUKSI:
                return f"Ditawarkan {began}"
            case Stage.PESANAN if order.estimate.starts_on > self.today:
                return f"Mulai {until(order.estimate.starts_on, self.today)}"
            case Stage.PESANAN:
                return f"Antre sejak {began}"
            case Stage.KONFIRMASI | Stage.SIAP_DIAMBIL:
                return f"Siap sejak {began}"
            case _:
                return f"Masuk {began}"

    def _note(self, order: Order, valid_until: date | None) -> str:
        if order.hold_reason:
            return f"Tertunda: {order.hold_reason}"
        if order.reversal_reason:
            return f"Pembatalan pembayaran diminta: {order.reversal_reason}"
        if valid_until is None:
            return ""
        if valid_until < self.today:
            return f"Masa berlaku habis {tanggal(valid_until)}"
        return f"Berlaku sampai {until(valid_until, self.today)}"

    def _valid_until(self, order: Order) -> date | None:
        if order.change_id:
            return order.change.valid_until
        return order.estimate.valid_until if order.stage == Stage.KONFIRMASI else None


def payment_due(order: Order, office: Office) -> date | None:
    """The WIB date by which the work is to be paid, counted in calendar days from its completion (DOMAIN.md a).

    A payment that was taken back gives no new term. None before the work is finished.
    """
    return order.finished_at and local_date(order.finished_at) + timedelta(days=office.payment_due_days)


def payment_overdue(office: Office, today: date) -> Q:
    """The unpaid orders whose `payment_due` has passed on a WIB date."""
    return Q(stage=Stage.PEMBAYARAN, finished_at__lt=_start(today - timedelta(days=office.payment_due_days)))


def days_overdue(due: date, today: date) -> int:
    """Calendar days since the payment fell due; 0 until then."""
    return max(0, (today - due).days)


def stage_tag(order: Order, today: date) -> Tag:
    """The stage as the list shows it; late is a promise that has passed."""
    stage = Stage(order.stage)
    label = STAGES[stage].label
    if stage == Stage.PRODUKSI and order.estimate.finish_on < today:
        return Tag(LATE, f"{label}, terlambat")
    if order.hold_reason:
        return Tag(SOON, f"{label}, tertunda")
    return Tag(OK if stage in (Stage.SIAP_DIAMBIL, Stage.SELESAI) else WAIT, label)


def waits(order: Order) -> str:
    """Whom an open order waits for, and for what: `Menunggu bengkel: estimasi`."""
    work = SOP_STEPS[STAGES[Stage(order.stage)].sop - 1].lower()
    if order.change_id:
        work = "jawaban atas perubahan"
    elif order.reversal_reason:
        work = "keputusan atas pembatalan pembayaran"
    return f"Menunggu {waiting_for(order)}: {work}"


def entered(order: Order) -> datetime:
    """Since when it waits for that."""
    return order.change.offered_at if order.change_id else order.stage_since


def since(moment: datetime, today: date) -> str:
    """`08.40 hari ini`, `kemarin`, or the date, in WIB."""
    day = local_date(moment)
    if day == today:
        return f"{jam(moment)} hari ini"
    return "kemarin" if day == today - timedelta(days=1) else tanggal(day)


def until(day: date, today: date) -> str:
    """`hari ini`, `besok`, or the date."""
    return {today: "hari ini", today + timedelta(days=1): "besok"}.get(day) or tanggal(day)


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, WIB)


def _any(conditions) -> Q:
    combined = Q()
    for condition in conditions:
        combined |= condition
    return combined
