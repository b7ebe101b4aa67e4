"""A price list comes as a file: every fault is named by row, nothing is written until it is confirmed, and then all."""

import re
import time
from collections.abc import Sequence
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from balai import clock
from balai.models import AuditEntry
from orders.checks import price_list
from orders.models import Tariff, TariffImport, WorkCentre
from orders.tariffsheet import COLUMNS
from tests import sheet_files
from tests.factories import make_order
from tests.orders.test_tariffs import DAY, replaced
from tests.pages import typed_in

pytestmark = pytest.mark.django_db
UPLOAD = "/tarif/impor/"
TITLES = tuple(column.title for column in COLUMNS)


@pytest.fixture
def bubut(office) -> Tariff:
    return Tariff.objects.get(code="J-01")


def row(code: str, **cells) -> tuple:
    """A good row of a new tariff, but for these cells."""
    good = {
        "Kode": code,
        "Jenis": "Jasa",
        "Bengkel": "Logam",
        "Layanan": f"Layanan CONTOH {code}",
        "Satuan": "jam",
        "Tarif (Rp)": 45_000,
        "Kode rekening": "4.1.02.02.01.CONTOH",
        "Dasar hukum": "Perda CONTOH, A.1",
        "Berlaku mulai": clock.today() + DAY,
        "Berlaku sampai": None,
        "Bagian kerja": "Bubut",
        "Menit per satuan": 60,
        "Tanda": "CONTOH",
    }
    return tuple((good | cells)[title] for title in TITLES)


def of(tariff: Tariff, **cells) -> tuple:
    """The row of a tariff as it goes out, but for these cells."""
    same = {
        "Layanan": tariff.name,
        "Tarif (Rp)": tariff.price,
        "Dasar hukum": tariff.legal_basis,
        "Berlaku mulai": tariff.valid_from,
        "Bagian kerja": tariff.work_centre.name,
    }
    return row(tariff.code, **same | cells)


def send(client: Client, content: bytes, name: str = "tarif.xlsx"):
    page = typed_in(client.get(UPLOAD))
    return client.post(UPLOAD, page | {"file": SimpleUploadedFile(name, content)})


def uploaded(client: Client, rows: Sequence[tuple], heads: Sequence = TITLES) -> str:
    """The address of the import of these rows."""
    answer = send(client, sheet_files.xlsx([heads, *rows]))
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def checked(client: Client, url: str) -> str:
    """The page once everything is checked."""
    for _ in range(20):
        page = client.get(url).content.decode()
        if "Sedang diperiksa" not in page:
            return page
    raise AssertionError("never checked to the end")


def press(client: Client, url: str, step: str, **how):
    return client.post(url, typed_in(client.get(url)) | {"langkah": step}, **how)


def faults(page: str) -> dict[int, str]:
    """What the page says of each row."""
    line = r'<th scope="row">Baris ([0-9]+)</th><td>.*?</td><td>(.*?)</td><td class="text-break">(.*?)</td>'
    told: dict[int, str] = {}
    for number, column, sentence in re.findall(line, page):
        told[int(number)] = f"{told.get(int(number), '')} {column}: {sentence}".strip()
    return told


def written() -> tuple:
    return Tariff.objects.count(), Tariff.history.count(), AuditEntry.objects.count()


def test_new_codes_new_versions_and_what_stays_are_shown_and_then_taken_over_at_once(as_pimpinan, bubut):
    las = Tariff.objects.get(code="J-04")
    start = clock.today() + 30 * DAY
    rows = [of(bubut), of(las, **{"Tarif (Rp)": "Rp48.000", "Berlaku mulai": start, "Dasar hukum": "Pergub CONTOH"})]
    rows.append(row("J-20", **{"Satuan": "m2", "Berlaku mulai": f"{start:%d-%m-%Y}", "Tanda": None}))
    before = written()
    url = uploaded(as_pimpinan, rows)

    page = checked(as_pimpinan, url)

    assert "Terapkan 2 perubahan" in page
    assert re.search(r'Semula">40.000</td>\s*<td class="num money" data-label="Menjadi">48.000', page)
    assert "Dasar hukum: CONTOH: peraturan tarif menjadi Pergub CONTOH" in page
    assert "per m²" in page
    assert written() == before

    done = press(as_pimpinan, url, "terapkan", follow=True)

    assert "Semua perubahan diterapkan" in done.content.decode()
    las.refresh_from_db()
    assert (las.price, las.valid_until) == (40_000, start - DAY)
    new = Tariff.objects.get(code="J-04", valid_from=start)
    assert (new.price, new.legal_basis, new.work_centre) == (48_000, "Pergub CONTOH", las.work_centre)
    assert Tariff.objects.get(code="J-20").is_sample is False
    assert Tariff.objects.filter(code="J-01").count() == 1
    assert new.history.get().history_user.username == "pimpinan"
    entry = AuditEntry.objects.get(verb="tariff.import")
    assert entry.note == "Impor tarif.xlsx: 1 tarif baru, 1 versi baru."
    assert list(price_list()) == []
    assert "Sudah diterapkan pada" in as_pimpinan.get(url).content.decode()
    assert press(as_pimpinan, url, "terapkan").status_code == 422


