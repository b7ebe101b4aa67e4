"""The settings of the office: who may change them, what is refused, what a change touches and what it never touches."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from balai import clock, documents, numbering
from balai.emblem import SIDE, check_emblem
from balai.models import AuditEntry, Document, Emblem, Office, Signatory
from balai.office import get_office, page_size
from balai.officechanges import Intent, change_office
from balai.officeforms import registers
from balai.officesections import SECTIONS
from balai.uploads import UploadRefused
from tests.factories import act, make_image, make_office, make_order
from tests.pages import typed_in

pytestmark = pytest.mark.django_db
SECTION_PAGES = [f"/kantor/{name}/" for name in SECTIONS]
NEW = "/kantor/penanda-tangan/baru/"


def change(browser, page: str, **typed):
    """Send the page's form with these fields typed over."""
    return browser.post(page, typed_in(browser.get(page)) | typed)


def words(response) -> str:
    return response.content.decode()


def last_entry() -> AuditEntry:
    return AuditEntry.objects.filter(subject_kind="office").latest("id")


def issued(kind: str = "surat_pesanan") -> Document:
    return make_order("pesanan").papers.get(document__kind=kind).document


# Who may


@pytest.mark.parametrize("url", ["/kantor/", NEW, *SECTION_PAGES])
def test_the_settings_are_for_the_admin_alone(as_pimpinan, as_pelayanan, as_admin, client, url):
    assert [browser.get(url).status_code for browser in (as_pimpinan, as_pelayanan, as_admin)] == [403, 403, 200]
    assert client.get(url).status_code == 302
    assert as_pimpinan.post(url, {}).status_code in (403, 405)


def test_the_change_itself_asks_again(pimpinan):
    with pytest.raises(PermissionDenied):
        change_office(Intent(pimpinan, uuid4(), 1), {"city": "Kota Lain"})
    assert get_office().city == "Kota Contoh"


def test_an_unknown_section_is_not_found(as_admin):
    assert as_admin.get("/kantor/lain/").status_code == 404
    assert as_admin.get("/kantor/penanda-tangan/999/").status_code == 404


def test_the_menu_leads_the_admin_there(as_admin, as_pimpinan):
    assert 'href="/kantor/"' in words(as_admin.get("/pesanan/"))
    assert 'href="/kantor/"' not in words(as_pimpinan.get("/pesanan/"))


# Every section


@pytest.mark.parametrize("url", [page for page in SECTION_PAGES if "lambang" not in page])
def test_a_page_sent_as_it_came_changes_nothing(as_admin, url):
    before = Office.objects.values().get()
    response = as_admin.post(url, typed_in(as_admin.get(url)), follow=True)
    assert response.redirect_chain == [("/kantor/", 302)]
    assert "Tidak ada yang berubah" in words(response)
    assert Office.objects.values().get() == before
    assert not AuditEntry.objects.filter(subject_kind="office").exists()


@pytest.mark.parametrize("url", SECTION_PAGES)
def test_each_page_has_one_button_and_says_that_old_papers_stay(as_admin, url):
    html = words(as_admin.get(url))
    assert html.count("btn-primary") == 1
    assert 'name="kunci"' in html


def test_a_change_is_recorded_with_before_and_after(as_admin, admin):
    response = change(as_admin, "/kantor/kop/", address="Jalan Baru 1, Kota Contoh", phone="(024) 000000")
    assert response.status_code == 302
    entry = last_entry()
    assert (entry.verb, entry.actor, entry.role) == ("change_office", admin, "admin")
    assert entry.before == {"address": "Jalan Contoh Nomor 00, Kota Contoh", "phone": ""}
    assert entry.after == {"address": "Jalan Baru 1, Kota Contoh", "phone": "(024) 000000"}
    html = words(as_admin.get("/kantor/"))
    assert "alamat: Jalan Contoh Nomor 00, Kota Contoh → Jalan Baru 1, Kota Contoh" in html
    assert get_office().version == 2


