"""SOP 5 on the order page: the end of the work with its form, another plan, photos."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from orders.models import MaterialUse, Order, ResultPhoto
from tests.factories import act, clerk, fresh, make_image, make_order, make_work_centre
from tests.hostile_files import drawing_pdf

pytestmark = pytest.mark.django_db

ALL_RIGHT = {"fits_drawing": "on", "measured": "on", "complete": "on"}


@pytest.fixture
def working(office) -> Order:
    return make_order("produksi")


def page_of(order: Order, name: str = "produksi") -> str:
    return f"/pesanan/{order.pk}/{name}/"


def typed(browser, order: Order, name: str = "produksi", **more) -> dict:
    """The form as the page shows it, with `more` typed into it."""
    form = browser.get(page_of(order, name)).context["form"]
    shown = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    return {name: str(value) for name, value in shown.items()} | more


def hours(order: Order, value: str = "2") -> dict[str, str]:
    return {f"jam-{step.pk}": value for step in order.steps.filter(done_at=None)}


def photo(name: str = "hasil.jpg", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or make_image("HASIL", format="JPEG"))


# The end


def test_the_end_is_told_in_one_form(as_bengkel, working):
    line = working.estimate.lines.get(kind="bahan_pelanggan")
    other = {"lain-0-nama": "Elektroda", "lain-0-pakai": "1,5", "lain-0-satuan": "kg"}
    data = typed(as_bengkel, working, **ALL_RIGHT, **hours(working), **other, catatan="Rapi.", foto=photo())
    assert data[f"pakai-{line.pk}"] == "2"
    data |= {f"pakai-{line.pk}": "1,5", f"sisa-{line.pk}": "0,5"}

    answer = as_bengkel.post(page_of(working), data, follow=True)

    assert answer.redirect_chain == [(f"/pesanan/{working.pk}/", 302)]
    assert fresh(working).stage == "pembayaran"
    assert [step.actual_minutes for step in working.steps.all()] == [120, 120]
    assert list(MaterialUse.objects.values_list("name", "quantity", "left", "planned", "unit", "from_customer")) == [
        ("Plat 4 mm", Decimal("1.5"), Decimal("0.5"), Decimal(2), "lembar", True),
        ("Elektroda", Decimal("1.5"), 0, None, "kg", False),
    ]
    html = answer.content.decode()
    for words in ("Rapi.", "Elektroda, 1,5 kg", "sisa 0,5 lembar dikembalikan", "Sisa bahan: Plat 4 mm, 0,5 lembar"):
        assert words in html
    assert f"/foto/{ResultPhoto.objects.get().pk}/kecil/" in html


def test_a_form_sent_twice_ends_once(as_bengkel, working):
    data = typed(as_bengkel, working, **ALL_RIGHT, **hours(working))
    answers = [as_bengkel.post(page_of(working), data).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert MaterialUse.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "faulty"),
    [
        ({"measured": ""}, "measured"),
        ({"lain-1-pakai": "2", "lain-1-satuan": "buah"}, "lain-1-nama"),
        ({"lain-1-nama": "Baut", "lain-1-pakai": "2"}, "lain-1-satuan"),
        ({"lain-1-nama": "Baut", "lain-1-satuan": "buah"}, "lain-1-pakai"),
        ({"lain-1-nama": "Baut", "lain-1-satuan": "buah", "lain-1-sisa": "2"}, "lain-1-sisa"),
        ({"lain-1-nama": "Baut", "lain-1-satuan": "buah", "lain-1-pakai": "1.50,"}, "lain-1-pakai"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(as_bengkel, working, more, faulty):
    data = typed(as_bengkel, working, **ALL_RIGHT | hours(working) | {"catatan": "Sudah rapi"} | more)
    data = {name: value for name, value in data.items() if value}

    answer = as_bengkel.post(page_of(working), data)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {faulty}
    assert 'value="Sudah rapi"' in answer.content.decode()
    assert fresh(working).stage == "produksi"


def test_the_hours_of_open_steps_are_asked_for(as_bengkel, working):
    working = act("finish_step", working)
    answer = as_bengkel.post(page_of(working), typed(as_bengkel, working, **ALL_RIGHT))
    (name,) = answer.context["form"].errors
    assert answer.context["form"].errors[name] == ["Isi jam yang terpakai untuk Las, braket siku."]


def test_a_material_that_was_not_used_is_noted_as_nothing(as_bengkel, working):
    line = working.estimate.lines.get(kind="bahan_pelanggan")
    data = typed(as_bengkel, working, **ALL_RIGHT, **hours(working)) | {f"pakai-{line.pk}": "0", f"sisa-{line.pk}": "2"}
    assert as_bengkel.post(page_of(working), data).status_code == 302
    used = MaterialUse.objects.get()
    assert (used.quantity, used.left, used.planned) == (0, 2, 2)


def test_an_end_after_somebody_elses_is_shown_what_was_typed(as_bengkel, working):
    data = typed(as_bengkel, working, **ALL_RIGHT, **hours(working, "7"), catatan="Terlambat sedikit")
    act("finish", working)
    answer = as_bengkel.post(page_of(working), data)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Agus Contohadi sudah mengubah pesanan ini" in html
    assert "Terlambat sedikit" in html


def test_while_it_is_held_work_is_not_ended(as_bengkel, working):
    data = typed(as_bengkel, working, **ALL_RIGHT, **hours(working))
    held = act("hold", working)
    answer = as_bengkel.post(page_of(working), data | {"versi": str(held.version)})
    assert (answer.status_code, "tertunda" in answer.content.decode()) == (422, True)
    assert "Lanjutkan pekerjaan" in as_bengkel.get(page_of(working)).content.decode()


def test_an_order_without_steps_is_ended_without_hours(as_bengkel, working):
    working.steps.all().delete()
    assert "tidak memiliki tahap pekerjaan" in as_bengkel.get(page_of(working)).content.decode()
    assert as_bengkel.post(page_of(working), typed(as_bengkel, working, **ALL_RIGHT)).status_code == 302


# What others see


def test_others_see_steps_and_photos_and_no_form(sign_in, office):
    order = act("add_photo", act("finish_step", make_order("produksi")))
    for role in ("pelayanan", "keuangan", "pimpinan"):
        html = sign_in(clerk(role)).get(f"/pesanan/{order.pk}/").content.decode()
        assert "Bubut, poros utama" in html
        assert f"/foto/{order.result_photos.get().pk}/" in html
        assert "Catat seluruh pekerjaan selesai" not in html
        assert "Tambah foto" not in html


def test_a_photo_and_its_small_picture_are_sent(as_pelayanan):
    order = act("add_photo", make_order("produksi"))
    kept = order.result_photos.get()
    for name in ("", "kecil/"):
        answer = as_pelayanan.get(f"/foto/{kept.pk}/{name}")
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith("image/")
        assert b"".join(answer.streaming_content)
    kept.file.storage.delete(kept.file.name)
    assert as_pelayanan.get(f"/foto/{kept.pk}/").status_code == 404


# Photos


def test_a_photo_is_added(as_bengkel, working):
    answer = as_bengkel.post(page_of(working, "foto"), typed(as_bengkel, working, "foto", foto=photo()))
    assert answer.status_code == 302
    assert working.result_photos.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("a.pdf", drawing_pdf(), "pilih foto"), ("a.jpg", b"bukan foto", "bukan gambar"), ("a.jpg", b"", "kosong")],
    ids=["pdf", "broken", "empty"],
)
def test_what_is_no_photo_is_refused(as_bengkel, working, name, content, said):
    sent = SimpleUploadedFile(name, content)
    answer = as_bengkel.post(page_of(working, "foto"), typed(as_bengkel, working, "foto", foto=sent))
    assert answer.status_code == 422
    assert said in answer.context["form"].errors["foto"][0]


def test_a_photo_loses_where_it_was_taken(as_bengkel, working):
    as_bengkel.post(page_of(working, "foto"), typed(as_bengkel, working, "foto", foto=photo()))
    kept = working.result_photos.get().file.read()
    assert b"Exif" not in kept
    assert io.BytesIO(kept).read(2) == b"\xff\xd8"


# Another plan


def test_steps_change_places_and_work_centres(as_bengkel, working):
    bubut, las = working.steps.all()
    frais = make_work_centre("Frais")
    more = {f"urutan-{bubut.pk}": "2", f"urutan-{las.pk}": "1", f"bagian-{bubut.pk}": str(frais.pk)}

    answer = as_bengkel.post(page_of(working, "rencana"), typed(as_bengkel, working, "rencana", **more), follow=True)

    issued = working.papers.filter(document__kind="surat_perintah_kerja").last().document
    assert answer.redirect_chain == [(f"/dokumen/{issued.pk}/lihat/", 302)]
    assert [str(step.work_centre) for step in working.steps.all()] == ["Las", "Frais"]
    html = as_bengkel.get(f"/pesanan/{working.pk}/").content.decode()
    assert "Surat perintah kerja, perubahan ke-1" in html
    assert f"diganti {issued.printed_number}" in html


@pytest.mark.parametrize("place", ["2", "0", "x", ""])
def test_places_that_are_none_are_refused(as_bengkel, working, place):
    first = working.steps.first()
    answer = as_bengkel.post(
        page_of(working, "rencana"), typed(as_bengkel, working, "rencana", **{f"urutan-{first.pk}": place})
    )
    assert answer.status_code == 422
    assert f"urutan-{first.pk}" in answer.context["form"].errors
    assert working.papers.filter(document__kind="surat_perintah_kerja").count() == 1


def test_a_plan_that_changes_nothing_says_so(as_bengkel, working):
    answer = as_bengkel.post(page_of(working, "rencana"), typed(as_bengkel, working, "rencana"))
    assert (answer.status_code, "tidak berubah" in answer.content.decode()) == (422, True)
