"""The pages of the price list: read by everybody of the office, changed by pimpinan alone."""

import io
from dataclasses import replace
from datetime import datetime, time, timedelta

import openpyxl
import pytest
from django.urls import reverse
from simple_history.utils import bulk_create_with_history

from balai import clock
from orders.actions.tariffs import add_tariff, correct_tariff
from orders.models import Tariff, WorkCentre
from orders.tariffs import as_data
from tests.factories import clerk, make_order, make_user
from tests.orders.test_tariffs import DAY, by_pimpinan, data, replaced
from tests.pages import typed_in

pytestmark = pytest.mark.django_db
LIST = "/tarif/"


@pytest.fixture
def bubut(office) -> Tariff:
    return Tariff.objects.get(code="J-01")


def address(name: str, tariff: Tariff) -> str:
    return reverse(f"tarif-{name}", args=[tariff.pk])


def text(response) -> str:
    return response.content.decode()


def listed(response) -> str:
    return text(response).partition("Riwayat perubahan")[0]


def many(count: int) -> None:
    rows = [Tariff(**data(code=f"M-{n:03}", name=f"Layanan CONTOH {n}").columns) for n in range(count)]
    bulk_create_with_history(rows, Tariff)


def test_the_list_shows_what_is_in_force_on_the_chosen_day(as_bengkel, bubut):
    replaced(bubut, price=50_000)

    today = text(as_bengkel.get(LIST))
    tomorrow = text(as_bengkel.get(LIST, {"per": (clock.today() + DAY).isoformat()}))

    assert ">45.000<" in today.partition("Riwayat perubahan")[0]
    assert "Riwayat (2)" in today
    assert "menjadi 50.000 per jam" in today
    assert ">50.000<" in tomorrow
    assert "Tarif yang belum berlaku" not in tomorrow
    assert ">45.000<" in listed(as_bengkel.get(LIST, {"per": "bukan tanggal"}))


def test_the_list_is_grouped_by_workshop_and_narrowed(as_bengkel, office):
    page = text(as_bengkel.get(LIST))
    assert page.index("Bengkel logam") < page.index("Bubut CONTOH") < page.index("Bengkel kayu")
    assert "60 menit per jam" in page

    wood = listed(as_bengkel.get(LIST, {"kelompok": "kayu"}))
    assert "Oven kayu CONTOH" in wood
    assert "Bubut CONTOH" not in wood
    assert "Las CONTOH" in listed(as_bengkel.get(LIST, {"q": "j-04"}))
    assert "Tidak ada tarif yang cocok" in text(as_bengkel.get(LIST, {"q": "tidak ada"}))


def test_a_sample_tariff_is_said_until_none_is_left(as_bengkel, office):
    assert "Semua tarif di halaman ini CONTOH." in text(as_bengkel.get(LIST))
    many(1)
    assert "3 dari 4 tarif ini CONTOH." in text(as_bengkel.get(LIST))
    Tariff.objects.update(is_sample=False)
    assert "tarif ini CONTOH" not in text(as_bengkel.get(LIST))


def test_the_history_says_who_when_from_what_to_what(as_bengkel, bubut):
    replaced(bubut, price=50_000)

    page = text(as_bengkel.get(LIST))

    changes = page[page.index("Riwayat perubahan") :]
    assert "Endah Contohningrum" in changes
    assert changes.index('data-label="Semula">45.000') < changes.index('data-label="Menjadi">50.000')
    own = text(as_bengkel.get(address("satu", bubut)))
    assert "Rp45.000 menjadi Rp50.000 per jam" in own


def test_the_history_of_a_tariff_whose_code_was_put_right_is_whole(as_bengkel, bubut):
    right = replace(as_data(bubut), code="J-99", work_centre=None, minutes_per_unit=None)
    correct_tariff(bubut.pk, by_pimpinan(bubut), right)

    page = text(as_bengkel.get(address("satu", bubut)))

    assert "kode J-01 menjadi J-99; bagian kerja Bubut menjadi kosong" in page
    assert "Tarif baru mulai 1 Jan 2020: Rp45.000 per jam" in page


def test_what_was_done_at_once_is_one_line_of_the_history(as_bengkel, office):
    tariffs = [Tariff(**data(code=f"M-{n}").columns) for n in range(30)]
    bulk_create_with_history(tariffs, Tariff, default_user=clerk("pimpinan"), default_date=clock.now())

    assert '<th scope="row">30 tarif</th>' in text(as_bengkel.get(LIST))


