"""The one search: its order, its tolerance, what leads straight to an order, what everybody may see."""

import io
import uuid

import pytest
from django.core.management import call_command
from django.urls import reverse

from orders.actions import Intent
from orders.actions.customers import change_customer, customer_version
from orders.actions.intake import CustomerData, ItemData
from orders.models import Customer, Order, OrderWord
from orders.search import MOST, find, means
from orders.words import words_of
from tests.copies import copies_of
from tests.factories import act, clerk, make_order

pytestmark = pytest.mark.django_db

CUSTOMER = CustomerData(
    "Soeparno Widjaja", Customer.Kind.IKM, "6281277770011", "Desa Contoh", business="CV Karya Tani O'Brien"
)
GEAR = (ItemData("Roda gigi z=36", 4, "buah", "Baja ST 60"),)


@pytest.fixture
def gear(office) -> Order:
    return make_order("pesanan", customer=CUSTOMER, items=GEAR)


def test_enter_opens_the_order_that_a_scanned_code_means(as_bengkel, gear) -> None:
    code = gear.papers.first().document.code
    answer = as_bengkel.get("/cari/", {"q": f"https://balai.example/verifikasi/{code}/"})
    assert (answer.status_code, answer.url) == (302, reverse("pesanan-satu", args=[gear.pk]))


def test_the_code_on_the_formulir_that_the_customer_follows_opens_the_order_too(as_keuangan, gear) -> None:
    link = gear.tracking_links.get()
    for text in (f"https://balai.example/lacak/{link.token}/", f"HTTPS>&&BALAI.EXAMPLE&LACAK&{link.token.upper()}&"):
        assert as_keuangan.get("/cari/", {"q": text}).url == reverse("pesanan-satu", args=[gear.pk])
    assert find(f"https://balai.example/lacak/{'a' * 26}/").hits == []


def test_while_somebody_types_the_list_comes_alone_and_opens_nothing(as_pelayanan, gear) -> None:
    answer = as_pelayanan.get("/cari/", {"q": gear.number}, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "HX-Request" in answer["Vary"]
    assert "<html" not in html
    assert gear.number in html
    assert f"Formulir permohonan {gear.number}" in html


def test_open_orders_come_before_closed_ones_and_new_before_old(gear) -> None:
    closed = make_order("selesai", customer=gear.customer_id, items=GEAR)
    newer = make_order("draf", customer=gear.customer_id, items=GEAR)
    assert [hit.order for hit in find("soeparno").hits] == [newer, gear, closed]


def test_the_very_word_comes_before_its_beginning(office) -> None:
    whole = make_order("selesai", items=(ItemData("Pisau potong", 1, "buah"),))
    longer = make_order("draf", items=(ItemData("Pisaunya", 1, "buah"),))
    assert [hit.order for hit in find("pisau").hits] == [whole, longer]


@pytest.mark.parametrize("asked", ["suparno wijaya", "SOEPARNO", "Suparno Widjaja", "supparno", "suparmo", "supanro"])
def test_a_name_is_found_in_old_and_wrong_spelling(gear, asked) -> None:
    assert [hit.order for hit in find(asked).hits] == [gear]


def test_a_guess_at_the_spelling_says_so(as_pelayanan, gear) -> None:
    assert not find("suparno").alike
    assert find("suparmo").alike
    assert "Tidak ada yang persis. Yang mirip:" in as_pelayanan.get("/cari/", {"q": "suparmo"}).content.decode()


@pytest.mark.parametrize("asked", ["xyzxyz", "roda suparmi xyz", "%", "_", "''", "' OR 1=1 --", "9" * 200, "z", "🙂"])
def test_what_is_not_there_is_said(as_pelayanan, gear, asked) -> None:
    answer = as_pelayanan.get("/cari/", {"q": asked})
    assert answer.status_code == 200
    assert answer.context["rows"] == []


def test_too_long_a_question_is_answered_in_words(as_pelayanan) -> None:
    assert "Terlalu panjang" in as_pelayanan.get("/cari/", {"q": "a" * 201}).content.decode()


def test_the_words_follow_the_order_and_the_customer(gear) -> None:
    rina = clerk("pelayanan")
    renamed = CustomerData("Paiman Contoh", Customer.Kind.IKM, "6281388880022", "Desa Contoh")
    change_customer(gear.customer_id, Intent(rina, uuid.uuid4(), customer_version(gear.customer)), renamed)
    draft = make_order("draf", items=(ItemData("Engsel", 1, "buah"),))
    act("edit", draft)

    assert [hit.order for hit in find("paiman").hits] == [hit.order for hit in find("0813 8888 0022").hits] == [gear]
    assert find("soeparno").hits == find("081277770011").hits == find("engsel").hits == []
    act("discard", Order.objects.get(pk=draft.pk))
    assert not OrderWord.objects.filter(order=draft.pk).exists()


def test_the_words_can_be_derived_anew(gear) -> None:
    before = set(OrderWord.objects.values_list("order", "word"))
    OrderWord.objects.filter(word__startswith="r").delete()
    OrderWord.objects.filter(word__startswith="g").update(word="salah")
    call_command("rebuild_search", stdout=io.StringIO())
    assert set(OrderWord.objects.values_list("order", "word")) == before


def test_every_role_searches_and_only_pelayanan_is_led_to_the_customers(sign_in, gear) -> None:
    for role in ("pelayanan", "bengkel", "keuangan", "pimpinan"):
        html = sign_in(clerk(role)).get("/cari/", {"q": "tidakada"}).content.decode()
        assert ("Cari di daftar pelanggan" in html) is (role == "pelayanan")
        assert "0812" not in sign_in(clerk(role)).get("/cari/", {"q": "soeparno"}).content.decode()


@pytest.mark.parametrize("asked", ["Siti", "0001", "poros"])
def test_a_search_costs_the_same_with_5_and_200_orders(as_pelayanan, count_queries, asked) -> None:
    order = make_order("permohonan")
    copies_of(order, 4)
    few = count_queries(as_pelayanan, f"/cari/?q={asked}")
    assert few <= 8
    copies_of(order, 195)
    assert count_queries(as_pelayanan, f"/cari/?q={asked}") == few
    assert len(find(asked).hits) <= MOST


def test_a_list_is_narrowed_by_the_same_meaning(gear) -> None:
    make_order("permohonan")
    for text in searches_of_words():
        assert list(Order.objects.filter(means(text))) == [gear], text
    assert Order.objects.filter(means("  ")).count() == 2


def searches_of_words() -> list[str]:
    return ["suparno", "roda gigi", "z=36", "0812 7777", "7777 0011", "karya tani obrien"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Roda gigi z=36", "roda gigi s 36"),
        ("Ø38 × 620 mm baja ST-41", "38 620 m baia st 41"),
        ("Kaki méja djati", "kaki meia iati"),
    ],
)
def test_words_are_spelled_alike(text, words) -> None:
    assert " ".join(words_of(text)) == words
