"""The list of orders: found by what people know of them, newest first, at six queries."""

import pytest

from orders.actions.intake import CustomerData, ItemData
from orders.models import Customer, Order
from tests.copies import copies_of
from tests.factories import act, make_order

pytestmark = pytest.mark.django_db


def found(browser, **asked) -> list[Order]:
    response = browser.get("/pesanan/", asked)
    assert response.status_code == 200
    return [row["order"] for row in response.context["rows"]]


@pytest.fixture
def gear(office) -> Order:
    """Nothing else in the tests is like it."""
    return make_order(
        "pesanan",
        customer=CustomerData(
            "Suparno Contoh", Customer.Kind.IKM, "6281277770011", "Desa Contoh", business="CV Karya Tani O'Brien"
        ),
        items=(ItemData("Roda gigi z=36", 4, "buah"),),
    )


@pytest.fixture
def another(office) -> Order:
    return make_order("permohonan")


@pytest.mark.parametrize(
    "asked",
    [
        "suparno",
        "SUPARNO CONTOH",
        "contoh  Suparno",
        "karya tani",
        "tani suparno",
        "O'Brien",
        "roda gigi",
        "Z=36",
        "roda o'brien",
        "0812 7777 0011",
        "081277770011",
        "+62 812-7777-0011",
        "6281277770011",
        "0812 7777",
        "7777 0011",
        "70011",
    ],
)
def test_an_order_is_found_by_what_people_know_of_it(as_pelayanan, gear, another, asked) -> None:
    assert found(as_pelayanan, q=asked) == [gear]


def test_an_order_is_found_by_its_number_in_any_spelling(as_pelayanan, gear, another) -> None:
    urut = gear.number.partition("/")[0]
    for asked in (gear.number, gear.number.lower(), f" {gear.number} ", urut, gear.number[:7], gear.number[1:]):
        assert gear in found(as_pelayanan, q=asked), asked
    assert found(as_pelayanan, q=gear.number) == [gear]


def test_an_order_is_found_by_the_number_of_any_of_its_papers(as_keuangan, gear, another) -> None:
    paid = act("settle", act("finish", act("start", gear)))
    for paper in paid.papers.select_related("document"):
        assert gear in found(as_keuangan, q=paper.document.printed_number.lower())
    assert paid.papers.count() == 5


@pytest.mark.parametrize("asked", ["xyz-tidak-ada", "0899 9999 9999", "%", "_", "' OR 1=1 --", "suparno lain"])
def test_what_is_not_there_is_said_with_a_hint(as_pelayanan, gear, asked) -> None:
    response = as_pelayanan.get("/pesanan/", {"q": asked})
    assert response.context["rows"] == []
    html = response.content.decode()
    assert "Tidak ada pesanan yang cocok." in html
    assert "Coba nomor urutnya saja" in html


def test_an_empty_office_explains_its_empty_list(as_pelayanan) -> None:
    assert "Belum ada pesanan." in as_pelayanan.get("/pesanan/").content.decode()


def test_the_list_can_be_narrowed_to_a_stage_and_keeps_the_words(as_bengkel, gear, another) -> None:
    assert found(as_bengkel, tahap="pesanan") == [gear]
    assert found(as_bengkel, tahap="permohonan", q="Siti") == [another]
    assert found(as_bengkel, tahap="permohonan", q="Suparno") == []
    html = as_bengkel.get("/pesanan/", {"tahap": "pesanan", "q": "roda"}).content.decode()
    assert 'value="roda"' in html
    assert '<option value="pesanan" selected>' in html


def test_an_unknown_stage_is_named_as_such_and_hides_nothing(as_pelayanan, gear, another) -> None:
    response = as_pelayanan.get("/pesanan/", {"tahap": "dimakan"})
    assert "Pilihan ini tidak ada." in response.content.decode()
    assert len(response.context["rows"]) == 2


def test_too_long_a_question_is_answered_in_words(as_pelayanan, gear) -> None:
    response = as_pelayanan.get("/pesanan/", {"q": "a" * 101})
    assert "Terlalu panjang" in response.content.decode()


def test_a_row_tells_stage_value_and_promise(as_pelayanan, gear, another) -> None:
    make_order()
    html = as_pelayanan.get("/pesanan/").content.decode()
    body = html.partition("<tbody>")[2]
    rows = body.split("</tr>")
    assert "Draf" in rows[0]
    assert "Antre produksi" in rows[2]
    assert "620.000" in rows[2]
    assert f'datetime="{gear.estimate.finish_on}"' in rows[2]
    assert "620.000" not in rows[1]
    assert "btn-primary" not in html


def test_a_date_that_is_only_proposed_is_no_promise(as_pelayanan) -> None:
    order = make_order("konfirmasi")
    assert str(order.estimate.finish_on) not in as_pelayanan.get("/pesanan/").content.decode()


def test_the_newest_stand_first_in_pages_of_fifty(as_pelayanan, another) -> None:
    copies_of(another, 60)
    first = found(as_pelayanan)
    second = found(as_pelayanan, halaman=2)
    assert (len(first), len(second)) == (50, 11)
    assert [order.pk for order in first + second] == sorted((order.pk for order in Order.objects.all()), reverse=True)
    assert found(as_pelayanan, halaman="9999") == second
    assert found(as_pelayanan, halaman="dua") == first
    html = as_pelayanan.get("/pesanan/", {"tahap": "permohonan", "q": "Siti"}).content.decode()
    assert "halaman=2" in html
    assert "tahap=permohonan" in html.partition('rel="next"')[2].partition(">")[0]
    assert "Halaman 1 dari 2" in html


def test_every_role_sees_the_list_and_an_account_without_one_does_not(sign_in, pelayanan, no_role, admin) -> None:
    assert sign_in(pelayanan).get("/pesanan/").status_code == 200
    assert sign_in(admin).get("/pesanan/").status_code == 200
    assert sign_in(no_role).get("/pesanan/").status_code == 403


@pytest.mark.parametrize("address", ["/pesanan/", "/pesanan/?q=0812&tahap=produksi", "/pesanan/?q=Siti+0001"])
def test_the_list_costs_six_queries_with_5_and_200_rows(as_pelayanan, count_queries, address) -> None:
    order = make_order("produksi")
    copies_of(order, 4)
    few = count_queries(as_pelayanan, address)
    assert few <= 6
    copies_of(order, 195)
    assert count_queries(as_pelayanan, address) == few
