"""The page of a request: what is wrong is said beside it, what was typed and chosen is never lost."""

import re
import uuid
from datetime import timedelta
from decimal import Decimal
from functools import cache

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from balai import clock
from balai.kinds import Kind
from balai.models import Document
from orders.models import Customer, Drawing, Order
from tests import hostile_files
from tests.factories import act, audit_of, clerk, fresh, make_customer, make_image, make_order, make_user
from tests.print.issued import paper

pytestmark = pytest.mark.django_db

NEW = "/pesanan/baru/"


def address(order: Order) -> str:
    return f"/pesanan/{order.pk}/permohonan/"


@cache
def picture_bytes(text: str) -> bytes:
    return make_image(text)


def picture(name: str = "poros.png", text: str = "POROS") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture_bytes(text), "image/png")


def typed(order: Order | None = None, /, **changes) -> dict:
    """A complete request as the browser sends it, from a fresh page. A field changed to None is not sent."""
    data = {
        "kunci": str(uuid.uuid4()),
        "versi": str(order.version if order else 0),
        "customer": "",
        "find": "",
        "baru-name": "Siti Contoh",
        "baru-business": "Mebel Contoh",
        "baru-kind": "ikm",
        "baru-phone": "0812 0000 1122",
        "baru-address": "Desa Contoh",
        "items-TOTAL_FORMS": "1",
        "items-INITIAL_FORMS": "0",
        "items-0-name": "Poros utama",
        "items-0-quantity": "2,5",
        "items-0-unit": "buah",
        "items-0-material": "Baja",
        "items-0-size": "Ø38",
        "left-TOTAL_FORMS": "1",
        "left-INITIAL_FORMS": "0",
        "left-0-name": "",
        "left-0-quantity": "",
        "left-0-unit": "buah",
        "left-0-condition": "",
        "service": "logam",
        "needed_on": "",
        "note": "",
        "no_drawing_reason": "",
        "consent": "on",
    }
    changed = {name.replace("__", "-"): value for name, value in changes.items()}
    return {name: value for name, value in (data | changed).items() if value is not None}


def submit(browser: Client, order: Order | None = None, /, *, url: str = "", **changes):
    """Press "Simpan dan cetak" on a complete page with one drawing."""
    changes = {"drawings": picture(), "ajukan": "1"} | changes
    return browser.post(url or (address(order) if order else NEW), typed(order, **changes))


def page_text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


# A good request


def test_a_complete_request_becomes_an_application(as_pelayanan):
    response = submit(as_pelayanan, left__0__name="Contoh lama", left__0__quantity="1", note="Cepat.\r\nTerima kasih.")

    order = Order.objects.get()
    assert response.status_code == 302
    assert (order.stage, order.service, order.note) == ("permohonan", "logam", "Cepat.\nTerima kasih.")
    assert order.number == Document.objects.get().printed_number
    assert (order.customer.name, order.customer.phone) == ("Siti Contoh", "6281200001122")
    item = order.items.get()
    assert (item.name, item.quantity, item.unit, item.material) == ("Poros utama", Decimal("2.5"), "buah", "Baja")
    assert order.left_goods.get().name == "Contoh lama"
    assert order.drawings.get().original_name == "poros.png"
    assert audit_of(order)[-1].after["consent"] is True


