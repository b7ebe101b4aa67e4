"""The customer on the intake page: found while typing, never doubled unawares, with the things of a former order."""

import re
from decimal import Decimal

import pytest

from orders.actions.intake import MAYBE_THERE, ItemData
from orders.duplicates import likely_duplicates
from orders.models import Customer, Order
from tests.factories import make_customer, make_order
from tests.orders.test_intake import NEW, address, typed

pytestmark = pytest.mark.django_db

SITI = {
    "name": "Siti Contoh",
    "business": "Mebel Ukir Contoh",
    "phone": "6281200001122",
    "address": "Desa Pilang RT 01",
}


@pytest.fixture
def siti(office) -> Customer:
    return make_customer(**SITI)


def complete(**changes) -> dict:
    return typed(no_drawing_reason="Dibawa sendiri.", **changes)


def send(browser, order: Order | None = None, **changes):
    return browser.post(address(order) if order else NEW, typed(order, **changes))


@pytest.mark.parametrize("search", ["siti", "ukir", "pilan", "+62 812 0000 1122"])
def test_who_is_typed_is_shown_at_once(as_pelayanan, siti, search):
    html = as_pelayanan.post("/pelanggan/cari/", {"find": search}).content.decode()

    assert f'name="pakai" value="{siti.pk}"' in html
    assert "0812 0000 1122" in html


def test_the_search_button_gives_the_same_list(as_pelayanan, siti):
    html = send(as_pelayanan, find="siti", cari="1").content.decode()

    assert f'name="pakai" value="{siti.pk}"' in html


@pytest.mark.parametrize(("search", "field"), [("Wagiyem", "name"), ("0857 1111 2222", "phone")])
def test_who_is_not_found_begins_a_new_customer(as_pelayanan, siti, search, field):
    bare = dict.fromkeys(("baru-name", "baru-business", "baru-kind", "baru-phone", "baru-address"), "")

    page = as_pelayanan.post(NEW, typed() | bare | {"find": search, "cari": "1"})

    assert page.context["form"].new_customer[field].value() == search
    assert "autofocus" in str(page.context["form"].new_customer["name"])


def test_a_search_does_not_write_over_what_is_typed(as_pelayanan, siti):
    page = send(as_pelayanan, find="Wagiyem", cari="1")

    assert page.context["form"].new_customer["name"].value() == "Siti Contoh"


@pytest.mark.parametrize(
    ("typed_facts", "is_likely"),
    [
        ({"phone": "+62 812-0000-1122", "name": "Orang Lain"}, True),
        ({"name": "Sitti Tjontoh", "address": "Ds. Pilang, RT 1"}, True),
        ({"name": "Pak Joko", "business": "Mebel Oekir Contoh", "address": "Desa Pilang"}, True),
        ({"name": "Siti Contoh", "address": "Desa Bulungan"}, False),
        ({"name": "Bambang", "address": "Desa Pilang RT 01"}, False),
        ({"name": "Siti Contoh"}, False),
        ({"phone": "0812"}, False),
        ({}, False),
    ],
)
def test_who_may_be_there_already(siti, typed_facts, is_likely):
    facts = dict.fromkeys(SITI, "") | typed_facts

    assert likely_duplicates(**facts) == ([siti] if is_likely else [])


def test_a_likely_duplicate_is_shown_while_it_is_typed(as_pelayanan, siti):
    html = as_pelayanan.post("/pelanggan/mirip/", {"baru-phone": "0812 0000 1122"}).content.decode()

    assert "Pelanggan ini mungkin sudah ada:" in html
    assert f'name="pakai" value="{siti.pk}"' in html


@pytest.mark.parametrize("button", ["ajukan", "draf"])
def test_a_likely_duplicate_is_not_written_unasked(as_pelayanan, siti, button):
    refused = as_pelayanan.post(NEW, complete() | {button: "1"})

    html = refused.content.decode()
    assert refused.status_code == 422
    assert MAYBE_THERE in html
    assert f'name="pakai" value="{siti.pk}"' in html
    assert 'name="surely_new"' in html
    assert Customer.objects.count() == 1
    assert as_pelayanan.post(NEW, complete() | {button: "1", "surely_new": "on"}).status_code == 302
    assert Customer.objects.count() == 2


def test_the_existing_one_may_be_chosen_instead(as_pelayanan, siti):
    page = as_pelayanan.post(NEW, typed() | {"pakai": str(siti.pk)})

    assert page.context["customer"] == siti
    assert "Pelanggan ini mungkin sudah ada" not in page.content.decode()


def test_a_new_customer_who_is_nobody_else_is_not_asked_about(as_pelayanan, siti):
    assert as_pelayanan.post(NEW, complete(baru__phone="0857 1111 2222") | {"ajukan": "1"}).status_code == 302


def test_the_things_of_a_former_order_are_copied_below_what_is_typed(as_pelayanan, siti):
    former = make_order(
        "permohonan",
        customer=siti.pk,
        service="kayu",
        items=(
            ItemData("Pintu jati", Decimal("1.5"), "m²", "Jati", "80 × 210 cm"),
            ItemData("Kusen", Decimal(2), "set"),
        ),
    )
    html = as_pelayanan.get(f"{NEW}?pelanggan={siti.pk}").content.decode()
    assert f'name="seperti" value="{former.pk}"' in html

    page = as_pelayanan.post(NEW, typed(service=None) | {"customer": str(siti.pk), "seperti": str(former.pk)})

    form = page.context["form"]
    rows = [[row[name].value() for name in ("name", "quantity", "unit", "material", "size")] for row in form.items]
    assert rows == [
        ["Poros utama", "2,5", "buah", "Baja", "Ø38"],
        ["Pintu jati", "1,5", "m²", "Jati", "80 × 210 cm"],
        ["Kusen", "2", "set", "", ""],
    ]
    assert form["service"].value() == "kayu"
    assert Order.objects.count() == 1, "nothing is saved by it"


@pytest.mark.parametrize("former", ["of another customer", "0", "x", ""])
def test_a_former_order_of_somebody_else_is_not_copied(as_pelayanan, siti, former):
    other = make_order("permohonan")
    former = str(other.pk) if former == "of another customer" else former

    page = as_pelayanan.post(NEW, typed() | {"customer": str(siti.pk), "seperti": former})

    assert len(page.context["form"].items.forms) == 1


def test_no_name_is_sent_in_an_address_and_no_nik_at_all(as_pelayanan):
    html = as_pelayanan.get(NEW).content.decode().split("<main", 1)[1]

    assert "hx-get" not in html
    assert not re.search(r'hx-params="[^"]*nik', html)
    assert html.count("hx-params") == html.count("hx-post") == 2
