"""What each paper of an order says, as plain values. Looks are in templates/print; numbers are given at issue."""

from orders.papers.agreement import ANSWERED_VIA, EstimateSheet, OrderLetter, estimate_sheet, order_letter
from orders.papers.handover import DeliveryNote, delivery_note
from orders.papers.parts import Choice, Clerk, CostLine, OrderedGoods, Party, choices, contact, party
from orders.papers.request import ApplicationForm, RequestedGoods, ReturnLetter, application_form, return_letter
from orders.papers.workshop import WorkOrder, work_order

__all__ = [
    "ANSWERED_VIA",
    "ApplicationForm",
    "Choice",
    "Clerk",
    "CostLine",
    "DeliveryNote",
    "EstimateSheet",
    "OrderLetter",
    "OrderedGoods",
    "Party",
    "RequestedGoods",
    "ReturnLetter",
    "WorkOrder",
    "application_form",
    "choices",
    "contact",
    "delivery_note",
    "estimate_sheet",
    "order_letter",
    "party",
    "return_letter",
    "work_order",
]