def test_sent_twice_it_is_one_application(as_pelayanan):
    data = {"kunci": str(uuid.uuid4())}
    answers = [submit(as_pelayanan, **data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert (Order.objects.count(), Customer.objects.count(), Drawing.objects.count()) == (1, 1, 1)
    assert Document.objects.count() == 1


def test_a_draft_may_have_gaps_and_is_submitted_from_its_own_page(as_pelayanan):
    gaps = {"baru__name": "", "baru__business": "", "baru__kind": "", "baru__phone": "", "baru__address": ""}
    gaps |= {f"items__0__{name}": "" for name in ("name", "quantity", "material", "size")}
    gaps |= {"service": None, "consent": None}
    as_pelayanan.post(NEW, typed(**gaps, note="Nanti dilengkapi.", draf="1"))

    draft = Order.objects.get()
    assert (draft.stage, draft.customer, draft.service, draft.note) == ("draf", None, "", "Nanti dilengkapi.")
    assert "checked" not in as_pelayanan.get(address(draft)).content.decode()

    assert submit(as_pelayanan, draft).status_code == 302
    assert fresh(draft).stage == "permohonan"


def test_back_from_a_draft_and_submitted_unchanged_it_is_the_same_order(as_pelayanan):
    key = str(uuid.uuid4())
    as_pelayanan.post(NEW, typed(kunci=key, drawings=picture(), draf="1"))
    submit(as_pelayanan, kunci=key)

    assert Order.objects.get().stage == "permohonan"


def test_a_sent_page_that_is_changed_and_sent_again_is_refused_with_a_new_key(as_pelayanan):
    key = str(uuid.uuid4())
    submit(as_pelayanan, kunci=key)
    response = submit(as_pelayanan, kunci=key, items__0__name="Lain", drawings="", no_drawing_reason="Ada.")

    assert response.status_code == 409
    assert "sudah pernah dikirim" in page_text(response)
    assert response.context["form"]["kunci"].value() != key
    assert Order.objects.count() == 1


def test_the_draft_page_shows_what_was_saved(as_pelayanan):
    order = make_order(service="kayu", note="Hati-hati.", no_drawing_reason="Ada contoh.")

    html = as_pelayanan.get(address(order)).content.decode()

    for said in ("Poros utama", "Braket siku", "Ø 20 × 180 mm", 'value="24"', "Hati-hati.", "Ada contoh."):
        assert said in html
    assert order.customer.name in html
    assert f"/gambar/{order.drawings.get().pk}/kecil/" in html


def test_rows_that_were_not_touched_stay(as_pelayanan):
    order = make_order()
    form = as_pelayanan.get(address(order)).context["form"]
    rows = {field.html_name: field.value() for row in form.items for field in row}
    data = typed(order) | rows | {"items-TOTAL_FORMS": "2", "customer": order.customer_id, "note": "Baru.", "draf": "1"}

    as_pelayanan.post(address(order), data)

    assert [item.name for item in order.items.all()] == ["Poros utama", "Braket siku"]
    assert fresh(order).note == "Baru."


def test_an_edited_application_is_printed_again_without_asking_consent_again(as_pelayanan):
    order = make_order("permohonan")
    page = as_pelayanan.get(address(order))
    assert "consent" not in page.context["form"].fields

    response = as_pelayanan.post(address(order), typed(order, consent=None, customer=order.customer_id, simpan="1"))

    form = paper(order, Kind.APPLICATION_FORM)
    assert (response.status_code, response.url) == (302, f"/dokumen/{form.pk}/lihat/")
    assert (fresh(order).number, fresh(order).title) == (form.printed_number, "Poros utama, 2,5 buah")
    assert form.replaces.printed_number == order.number


# What is wrong is said where it is wrong, and nothing is written


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"items__0__quantity": "-3"}, "Barang 1: "),
        ({"items__0__quantity": "0"}, "Barang 1: jumlah harus lebih dari 0"),
        ({"items__0__quantity": "1.000"}, "bisa dibaca dua cara"),
        ({"items__0__quantity": ""}, "Isi jumlah"),
        ({"items__0__name": "", "items__0__quantity": ""}, "Isi nama barang"),
        ({"items-TOTAL_FORMS": "0"}, "Isi paling sedikit satu barang yang dipesan."),
        ({"items__0__name": "x" * 201}, "Terlalu panjang"),
        ({"left__0__name": "Plat"}, "Titipan 1: isi jumlah."),
        ({"baru__phone": "0812"}, "Nomor HP: tulis satu nomor telepon"),
        ({"baru__kind": ""}, "Pilih jenis pelanggan"),
        ({"baru__nik": "123"}, "NIK terdiri atas 16 angka"),
        ({"customer": "999999"}, "sudah tidak ada"),
        ({"customer": "abc"}, "sudah tidak ada"),
        ({"service": None}, "Pilih jenis layanan"),
        ({"needed_on": "2020-01-01"}, "1 Jan 2020 sudah lewat"),
        ({"needed_on": "31-02-2030"}, "Tulis tanggal yang ada"),
        ({"consent": None}, "Tanyakan apakah pelanggan menyetujui"),
        ({"drawings": ""}, "Lampirkan paling sedikit satu gambar"),
        ({"kunci": "x"}, "terlalu lama terbuka"),
        ({"left-TOTAL_FORMS": None}, "terlalu lama terbuka"),
        ({"left-TOTAL_FORMS": "5000"}, "Paling banyak 100 baris."),
    ],
)
def test_a_fault_is_said_and_nothing_is_submitted(as_pelayanan, wrong, fault):
    response = submit(as_pelayanan, **{"drawings": "", "no_drawing_reason": "Ada contoh."} | wrong | _reason(wrong))

    assert response.status_code == 422
    told = [f"{f.label}: {f.message}" if f.label else f.message for f in response.context["errors"]]
    assert any(fault.lower() in line.lower() for line in told), told
    assert "Perbaiki isian:" in page_text(response)
    assert not Order.objects.exists()
    assert not Customer.objects.exists()


