"""SOP 7: goods leave against the receipt, in one go or in parts."""

from decimal import Decimal

import pytest

from balai.models import Document
from orders import actions
from orders.actions import ActionRefused
from orders.actions.handover import remaining
from orders.models import HandOver
from orders.queries import valid_receipt_number
from tests.factories import act, audit_of, clerk, fresh, hand_over_data, intent, make_order, take_back

pytestmark = pytest.mark.django_db


def hand_over(order, quantities=None, **fields):
    actions.hand_over(order.pk, intent(clerk("pelayanan"), order), hand_over_data(order, quantities, **fields))
    return fresh(order)


@pytest.fixture
def paid():
    return make_order("siap_diambil")


def test_all_goods_at_once_close_the_order(paid):
    order = hand_over(paid)

    note = Document.objects.get(kind="surat_jalan")
    assert (order.stage, order.closed_at) == ("selesai", order.stage_since)
    assert order.handovers.get().paper == note
    assert [line["quantity"] for line in note.payload["body"]["lines"]] == ["4", "24"]
    assert [line["remaining"] for line in note.payload["body"]["lines"]] == ["0", "0"]
    assert note.payload["body"]["receipt_number"] == valid_receipt_number(order)
    assert audit_of(order)[-1].after.items() >= {"paper": note.printed_number, "collector": "Siti Contoh"}.items()


def test_goods_in_parts_have_a_note_each_and_the_last_piece_closes(paid):
    first, second = paid.items.all()

    order = hand_over(paid, {first.pk: Decimal(3), second.pk: Decimal(0)})
    assert (order.stage, order.closed_at) == ("siap_diambil", None)
    assert remaining(order) == {first.pk: 1, second.pk: 24}
    assert audit_of(order)[-1].verb == "hand_over_part"

    order = hand_over(order)
    notes = Document.objects.filter(kind="surat_jalan").order_by("number")
    assert order.stage == "selesai"
    assert [note.number for note in notes] == [1, 2]
    assert [line["remaining"] for line in notes[0].payload["body"]["lines"]] == ["1"]
    assert not any(remaining(order).values())


@pytest.mark.parametrize("quantity", [Decimal("4.001"), Decimal(-1)])
def test_no_more_than_remains(paid, quantity):
    first, _ = paid.items.all()

    with pytest.raises(ActionRefused, match="melebihi sisa"):
        hand_over(paid, {first.pk: quantity})
    assert not HandOver.objects.exists()


def test_goods_of_another_order_are_refused(paid):
    other = make_order("siap_diambil")

    with pytest.raises(ActionRefused, match="melebihi sisa"):
        hand_over(paid, {other.items.first().pk: Decimal(1)})


@pytest.mark.parametrize("quantities", [{}, {0: Decimal(0)}])
def test_nothing_is_not_handed_over(paid, quantities):
    with pytest.raises(ActionRefused, match="paling sedikit satu"):
        hand_over(paid, quantities)


@pytest.mark.parametrize("number", ["", "0099/TBP/I/2026"])
def test_another_receipt_is_refused(paid, number):
    with pytest.raises(ActionRefused, match="tidak ditemukan"):
        hand_over(paid, receipt_number=number)


def test_the_receipt_number_is_read_as_people_type_it(paid):
    order = hand_over(paid, receipt_number=f"  {valid_receipt_number(paid).lower()} ")

    assert order.handovers.get().receipt_number == valid_receipt_number(paid)


def test_the_receipt_of_another_order_is_refused(paid):
    other = make_order("siap_diambil")

    with pytest.raises(ActionRefused, match=f"milik pesanan lain, yaitu {other.number}"):
        hand_over(paid, receipt_number=valid_receipt_number(other))


def test_a_reversed_receipt_is_refused(paid):
    void_number = valid_receipt_number(paid)
    order = act("settle", take_back(paid))
    assert valid_receipt_number(order) != void_number

    with pytest.raises(ActionRefused, match=f"sudah BATAL.*{valid_receipt_number(order)}"):
        hand_over(order, receipt_number=void_number)


def test_a_deputy_says_who_he_is(paid):
    with pytest.raises(ActionRefused, match="hubungan"):
        hand_over(paid, collector="wakil", collector_relation=" ")

    order = hand_over(paid, collector="wakil", collector_relation="Karyawan")
    assert order.handovers.get().collector_relation == "Karyawan"


def test_the_collector_has_a_name(paid):
    with pytest.raises(ActionRefused, match="nama penerima"):
        hand_over(paid, collector_name="  ")
    assert not HandOver.objects.exists()
