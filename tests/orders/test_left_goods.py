"""What the customer left here: given back, or said what became of it, before an order is closed."""

import uuid
from decimal import Decimal

import pytest

from orders import actions
from orders.actions import ActionRefused
from orders.actions.handover import remaining
from orders.actions.intake import LeftGoodsData
from orders.actions.leftgoods import Account
from orders.models import LeftGoods, Order
from orders.permissions import roles_for
from tests.factories import act, all_given_back, audit_of, clerk, fresh, hand_over_data, intent, make_order

pytestmark = pytest.mark.django_db

LEFT = (LeftGoodsData("Plat contoh", Decimal(3), "lembar"), LeftGoodsData("Pisau contoh", Decimal(1), "buah", "aus"))
# What closes an order early: verb, stage before, what else the action wants to know.
ENDS = {
    "return_to_customer": ("permohonan", {"reason": "Mesin tidak ada."}),
    "disagree": ("konfirmasi", {"reason": "Mahal.", "via": "loket", "who": "Siti Contoh"}),
    "cancel": ("produksi", {"reason": "Pelanggan mundur."}),
}
# The pages of the same: address, stage, what is typed.
PAGES = {
    "identifikasi": ("permohonan", {"tindakan": "return_to_customer", "catatan": "Mesin tidak ada."}),
    "konfirmasi": (
        "konfirmasi",
        {"tindakan": "disagree", "catatan": "Mahal.", "lewat": "loket", "penjawab": "Siti Contoh"},
    ),
    "pembatalan": ("pesanan", {"tindakan": "cancel", "catatan": "Pelanggan mundur."}),
}


def close(verb: str, order: Order, left_goods: dict[int, Account]) -> Order:
    as_sent = intent(clerk(roles_for(verb)[0]), order)
    getattr(actions, verb)(order.pk, as_sent, left_goods=left_goods, **ENDS[verb][1])
    return fresh(order)


@pytest.mark.parametrize("verb", ENDS)
def test_an_order_is_not_closed_while_left_goods_are_forgotten(verb):
    order = make_order(ENDS[verb][0], left_goods=LEFT)
    plate, knife = order.left_goods.all()

    with pytest.raises(ActionRefused, match="belum jelas: Pisau contoh"):
        close(verb, order, {plate.pk: Account(given_back=True)})

    assert fresh(order).stage == order.stage
    assert not LeftGoods.objects.exclude(accounted_at=None).exists(), "nothing of a refused action stays"
    closed = close(verb, order, {plate.pk: Account(True), knife.pk: Account(False, "Patah saat diuji.")})
    assert closed.closed_at
    assert list(order.left_goods.values_list("given_back", "became", "accounted_at")) == [
        (True, "", closed.closed_at),
        (False, "Patah saat diuji.", closed.closed_at),
    ]
    assert [told["name"] for told in audit_of(order)[-1].after["left_goods"]] == ["Plat contoh", "Pisau contoh"]


def test_the_last_piece_does_not_go_without_the_left_goods():
    order = make_order("siap_diambil", left_goods=LEFT)
    first = next(iter(remaining(order)))
    plate, knife = order.left_goods.all()
    by = clerk("pelayanan")

    part = hand_over_data(order, {first: Decimal(1)}, left_goods={plate.pk: Account(True)})
    actions.hand_over(order.pk, intent(by, order), part)
    order = fresh(order)
    with pytest.raises(ActionRefused, match="belum jelas: Pisau contoh"):
        actions.hand_over(order.pk, intent(by, order), hand_over_data(order, left_goods={}))

    actions.hand_over(order.pk, intent(by, order), hand_over_data(order, left_goods={knife.pk: Account(True)}))
    assert fresh(order).stage == "selesai"
    assert not order.left_goods.filter(given_back=False).exists()


@pytest.mark.parametrize("step", PAGES)
def test_the_page_asks_for_each_thing_and_keeps_what_was_typed(office, sign_in, step):
    stage, typed = PAGES[step]
    order = make_order(stage, left_goods=LEFT)
    plate, knife = order.left_goods.all()
    browser = sign_in(clerk("pimpinan" if step == "pembatalan" else "pelayanan"))
    address = f"/pesanan/{order.pk}/{step}/"
    assert "Plat contoh, 3 lembar dikembalikan" in browser.get(address).content.decode()
    sent = typed | {"versi": str(order.version), f"titipan-{plate.pk}": "on"}

    refused = browser.post(address, sent | {"kunci": str(uuid.uuid4())})

    html = refused.content.decode()
    assert refused.status_code == 422
    assert "Barang titipan belum jelas: Pisau contoh." in html
    assert f'id="id_titipan-{plate.pk}" checked' in html
    sent[f"titipan-{knife.pk}-keadaan"] = "Terpakai untuk percobaan."
    assert browser.post(address, sent | {"kunci": str(uuid.uuid4())}).status_code == 302
    assert order.left_goods.get(pk=knife.pk).became == "Terpakai untuk percobaan."
    assert "Terpakai untuk percobaan." in browser.get(f"/pesanan/{order.pk}/").content.decode()


def test_what_was_given_back_with_a_part_is_not_asked_for_again(as_pelayanan):
    order = make_order("siap_diambil", left_goods=LEFT)
    part = hand_over_data(order, {next(iter(remaining(order))): Decimal(1)}, left_goods=all_given_back(order))
    actions.hand_over(order.pk, intent(clerk("pelayanan"), order), part)

    html = as_pelayanan.get(f"/pesanan/{order.pk}/").content.decode()

    assert "Barang titipan pelanggan" not in html
    assert act("hand_over", fresh(order)).stage == "selesai"


def test_an_order_with_nothing_left_is_not_asked(as_pelayanan):
    order = make_order("permohonan")

    assert "titipan-" not in as_pelayanan.get(f"/pesanan/{order.pk}/identifikasi/").content.decode()