def test_a_csv_is_read_as_people_write_it(as_pimpinan, office):
    day = clock.today() + DAY
    cells = ("J-20", "jasa", "LOGAM", "Krom", "M2", "Rp 45.000,-", "4.1.02", "Perda", f"{day:%d/%m/%Y}")
    cells += ("", "bubut", "60", "")
    content = "\n".join(";".join(line) for line in (TITLES, cells)).encode()
    url = send(as_pimpinan, content, "tarif.csv").url
    assert "Terapkan 1 perubahan" in checked(as_pimpinan, url)

    press(as_pimpinan, url, "terapkan")

    tariff = Tariff.objects.get(code="J-20")
    assert (tariff.price, tariff.unit, tariff.valid_from, tariff.work_centre.name) == (45_000, "m²", day, "Bubut")


def test_the_list_that_goes_out_comes_back_and_changes_nothing(as_pimpinan, bubut):
    replaced(bubut, name='=HYPERLINK("http://contoh.test")')
    content = b"".join(as_pimpinan.get("/tarif.xlsx?semua").streaming_content)

    page = checked(as_pimpinan, send(as_pimpinan, content).url)

    assert "Tidak ada yang berubah di berkas ini." in page
    assert "<dt>Tidak berubah</dt><dd>4</dd>" in page
    assert "Terapkan" not in page


@pytest.mark.parametrize(
    ("heads", "why"),
    [
        (TITLES[:-1], "Kolom yang tidak ada: Tanda."),
        ((*TITLES, "Diskon"), "Kolom yang tidak dikenal: Diskon."),
        (("Code", *TITLES[1:]), "Kolom yang tidak ada: Kode. Kolom yang tidak dikenal: Code."),
        ((*TITLES, "kode"), "Kolom yang ada dua kali: Kode."),
    ],
)
def test_wrong_heads_are_named(as_pimpinan, office, heads, why):
    answer = send(as_pimpinan, sheet_files.xlsx([heads, ("x",) * len(heads)]))

    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not TariffImport.objects.exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (lambda: b"", "kosong"),
        (lambda: sheet_files.xlsx([TITLES]), "belum berisi baris tarif"),
        (lambda: sheet_files.xlsx([TITLES, *[("J-1",)] * 50_000]), "lebih dari 10.000 baris"),
        (lambda: b"%PDF-1.7", "bukan tabel"),
    ],
    ids=["empty", "only heads", "50,000 rows", "no table"],
)
def test_a_file_that_is_no_price_list_is_refused_whole(as_pimpinan, office, content, why):
    answer = send(as_pimpinan, content())

    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not TariffImport.objects.exists()


