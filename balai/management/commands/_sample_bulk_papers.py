"""What the papers of the bulk orders say: as orders.papers and finance.papers put it, from rows not yet written."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache

from balai.clock import WIB, local_date
from balai.models import Office, User
from balai.office import head, treasurer
from finance.models import Payment
from finance.papers import Receipt
from orders.models import Customer, HandOver, Order
from orders.papers import (
    ANSWERED_VIA,
    ApplicationForm,
    Clerk,
    DeliveryNote,
    EstimateSheet,
    OrderLetter,
    ReturnLetter,
    WorkOrder,
    choices,
    contact,
    party,
)

from ._sample_bulk_jobs import Job, quantity_text

_choices = cache(choices)


def application_form(order: Mapping, customer: Customer, job: Job, tracking_url: str, clerk: User) -> ApplicationForm:
    return {
        "title": job.title,
        "received_at": order["submitted_at"].astimezone(WIB).isoformat(timespec="minutes"),
        "needed_on": order["needed_on"].isoformat(),
        "service": _choices(Order.Service, job.service),
        "customer": {
            **contact(customer),
            "nik_masked": "",
            "nib": "",
            "email": "",
            "kind": _choices(Customer.Kind, customer.kind),
        },
        "goods": job.requested,
        "note": job.note,
        "drawings": [],
        "no_drawing_reason": order["no_drawing_reason"],
        "left_goods": [],
        "tracking_url": tracking_url,
        "clerk": _clerk(clerk),
    }


def return_letter(
    order: Mapping, customer: Customer, reason: str, sheet: Mapping | None, office: Office
) -> ReturnLetter:
    return {
        "customer": party(customer),
        "application_number": order["number"],
        "application_date": _day(order["submitted_at"]),
        "title": order["title"],
        "estimate_number": sheet["printed_number"] if sheet else "",
        "estimate_date": _day(sheet["issued_at"]) if sheet else "",
        "reasons": [reason],
        "left_goods": [],
        "head": head(office),
    }


def estimate_sheet(order: Mapping, customer: Customer, job: Job, estimate: Mapping, clerk: User) -> EstimateSheet:
    return {
        "customer": party(customer),
        "application_number": order["number"],
        "version": estimate["version"],
        "valid_until": estimate["valid_until"].isoformat(),
        "change_of": "",
        "change_reason": "",
        "lines": job.costs,
        "total": job.total,
        "starts_on": estimate["starts_on"].isoformat(),
        "days": estimate["days"],
        "finish_on": estimate["finish_on"].isoformat(),
        "note": "",
        "legal_bases": job.legal_bases,
        "clerk": _clerk(clerk),
    }


def work_order(customer: Customer, job: Job, estimate: Mapping, letter: Mapping, office: Office) -> WorkOrder:
    return {
        "order_letter_number": letter["printed_number"],
        "order_letter_date": _day(letter["issued_at"]),
        "customer": customer.business or customer.name,
        "starts_on": estimate["starts_on"].isoformat(),
        "finish_on": estimate["finish_on"].isoformat(),
        "goods": job.ordered,
        "steps": job.ordered_steps,
        "materials": job.materials,
        "drawings": [],
        "change": None,
        "head": head(office),
    }


def order_letter(order: Mapping, customer: Customer, job: Job, estimate: Mapping, office: Office) -> OrderLetter:
    return {
        "customer": contact(customer),
        "application_number": order["number"],
        "estimate": {
            "version": estimate["version"],
            "offered_on": _day(estimate["offered_at"]),
            "starts_on": estimate["starts_on"].isoformat(),
            "finish_on": estimate["finish_on"].isoformat(),
        },
        "agreed_on": _day(estimate["answered_at"]),
        "agreed_via": ANSWERED_VIA[estimate["answered_via"]],
        "drawings": [],
        "goods": job.ordered,
        "lines": job.costs,
        "total": job.total,
        "change": None,
        "terms": office.order_terms,
        "head": head(office),
    }


def receipt(payment: Mapping, customer: Customer, job: Job, letter: Mapping, office: Office) -> Receipt:
    return {
        "amount": payment["amount"],
        "payer": party(customer),
        "order_letter_number": letter["printed_number"],
        "order_letter_date": _day(letter["issued_at"]),
        "title": job.title,
        "method": _choices(Payment.Method, payment["method"]),
        "reference": payment["reference"],
        "received": payment["received"],
        "change_given": payment["change_given"],
        "value": payment["amount"],
        "reductions": [],
        "lines": job.account_lines,
        "treasurer": treasurer(office),
    }


def delivery_note(
    customer: Customer,
    job: Job,
    letter: Mapping,
    receipt_number: str,
    given: Mapping[int, Decimal],
    left: Mapping[int, Decimal],
    clerk: User,
) -> DeliveryNote:
    """`given` and `left` are pieces by the place of the item in the order, after this hand-over."""
    return {
        "customer": party(customer),
        "order_letter_number": letter["printed_number"],
        "receipt_number": receipt_number,
        "lines": [
            {
                "name": job.items[place]["name"],
                "quantity": quantity_text(quantity),
                "unit": job.items[place]["unit"],
                "ordered": quantity_text(job.items[place]["quantity"]),
                "remaining": quantity_text(left[place]),
            }
            for place, quantity in given.items()
        ],
        "note": "",
        "collector": {
            "name": customer.name,
            "role": _choices(HandOver.Collector, HandOver.Collector.SELF),
            "relation": "",
        },
        "clerk": _clerk(clerk),
    }


def _clerk(user: User) -> Clerk:
    return {"name": user.full_name, "jabatan": user.jabatan, "nip": user.nip}


def _day(moment: datetime) -> str:
    return local_date(moment).isoformat()
