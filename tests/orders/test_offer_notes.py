"""What the front desk is told before it notes a yes: prices that ended, a queue that grew."""

from dataclasses import replace
from datetime import timedelta

import pytest

from balai import clock
from balai.office import holidays
from balai.workdays import add_workdays
from orders.models import Tariff, WorkCentre
from orders.offernotes import notes
from orders.worktime import StepData
from tests.factories import act, estimate_data, fresh, make_order

pytestmark = pytest.mark.django_db


def tight(days: int):
    """Fourteen hours of Bubut from the next working day on."""
    steps = (StepData(WorkCentre.objects.get(name="Bubut").pk, 840),)
    starts_on = add_workdays(clock.today(), 1, holidays())
    return replace(estimate_data(), steps=steps, days=days, starts_on=starts_on)


def test_a_fresh_offer_needs_no_note(office):
    assert notes(make_order("konfirmasi")) == []
    assert notes(make_order("estimasi")) == []
    assert notes(make_order("pesanan")) == []


def test_a_tariff_that_ended_is_told_and_its_price_stands(office, as_pelayanan):
    order = make_order("konfirmasi")
    yesterday = clock.today() - timedelta(days=1)
    Tariff.objects.filter(code="J-01").update(valid_until=yesterday)

    [note] = notes(order)

    assert note.startswith("Tarif Bubut CONTOH berlaku sampai")
    assert "Rp45.000 per jam, tetap berlaku" in note
    assert note in as_pelayanan.get(f"/pesanan/{order.pk}/").content.decode()
    agreed = act("agree", order)
    assert agreed.estimate.total == 620_000
    assert agreed.papers.get(document__kind="surat_pesanan").document.payload["body"]["total"] == 620_000


def test_a_queue_that_grew_since_is_told_with_the_promise_it_would_break(office):
    make_order("estimasi")
    first = make_order("konfirmasi", estimate=tight(days=2))
    second = make_order("konfirmasi", estimate=tight(days=2))
    assert notes(second) == []

    first = act("agree", first)

    [note] = notes(fresh(second))
    assert note.startswith("Antrean bengkel berubah")
    assert f"janji {first.number} tidak ditepati" in note


def test_a_day_that_was_forced_on_purpose_is_not_told_again(office):
    make_order("pesanan", estimate=tight(days=2))
    forced = make_order("konfirmasi", estimate=replace(tight(days=2), is_forced=True))

    assert notes(forced) == []