WRONG = {
    "price 1.50": ({"Tarif (Rp)": "1.50"}, "Tarif (Rp): Pisahkan setiap tiga angka dengan titik"),
    "price 1,500": ({"Tarif (Rp)": "1,500"}, "Tarif (Rp): Pisahkan setiap tiga angka dengan titik"),
    "price as a fraction": ({"Tarif (Rp)": 1.5}, "Tarif (Rp): Tulis rupiah bulat tanpa sen"),
    "sen": ({"Tarif (Rp)": "45.000,50"}, "Tarif (Rp): Tulis rupiah bulat tanpa sen"),
    "negative": ({"Tarif (Rp)": -5}, "Tarif (Rp): Jumlah tidak boleh kurang dari nol"),
    "huge": ({"Tarif (Rp)": 10**16}, "Tarif (Rp): Jumlah terlalu besar"),
    "price a date": ({"Tarif (Rp)": date(2027, 1, 2)}, "Tarif (Rp): Tulis jumlah rupiah dengan angka"),
    "no price": ({"Tarif (Rp)": None}, "Tarif (Rp): Belum diisi."),
    "no code": ({"Kode": None}, "Kode: Belum diisi."),
    "long name": ({"Layanan": "a" * 121}, "Layanan: Paling banyak 120 huruf."),
    "account as a number": ({"Kode rekening": 4.1}, "Kode rekening: Dibaca sebagai angka"),
    "kind": ({"Jenis": "Sewa"}, "Jenis: “Sewa” tidak dikenal. Pilih Jasa atau Bahan."),
    "workshop": ({"Bengkel": "Plastik"}, "Bengkel: “Plastik” tidak dikenal."),
    "unit": ({"Satuan": "karung"}, "Satuan: “karung” tidak dikenal."),
    "work centre": ({"Bagian kerja": "Galvanis"}, "Bagian kerja: “Galvanis” tidak dikenal"),
    "no minutes": ({"Menit per satuan": None}, "Menit per satuan: Isi bagian kerja dan menit"),
    "half a minute": ({"Menit per satuan": 0.5}, "Menit per satuan: Tulis menit bulat"),
    "material with work": ({"Jenis": "Bahan"}, "Bagian kerja: Bahan tidak dikerjakan"),
    "past": ({"Berlaku mulai": date(2020, 1, 2)}, "Berlaku mulai: Tarif mulai berlaku hari ini atau sesudahnya"),
    "no such day": ({"Berlaku mulai": "31-02-2027"}, "Berlaku mulai: Tanggal 31-02-2027 tidak ada di kalender."),
    "no date": ({"Berlaku mulai": "awal tahun"}, "Berlaku mulai: Tulis tanggal seperti 02-01-2027."),
    "far away": ({"Berlaku mulai": date(2127, 1, 1)}, "Berlaku mulai: Tulis tanggal seperti 02-01-2027."),
    "ends first": ({"Berlaku sampai": date(2020, 1, 2)}, "Berlaku sampai: Hari terakhir berlaku tidak boleh sebelum"),
    "sign": ({"Tanda": "ya"}, "Tanda: Tulis CONTOH atau kosongkan."),
    "changed in the past": (
        {"Kode": "J-01", "Berlaku mulai": date(2020, 1, 1)},
        "versi mulai 1 Jan 2020 sudah ada dengan isi",
    ),
    "before the last": ({"Kode": "J-01", "Berlaku mulai": date(2020, 1, 1) - DAY}, "Tarif mulai berlaku hari ini"),
    "another kind": (
        {"Kode": "J-01", "Jenis": "Bahan", "Bagian kerja": None, "Menit per satuan": None},
        "Jenis: Jenis",
    ),
}