def test_the_same_form_twice_is_one_change(as_admin):
    typed = typed_in(as_admin.get("/kantor/kop/")) | {"city": "Kota Baru"}
    first, second = (as_admin.post("/kantor/kop/", typed) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert get_office().version == 2
    assert AuditEntry.objects.filter(subject_kind="office").count() == 1


def test_of_two_admins_the_slower_is_told_and_loses_nothing(as_admin, admin):
    slow = typed_in(as_admin.get("/kantor/kop/")) | {"city": "Kota Lambat"}
    change(as_admin, "/kantor/aturan/", offer_valid_days="7")
    refused = as_admin.post("/kantor/kop/", slow)
    assert refused.status_code == 409
    assert f"{admin.full_name} sudah mengubah pengaturan pada" in words(refused)
    assert typed_in(refused)["city"] == "Kota Lambat"
    assert get_office().city == "Kota Contoh"
    assert as_admin.post("/kantor/kop/", typed_in(refused)).status_code == 302
    assert (get_office().city, get_office().offer_valid_days) == ("Kota Lambat", 7)


@pytest.mark.parametrize(
    ("url", "field", "typed"),
    [
        ("kop", "unit", ""),
        ("kop", "unit", "x" * 121),
        ("kop", "email", "bukan surel"),
        ("kop", "verify_base", "javascript:alert(1)"),
        ("kop", "verify_base", "ftp://balai.example"),
        ("kertas", "surat_pesanan", "a3"),
        ("kertas", "order_terms", "satu\n" * 21),
        ("kertas", "order_terms", "x" * 301),
        ("kaki", "surat_jalan", "x" * 161),
        ("aturan", "estimasi", "0"),
        ("aturan", "estimasi", "1.000"),
        ("aturan", "offer_valid_days", "-3"),
        ("aturan", "material_account", ""),
    ],
)
def test_what_cannot_be_is_refused_and_kept_on_the_page(as_admin, url, field, typed):
    before = Office.objects.values().get()
    response = change(as_admin, f"/kantor/{url}/", **{field: typed})
    assert response.status_code == 422
    assert response.context["errors"]
    assert words(response).count("<title>Perbaiki isian: ") == 1
    if field != "surat_pesanan":
        assert typed_in(response)[field].strip() == typed.strip()
    assert Office.objects.values().get() == before


# Papers


def test_a_change_touches_new_papers_only(as_admin, office):
    old = issued()
    payload, data = old.payload, documents.pdf_bytes(old)
    change(as_admin, "/kantor/kop/", unit="BALAI BARU CONTOH")
    change(as_admin, "/kantor/kertas/", surat_pesanan="a4", order_terms="Hanya satu.")
    change(as_admin, "/kantor/nomor/", surat_pesanan="{urut}/BARU/{tahun}")
    change(as_admin, "/kantor/kaki/", surat_pesanan="Jam layanan 08.00 sampai 15.00.")
    new = issued()
    assert (new.payload["office"]["unit"], new.payload["page"]) == ("BALAI BARU CONTOH", "a4")
    assert new.payload["body"]["terms"] == ["Hanya satu."]
    assert (payload["footer"], new.payload["footer"]) == ("", "Jam layanan 08.00 sampai 15.00.")
    assert new.printed_number == f"{new.number}/BARU/{new.year}"
    old.refresh_from_db()
    assert (old.payload, documents.pdf_bytes(old)) == (payload, data)


def test_each_kind_has_its_own_paper(as_admin):
    change(as_admin, "/kantor/kertas/", formulir_permohonan="a4")
    order = make_order("pesanan")
    sizes = {paper.document.kind: paper.document.payload["page"] for paper in order.papers.all()}
    assert (sizes["formulir_permohonan"], sizes["surat_pesanan"]) == ("a4", "f4")
    assert page_size("surat_jalan", get_office()) == "f4"


def test_a_receipt_may_be_printed_twice_on_one_sheet(as_admin):
    change(as_admin, "/kantor/kertas/", bukti_pembayaran="a4 rangkap")
    order = make_order("siap_diambil")
    assert order.papers.get(document__kind="bukti_pembayaran").document.payload["page"] == "a4 rangkap"
    response = change(as_admin, "/kantor/kertas/", surat_jalan="a4 rangkap")
    assert "surat_jalan" in response.context["form"].errors


# Numbers


def test_the_next_number_is_shown_as_typed_without_saving(as_admin):
    number = issued().number
    html = words(change(as_admin, "/kantor/nomor/", surat_pesanan="SP-{urut:03}.{bulan:02}.{tahun}", langkah="lihat"))
    today = clock.today()
    assert f"SP-{number + 1:03}.{today:%m}.{today:%Y}" in html
    assert "error-summary" not in html
    assert get_office().number_templates["surat_pesanan"] == "{urut:04}/SP/{bulan_romawi}/{tahun}"


def test_a_broken_template_has_no_example(as_admin):
    response = change(as_admin, "/kantor/nomor/", surat_pesanan="{urut", langkah="lihat")
    assert response.status_code == 200
    assert "Pola belum benar" in words(response)


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("SAMA/{tahun}", "harus memuat"),
        ("{urut:04}/SP", "harus memuat"),
        ("", "Isi surat pesanan"),
        ("{urut}/{tahun", "berpasangan"),
        ("urut}/{tahun}", "berpasangan"),
        ("{urut}/{tahun}/{kode}", "Tidak ada isian {kode}"),
        ("{urut.__class__}/{tahun}", "Tidak ada isian"),
        ("{urut[0]}/{tahun}", "Tidak ada isian"),
        ("{0}/{urut}/{tahun}", "Tidak ada isian"),
        ("{}/{urut}/{tahun}", "Tidak ada isian"),
        ("{urut!r}/{tahun}", "Lebar"),
        ("{urut:999999999}/{tahun}", "Lebar"),
        ("{urut:x}/{tahun}", "Lebar"),
        ("{urut}/{tahun:09}", "Lebar"),
        ("{urut}{bulan}/{tahun}", "tanda di antara"),
        ("{urut}0{bulan}/{tahun}", "tanda di antara"),
        ("{urut}/{tahun}" + "X" * 60, "lebih dari 60"),
        ("{urut:04}/SJ/{bulan_romawi}/{tahun}", "sama dengan pola"),
    ],
)
def test_a_template_that_cannot_number_papers_is_refused(as_admin, template, reason):
    response = change(as_admin, "/kantor/nomor/", surat_pesanan=template)
    assert response.status_code == 422
    said = " ".join(f"{fault.label} {fault.message}" for fault in response.context["errors"])
    assert reason.lower() in said.lower()
    assert get_office().number_templates["surat_pesanan"] == "{urut:04}/SP/{bulan_romawi}/{tahun}"


