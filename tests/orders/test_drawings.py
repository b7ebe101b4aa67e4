"""Drawings are for people of the office only; a new version leaves the old one where it is."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from balai.uploads import check_upload
from orders import actions
from orders.models import Drawing, Order
from tests import hostile_files
from tests.factories import act, clerk, fresh, intent, make_drawing, make_image, make_order, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(office) -> Order:
    return make_order("estimasi")


def drawing_of(order: Order) -> Drawing:
    return order.drawings.get(replaced_by=None)


def send(browser, drawing: Drawing, /, *, order: Order | None = None, **changes):
    order = order or fresh(drawing.order)
    file = SimpleUploadedFile("baru.png", make_image("BARU"))
    data = {"kunci": str(uuid.uuid4()), "versi": str(order.version), "file": file}
    return browser.post(f"/gambar/{drawing.pk}/versi-baru/", data | changes)


@pytest.mark.parametrize("role", ["pelayanan", "bengkel", "keuangan", "pimpinan"])
def test_every_role_opens_a_drawing(sign_in, order, role):
    browser, drawing = sign_in(clerk(role)), drawing_of(order)

    response = browser.get(f"/gambar/{drawing.pk}/")

    assert b"".join(response.streaming_content) == make_drawing("GAMBAR CONTOH 1").content
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"] == 'inline; filename="gambar-contoh-1.png"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"


def test_the_thumbnail_may_stay_in_this_users_browser(as_bengkel, order):
    response = as_bengkel.get(f"/gambar/{drawing_of(order).pk}/kecil/")

    assert b"".join(response.streaming_content).startswith(b"\xff\xd8")
    assert (response["Content-Type"], response["Cache-Control"]) == ("image/jpeg", "private, max-age=604800")


@pytest.mark.parametrize("page", ["", "kecil/", "versi-baru/"])
def test_nobody_else_sees_a_drawing(client, sign_in, order, page):
    url = f"/gambar/{drawing_of(order).pk}/{page}"

    assert client.get(url).url == f"/masuk/?next={url}"
    assert sign_in(make_user()).get(url).status_code == 403


def test_unknown_drawings_and_lost_files_are_not_found(as_pelayanan, order):
    assert as_pelayanan.get(f"/gambar/{uuid.uuid4()}/").status_code == 404
    assert as_pelayanan.get(f"/gambar/{uuid.uuid4()}/versi-baru/").status_code == 404

    drawing = drawing_of(order)
    drawing.file.storage.delete(drawing.file.name)
    assert as_pelayanan.get(f"/gambar/{drawing.pk}/").status_code == 404


def test_a_new_version_takes_its_place(as_pelayanan, order):
    former = drawing_of(order)
    assert as_pelayanan.get(f"/gambar/{former.pk}/versi-baru/").status_code == 200

    response = send(as_pelayanan, former)

    new = drawing_of(order)
    assert (response.status_code, response.url) == (302, f"/pesanan/{order.pk}/")
    assert (new.replaces, new.version, new.original_name) == (former, 2, "baru.png")
    assert as_pelayanan.get(f"/gambar/{former.pk}/").status_code == 200


def test_sent_twice_it_is_one_version(as_pelayanan, order):
    former, key = drawing_of(order), str(uuid.uuid4())

    answers = [send(as_pelayanan, former, order=order, kunci=key) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert order.drawings.count() == 2


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("x.png", hostile_files.html(), "x.png: berkas ini bukan gambar"),
        ("kosong.jpg", b"", "kosong.jpg: berkas ini kosong"),
        ("x.pdf", hostile_files.pdf_with_script(), "x.pdf: PDF ini berisi perintah otomatis"),
        ("besar.png", hostile_files.png_of(12_000, 12_000), "besar.png: ukuran gambar ini lebih dari 40 juta titik"),
    ],
)
def test_a_hostile_file_is_refused(as_pelayanan, order, name, content, reason):
    response = send(as_pelayanan, drawing_of(order), file=SimpleUploadedFile(name, content))

    assert response.status_code == 422
    assert reason in response.content.decode()
    assert order.drawings.count() == 1


def test_a_page_without_file_is_refused(as_pelayanan, order):
    response = send(as_pelayanan, drawing_of(order), file="")

    assert response.status_code == 422
    assert "Pilih gambar pengganti." in response.content.decode()


def test_a_replaced_drawing_is_refused(as_pelayanan, order):
    former = drawing_of(order)
    act("revise_drawing", order)

    response = send(as_pelayanan, former)

    assert response.status_code == 422
    assert "sudah diganti versi yang lebih baru" in response.content.decode()


def test_a_stale_page_names_who_was_faster(as_pelayanan, order):
    act("offer", order)

    response = send(as_pelayanan, drawing_of(order), order=order)

    assert response.status_code == 409
    assert "sudah mengubah pesanan ini" in response.content.decode()
    assert response.context["form"]["versi"].value() == str(fresh(order).version)


@pytest.mark.parametrize("role", ["bengkel", "keuangan", "pimpinan"])
def test_only_pelayanan_replaces_a_drawing(sign_in, order, role):
    browser, drawing = sign_in(clerk(role)), drawing_of(order)

    assert browser.get(f"/gambar/{drawing.pk}/versi-baru/").status_code == 403
    assert send(browser, drawing).status_code == 403
    assert order.drawings.count() == 1


@pytest.mark.parametrize("stage", ["draf", "permohonan", "pembayaran"])
def test_not_in_every_stage(as_pelayanan, office, stage):
    order = make_order(stage)
    url = f"/gambar/{drawing_of(order).pk}/versi-baru/"

    page = as_pelayanan.get(url, follow=True)

    assert page.redirect_chain == [(f"/pesanan/{order.pk}/", 302)]
    assert "tidak dapat dilakukan" in page.content.decode()
    assert send(as_pelayanan, drawing_of(order)).status_code == 409


def with_file(order: Order, content: bytes, name: str) -> Drawing:
    """A draft's further drawing."""
    actions.add_drawings(order.pk, intent(clerk("pelayanan"), order), (check_upload(io.BytesIO(content), name),))
    return Drawing.objects.get(original_name=name)


