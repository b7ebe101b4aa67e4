"""Whatever is tried in whatever order, the books stay true. Legal and illegal steps, drawn by Hypothesis."""

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.models import Document, NumberSeries
from finance.models import Payment
from orders.actions import ActionRefused
from orders.actions.handover import remaining
from orders.models import Order
from orders.stages import FINAL, ORDERED, Stage
from tests.factories import act, audit_of, clerk, fresh, make_order
from tests.orders.states import TABLE

WALKS, STEPS = 8, 25
ROLES = ("pelayanan", "bengkel", "keuangan", "pimpinan")
ONCE_ONLY = {"discard", "revoke_link", "refund"}  # what was refunded is not taken back: test_decisions
VERBS = sorted({verb for row in TABLE.values() for verb in row} - ONCE_ONLY)
PAID = (Stage.SIAP_DIAMBIL, Stage.SELESAI)
MOSTLY = st.sampled_from([True, True, True, False])


def state_of(order: Order) -> str:
    parts = [order.stage]
    parts += ["tertunda"] * bool(order.hold_reason)
    parts += ["perubahan ditawarkan"] * bool(order.change_id)
    parts += ["pembatalan diminta"] * bool(order.reversal_reason)
    parts += ["dikurangi"] * (order.stage == Stage.PEMBAYARAN and order.reduction > 0)
    parts += ["dibebaskan"] * (order.stage == Stage.SIAP_DIAMBIL and order.is_exempt)
    parts += ["sebagian diserahkan"] * (order.stage == Stage.SIAP_DIAMBIL and order.handovers.exists())
    return ", ".join(parts)


@pytest.mark.django_db
# The same walks every time; for a longer search raise WALKS and take `derandomize` out.
@settings(
    max_examples=WALKS,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_the_books_stay_true(data):
    with transaction.atomic():
        order = begin(data)
        for _ in range(STEPS):
            order = step(order, data) if order.stage not in FINAL else begin(data)
            check(order)
        transaction.set_rollback(True)


def begin(data: st.DataObject) -> Order:
    """An order somewhere on its way; from the draft alone few would ever be paid."""
    return make_order(data.draw(st.sampled_from([stage for stage in Stage if stage not in FINAL])))


def step(order: Order, data: st.DataObject) -> Order:
    """Try one verb by one clerk. Mostly both are as the table says, or the walk would never get far."""
    legal = {verb: cell for verb, cell in TABLE[state_of(order)].items() if verb not in ONCE_ONLY}
    verb = data.draw(st.sampled_from(sorted(legal) if data.draw(MOSTLY) else VERBS))
    role, target = legal.get(verb, (None, order.stage))
    actor = role if role and data.draw(MOSTLY) else data.draw(st.sampled_from(ROLES))
    refusal = None
    try:
        act(verb, order, clerk(actor))
    except ActionRefused as refused:
        refusal = refused.reason
    after = fresh(order)
    assert (refusal is None) == (actor == role), f"{verb} by {actor} in {state_of(order)}: {refusal or 'allowed'}"
    if refusal is None:
        # The last piece may be handed over in a part, too.
        assert after.stage in (target, *(["selesai"] if verb == "hand_over_part" else []))
    else:
        assert (after.version, after.stage) == (order.version, order.stage)
    return after


def check(order: Order) -> None:
    entries = audit_of(order)
    assert [entry.after["version"] for entry in entries] == list(range(1, order.version + 1))
    assert [entry.before["stage"] for entry in entries[1:]] == [entry.after["stage"] for entry in entries[:-1]]
    assert entries[-1].after["stage"] == order.stage

    for series in NumberSeries.objects.all():
        numbers = Document.objects.filter(register=series.register, year=series.year).values_list("number", flat=True)
        assert sorted(numbers) == list(range(1, series.last + 1))

    paid = Payment.objects.filter(order=order).aggregate(sum=Sum("amount"))["sum"] or 0
    booked = Payment.objects.filter(order=order).aggregate(sum=Sum("lines__amount"))["sum"] or 0
    assert paid == booked == (order.bill if order.stage in PAID else 0)

    papers = Document.objects.filter(pk__in=order.papers.values("document"), voided_at=None)
    assert papers.filter(kind="bukti_pembayaran").count() == (order.stage in PAID and not order.is_exempt)
    letters = papers.filter(kind="surat_pesanan", replaced_by=None)
    assert letters.count() == (order.stage in ORDERED)
    assert (order.number is None) == (order.stage == Stage.DRAF)

    assert order.estimates.filter(status="ditawarkan").count() <= 1
    if order.stage in ORDERED:
        assert order.estimate.status == "disepakati"
    assert (order.closed_at is not None) == (order.stage in FINAL)
    left = remaining(order)
    assert all(quantity >= 0 for quantity in left.values())
    assert any(left.values()) == (order.stage != Stage.SELESAI)