@pytest.mark.parametrize(
    "template", ["{urut}/{tahun}", "{tahun}-{bulan:02}-{urut:05}", "No. {urut} / {bulan_romawi}.{tahun}"]
)
def test_a_template_that_can_is_taken(as_admin, template):
    assert change(as_admin, "/kantor/nomor/", surat_pesanan=template).status_code == 302
    assert issued().printed_number == numbering.printed("surat_pesanan", 1, clock.today(), get_office())


def test_our_own_templates_pass_and_a_register_without_one_has_ours(office):
    make_office(number_templates={})
    for register in registers():
        numbering.check_template(numbering.template_of(register, get_office()))


def test_a_number_goes_on_counting_under_a_new_template(as_admin):
    first = issued()
    change(as_admin, "/kantor/nomor/", surat_pesanan="SP.{tahun}.{urut}")
    assert issued().number == first.number + 1


# Who signs


def sign(browser, page: str = NEW, **typed):
    standard = {"role": "kepala", "title": "Plt. Kepala Balai", "name": "Orang Baru Contoh, M.T."}
    return change(browser, page, **standard | typed)


def head_of(paper: Document) -> dict:
    return paper.payload["body"]["head"]


def test_a_new_head_signs_from_the_first_day_on(as_admin):
    old = issued()
    tomorrow = clock.today() + timedelta(days=1)
    sign(as_admin, valid_from=tomorrow.isoformat(), nip="00000000 000000 0 018", rank="Pembina")
    assert head_of(issued())["name"] == head_of(old)["name"] == "Endah Contohningrum"
    with clock.at(clock.now() + timedelta(days=1)):
        assert head_of(issued()) == {
            "title": "Plt. Kepala Balai",
            "name": "Orang Baru Contoh, M.T.",
            "rank": "Pembina",
            "nip": "000000000000000018",
        }
    old.refresh_from_db()
    assert head_of(old)["name"] == "Endah Contohningrum"


def test_when_nobody_signs_any_more_the_name_is_left_to_be_written(as_admin):
    head = Signatory.objects.get(role="kepala")
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    change(as_admin, f"/kantor/penanda-tangan/{head.pk}/", valid_until=yesterday)
    assert head_of(issued()) == {"title": "Kepala Balai", "name": "", "rank": "", "nip": ""}
    assert "Sejak 1 Jan 2000 sampai" in words(as_admin.get("/kantor/"))


def test_a_deputy_of_some_days_hands_back(as_admin):
    today = clock.today()
    sign(as_admin, valid_from=today.isoformat(), valid_until=today.isoformat())
    assert head_of(issued())["name"] == "Orang Baru Contoh, M.T."
    with clock.at(clock.now() + timedelta(days=1)):
        assert head_of(issued())["name"] == "Endah Contohningrum"


def test_a_change_of_a_signatory_is_recorded(as_admin):
    head = Signatory.objects.get(role="kepala")
    change(as_admin, f"/kantor/penanda-tangan/{head.pk}/", name="Endah Contohningrum, M.Si.")
    entry = last_entry()
    assert entry.verb == "change_signatory"
    assert (entry.before["name"], entry.after["name"]) == ("Endah Contohningrum", "Endah Contohningrum, M.Si.")
    assert get_office().version == 2


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("role", ""),
        ("role", "presiden"),
        ("name", ""),
        ("title", " "),
        ("nip", "12345"),
        ("nip", "1234567890123456789"),
        ("nip", "٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠١٨"),
        ("valid_from", ""),
        ("valid_from", "2000-01-01"),
        ("valid_until", "1999-01-01"),
    ],
)
def test_a_signatory_who_cannot_be_is_refused(as_admin, field, typed):
    response = sign(as_admin, **{field: typed})
    assert response.status_code == 422
    assert Signatory.objects.count() == 2


