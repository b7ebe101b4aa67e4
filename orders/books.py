"""The buku pesanan: every surat pesanan in the order of its number, a page a month.

Each number has its row, so that none is missing: a letter that was replaced by "perubahan ke-n" or is BATAL stays, its
money struck and left out of the sums. What a row says of the agreement is what the paper says.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from balai.clock import local_date
from balai.documents import KINDS, Kind
from balai.formats import rupiah, tanggal
from balai.models import Document
from balai.months import Month
from orders.models import Order, OrderPaper
from orders.stages import Stage

LETTERS_HELD = 200  # whole papers in memory at a time

STATES = {
    Stage.PESANAN: "Antre",
    Stage.PRODUKSI: "Dikerjakan",
    Stage.PEMBAYARAN: "Piutang",
    Stage.SIAP_DIAMBIL: "Siap diambil",
    Stage.SELESAI: "Diserahkan",
}


@dataclass(frozen=True)
class Row:
    """One surat pesanan. Money in rupiah; `paid` and `rest` are None where `counts` is False.

    `reduced` is what decisions took off the value; a note tells of them.
    """

    place: int
    on: date
    number: str
    order_id: int
    customer: str
    work: str
    value: int
    promised_on: date
    finished_on: date | None
    receipt: str
    paid: int | None
    reduced: int
    note: str
    counts: bool

    @property
    def rest(self) -> int | None:
        """What is still owed."""
        return self.value - self.reduced - self.paid if self.counts else None


@dataclass(frozen=True)
class OrderBook:
    month: Month
    rows: list[Row]

    @property
    def value(self) -> int:
        return sum(row.value for row in self.rows if row.counts)

    @property
    def paid(self) -> int:
        return sum(row.paid for row in self.rows if row.counts)

    @property
    def rest(self) -> int:
        return sum(row.rest for row in self.rows if row.counts)


def order_book(month: Month) -> OrderBook:
    """The letters issued in this month. Two queries, however many there are."""
    letters = OrderPaper.objects.filter(
        document__register=KINDS[Kind.ORDER_LETTER].register,
        document__issued_at__gte=month.start,
        document__issued_at__lt=month.end,
    )
    receipts = _receipts(letters)
    in_order = (
        letters.select_related("order", "document__replaced_by")
        .defer("document__replaced_by__payload")
        .order_by("document__year", "document__number")
        .iterator(LETTERS_HELD)
    )
    return OrderBook(month, [_row(place, letter, receipts) for place, letter in enumerate(in_order, start=1)])


def _receipts(letters: QuerySet[OrderPaper]) -> dict[int, tuple[str, int]]:
    """Printed number and rupiah of the receipt that is not BATAL, by order."""
    valid = OrderPaper.objects.filter(
        order__in=letters.values("order"), document__kind=Kind.RECEIPT, document__voided_at__isnull=True
    )
    rows = valid.values_list("order", "document__printed_number", "document__payload__body__amount")
    return {order: (number, amount) for order, number, amount in rows}


def _row(place: int, letter: OrderPaper, receipts: dict[int, tuple[str, int]]) -> Row:
    order, document = letter.order, letter.document
    body = document.payload["body"]
    in_force = not document.voided_at and _successor(document) is None
    receipt, paid = receipts.get(order.pk, ("", 0)) if in_force else ("", None)
    return Row(
        place=place,
        on=date.fromisoformat(document.payload["date"]),
        number=document.printed_number,
        order_id=order.pk,
        customer=body["customer"]["business"] or body["customer"]["name"],
        work=order.title,
        value=body["total"],
        promised_on=date.fromisoformat(body["estimate"]["finish_on"]),
        finished_on=order.finished_at and local_date(order.finished_at) if in_force else None,
        receipt=receipt,
        paid=paid,
        reduced=order.reduction if in_force else 0,
        note=_note(order, document),
        counts=in_force,
    )


def _note(order: Order, document: Document) -> str:
    change = document.payload["body"]["change"]
    notes = [f"Perubahan ke-{change['ordinal']} atas {change['replaces_number']}"] if change else []
    successor = _successor(document)
    if document.voided_at:
        notes.append(f"BATAL {tanggal(document.voided_at)}: {document.void_reason}")
    elif successor:
        notes.append(f"Diganti perubahan ke-{change['ordinal'] + 1 if change else 1}, {successor.printed_number}")
    else:
        notes += [decision_words(decision) for decision in order.decisions]
        notes.append("Tertunda" if order.hold_reason else STATES[Stage(order.stage)])
    return "; ".join(notes)


def decision_words(decision: dict) -> str:
    """`Pengurangan Rp100.000, keputusan 900/12`, of an entry of `Order.decisions`."""
    return f"{decision['kind'].capitalize()} {rupiah(decision['amount'])}, keputusan {decision['number']}"


def _successor(document: Document) -> Document | None:
    return getattr(document, "replaced_by", None)