@pytest.mark.parametrize(("cells", "why"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named_by_row_and_column_and_nothing_is_written(as_pimpinan, bubut, cells, why):
    before = written()
    url = uploaded(as_pimpinan, [row("J-20"), row("J-21", **cells)])

    told = faults(checked(as_pimpinan, url))

    assert list(told) == [3]
    assert why.lower() in told[3].lower()
    assert press(as_pimpinan, url, "terapkan").status_code == 422
    assert written() == before


def test_a_formula_is_refused_and_never_evaluated(as_pimpinan, office):
    def draw(sheet, book):
        sheet.write_row(0, 0, TITLES)
        good = [cell.isoformat() if isinstance(cell, date) else cell for cell in row("J-20")]
        sheet.write_row(1, 0, good)
        sheet.write_formula(1, 5, "=20000+25000", value=45_000)

    told = faults(checked(as_pimpinan, send(as_pimpinan, sheet_files.drawn(draw)).url))

    assert told == {2: "Tarif (Rp): Berisi rumus. Ganti dengan nilainya."}


def test_double_codes_are_named_with_the_row_they_double(as_pimpinan, bubut):
    tomorrow, later = clock.today() + DAY, clock.today() + 9 * DAY
    rows = [row("J-20"), row("J-20"), of(bubut, **{"Berlaku mulai": tomorrow}), of(bubut, **{"Berlaku mulai": later})]

    told = faults(checked(as_pimpinan, uploaded(as_pimpinan, rows)))

    assert told == {
        3: "Kode: Kode dan hari mulai ini sudah ada di baris 2.",
        5: "Kode: Kode ini sudah berubah di baris 4. Satu berkas memuat satu versi baru untuk tiap kode.",
    }


def test_a_version_from_today_is_refused_once_today_used_the_former(as_pimpinan, bubut):
    url = uploaded(as_pimpinan, [of(bubut, **{"Berlaku mulai": clock.today(), "Tarif (Rp)": 50_000})])
    assert "Terapkan 1 perubahan" in checked(as_pimpinan, url)
    page = typed_in(as_pimpinan.get(url))
    make_order("konfirmasi")

    refused = as_pimpinan.post(url, page | {"langkah": "terapkan"})

    assert "sudah dipakai estimasi hari ini" in refused.content.decode()
    press(as_pimpinan, url, "ulang")
    assert "sudah dipakai estimasi hari ini" in faults(checked(as_pimpinan, url))[2]


def test_a_list_changed_by_somebody_else_is_a_conflict_and_is_checked_again(as_pimpinan, bubut):
    start = clock.today() + 30 * DAY
    url = uploaded(as_pimpinan, [of(bubut, **{"Berlaku mulai": start, "Tarif (Rp)": 50_000})])
    checked(as_pimpinan, url)
    page = typed_in(as_pimpinan.get(url))
    replaced(bubut, price=47_000)

    refused = as_pimpinan.post(url, page | {"langkah": "terapkan"})

    assert refused.status_code == 409
    assert "Endah Contohningrum sudah mengubah daftar tarif" in refused.content.decode()
    assert Tariff.objects.filter(code="J-01").count() == 2
    press(as_pimpinan, url, "ulang")
    assert re.search(
        r'Semula">47.000</td>\s*<td class="num money" data-label="Menjadi">50.000', checked(as_pimpinan, url)
    )
    press(as_pimpinan, url, "terapkan")
    assert [t.price for t in Tariff.objects.filter(code="J-01").order_by("valid_from")] == [45_000, 47_000, 50_000]
    assert list(price_list()) == []


def test_what_was_checked_yesterday_is_checked_again(as_pimpinan, bubut):
    url = uploaded(as_pimpinan, [row("J-20", **{"Berlaku mulai": clock.today()})])
    checked(as_pimpinan, url)
    page = typed_in(as_pimpinan.get(url))

    with clock.at(clock.now() + DAY):
        refused = as_pimpinan.post(url, page | {"langkah": "terapkan"})
        assert refused.status_code == 409
        assert "Hari sudah berganti" in refused.content.decode()
        press(as_pimpinan, url, "ulang")
        assert "Tarif mulai berlaku hari ini" in faults(checked(as_pimpinan, url))[2]


def test_a_work_centre_out_of_use_is_named_by_row_for_what_is_new_only(as_pimpinan, bubut):
    WorkCentre.objects.filter(name="Bubut").update(is_active=False)
    start = clock.today() + DAY
    rows = [of(bubut), of(bubut, **{"Berlaku mulai": start}), row("J-20"), row("J-21", **{"Bagian kerja": "Las"})]
    before = written()

    page = checked(as_pimpinan, uploaded(as_pimpinan, rows))

    why = "Bagian kerja: “Bubut” sudah tidak dipakai. Pilih bagian kerja lain, atau kosongkan bersama menitnya."
    assert faults(page) == {3: why, 4: why}
    assert written() == before


@pytest.mark.parametrize("change", [{"is_active": False}, {"name": "Bubut CNC"}])
def test_a_work_centre_changed_since_it_was_checked_is_checked_again(as_pimpinan, office, change):
    url = uploaded(as_pimpinan, [row("J-20")])
    checked(as_pimpinan, url)
    WorkCentre.objects.filter(name="Bubut").update(**change)

    refused = press(as_pimpinan, url, "terapkan")

    assert refused.status_code == 409
    assert "Bagian kerja sudah diubah sejak berkas ini diperiksa. Periksa lagi." in refused.content.decode()
    assert not Tariff.objects.filter(code="J-20").exists()
    press(as_pimpinan, url, "ulang")
    assert "Bubut" in faults(checked(as_pimpinan, url))[2]


def test_an_import_is_thrown_away(as_pimpinan, office):
    url = uploaded(as_pimpinan, [row("J-20")])
    assert "tarif.xlsx" in as_pimpinan.get(UPLOAD).content.decode()

    assert press(as_pimpinan, url, "batal").url == UPLOAD

    assert as_pimpinan.get(url).status_code == 404
    assert not Tariff.objects.filter(code="J-20").exists()


def test_the_same_file_sent_twice_is_one_import_and_confirmed_twice_one_change(as_pimpinan, office):
    content = sheet_files.xlsx([TITLES, row("J-20")])
    page = typed_in(as_pimpinan.get(UPLOAD))
    urls = {as_pimpinan.post(UPLOAD, page | {"file": SimpleUploadedFile("a.xlsx", content)}).url for _ in range(2)}
    (url,) = urls
    checked(as_pimpinan, url)
    confirm = typed_in(as_pimpinan.get(url)) | {"langkah": "terapkan"}

    assert [as_pimpinan.post(url, confirm).status_code for _ in range(2)] == [302, 302]
    assert Tariff.objects.filter(code="J-20").count() == 1


@pytest.mark.parametrize("reader", ["as_bengkel", "as_keuangan", "as_pelayanan", "as_admin"])
def test_only_pimpinan_brings_a_list(request, as_pimpinan, office, reader):
    url = uploaded(as_pimpinan, [row("J-20")])
    client = request.getfixturevalue(reader)

    assert {client.get(url).status_code, client.get(UPLOAD).status_code} == {403}
    assert client.post(url, {"langkah": "terapkan"}).status_code == 403


PLANTED: tuple[dict, ...] = tuple(cells for name, (cells, _) in WRONG.items() if name not in ("no code", "long name"))


def test_5000_rows_with_30_faults_are_all_named_by_row_with_progress_and_then_taken_over(as_pimpinan, bubut):
    rows = [row(f"T-{n:04}") for n in range(5000)]
    planted = [*PLANTED, {"Kode": "T-0007"}, *({title: None} for title in TITLES[1:5])]
    assert len(planted) == 30
    spoilt = list(rows)
    places = {}
    for n, cells in enumerate(planted):
        place = 100 + n * 160
        spoilt[place] = row(f"T-{place:04}", **cells)
        places[place + 2] = cells
    before = written()
    clocked = {"upload": time.perf_counter()}
    url = uploaded(as_pimpinan, spoilt)
    clocked["upload"] = time.perf_counter() - clocked["upload"]

    shown, began = [], time.perf_counter()
    while "Sedang diperiksa" in (page := as_pimpinan.get(url).content.decode()):
        shown.append(int(re.search(r'<progress[^>]* value="([0-9]+)"', page)[1]))
    clocked["check"] = time.perf_counter() - began

    assert shown == [1000, 2000, 3000, 4000]
    assert list(faults(page)) == sorted(places)
    assert "Terapkan" not in page
    assert press(as_pimpinan, url, "terapkan").status_code == 422
    assert written() == before

    url = uploaded(as_pimpinan, rows)
    assert "Terapkan 5.000 perubahan" in checked(as_pimpinan, url)
    confirm = typed_in(as_pimpinan.get(url)) | {"langkah": "terapkan"}
    began = time.perf_counter()
    assert as_pimpinan.post(url, confirm).status_code == 302
    clocked["apply"] = time.perf_counter() - began

    assert Tariff.objects.filter(code__startswith="T-").count() == 5000
    assert max(clocked.values()) < 30, clocked  # on a busy machine; a quiet one takes a sixth


def test_many_new_versions_end_their_former_ones(as_pimpinan, bubut):
    first = uploaded(as_pimpinan, [row(f"T-{n:04}", **{"Berlaku mulai": clock.today()}) for n in range(1200)])
    checked(as_pimpinan, first)
    press(as_pimpinan, first, "terapkan")
    second = uploaded(as_pimpinan, [row(f"T-{n:04}", **{"Tarif (Rp)": 46_000}) for n in range(1200)])
    checked(as_pimpinan, second)

    assert press(as_pimpinan, second, "terapkan").status_code == 302

    assert Tariff.objects.filter(code__startswith="T-", valid_until=clock.today()).count() == 1200
    assert list(price_list()) == []
    assert "1.200 tarif" in as_pimpinan.get("/tarif/").content.decode()


def test_the_pages_take_as_many_queries_for_many_rows_as_for_few(as_pimpinan, bubut, count_queries):
    small = uploaded(as_pimpinan, [row(f"T-{n:04}") for n in range(5)])
    large = uploaded(as_pimpinan, [row(f"U-{n:04}") for n in range(200)])
    for url in (small, large):
        checked(as_pimpinan, url)

    assert count_queries(as_pimpinan, small) == count_queries(as_pimpinan, large)