def test_buttons_that_change_stand_on_pimpinans_page_only(as_bengkel, as_pimpinan, bubut):
    for page in (LIST, address("satu", bubut)):
        assert "btn-primary" not in text(as_bengkel.get(page))
        assert "btn-primary" in text(as_pimpinan.get(page))


def test_a_tariff_is_added_on_screen(as_pimpinan, office):
    centre = WorkCentre.objects.get(name="Bubut")
    page = as_pimpinan.get(reverse("tarif-baru"))
    typed = typed_in(page) | {
        "code": "J-20",
        "service": "logam",
        "name": "Krom",
        "unit": "jam",
        "price": "80.000",
        "account_code": "4.1",
        "legal_basis": "Perda CONTOH",
        "work_centre": str(centre.pk),
        "minutes_per_unit": "60",
    }

    done = as_pimpinan.post(reverse("tarif-baru"), typed, follow=True)

    tariff = Tariff.objects.get(code="J-20")
    assert (tariff.price, tariff.work_centre, tariff.valid_from) == (80_000, centre, clock.today())
    assert "Krom" in text(done)
    again = as_pimpinan.post(reverse("tarif-baru"), typed)
    assert again.status_code == 302
    assert Tariff.objects.filter(code="J-20").count() == 1


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("price", "1.50", "Pisahkan setiap tiga angka dengan titik"),
        ("price", "-5", "tidak boleh kurang dari nol"),
        ("valid_from", "2020-01-02", "tidak mundur"),
        ("valid_until", "2020-01-02", "sebelum hari mulainya"),
        ("minutes_per_unit", "60", "bersama-sama"),
        ("unit", "karung", "#id_unit"),
        ("code", "J-01", "Kode J-01 sudah ada"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(as_pimpinan, office, field, value, why):
    good = {"code": "J-20", "service": "logam", "name": "Krom", "unit": "jam", "price": "80.000"}
    good |= {"account_code": "4.1", "legal_basis": "Perda CONTOH"}
    page = as_pimpinan.get(reverse("tarif-baru"))

    refused = as_pimpinan.post(reverse("tarif-baru"), typed_in(page) | good | {field: value})

    assert refused.status_code == 422
    assert why in text(refused)
    assert 'value="Krom"' in text(refused)
    assert not Tariff.objects.filter(code="J-20").exists()


def test_a_version_is_made_ended_corrected_and_taken_away_on_screen(as_pimpinan, bubut):
    later = clock.today() + timedelta(days=20)
    page = as_pimpinan.get(address("versi-baru", bubut))
    as_pimpinan.post(
        address("versi-baru", bubut), typed_in(page) | {"price": "50.000", "valid_from": later.isoformat()}
    )
    version = Tariff.objects.get(code="J-01", valid_from=later)
    assert (version.price, version.is_sample, version.unit) == (50_000, False, "jam")

    page = as_pimpinan.get(address("perbaikan", version))
    as_pimpinan.post(address("perbaikan", version), typed_in(page) | {"price": "51.000"})
    version.refresh_from_db()
    assert (version.price, version.valid_from) == (51_000, later)

    page = as_pimpinan.get(address("akhir", version))
    as_pimpinan.post(address("akhir", version), typed_in(page) | {"last_day": (later + DAY).isoformat()})
    version.refresh_from_db()
    assert version.valid_until == later + DAY
    assert "Diperbaiki: tarif Rp50.000 menjadi Rp51.000" in text(as_pimpinan.get(address("satu", bubut)))

    page = as_pimpinan.get(address("penghapusan", version))
    assert as_pimpinan.post(address("penghapusan", version), typed_in(page)).url == address("satu", bubut)
    bubut.refresh_from_db()
    assert bubut.valid_until is None


def test_a_page_of_a_used_or_followed_version_says_why_it_has_no_form(as_pimpinan, bubut):
    make_order("konfirmasi")
    for name in ("perbaikan", "penghapusan"):
        told = as_pimpinan.get(address(name, bubut), follow=True)
        assert "sudah dipakai estimasi" in text(told)
    replaced(bubut)
    assert "versi sesudah ini" in text(as_pimpinan.get(address("akhir", bubut), follow=True))


def test_a_work_centre_out_of_use_is_offered_to_nothing_new_and_told_where_it_stood(as_pimpinan, bubut):
    WorkCentre.objects.filter(name="Bubut").update(is_active=False)
    assert "Bubut</option>" not in text(as_pimpinan.get(reverse("tarif-baru")))
    page = as_pimpinan.get(address("versi-baru", bubut))
    assert "Bubut (tidak dipakai)</option>" in text(page)
    typed = typed_in(page) | {"price": "50.000", "valid_from": (clock.today() + DAY).isoformat()}

    refused = as_pimpinan.post(address("versi-baru", bubut), typed)

    assert refused.status_code == 422
    assert "“Bubut” sudah tidak dipakai" in text(refused)
    assert 'value="50.000"' in text(refused)
    assert "Bubut" in text(as_pimpinan.get(address("satu", bubut)))
    las = str(WorkCentre.objects.get(name="Las").pk)
    assert as_pimpinan.post(address("versi-baru", bubut), typed | {"work_centre": las}).status_code == 302
    assert Tariff.objects.filter(code="J-01").latest("valid_from").work_centre.name == "Las"


def test_a_stale_page_is_a_conflict_in_words(as_pimpinan, bubut):
    page = typed_in(as_pimpinan.get(address("akhir", bubut)))
    replaced(bubut)

    refused = as_pimpinan.post(address("akhir", bubut), page | {"last_day": clock.today().isoformat()})

    assert refused.status_code == 409
    assert "sudah mengubah tarif ini" in text(refused)


def test_pages_take_as_many_queries_for_many_rows_as_for_few(as_pimpinan, bubut, count_queries):
    pages = (LIST, address("satu", bubut), reverse("tarif-excel"))
    many(5)
    replaced(bubut)
    few = [count_queries(as_pimpinan, page) for page in pages]
    for n in range(3):
        last = Tariff.objects.filter(code="J-01").latest("valid_from")
        replaced(last, valid_from=last.valid_from + DAY, price=60_000 + n)
    rows = [Tariff(**data(code=f"N-{n:03}").columns) for n in range(200)]
    bulk_create_with_history(rows, Tariff)

    assert [count_queries(as_pimpinan, page) for page in pages] == few


def test_the_list_goes_out_as_excel_and_no_cell_is_a_formula(as_bengkel, bubut):
    replaced(bubut, name='=HYPERLINK("http://contoh.test")', price=50_000)

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(as_bengkel.get("/tarif.xlsx?semua").streaming_content))).active

    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:6] == ("Kode", "Jenis", "Bengkel", "Layanan", "Satuan", "Tarif (Rp)")
    assert [row[0] for row in rows[1:]] == ["J-01", "J-01", "J-04", "J-09"]
    assert rows[1][5:] == (
        45_000,
        "4.1.02.02.01.CONTOH",
        "CONTOH: peraturan tarif",
        *[datetime(2020, 1, 1), datetime.combine(clock.today(), time())],  # noqa: DTZ001  Excel knows no zone
        *["Bubut", 60, "CONTOH"],
    )
    assert (sheet["D3"].data_type, sheet["D3"].value) == ("s", '=HYPERLINK("http://contoh.test")')
    in_force = openpyxl.load_workbook(io.BytesIO(b"".join(as_bengkel.get("/tarif.xlsx").streaming_content))).active
    assert [row[0] for row in in_force.iter_rows(values_only=True)] == ["Kode", "J-01", "J-04", "J-09"]


def test_the_menu_leads_bengkel_and_pimpinan_to_it(as_bengkel, as_pimpinan, as_keuangan, office):
    assert f'href="{LIST}"' in text(as_bengkel.get("/pesanan/"))
    assert f'href="{LIST}"' in text(as_pimpinan.get("/pesanan/"))
    assert f'href="{LIST}"' not in text(as_keuangan.get("/pesanan/"))
    assert as_keuangan.get(LIST).status_code == 200


def test_a_material_has_no_work_and_stands_under_its_own_heading(as_pimpinan, sign_in, office):
    add_tariff(by_pimpinan(), data(code="B-01", kind="bahan", name="Baja CONTOH", unit="kg", price=22_000))

    page = text(as_pimpinan.get(LIST))

    assert page.index("Bahan logam") < page.index("Baja CONTOH") < page.index("Bengkel kayu")
    assert sign_in(make_user()).get(LIST).status_code == 403
