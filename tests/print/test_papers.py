"""What the builders freeze from orders walked by the real actions, and that the templates print all of it."""

import io
from base64 import b64decode
from datetime import date
from decimal import Decimal
from typing import get_args, get_type_hints, is_typeddict

import pytest
from PIL import Image
from weasyprint import HTML

from balai import clock, pdf, renderer
from balai.documents import Kind
from balai.formats import angka
from balai.models import Document
from balai.months import Month
from finance.closedbooks import ClosedBook, ClosedReport
from finance.papers import CashSheet, DepositNote, Receipt, Reminder
from orders import papers
from orders.actions.contacts import VIA
from orders.actions.intake import LeftGoodsData
from orders.models import Order, Tariff
from orders.papers.parts import quantity
from orders.pricing import LineData
from tests.deposited import close_day, close_month, make_deposit
from tests.factories import act, estimate_data, make_order, make_tariffs
from tests.print.drawn import draw
from tests.print.issued import body, paper
from tests.print.payloads import BODIES

BODY_TYPES = {
    Kind.APPLICATION_FORM: papers.ApplicationForm,
    Kind.RETURN_LETTER: papers.ReturnLetter,
    Kind.ESTIMATE_SHEET: papers.EstimateSheet,
    Kind.ORDER_LETTER: papers.OrderLetter,
    Kind.WORK_ORDER: papers.WorkOrder,
    Kind.RECEIPT: Receipt,
    Kind.DELIVERY_NOTE: papers.DeliveryNote,
    Kind.DEPOSIT_NOTE: DepositNote,
    Kind.CASH_SHEET: CashSheet,
    Kind.REMINDER: Reminder,
    Kind.CLOSED_BOOK: ClosedBook,
    Kind.CLOSED_REPORT: ClosedReport,
}


LEFT = (LeftGoodsData("Papan jati", Decimal("1.500"), "m³", "Basah"),)


@pytest.fixture
def done(db) -> Order:
    return make_order("selesai", needed_on=date(2026, 12, 1), left_goods=LEFT)


@pytest.fixture
def one_of_each(done) -> dict[Kind, Document]:
    """A paper of every kind, issued by the real actions."""
    orders = dict.fromkeys(BODY_TYPES, done) | {
        Kind.RETURN_LETTER: make_order("dikembalikan", left_goods=LEFT),
        Kind.REMINDER: act("remind", make_order("pembayaran")),
    }
    for kind in (Kind.DEPOSIT_NOTE, Kind.CASH_SHEET, Kind.CLOSED_BOOK, Kind.CLOSED_REPORT):
        orders.pop(kind)
    cash = {Kind.DEPOSIT_NOTE: make_deposit(done).paper, Kind.CASH_SHEET: close_day().paper}
    this_month = Month.of(clock.today())
    with clock.at(this_month.end):
        closed = close_month(this_month)
    cash |= {Kind.CLOSED_BOOK: closed.book, Kind.CLOSED_REPORT: closed.report}
    return {kind: paper(order, kind) for kind, order in orders.items()} | cash


# Shape


def test_every_kind_of_paper_declares_its_body():
    assert set(BODY_TYPES) == set(Kind)


def test_a_frozen_body_has_exactly_the_declared_fields(one_of_each):
    for kind, declared in BODY_TYPES.items():
        assert_declared(one_of_each[kind].payload["body"], declared)


@pytest.mark.parametrize("kind", BODY_TYPES)
def test_a_sample_body_has_exactly_the_declared_fields(kind):
    assert_declared(BODIES[kind], BODY_TYPES[kind])


def assert_declared(value: object, declared: object) -> None:
    """The value has the fields of the TypedDict, down to the last row."""
    if is_typeddict(declared):
        fields = get_type_hints(declared)
        assert set(value) == set(fields), declared
        for name, inner in fields.items():
            assert_declared(value[name], inner)
    elif isinstance(value, list):
        for row in value:
            assert_declared(row, get_args(declared)[0])
    elif get_args(declared):  # X | None
        assert value is None or assert_declared(value, get_args(declared)[0]) is None
    else:
        assert isinstance(value, declared)


def test_a_template_asks_for_nothing_that_is_not_frozen(one_of_each, monkeypatch):
    engine = renderer.looks(renderer.SCHEMA).templates
    monkeypatch.setattr(engine, "string_if_invalid", "‽ %s")
    lay_out = HTML.__init__
    seen = []
    monkeypatch.setattr(HTML, "__init__", lambda self, **given: seen.append(given["string"]) or lay_out(self, **given))
    for kind in BODY_TYPES:
        draw(one_of_each[kind].payload, pdf.Copy(1, date(2026, 11, 22), "Rina Contohwati"))
    assert len(seen) >= len(BODY_TYPES)
    assert [html for html in seen if "‽" in html] == []


# What is frozen


def test_the_application_form_holds_what_was_asked_for(done):
    frozen = body(done, Kind.APPLICATION_FORM)
    assert frozen["goods"][0] == {
        "name": "Poros utama",
        "quantity": "4",
        "unit": "buah",
        "size": "Ø 20 × 180 mm",
        "material": "Baja ST 41",
    }
    assert frozen["left_goods"] == [{"name": "Papan jati", "quantity": "1.5", "unit": "m³", "condition": "Basah"}]
    [drawing] = frozen["drawings"]
    assert (drawing["name"], drawing["kind"], drawing["pages"]) == ("gambar-contoh-1.png", "Gambar", 1)
    assert Image.open(io.BytesIO(b64decode(drawing["picture"]))).size == (240, 160)
    assert frozen["needed_on"] == "2026-12-01"
    assert frozen["clerk"]["name"] == "Rina Contohwati"
    assert [choice["label"] for choice in frozen["customer"]["kind"] if choice["chosen"]] == ["IKM"]


