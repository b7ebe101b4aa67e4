"""Estimate sheets, work orders and letters of return: what the actions freeze in them, and what replaces what."""

from decimal import Decimal

from balai.kinds import Kind
from balai.models import Document
from orders import papers
from orders.actions.intake import LeftGoodsData
from orders.models import Order
from tests.factories import act, make_order
from tests.print.issued import body, paper


def test_the_estimate_sheet_holds_the_offer(db):
    order = make_order("konfirmasi")
    frozen = body(order, Kind.ESTIMATE_SHEET)
    assert (frozen["total"], frozen["days"], frozen["version"]) == (620_000, 5, 1)
    assert frozen["valid_until"] == order.estimate.valid_until.isoformat()
    assert frozen["legal_bases"] == ["CONTOH: peraturan tarif"]
    assert frozen["clerk"]["name"] == "Agus Contohadi"
    assert (frozen["change_of"], frozen["change_reason"]) == ("", "")


def test_a_revised_offer_replaces_the_sheet_of_the_refused_one(db):
    order = act("offer", act("revise", make_order("konfirmasi")))
    first, second = sheets(order)
    assert (first.replaces, second.replaces) == (None, first)
    assert second.payload["body"]["version"] == 2


def sheets(order: Order) -> list[Document]:
    own = order.papers.values("document")
    return list(Document.objects.filter(pk__in=own, kind=Kind.ESTIMATE_SHEET).order_by("number"))


def test_an_offered_change_leaves_the_agreed_sheet_and_replaces_a_refused_one(db):
    order = make_order("produksi", open_change=True)
    agreed, change = sheets(order)
    assert change.replaces is None
    assert change.payload["body"]["change_of"] == paper(order, Kind.ORDER_LETTER).printed_number
    assert change.payload["body"]["change_reason"] == "Ukuran berubah."
    order = act("offer_change", act("refuse_change", order))
    assert [each.replaces for each in sheets(order)] == [None, None, change]
    assert agreed.voided_at is None


def test_the_work_order_holds_the_steps_and_no_money(db):
    done = make_order("produksi")
    frozen = body(done, Kind.WORK_ORDER)
    steps = [("Bubut, poros utama", "10", "jam"), ("Las, braket siku", "4.25", "jam")]
    assert [sorted(step.values()) for step in frozen["steps"]] == [sorted(step) for step in steps]
    assert frozen["materials"] == [{"name": "Plat 4 mm", "quantity": "2", "unit": "lembar", "source": "Pemesan"}]
    assert frozen["order_letter_number"] == paper(done, Kind.ORDER_LETTER).printed_number
    assert frozen["drawings"] == ["gambar-contoh-1.png"]
    assert not {"price", "amount", "total"} & set(str(frozen).replace("'", " ").split())


def test_work_orders_follow_their_letters(db):
    order = act("agree_change", make_order("produksi", open_change=True))
    first, second = Document.objects.filter(kind=Kind.WORK_ORDER).order_by("number")
    assert second.replaces == first
    assert second.payload["body"]["change"]["replaces_number"] == first.printed_number
    act("cancel", order)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.voided_at, bool(second.voided_at), second.void_reason) == (None, True, "Pelanggan mundur.")


def test_a_returned_request_gets_a_letter_with_the_reason_and_the_goods(db):
    left = (LeftGoodsData("Papan jati", Decimal("1.500"), "m³", "Basah"),)
    frozen = body(make_order("dikembalikan", left_goods=left), Kind.RETURN_LETTER)
    assert frozen["reasons"] == ["Mesin tidak ada."]
    assert frozen["left_goods"] == [
        {"name": "Papan jati", "quantity": "1.5", "unit": "m³", "given_back": True, "became": ""}
    ]
    assert (frozen["estimate_number"], frozen["estimate_date"]) == ("", "")
    assert frozen["head"]["title"] == "Kepala Balai"


def test_who_disagreed_is_told_which_offer(db):
    order = act("disagree", make_order("konfirmasi"))
    [sheet] = sheets(order)
    frozen = body(order, Kind.RETURN_LETTER)
    assert (frozen["estimate_number"], frozen["estimate_date"]) == (sheet.printed_number, sheet.payload["date"])
    assert frozen["reasons"] == ["Terlalu mahal."]


def test_a_reason_of_several_lines_becomes_several_points(db):
    order = make_order("permohonan")
    letter = papers.return_letter(order, "Gambar kurang jelas.\n\n  Ukuran terlalu besar. ")
    assert letter["reasons"] == ["Gambar kurang jelas.", "Ukuran terlalu besar."]
