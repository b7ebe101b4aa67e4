"""What has changed since an offer was made, to be told before the customer's yes is noted. Reads only.

The agreed price is the offered one whatever the price list says later (DESIGN.md 6); the promised day is a promise too,
so the front desk should know when the queue no longer allows it.
"""

from datetime import date

from balai import clock
from balai.formats import rupiah, tanggal
from balai.office import holidays
from balai.workdays import workdays_between
from orders.models import Estimate, Order
from orders.promising import Outlook, outlook
from orders.workload import queue
from orders.worktime import StepData


def notes(order: Order) -> list[str]:
    """Sentences about the order's open offer. None when nothing waits for an answer; at most eight queries."""
    offer = order.open_offer
    if offer is None:
        return []
    return [*_prices(offer), *_queue(order, offer)]


def _prices(offer: Estimate) -> list[str]:
    """The tariffs that are in force no more; each once."""
    today = clock.today()
    ended = {
        line.tariff_id: line
        for line in offer.lines.select_related("tariff")
        if line.tariff and line.tariff.valid_until and line.tariff.valid_until < today
    }
    return [
        f"Tarif {line.tariff.name} berlaku sampai {tanggal(line.tariff.valid_until)} dan sudah lewat. "
        f"Harga yang ditawarkan, {rupiah(line.price)} per {line.unit}, tetap berlaku."
        for line in ended.values()
    ]


def _queue(order: Order, offer: Estimate) -> list[str]:
    steps = [StepData(step.work_centre_id, step.minutes, step.description) for step in offer.steps.all()]
    today, closed = clock.today(), holidays()
    starts_on = max(offer.starts_on, today)
    seen = outlook(queue(today, without=order.pk), steps, starts_on, _days_left(offer, closed), closed)
    if seen is None or not seen.is_early or offer.is_forced:
        return []
    return [_sentence(offer, seen)]


def _days_left(offer: Estimate, closed: frozenset[date]) -> int:
    """Working days from the first day that is left until the offered end, that day included; at least one."""
    return max(1, workdays_between(max(offer.starts_on, clock.today()), offer.finish_on, closed) + 1)


def _sentence(offer: Estimate, seen: Outlook) -> str:
    end = f"paling cepat selesai {tanggal(seen.placed.ends)}" if seen.placed.ends else "tidak dapat dijadwalkan"
    text = f"Antrean bengkel berubah: pekerjaan ini sekarang {end}, yang ditawarkan {tanggal(offer.finish_on)}."
    if seen.broken:
        numbers = ", ".join(promise.number for promise, _ in seen.broken)
        text += f" Bila tanggal itu dijaga, janji {numbers} tidak ditepati."
    return text + " Tanyakan kepada bengkel, atau pilih minta revisi."