def test_personal_data_is_frozen_only_where_it_is_printed(done):
    issued = [each.document for each in done.papers.select_related("document")]
    assert {each.kind for each in issued if done.customer.phone in str(each.payload)} == {
        Kind.APPLICATION_FORM,
        Kind.ORDER_LETTER,
    }


def test_a_nik_is_frozen_masked(db):
    order = make_order("draf")
    order.customer.nik = "3300000000000143"
    order.customer.save()
    order = act("submit", order)
    assert body(order, Kind.APPLICATION_FORM)["customer"]["nik_masked"] == "************0143"
    assert "3300000000000143" not in str(paper(order, Kind.APPLICATION_FORM).payload)


def test_the_order_letter_holds_the_agreed_estimate(done):
    frozen = body(done, Kind.ORDER_LETTER)
    assert [as_tuple(line) for line in frozen["lines"]] == [
        ("Bubut CONTOH, poros utama", "10", "jam", 45_000, 450_000),
        ("Las CONTOH, braket siku", "4.25", "jam", 40_000, 170_000),
        ("Plat 4 mm (bahan dari pelanggan)", "2", "lembar", 0, 0),
    ]
    assert frozen["total"] == 620_000
    assert frozen["goods"][0]["specification"] == "Baja ST 41, Ø 20 × 180 mm"
    assert frozen["agreed_via"] == "lewat telepon"
    assert frozen["application_number"] == done.number
    assert frozen["change"] is None


def as_tuple(line: dict) -> tuple:
    return line["description"], line["quantity"], line["unit"], line["price"], line["amount"]


def test_a_change_names_the_letter_it_replaces(db):
    order = make_order("produksi", open_change=True)
    first = paper(order, Kind.ORDER_LETTER)
    order = act("agree_change", order)
    assert body(order, Kind.ORDER_LETTER)["change"] == {
        "ordinal": 1,
        "replaces_number": first.printed_number,
        "replaces_date": first.payload["date"],
    }
    second = paper(order, Kind.ORDER_LETTER)
    order = act("agree_change", act("offer_change", order))
    assert body(order, Kind.ORDER_LETTER)["change"]["ordinal"] == 2
    assert body(order, Kind.ORDER_LETTER)["change"]["replaces_number"] == second.printed_number


def test_only_the_first_six_drawings_are_pictured(db):
    order = make_order("permohonan", drawings=8)
    pictures = [bool(drawing["picture"]) for drawing in body(order, Kind.APPLICATION_FORM)["drawings"]]
    assert pictures == [True] * 6 + [False] * 2


def test_a_letter_names_the_drawings_in_force(db):
    order = act("agree", act("revise_drawing", make_order("konfirmasi")))
    assert body(order, Kind.ORDER_LETTER)["drawings"] == ["gambar-baru.png (versi 2)"]


def test_every_way_to_answer_has_its_words_on_paper():
    assert set(papers.ANSWERED_VIA) == set(VIA)


def test_the_receipt_holds_the_payment_and_its_accounts(done):
    frozen = body(done, Kind.RECEIPT)
    assert (frozen["amount"], frozen["received"], frozen["change_given"]) == (620_000, 670_000, 50_000)
    assert frozen["order_letter_number"] == paper(done, Kind.ORDER_LETTER).printed_number
    assert frozen["lines"] == [
        {
            "account_code": "4.1.02.02.01.CONTOH",
            "description": "Bubut CONTOH, Las CONTOH",
            "amount": 620_000,
        }
    ]
    assert [choice["label"] for choice in frozen["method"] if choice["chosen"]] == ["Tunai"]


def test_a_receipt_names_at_most_three_services_per_account(db):
    make_tariffs()
    for name in ("Frais", "Gerinda"):
        Tariff.objects.create(**_tariff_like(Tariff.objects.first(), name))
    lines = tuple(LineData("jasa", Decimal(1), tariff_id=tariff.pk) for tariff in Tariff.objects.order_by("pk"))
    order = make_order("siap_diambil", estimate=estimate_data(lines=lines))
    [line] = body(order, Kind.RECEIPT)["lines"]
    assert line["description"] == "Bubut CONTOH, Las CONTOH, Oven kayu CONTOH, dan 2 lainnya"


def _tariff_like(tariff: Tariff, name: str) -> dict:
    kept = ("unit", "price", "account_code", "legal_basis", "valid_from")
    return {field: getattr(tariff, field) for field in kept} | {"name": name, "code": name}


def test_the_delivery_notes_count_down_what_remains(db):
    order = make_order("siap_diambil", partly_handed=True)
    first = body(order, Kind.DELIVERY_NOTE)
    assert first["lines"] == [
        {"name": "Poros utama", "quantity": "1", "unit": "buah", "ordered": "4", "remaining": "3"},
    ]
    order = act("hand_over", order)
    second = body(order, Kind.DELIVERY_NOTE)
    assert [(line["quantity"], line["remaining"]) for line in second["lines"]] == [("3", "0"), ("24", "0")]
    assert second["receipt_number"] == paper(order, Kind.RECEIPT).printed_number
    assert second["order_letter_number"] == paper(order, Kind.ORDER_LETTER).printed_number


@pytest.mark.parametrize(("typed", "frozen"), [("120", "120"), ("2.500", "2.5"), ("0.001", "0.001"), ("1E+2", "100")])
def test_a_quantity_is_frozen_in_one_form(typed, frozen):
    assert quantity(Decimal(typed)) == frozen
    assert angka(frozen) == angka(Decimal(typed))
