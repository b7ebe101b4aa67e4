"""A surat perintah kerja that is printed with its drawings: which ones, on which pages, and no price anywhere."""

import io

import pytest

from balai import reading
from balai.uploads import check_upload
from orders import actions, workpack
from orders.models import Drawing, Order
from tests.factories import act, clerk, fresh, intent, make_drawing, make_order
from tests.hostile_files import drawing_pdf, dxf
from tests.print import reading as paper_reading

pytestmark = [pytest.mark.django_db, pytest.mark.real_pdf]

A4, LYING_A4 = (210, 297), (297, 210)


def with_all_kinds() -> Order:
    """An order with a picture, a PDF of two pages and a DXF, agreed to."""
    from_files = ((drawing_pdf(pages=2), "dua.pdf"), (dxf(), "pelat.dxf"))
    return with_drawings(make_drawing(), *(check_upload(io.BytesIO(content), name) for content, name in from_files))


def with_drawings(*drawings) -> Order:
    order = make_order("draf", drawings=0)
    for drawing in drawings:
        order = act_with(order, drawing)
    for verb in ("submit", "accept", "offer", "agree"):
        order = act(verb, order)
    return order


def act_with(order: Order, drawing) -> Order:
    from_page = intent(clerk("pelayanan"), order)
    actions.add_drawings(order.pk, from_page, (drawing,))
    return fresh(order)


def work_order(order: Order):
    return order.papers.filter(document__kind="surat_perintah_kerja").last().document


def address(order: Order) -> str:
    return f"/dokumen/{work_order(order).pk}/dengan-gambar/"


def test_every_drawing_follows_the_paper(as_bengkel):
    order = with_all_kinds()

    answer = as_bengkel.get(address(order))

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    own = as_bengkel.get(f"/dokumen/{work_order(order).pk}/").content
    pages = paper_reading.pages(answer.content)
    own_pages = paper_reading.pages(own)
    assert pages[: len(own_pages)] == own_pages
    assert len(pages) == len(own_pages) + 4  # a picture, two pages, a DXF
    assert {A4, LYING_A4} & paper_reading.page_sizes(answer.content)


def test_no_price_stands_anywhere_in_it(as_bengkel):
    order = with_all_kinds()
    text = paper_reading.text(as_bengkel.get(address(order)).content)
    assert work_order(order).printed_number in text
    for price in ("Rp", "620.000", "45.000", "450.000", "40.000", "170.000"):
        assert price not in text


def test_the_drawings_are_those_of_the_day_it_was_issued(as_bengkel):
    order = make_order("pesanan")
    paper, former = work_order(order), order.drawings.get()
    assert list(workpack.drawings_of(paper, order)) == [former]

    act("revise_drawing", order)

    assert list(workpack.drawings_of(paper, order)) == [former]
    order = act("replan", Order.objects.get(pk=order.pk))
    new = work_order(order)
    assert [drawing.version for drawing in workpack.drawings_of(new, order)] == [2]


def test_a_paper_that_was_replaced_is_not_printed_for_the_bench(as_bengkel):
    order = make_order("pesanan")
    old = address(order)
    act("replan", order)

    answer = as_bengkel.get(old, follow=True)

    assert answer.redirect_chain == [(old.replace("dengan-gambar", "lihat"), 302)]
    html = answer.content.decode()
    assert "tidak berlaku lagi" in html
    assert "Cetak beserta gambar" not in html
    assert "Cetak beserta gambar" in as_bengkel.get(address(order).replace("dengan-gambar", "lihat")).content.decode()
    page = as_bengkel.get(f"/pesanan/{order.pk}/").content.decode()
    assert page.count("Cetak beserta gambar") == 1
    assert address(order) in page


def test_other_papers_have_no_drawings(as_bengkel):
    letter = make_order("pesanan").papers.get(document__kind="surat_pesanan").document
    assert as_bengkel.get(f"/dokumen/{letter.pk}/dengan-gambar/").status_code == 404
    assert "Cetak beserta gambar" not in as_bengkel.get(f"/dokumen/{letter.pk}/lihat/").content.decode()


def test_a_drawing_that_is_lost_or_broken_leaves_a_page_that_says_so(as_bengkel):
    order = with_all_kinds()
    whole = len(paper_reading.pages(as_bengkel.get(address(order)).content))
    broken = order.drawings.get(kind=Drawing.Kind.PDF)
    broken.file.storage.delete(broken.file.name)
    assert len(paper_reading.pages(as_bengkel.get(address(order)).content)) == whole - 1

    picture = order.drawings.get(kind=Drawing.Kind.IMAGE)
    with picture.file.open("wb") as stored:
        stored.write(b"bukan gambar")
    assert len(paper_reading.pages(as_bengkel.get(address(order)).content)) == whole - 1


def test_too_much_is_left_to_its_own_page(as_bengkel, monkeypatch):
    order = with_all_kinds()
    monkeypatch.setattr(workpack, "MOST_BYTES", 1)
    own = len(paper_reading.pages(as_bengkel.get(f"/dokumen/{work_order(order).pk}/").content))
    assert len(paper_reading.pages(as_bengkel.get(address(order)).content)) == own + 3


@pytest.mark.parametrize("fault", ["busy", "stopped"])
def test_when_it_cannot_be_joined_the_page_says_so(as_bengkel, monkeypatch, fault):
    order = make_order("pesanan")

    def read(*args, **more):
        if fault == "busy":
            raise reading.ReadersBusy
        return reading.Reading()

    monkeypatch.setattr(reading, "read", read)
    assert as_bengkel.get(address(order)).status_code == 503