# The emblem


def upload(browser, data: bytes, name: str = "lambang.png"):
    page = "/kantor/lambang/"
    return browser.post(page, typed_in(browser.get(page)) | {"file": SimpleUploadedFile(name, data)})


@pytest.mark.parametrize("format", ["PNG", "JPEG"])
def test_an_emblem_is_drawn_anew_square_and_small(as_admin, format):
    assert upload(as_admin, make_image("LAMBANG", (900, 450), format)).status_code == 302
    emblem = Emblem.objects.get()
    picture = Image.open(io.BytesIO(emblem.png))
    assert (picture.format, picture.size) == ("PNG", (SIDE, SIDE))
    assert len(emblem.png) < 40_000
    shown = as_admin.get("/kantor/lambang.png")
    assert (shown.content, shown["Content-Type"]) == (bytes(emblem.png), "image/png")
    assert last_entry().after == {"emblem": emblem.sha256}
    assert "lambang diganti" in words(as_admin.get("/kantor/"))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<svg onload=alert(1)>", "lambang.svg"),
        (b"\x89PNG\r\n\x1a\nnothing", "lambang.png"),
        (make_image(format="WEBP"), "lambang.webp"),
        (b"%PDF-1.7", "lambang.pdf"),
        (b"", "lambang.png"),
    ],
)
def test_anything_but_a_sound_picture_is_refused(as_admin, data, name):
    response = upload(as_admin, data, name)
    assert response.status_code == 422
    assert not Emblem.objects.exists()


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_an_emblem_of_too_many_pixels_is_refused_before_it_is_decoded():
    bomb = io.BytesIO()
    Image.new("1", (8000, 6000)).save(bomb, "PNG")
    with pytest.raises(UploadRefused, match="40 juta titik"):
        check_emblem(bomb, "besar.png")


def test_an_emblem_tells_nothing_but_its_pixels():
    sent = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "RAHASIA"
    Image.new("RGB", (400, 400), "navy").save(sent, "JPEG", exif=exif)
    assert b"RAHASIA" in sent.getvalue()
    assert b"RAHASIA" not in check_emblem(sent, "foto.jpg").png


def test_new_papers_carry_the_emblem_old_ones_keep_theirs(as_admin):
    without = issued()
    upload(as_admin, make_image("SATU"))
    first = issued()
    upload(as_admin, make_image("DUA"))
    second = issued()
    emblems = [paper.payload["office"]["emblem"] for paper in (without, first, second)]
    assert emblems[0] == ""
    assert len(set(emblems)) == 3
    typed = typed_in(as_admin.get("/kantor/lambang/")) | {"remove": "on"}
    assert as_admin.post("/kantor/lambang/", typed).status_code == 302
    assert issued().payload["office"]["emblem"] == ""
    assert Emblem.objects.count() == 2
    assert as_admin.get("/kantor/lambang.png").status_code == 404


@pytest.mark.real_pdf
def test_the_emblem_is_printed(as_admin):
    upload(as_admin, make_image("LAMBANG CONTOH", (300, 300)))
    with_emblem = issued()
    assert b"/Subtype /Image" in documents.pdf_bytes(with_emblem)


def test_saving_no_emblem_asks_for_one(as_admin):
    page = "/kantor/lambang/"
    response = as_admin.post(page, typed_in(as_admin.get(page)))
    assert response.status_code == 422
    assert "Pilih gambar lambang" in words(response)


# Rules


def test_the_deadlines_and_the_separation_of_duties_follow(as_admin):
    change(as_admin, "/kantor/aturan/", estimasi="9", payment_due_days="14", estimator_may_cash="on")
    office = get_office()
    assert (office.service_days["estimasi"], office.payment_due_days, office.estimator_may_cash) == (9, 14, True)
    assert last_entry().after["estimator_may_cash"] is True
    html = words(as_admin.get("/kantor/"))
    assert "Bengkel membuat estimasi: 2 → 9" in html
    order = act("accept", make_order("permohonan"))
    assert order.stage == "estimasi"


def test_the_page_costs_the_same_after_many_changes(as_admin, count_queries):
    few = count_queries(as_admin, "/kantor/")
    for days in range(2, 8):
        change(as_admin, "/kantor/aturan/", offer_valid_days=str(days))
    assert count_queries(as_admin, "/kantor/") == few <= 7
