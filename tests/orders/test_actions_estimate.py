"""SOP 3: time and cost in versions."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from balai import clock
from balai.models import Holiday
from orders import actions
from orders.actions import ActionRefused
from orders.models import Estimate, Tariff
from orders.pricing import LineData
from tests.factories import act, audit_of, clerk, estimate_data, fresh, intent, make_office, make_order
from tests.unguarded import unguarded

pytestmark = pytest.mark.django_db

MONDAY_MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _on_a_monday():
    with clock.at(MONDAY_MORNING):
        yield


def offer(order, **fields):
    actions.offer(order.pk, intent(clerk("bengkel"), order), estimate_data(**fields))
    return fresh(order)


def test_an_offer_copies_the_tariff_and_sums_its_lines():
    order = act("offer", make_order("estimasi"))

    estimate = order.estimate
    assert (estimate.version, estimate.status, estimate.total) == (1, "ditawarkan", 620_000)
    assert estimate.made_by == clerk("bengkel")
    bubut, las, plat = estimate.lines.all()
    assert (bubut.service, bubut.unit, bubut.price, bubut.amount) == ("Bubut CONTOH", "jam", 45_000, 450_000)
    assert (las.quantity, las.amount) == (Decimal("4.25"), 170_000)
    assert (plat.kind, plat.price, plat.amount) == ("bahan_pelanggan", 0, 0)
    assert audit_of(order)[-1].after.items() >= {"estimate": 1, "amount": 620_000, "days": 5}.items()


def test_a_later_tariff_changes_nothing_here():
    order = act("offer", make_order("estimasi"))

    with unguarded():
        Tariff.objects.update(price=1)

    assert sum(line.amount for line in order.estimate.lines.all()) == order.estimate.total == 620_000


def test_the_last_day_counts_working_days_and_holidays():
    Holiday.objects.create(day=date(2026, 11, 25), name="Libur contoh")

    order = offer(make_order("estimasi"), days=5, starts_on=MONDAY)

    # Monday, Tuesday, (Wednesday off), Thursday, Friday, Monday
    assert order.estimate.finish_on == date(2026, 11, 30)


def test_an_offer_is_valid_as_long_as_the_office_says():
    make_office(offer_valid_days=10)

    assert act("offer", make_order("estimasi")).estimate.valid_until == MONDAY + timedelta(days=10)


def test_a_saved_draft_becomes_the_offer():
    order = act("save_estimate", make_order("estimasi"))
    assert (order.estimates.get().status, order.estimate) == ("draf", None)

    order = act("offer", order)

    assert order.estimates.get() == order.estimate
    assert (order.estimate.version, order.estimate.status) == (1, "ditawarkan")


def test_a_revision_is_the_next_version_and_the_former_stays():
    order = act("offer", act("revise", make_order("konfirmasi")))

    assert [(e.version, e.status) for e in order.estimates.all()] == [(1, "ditolak"), (2, "ditawarkan")]
    assert order.estimate.version == 2


def test_declined_work_goes_back_to_the_front_desk_with_the_reason():
    order = act("decline", make_order("estimasi"))

    assert order.stage == "permohonan"
    assert audit_of(order)[-1].note == "Bahan tidak ada."


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"days": 0}, "hari kerja"),
        ({"starts_on": MONDAY - timedelta(days=1)}, "sudah lewat"),
        ({"starts_on": date(2026, 11, 28)}, "hari libur"),
        ({"lines": ()}, "belum bernilai"),
        ({"lines": (LineData("bahan_pelanggan", Decimal(1), "Plat", unit="lembar"),)}, "belum bernilai"),
        ({"lines": (LineData("jasa", Decimal(-1), tariff_id=1),)}, "lebih dari nol"),
        ({"lines": (LineData("jasa", Decimal(0), tariff_id=1),)}, "lebih dari nol"),
        ({"lines": (LineData("jasa", Decimal(1), tariff_id=999_999),)}, "tidak berlaku"),
        ({"lines": (LineData("bahan_balai", Decimal(1), "Baja", unit="batang", price=38_000),)}, "asal harga"),
        ({"lines": (LineData("bahan_balai", Decimal(1), "Baja", price=1, price_source="Nota"),)}, "satuan"),
    ],
)
def test_an_impossible_offer_is_refused_with_its_reason(fields, reason):
    order = make_order("estimasi")

    with pytest.raises(ActionRefused, match=reason):
        offer(order, **fields)
    assert not Estimate.objects.exists()
    assert fresh(order).version == order.version


def test_a_tariff_counts_only_while_it_is_in_force():
    order = make_order("estimasi")
    ended = Tariff.objects.create(
        code="J-99",
        name="Lama CONTOH",
        unit="jam",
        price=1_000,
        account_code="4",
        legal_basis="CONTOH",
        valid_from=date(2020, 1, 1),
        valid_until=MONDAY - timedelta(days=1),
    )

    with pytest.raises(ActionRefused, match="tidak berlaku"):
        offer(order, lines=(LineData("jasa", Decimal(1), tariff_id=ended.pk),))


@pytest.mark.parametrize("action", [actions.decline, actions.offer_change])
def test_a_reason_is_required(action):
    stage = "estimasi" if action is actions.decline else "produksi"
    order = make_order(stage)
    more = {} if action is actions.decline else {"data": estimate_data()}

    with pytest.raises(ActionRefused, match="alasan"):
        action(order.pk, intent(clerk("bengkel"), order), reason=" ", **more)
    assert fresh(order).version == order.version


def test_a_change_waits_for_its_answer_and_leaves_the_agreed_terms():
    order = act("offer_change", make_order("produksi"))

    assert order.stage == "produksi"
    assert (order.estimate.version, order.change.version) == (1, 2)
    assert (order.change.is_change, order.change.reason, order.change.status) == (True, "Ukuran berubah.", "ditawarkan")
    assert order.estimate.status == "disepakati"