def test_a_picture_is_looked_at_without_scripts(as_bengkel, order):
    drawing = drawing_of(order)

    html = as_bengkel.get(f"/gambar/{drawing.pk}/lihat/").content.decode()

    assert f'<img src="/gambar/{drawing.pk}/" alt="Gambar gambar-contoh-1.png">' in html
    assert f'href="/gambar/{drawing.pk}/?unduh=1"' in html
    assert f'href="/pesanan/{order.pk}/#gambar-{drawing.pk}"' in html
    assert f'id="gambar-{drawing.pk}"' in as_bengkel.get(f"/pesanan/{order.pk}/").content.decode()


@pytest.mark.parametrize(
    ("typed", "shown", "links"),
    [("", 1, ["next"]), ("2", 2, ["prev", "next"]), ("3", 3, ["prev"]), ("99", 3, ["prev"]), ("x", 1, ["next"])],
)
def test_pages_of_a_pdf_are_turned_by_links(as_bengkel, office, typed, shown, links):
    drawing = with_file(make_order(), hostile_files.drawing_pdf(pages=3), "tiga.pdf")

    html = as_bengkel.get(f"/gambar/{drawing.pk}/lihat/?halaman={typed}").content.decode()

    assert f"Halaman {shown} dari 3" in html
    assert [rel for rel in ("prev", "next") if f'rel="{rel}"' in html] == links
    assert f'src="/gambar/{drawing.pk}/halaman/{shown}/"' in html
    page = as_bengkel.get(f"/gambar/{drawing.pk}/halaman/{shown}/")
    assert (page["Content-Type"], page["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")


@pytest.mark.parametrize("page", [0, 4])
def test_a_page_that_is_not_there(as_bengkel, office, page):
    drawing = with_file(make_order(), hostile_files.drawing_pdf(pages=3), "tiga.pdf")

    assert as_bengkel.get(f"/gambar/{drawing.pk}/halaman/{page}/").status_code == 404


def test_a_dxf_is_shown_as_a_picture_and_only_downloaded(as_bengkel, office):
    sent = hostile_files.dxf()
    drawing = with_file(make_order(), sent, "pelat.dxf")

    assert f'src="/gambar/{drawing.pk}/halaman/1/"' in as_bengkel.get(f"/gambar/{drawing.pk}/lihat/").content.decode()
    file = as_bengkel.get(f"/gambar/{drawing.pk}/")
    assert b"".join(file.streaming_content) == sent
    assert file["Content-Disposition"] == 'attachment; filename="pelat.dxf"'
    assert (file["Content-Type"], file["X-Content-Type-Options"]) == ("image/vnd.dxf", "nosniff")
    assert "sandbox" in file["Content-Security-Policy"]


def test_a_dxf_that_cannot_be_drawn_says_so_and_can_be_had(as_pelayanan, as_bengkel, office):
    order = make_order()
    drawing = with_file(order, hostile_files.dxf_that_holds_itself(), "bom.dxf")

    for url in (f"/gambar/{drawing.pk}/lihat/", f"/pesanan/{order.pk}/"):
        assert "Pratinjau tidak tersedia" in as_bengkel.get(url).content.decode()
    assert "Pratinjau tidak tersedia" in as_pelayanan.get(f"/pesanan/{order.pk}/permohonan/").content.decode()
    assert as_bengkel.get(f"/gambar/{drawing.pk}/kecil/").status_code == 404
    assert as_bengkel.get(f"/gambar/{drawing.pk}/").status_code == 200
    act("submit", fresh(order))
    assert fresh(order).papers.get().document.payload["body"]["drawings"][1]["picture"] == ""


def test_the_workshop_is_told_of_a_new_version_until_it_has_opened_it(as_bengkel, as_pelayanan, order):
    order = act("revise_drawing", order)
    new = drawing_of(order)
    url = f"/pesanan/{order.pk}/"
    assert "Gambar baru: gambar-baru.png, versi 2" in as_bengkel.get(url).content.decode()
    assert "Gambar baru:" not in as_pelayanan.get(url).content.decode()

    assert "gambar baru, belum dibuka" in as_bengkel.get("/meja/").content.decode()

    opened = as_bengkel.post(f"/gambar/{new.pk}/dilihat/", {"kunci": str(uuid.uuid4()), "versi": str(order.version)})

    assert "gambar baru, belum dibuka" not in as_bengkel.get("/meja/").content.decode()
    assert opened.url == f"/gambar/{new.pk}/lihat/"
    assert "Gambar baru:" not in as_bengkel.get(url).content.decode()
    assert "Gambar versi 2 dilihat bengkel: gambar-baru.png" in as_pelayanan.get(url).content.decode()


def test_saving_the_estimate_is_having_seen_it(as_bengkel, order):
    order = act("save_estimate", act("revise_drawing", order))

    assert "Gambar baru:" not in as_bengkel.get(f"/pesanan/{order.pk}/").content.decode()