def _reason(wrong: dict) -> dict:
    return {"no_drawing_reason": ""} if "drawings" in wrong else {}


def test_without_any_customer_the_search_is_pointed_at(as_pelayanan):
    empty = dict.fromkeys(("baru__name", "baru__business", "baru__kind", "baru__phone", "baru__address"), "")
    response = submit(as_pelayanan, drawings="", no_drawing_reason="Ada contoh.", **empty)

    assert [(fault.id, fault.message) for fault in response.context["errors"]] == [
        ("id_find", "pilih atau isi pelanggan dulu.")
    ]
    assert not Order.objects.exists()


def test_a_reason_stands_for_a_drawing(as_pelayanan):
    assert submit(as_pelayanan, drawings="", no_drawing_reason="Contoh dititipkan.").status_code == 302


def test_a_passed_date_that_stands_in_the_application_may_stay(as_pelayanan):
    with clock.at(clock.now() - timedelta(days=30)):
        order = make_order("permohonan", needed_on=clock.today() + timedelta(days=10))
    data = {"customer": order.customer_id, "simpan": "1", "ajukan": None}

    assert submit(as_pelayanan, order, needed_on=order.needed_on.isoformat(), **data).status_code == 302
    other = (order.needed_on - timedelta(days=1)).isoformat()
    assert submit(as_pelayanan, fresh(order), needed_on=other, **data).status_code == 422


def test_everything_typed_stands_on_the_refused_page(as_pelayanan):
    said = {
        "baru__name": "Wahyu Contoh",
        "baru__address": "Jalan Contoh 1",
        "items__0__size": "6 × 50 mm",
        "left__0__condition": "aus di ujung",
        "note": "Untuk mesin 7 PK.",
        "needed_on": (clock.today() + timedelta(days=9)).isoformat(),
    }
    response = submit(as_pelayanan, items__0__quantity="nol", **said)

    html = page_text(response)
    assert all(value in html for value in [*said.values(), "nol"])


def test_hostile_names_are_kept_and_inert(as_pelayanan):
    names = {
        "baru__name": "O'Brien",
        "baru__business": "<script>alert(1)</script>",
        "items__0__name": "=cmd|' /C calc'!A0",
    }
    submit(as_pelayanan, note="siap\u202ejual\x00", **names)

    order = Order.objects.get()
    assert (order.customer.name, order.customer.business) == ("O'Brien", "<script>alert(1)</script>")
    assert (order.items.get().name, order.note) == ("=cmd|' /C calc'!A0", "siapjual")
    for url in (f"/pesanan/{order.pk}/", address(order), f"/pelanggan/{order.customer_id}/"):
        html = as_pelayanan.get(url).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)" in html


# Files


