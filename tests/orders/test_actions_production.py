"""SOP 5: the work, its holds, its end; and cancellation by pimpinan."""

import pytest

from balai.models import Document
from orders import actions
from orders.actions import ActionRefused
from tests.factories import act, audit_of, clerk, fresh, intent, make_order

pytestmark = pytest.mark.django_db


def test_a_hold_is_a_flag_with_a_reason_and_stops_finishing():
    order = act("hold", make_order("produksi"))

    assert (order.stage, order.hold_reason) == ("produksi", "Menunggu bahan: datang 24 Nov")
    assert audit_of(order)[-1].note == "Menunggu bahan: datang 24 Nov"
    assert audit_of(order)[-1].after["hold"] == "bahan"
    with pytest.raises(ActionRefused, match="tertunda"):
        act("finish", order)

    order = act("resume", order)
    assert (order.hold_reason, act("finish", order).stage) == ("", "pembayaran")


def test_an_open_change_stops_finishing_and_a_second_change():
    order = make_order("produksi", open_change=True)

    for verb in ("finish", "offer_change", "save_estimate", "hold"):
        with pytest.raises(ActionRefused, match="menunggu jawaban"):
            act(verb, order)


def test_finish_starts_the_wait_for_payment():
    order = act("finish", make_order("produksi"))

    assert order.finished_at == order.stage_since


def test_cancel_voids_the_letter_which_keeps_its_number():
    order = make_order("produksi")
    number = Document.objects.get(kind="surat_pesanan").printed_number

    order = act("cancel", order)

    letter = Document.objects.get(kind="surat_pesanan")
    assert (order.stage, order.closed_at) == ("dibatalkan", order.stage_since)
    assert (letter.printed_number, letter.voided_by, letter.void_reason) == (
        number,
        clerk("pimpinan"),
        "Pelanggan mundur.",
    )
    assert audit_of(order)[-1].note == "Pelanggan mundur."


def test_cancel_ends_a_hold_and_refuses_an_open_change():
    held = act("cancel", make_order("produksi", on_hold=True))
    changing = act("cancel", make_order("produksi", open_change=True))

    assert held.hold_reason == ""
    assert changing.change is None
    assert changing.estimates.get(version=2).status == "ditolak"


def test_cancel_after_a_change_voids_the_letter_in_force():
    order = act("cancel", act("agree_change", make_order("produksi", open_change=True)))

    first, second = Document.objects.filter(kind="surat_pesanan").order_by("number")
    assert (first.voided_at, second.voided_at is not None) == (None, True)
    assert order.stage == "dibatalkan"


def test_cancelling_needs_a_reason():
    order = make_order("pesanan")

    with pytest.raises(ActionRefused, match="alasan"):
        actions.cancel(order.pk, intent(clerk("pimpinan"), order), reason=" ")
    assert fresh(order).version == order.version
