"""The desk, with one order in every state: on whose desk it lies, what leadership sees, what it costs."""

from datetime import date, datetime, time, timedelta

import pytest

from balai import clock
from balai.clock import WIB
from balai.office import get_office
from orders.deadlines import Deadlines
from orders.models import Estimate, Order
from orders.piles import PILES, piles
from orders.stages import FINAL, Stage
from tests.copies import copies_of
from tests.factories import act, fresh, make_order, make_user

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
# State -> the section and the button of whoever must act
DUTIES = {
    "draf": ("pelayanan", "Draf permohonan", "Lanjutkan", "/permohonan/"),
    "permohonan": ("pelayanan", "Perlu diidentifikasi", "Identifikasi", "/#berikut"),
    "estimasi": ("bengkel", "Perlu diestimasi", "Buat estimasi", "/estimasi/"),
    "konfirmasi": ("pelayanan", "Perlu dikonfirmasi ke pelanggan", "Catat jawaban", "/#berikut"),
    "pesanan": ("bengkel", "Antre", "Mulai kerjakan", "/#berikut"),
    "produksi": ("bengkel", "Sedang dikerjakan", "Catat kemajuan", "/#berikut"),
    "produksi, tertunda": ("bengkel", "Tertunda", "Lanjutkan", "/#berikut"),
    "produksi, perubahan ditawarkan": (
        "pelayanan",
        "Perubahan menunggu jawaban pelanggan",
        "Catat jawaban",
        "/#berikut",
    ),
    "pembayaran": ("keuangan", "Perlu dibayar", "Terima bayar", "/pembayaran/"),
    "siap_diambil": ("pelayanan", "Siap diambil", "Serahkan barang", "/#berikut"),
}


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), WIB)


def sections(response) -> dict[str, dict]:
    return {section["title"]: section for section in response.context["sections"]}


def row_of(section: dict, order: Order) -> dict | None:
    url = f"/pesanan/{order.pk}/"
    return next((row for row in section["rows"] if row["url"] == url), None)


@pytest.mark.parametrize("state", DUTIES)
def test_an_order_lies_on_one_desk_with_one_button_that_names_the_work(cell, sign_in, state) -> None:
    order, people = cell(state)
    role, title, work, address = DUTIES[state]
    response = sign_in(people[role]).get("/meja/")
    row = row_of(sections(response)[title], order)
    assert (row["action_label"], row["action_url"]) == (work, f"/pesanan/{order.pk}{address}")
    assert sum(row_of(section, order) is not None for section in response.context["sections"]) == 1
    for other in {"pelayanan", "bengkel", "keuangan"} - {role}:
        elsewhere = sign_in(people[other]).get("/meja/")
        assert all(row_of(section, order) is None for section in elsewhere.context["sections"]), other


def test_every_open_stage_has_a_pile_and_no_order_lies_on_two(cell) -> None:
    assert {pile.stage for pile in PILES} == set(Stage) - FINAL
    today = piles(Deadlines(get_office()))
    for state in DUTIES:
        order, _ = cell(state)
        for kinds in (PILES, today):
            assert [Order.objects.filter(pile.where, pk=order.pk).exists() for pile in kinds].count(True) == 1


@pytest.mark.parametrize(
    ("role", "heading", "primary"),
    [
        ("pelayanan", "Meja pelayanan", 1),
        ("bengkel", "Meja bengkel", 0),
        ("keuangan", "Meja keuangan", 0),
        ("pimpinan", "Meja pimpinan", 0),
        ("admin", "Meja kerja", 0),
    ],
)
def test_each_role_has_its_heading_and_only_the_front_desk_a_new_request(cell, sign_in, role, heading, primary) -> None:
    _, people = cell("draf")
    html = sign_in(people[role]).get("/meja/").content.decode()
    assert f"<h1>{heading}</h1>" in html
    assert html.count("btn-primary") == primary
    assert ("Permohonan baru" in html) == bool(primary)


def test_the_papers_i_issued_last_can_be_printed_again(cell, sign_in) -> None:
    order, people = cell("dibatalkan")
    browser = sign_in(people["pelayanan"])
    letter = order.papers.get(document__kind="surat_pesanan").document
    recent = browser.get("/meja/").context["recent"]
    assert len(recent) == 5
    assert recent == sorted(recent, key=lambda paper: paper["at"], reverse=True)
    fresh_order = act("submit", make_order())
    html = browser.get("/meja/").content.decode()
    assert f">Formulir permohonan {fresh_order.number}</a>, {fresh_order.customer}" in html
    assert f'href="/dokumen/{letter.pk}/cetak-ulang/"' not in html
    assert letter.voided_at is not None
    assert "Terakhir Anda kerjakan" not in sign_in(people["bengkel"]).get("/meja/").content.decode()
    new_clerk = sign_in(make_user("pelayanan"))
    assert "Surat yang Anda terbitkan muncul di sini" in new_clerk.get("/meja/").content.decode()


@pytest.mark.parametrize("name", ["pimpinan", "admin"])
def test_leadership_sees_what_is_late_first_and_what_waits_where(cell, sign_in, name) -> None:
    late, people = cell("permohonan")
    older, _ = cell("produksi")
    Order.objects.filter(pk=late.pk).update(stage_since=at(MONDAY - timedelta(days=7)))
    Estimate.objects.filter(order=older).update(starts_on=date(2026, 11, 2), finish_on=date(2026, 11, 3))
    with clock.at(at(MONDAY)):
        response = sign_in(people[name]).get("/meja/")
        deadlines = Deadlines(get_office())
    rows = response.context["late"]["rows"]
    places = [row["url"] for row in rows]
    assert places.index(f"/pesanan/{older.pk}/") < places.index(f"/pesanan/{late.pk}/")
    assert rows[places.index(f"/pesanan/{late.pk}/")]["tag"].note == "Menunggu pelayanan: identifikasi"
    counts = {waiting.pile.key: waiting.count for waiting in response.context["overview"]}
    assert counts == {pile.key: Order.objects.filter(pile.where).count() for pile in piles(deadlines)}
    html = response.content.decode()
    assert html.index("Terlambat</h2>") < html.index("Di mana pesanan menunggu")
    assert 'href="/pesanan/?tahap=permohonan"' in html


@pytest.mark.parametrize("role", ["pelayanan", "bengkel", "keuangan", "pimpinan", "admin"])
def test_the_desk_costs_the_same_with_5_and_200_rows(cell, sign_in, count_queries, role) -> None:
    _, people = cell("draf")
    browser = sign_in(people[role])
    few = count_queries(browser, "/meja/")
    for state in ("permohonan", "konfirmasi", "pesanan", "produksi", "pembayaran"):
        order = fresh(cell(state)[0])
        copies_of(order, 40)
    Order.objects.update(stage_since=at(date(2026, 1, 5)))
    assert count_queries(browser, "/meja/") == few
