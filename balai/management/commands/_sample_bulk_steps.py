"""What each verb does to a bulk order: the rows that the action of the same name in orders.actions would write.

Every step takes the desk, the order under way and the moment, and returns the facts of its audit entry.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from balai.kinds import Kind
from balai.roles import Role
from finance.models import Payment, PaymentLine
from orders.models import (
    Estimate,
    EstimateLine,
    EstimateStep,
    HandOver,
    HandOverLine,
    Order,
    OrderItem,
    OrderWord,
)

from . import _sample_bulk_making as making
from . import _sample_bulk_papers as papers
from ._sample_bulk_desk import Case, Desk, Now
from ._sample_bulk_till import Held
from ._sample_words import REASONS

NO_DRAWING = "Barang contoh dititipkan, dibuat sama persis."
VIA = ("loket", "loket", "telepon", "whatsapp")
METHODS = ("tunai", "tunai", "qris", "transfer")
NOTE = 50_000  # rupiah, what cash is paid with
UNSETTLED = REASONS["ask_reversal"]


def begin(desk: Desk, now: Now) -> Case:
    """A new draft of some customer, with its goods."""
    job = desk.rng.choice(desk.jobs)
    customer = desk.customer(now)
    order_id = next(desk.tables[Order].ids)
    items = desk.tables[OrderItem]
    for word in job.words:
        desk.tables[OrderWord].add(order_id=order_id, word=word)
    return Case(
        row={
            "id": order_id,
            "stage": "draf",
            "version": 0,
            "customer_id": customer.pk,
            "title": job.title,
            "service": job.service,
            "needed_on": desk.time.day(now.seconds, later=desk.rng.randrange(8, 25)),
            "note": job.note,
            "no_drawing_reason": NO_DRAWING,
            "created_by_id": desk.people[Role.PELAYANAN].pk,
            "created_at": now.at,
            "stage_since": now.at,
        },
        job=job,
        customer=customer,
        item_ids=tuple(items.add(order_id=order_id, **item) for item in job.items),
        left=[item["quantity"] for item in job.items],
    )


def _fill(desk: Desk, case: Case, now: Now) -> dict:
    return {"items": len(case.item_ids), "drawings": 0}


def _submit(desk: Desk, case: Case, now: Now) -> dict:
    clerk = desk.people[Role.PELAYANAN]
    case.row["submitted_at"] = now.at
    form = papers.application_form(case.row, case.customer, case.job, desk.tracking_url(case, now), clerk)
    number = desk.issue(case, Kind.APPLICATION_FORM, form, clerk, now)["printed_number"]
    case.row["number"] = number
    return {"consent": True, "paper": number}


def _offer(desk: Desk, case: Case, now: Now) -> dict:
    job, days = case.job, desk.rng.randrange(3, 10)
    estimate = {
        "order_id": case.row["id"],
        "version": len(case.estimates) + 1,
        "status": Estimate.Status.OFFERED,
        "days": days,
        "starts_on": desk.time.day(now.seconds, later=2),
        "finish_on": desk.time.day(now.seconds, later=days + 1),
        "valid_until": now.today + timedelta(days=desk.office.offer_valid_days),
        "total": job.total,
        "job_kind_id": job.job_kind,
        "made_by_id": desk.people[Role.BENGKEL].pk,
        "offered_at": now.at,
    }
    estimate["id"] = next(desk.tables[Estimate].ids)
    for line in job.lines:
        desk.tables[EstimateLine].add(estimate_id=estimate["id"], **line)
    for step in job.steps:
        desk.tables[EstimateStep].add(estimate_id=estimate["id"], **step)
    former = case.sheet()  # bulk orders change nothing after agreement: the former offer was refused
    case.estimates.append(estimate)
    case.row["estimate_id"] = estimate["id"]
    body = papers.estimate_sheet(case.row, case.customer, job, estimate, desk.people[Role.BENGKEL])
    sheet = desk.issue(case, Kind.ESTIMATE_SHEET, body, desk.people[Role.BENGKEL], now, replaces=former)
    facts = {"estimate": estimate["version"], "amount": job.total, "days": days}
    return facts | {"paper": sheet["printed_number"]}


def _agree(desk: Desk, case: Case, now: Now) -> dict:
    facts = _answer(desk, case, now, Estimate.Status.AGREED)
    case.row["agreed_at"] = now.at
    case.steps = [{"order_id": case.row["id"], **step} for step in case.job.steps]
    body = papers.order_letter(case.row, case.customer, case.job, case.estimate, desk.office)
    letter = desk.issue(case, Kind.ORDER_LETTER, body, desk.people[Role.PELAYANAN], now)
    body = papers.work_order(case.customer, case.job, case.estimate, letter, desk.office)
    work = desk.issue(case, Kind.WORK_ORDER, body, desk.people[Role.PELAYANAN], now)
    papers_issued = {"paper": letter["printed_number"], "work_order": work["printed_number"]}
    return facts | papers_issued | {"amount": case.job.total}


def _revise(desk: Desk, case: Case, now: Now) -> dict:
    return _answer(desk, case, now, Estimate.Status.REFUSED)


def _disagree(desk: Desk, case: Case, now: Now) -> dict:
    facts = _answer(desk, case, now, Estimate.Status.REFUSED)
    return facts | _give_back(desk, case, now, REASONS["disagree"], case.sheet())


def _return(desk: Desk, case: Case, now: Now) -> dict:
    return _give_back(desk, case, now, REASONS["return_to_customer"], None)


def _give_back(desk: Desk, case: Case, now: Now, reason: str, sheet: dict | None) -> dict:
    body = papers.return_letter(case.row, case.customer, reason, sheet, desk.office)
    letter = desk.issue(case, Kind.RETURN_LETTER, body, desk.people[Role.PELAYANAN], now)
    case.row["closed_at"] = now.at
    return {"paper": letter["printed_number"]}


def _answer(desk: Desk, case: Case, now: Now, status: Estimate.Status) -> dict:
    via = desk.rng.choice(VIA)
    case.estimate.update(status=status, answered_at=now.at, answered_via=via, answered_by=case.customer.name)
    return {"via": via, "who": case.customer.name}


def _close(desk: Desk, case: Case, now: Now) -> dict:
    case.row["closed_at"] = now.at
    return {}


def _cancel(desk: Desk, case: Case, now: Now) -> dict:
    for kind in (Kind.ORDER_LETTER, Kind.WORK_ORDER):
        desk.void(case.paper(kind), desk.people[Role.PIMPINAN], now, REASONS["cancel"])
    return _close(desk, case, now)


def _settle(desk: Desk, case: Case, now: Now) -> dict:
    method, amount = desk.rng.choice(METHODS), case.job.total
    cash = method == Payment.Method.CASH
    received = -(-amount // NOTE) * NOTE
    case.turn += 1
    payment = {
        "order_id": case.row["id"],
        "turn": case.turn,
        "kind": Payment.Kind.PAYMENT,
        "amount": amount,
        "method": method,
        "reference": "" if cash else f"CONTOH{case.row['id']:08}{case.turn}",
        "received": received if cash else None,
        "change_given": received - amount if cash else None,
        "settled_on": None if cash else now.today,
        "paid_at": now.at,
        "recorded_by_id": desk.people[Role.KEUANGAN].pk,
    }
    body = papers.receipt(payment, case.customer, case.job, case.paper(Kind.ORDER_LETTER), desk.office)
    paper = desk.issue(case, Kind.RECEIPT, body, desk.people[Role.KEUANGAN], now)
    payment["receipt_id"] = paper["id"]
    payment["id"] = _pay(desk, case, payment, sign=1)
    case.payment = payment
    if cash:
        desk.till.take(Held(payment["id"], now.today, paper["printed_number"], amount, case.job.accounts))
    case.row["settled_at"] = now.at
    return {"receipt": paper["printed_number"], "amount": amount}


def _unsettle(desk: Desk, case: Case, now: Now) -> dict:
    receipt, payment = case.paper(Kind.RECEIPT), case.payment
    desk.void(receipt, desk.people[Role.PIMPINAN], now, UNSETTLED)
    same = {name: payment[name] for name in ("order_id", "turn", "method", "reference", "receipt_id")}
    desk.till.give_back(payment["id"])
    counter_entry = {
        "kind": Payment.Kind.REVERSAL,
        "amount": -payment["amount"],
        "settled_on": payment["settled_on"] and now.today,
        "paid_at": now.at,
        "recorded_by_id": desk.people[Role.PIMPINAN].pk,
        "reverses_id": payment["id"],
        "reason": UNSETTLED,
    }
    _pay(desk, case, same | counter_entry, sign=-1)
    case.row["settled_at"] = None
    return {"receipt": receipt["printed_number"], "amount": -payment["amount"]}


def _pay(desk: Desk, case: Case, payment: dict, *, sign: int) -> int:
    payment_id = desk.tables[Payment].add(**payment)
    for account, amount in case.job.accounts.items():
        desk.tables[PaymentLine].add(payment_id=payment_id, account_code=account, amount=sign * amount)
    return payment_id


def _hand_over_part(desk: Desk, case: Case, now: Now) -> dict:
    return _give(desk, case, now, {0: case.left[0] // 2})


def _hand_over(desk: Desk, case: Case, now: Now) -> dict:
    facts = _give(desk, case, now, {place: left for place, left in enumerate(case.left) if left})
    return facts | _close(desk, case, now)


def _give(desk: Desk, case: Case, now: Now, given: dict[int, Decimal]) -> dict:
    clerk, name = desk.people[Role.PELAYANAN], case.customer.name
    for place, quantity in given.items():
        case.left[place] -= quantity
    letter, receipt_number = case.paper(Kind.ORDER_LETTER), case.paper(Kind.RECEIPT)["printed_number"]
    body = papers.delivery_note(case.customer, case.job, letter, receipt_number, given, case.left, clerk)
    paper = desk.issue(case, Kind.DELIVERY_NOTE, body, clerk, now)
    handover = desk.tables[HandOver].add(
        order_id=case.row["id"],
        collector=HandOver.Collector.SELF,
        collector_name=name,
        receipt_number=receipt_number,
        handed_by_id=clerk.pk,
        handed_at=now.at,
        paper_id=paper["id"],
    )
    for place, quantity in given.items():
        desk.tables[HandOverLine].add(handover_id=handover, item_id=case.item_ids[place], quantity=quantity)
    return {"paper": paper["printed_number"], "collector": name}


def _nothing_else(desk: Desk, case: Case, now: Now) -> dict:
    return {}


@dataclass(frozen=True)
class Verb:
    """What a step writes, and the reason that stands in its audit entry."""

    write: Callable[[Desk, Case, Now], dict]
    note: str = ""


VERBS = {
    "edit": Verb(_fill),
    "submit": Verb(_submit),
    "accept": Verb(_nothing_else),
    "return_to_customer": Verb(_return, REASONS["return_to_customer"]),
    "offer": Verb(_offer),
    "decline": Verb(_nothing_else, REASONS["decline"]),
    "agree": Verb(_agree),
    "revise": Verb(_revise, REASONS["revise"]),
    "disagree": Verb(_disagree, REASONS["disagree"]),
    "start": Verb(_nothing_else),
    "hold": Verb(making.hold, making.HELD),
    "resume": Verb(making.resume),
    "finish": Verb(making.finish),
    "cancel": Verb(_cancel, REASONS["cancel"]),
    "settle": Verb(_settle),
    "unsettle": Verb(_unsettle, UNSETTLED),
    "hand_over_part": Verb(_hand_over_part),
    "hand_over": Verb(_hand_over),
}