HOSTILE = {
    "halaman.png": hostile_files.html(),
    "gambar.svg": hostile_files.svg(),
    "kosong.jpg": b"",
    "besar.png": hostile_files.png_of(12_000, 12_000),
    "rusak.pdf": b"%PDF-1.7 rusak",
    "perintah.pdf": hostile_files.pdf_with_script(),
    "terkunci.pdf": hostile_files.locked_pdf("rahasia"),
    "terpotong.jpg": hostile_files.photo()[:400],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_by_its_name(as_pelayanan, name):
    response = submit(as_pelayanan, drawings=SimpleUploadedFile(name, HOSTILE[name]))

    assert response.status_code == 422
    assert [fault.id for fault in response.context["errors"]] == ["id_drawings"]
    assert response.context["errors"][0].message.startswith(f"{name}: ")
    assert not Order.objects.exists()


def test_of_several_files_the_good_ones_are_kept_in_a_draft_and_the_others_named(as_pelayanan):
    files = [
        picture("poros.png", "POROS"),
        SimpleUploadedFile("x.svg", hostile_files.svg()),
        picture("pisau.png", "PISAU"),
    ]
    response = submit(as_pelayanan, drawings=files)

    draft = Order.objects.get()
    assert response.status_code == 422
    assert (draft.stage, sorted(d.original_name for d in draft.drawings.all())) == ("draf", ["pisau.png", "poros.png"])
    html = page_text(response)
    assert "x.svg: berkas ini bukan gambar" in html
    assert "Sudah tersimpan di draf: poros.png, pisau.png." in html
    assert "Siti Contoh" in html
    assert f'action="{address(draft)}"' in html


def test_good_files_survive_wrong_fields_and_the_page_goes_on_with_its_draft(as_pelayanan):
    page = submit(as_pelayanan, items__0__quantity="0").context["form"]
    draft = Order.objects.get()

    keys = {"kunci": page["kunci"].value(), "versi": page["versi"].value()}
    response = submit(as_pelayanan, url=address(draft), drawings="", **keys)

    assert response.status_code == 302
    assert (fresh(draft).stage, draft.drawings.count(), Order.objects.count()) == ("permohonan", 1, 1)


def test_refused_twice_the_good_files_are_kept_once(as_pelayanan):
    key = str(uuid.uuid4())
    for _ in range(2):
        submit(as_pelayanan, kunci=key, items__0__quantity="0")

    assert (Order.objects.count(), Drawing.objects.count()) == (1, 1)


def test_the_same_file_chosen_twice_is_kept_once(as_pelayanan):
    submit(as_pelayanan, drawings=[picture("a.png"), picture("b.png")])

    assert Drawing.objects.get().original_name == "a.png"


def test_any_button_keeps_the_chosen_files(as_pelayanan):
    response = as_pelayanan.post(NEW, typed(find="siti", cari="1", drawings=picture()))

    assert response.status_code == 200
    assert Drawing.objects.get().order == Order.objects.get()
    assert not response.context["errors"]


def test_a_drawing_is_removed_and_the_rest_of_the_page_stays(as_pelayanan):
    order = make_order(drawings=2)
    gone = order.drawings.first()
    data = typed(order, note="Belum disimpan.") | {"hapus-gambar": gone.pk}

    responses = [as_pelayanan.post(address(order), data) for _ in range(2)]

    assert [response.status_code for response in responses] == [200, 200]
    assert gone not in order.drawings.all()
    assert order.drawings.count() == 1
    assert "Belum disimpan." in page_text(responses[0])
    assert responses[0].context["form"]["versi"].value() == str(fresh(order).version)


def test_the_last_drawing_of_an_application_is_not_removed(as_pelayanan):
    order = make_order("permohonan")
    data = typed(order, note="Tetap di sini.") | {"hapus-gambar": order.drawings.get().pk}

    response = as_pelayanan.post(address(order), data)

    assert response.status_code == 422
    assert "Lampirkan paling sedikit satu gambar" in page_text(response)
    assert "Tetap di sini." in page_text(response)
    assert order.drawings.count() == 1


@pytest.mark.parametrize("url", ["new", "draft"])
def test_a_forged_drawing_id_is_not_found(as_pelayanan, url):
    order = make_order()
    data = typed(order) | {"hapus-gambar": "x" if url == "draft" else str(uuid.uuid4())}

    assert as_pelayanan.post(NEW if url == "new" else address(order), data).status_code == 404


# Customer and rows without scripts


@pytest.mark.parametrize("find", ["karya", "KARYA tani", "suparno", "0812-0000", "+62 812 0000 1122", "00001122"])
def test_a_customer_is_found_and_used(as_pelayanan, find):
    customer = make_customer(name="Suparno", business="CV Karya Tani", phone="6281200001122")
    make_customer(name="Lain", phone="628999999999")
    found = as_pelayanan.post(NEW, typed(find=find, note="Tetap.", cari="1"))

    assert [match.pk for match in found.context["matches"]] == [customer.pk]
    assert not found.context["errors"]
    assert not Order.objects.exists()

    used = as_pelayanan.post(NEW, typed(find=find, note="Tetap.", pakai=str(customer.pk)))
    assert used.context["customer"] == customer
    assert "Tetap." in page_text(used)
    again = as_pelayanan.post(NEW, typed(customer=str(customer.pk), ganti="1"))
    assert again.context["customer"] is None


def test_the_chosen_customer_is_not_made_anew(as_pelayanan):
    customer = make_customer()
    submit(as_pelayanan, customer=str(customer.pk))

    assert Order.objects.get().customer == customer
    assert Customer.objects.count() == 1


def test_a_search_without_match_says_so(as_pelayanan):
    response = as_pelayanan.post(NEW, typed(find="tidak ada", cari="1"))

    assert "Tidak ada yang cocok dengan “tidak ada”" in page_text(response)


def test_a_new_request_for_a_customer_from_the_register(as_pelayanan):
    customer = make_customer()

    assert as_pelayanan.get(f"{NEW}?pelanggan={customer.pk}").context["customer"] == customer
    assert as_pelayanan.get(f"{NEW}?pelanggan=x").context["customer"] is None


def test_rows_come_and_go_without_judgement(as_pelayanan):
    more = as_pelayanan.post(NEW, typed(**{"tambah-items": "1", "items__0__quantity": "x"}))

    assert [row["name"].value() for row in more.context["form"].items] == ["Poros utama", None]
    assert not more.context["errors"]
    assert 'value="x"' in page_text(more)

    less = as_pelayanan.post(NEW, typed(**{"hapus-items": "0", "hapus-left": "0"}))
    assert not less.context["form"].items.forms
    assert not Order.objects.exists()


# Others


def test_a_draft_is_discarded_once(as_pelayanan):
    order = make_order()
    data = typed(order, buang="1")

    answers = [as_pelayanan.post(address(order), data) for _ in range(2)]

    assert [answer.url for answer in answers] == ["/meja/", "/meja/"]
    assert not Order.objects.exists()
    assert not Drawing.objects.exists()


def test_a_draft_that_is_gone_leads_back_to_the_desk(as_pelayanan):
    order = make_order()
    act("discard", order)

    response = as_pelayanan.post(address(order), typed(order, buang="1"), follow=True)

    assert "sudah tidak ada" in page_text(response)
    assert as_pelayanan.get(address(order)).status_code == 404


def test_an_application_is_not_discarded(as_pelayanan):
    order = make_order("permohonan")

    response = as_pelayanan.post(address(order), typed(order, buang="1"))

    assert response.url == f"/pesanan/{order.pk}/"
    assert Order.objects.exists()


def test_a_stale_page_names_who_was_faster_and_keeps_what_was_typed(as_pelayanan):
    order = make_order()
    old = fresh(order)
    act("edit", order, by=make_user("pelayanan", full_name="Budi Contohnya"))

    response = submit(as_pelayanan, old, note="Kata saya.", items__0__name="Barang saya")

    html = page_text(response)
    assert response.status_code == 409
    assert "Budi Contohnya sudah mengubah pesanan ini pada" in html
    assert "Kata saya." in html
    assert "Barang saya" in html
    assert fresh(order).note == "Diubah."

    form = response.context["form"]
    keys = {"kunci": form["kunci"].value(), "versi": form["versi"].value()}
    again = submit(as_pelayanan, url=address(order), note="Kata saya.", drawings="", surely_new="on", **keys)
    assert again.status_code == 302
    assert fresh(order).note == "Kata saya."


def test_an_order_that_moved_on_is_not_edited(as_pelayanan):
    order = make_order("estimasi")

    page = as_pelayanan.get(address(order), follow=True)
    assert page.redirect_chain == [(f"/pesanan/{order.pk}/", 302)]
    assert "pesanan ini sudah di tahap Estimasi" in page_text(page)

    response = submit(as_pelayanan, order, note="Kata saya.", drawings="")
    assert response.status_code == 409
    assert "Kata saya." in page_text(response)
    assert fresh(order).note == ""


@pytest.mark.parametrize("role", ["bengkel", "keuangan", "pimpinan"])
def test_only_pelayanan_takes_requests(sign_in, office, role):
    browser, order = sign_in(clerk(role)), make_order()

    for url in (NEW, address(order)):
        assert browser.get(url).status_code == 403
        assert submit(browser, url=url).status_code == 403
        assert browser.post(url, typed(order, buang="1")).status_code == 403
    assert Order.objects.get().version == order.version


def test_nobody_else_gets_in(client, office):
    order = make_order()

    for url in (NEW, address(order)):
        assert client.get(url).url == f"/masuk/?next={url}"
        assert submit(client, url=url).status_code == 302
    assert Order.objects.count() == 1


def test_a_missing_order_is_not_found(as_pelayanan):
    assert as_pelayanan.get("/pesanan/999/permohonan/").status_code == 404
    assert as_pelayanan.post("/pesanan/999/permohonan/", typed(draf="1")).status_code == 404
