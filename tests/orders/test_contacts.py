"""What is said between office and customer: the log, the answers with who gave them, drafts, the link's own page."""

import re
import uuid
from contextlib import AbstractContextManager
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from balai import clock
from balai.office import get_office, holidays
from balai.phone import call_url, whatsapp_url
from balai.workdays import add_workdays
from orders import actions
from orders.actions import ActionRefused
from orders.actions.tracking import address
from orders.deadlines import Deadlines
from orders.messages import draft, whatsapp_draft
from orders.models import Customer, Order
from orders.piles import piles
from tests.factories import act, audit_of, clerk, fresh, intent, make_office, make_order
from tests.typed import WHO

pytestmark = pytest.mark.django_db


def sent(order: Order, **typed) -> dict:
    return {"kunci": uuid.uuid4(), "versi": order.version} | typed


def words(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# The log


def test_a_conversation_is_kept_with_who_how_what_when_and_by_whom(as_pelayanan, pelayanan):
    order = make_order("konfirmasi")
    typed = sent(order, tindakan="note_contact", lewat="telepon", siapa="Bu Sari", catatan="Menunggu suami.")
    as_pelayanan.post(f"/pesanan/{order.pk}/pembicaraan/", typed)
    [entry] = order.contacts.all()
    assert (entry.spoke_with, entry.way, entry.said) == ("Bu Sari", "telepon", "Menunggu suami.")
    assert (entry.noted_by, entry.estimate) == (pelayanan, order.estimate)
    assert fresh(order).stage == "konfirmasi"
    text = words(as_pelayanan.get(f"/pesanan/{order.pk}/"))
    assert "Bu Sari, telepon" in text
    assert "dicatat Rina Contohwati" in text
    assert "Menunggu suami." in text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"siapa": " "}, "Isi berbicara dengan."),
        ({"catatan": ""}, "Tulis isi pembicaraan."),
        ({"lewat": "lacak"}, "Pilih"),
        ({"catatan": "x" * 301}, "300"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(as_pelayanan, wrong, said):
    order = make_order("konfirmasi")
    typed = {"tindakan": "note_contact", "lewat": "telepon", "siapa": "Bu Sari", "catatan": "Menunggu suami."}
    answer = as_pelayanan.post(f"/pesanan/{order.pk}/pembicaraan/", sent(order, **typed | wrong))
    assert answer.status_code == 422
    assert said in words(answer)
    kept = [text for name, text in typed.items() if name in ("siapa", "catatan") and name not in wrong]
    assert [text for text in kept if text not in answer.content.decode()] == []
    assert not order.contacts.exists()


def test_only_a_person_is_spoken_with():
    order = make_order("konfirmasi")
    with pytest.raises(ActionRefused, match="lewat apa"):
        actions.note_contact(order.pk, intent(clerk("pelayanan"), order), via="lacak", who=WHO, said="Ya.")


# The answer


@pytest.mark.parametrize("verb", ["agree", "revise", "disagree"])
def test_an_answer_is_kept_with_who_gave_it(verb):
    order = act(verb, make_order("konfirmasi"))
    answered = order.estimates.get()
    assert (answered.answered_by, audit_of(order)[-1].after["who"]) == (WHO, WHO)


def test_an_answer_of_nobody_is_refused():
    order = make_order("konfirmasi")
    with pytest.raises(ActionRefused, match="siapa yang menjawab"):
        actions.agree(order.pk, intent(clerk("pelayanan"), order), via="telepon", who=" ")


@pytest.mark.parametrize(("verb", "state"), [("agree", {}), ("agree_change", {"open_change": True})])
def test_a_yes_after_the_last_day_is_refused_and_a_no_is_not(verb, state):
    order = make_order("produksi" if state else "konfirmasi", **state)
    with clock.at(clock.now() + timedelta(days=14)):
        assert not order.open_offer.lapsed
    with clock.at(clock.now() + timedelta(days=15)):
        with pytest.raises(ActionRefused, match="sudah lewat"):
            act(verb, order)
        assert act("refuse_change" if state else "revise", order).open_offer is None


@pytest.mark.parametrize("state", [{}, {"open_change": True}])
def test_a_lapsed_offer_says_what_to_do_and_offers_no_yes(as_pelayanan, state):
    make_office(offer_valid_days=3)
    order = make_order("produksi" if state else "konfirmasi", **state)
    assert "Berlaku sampai" in words(as_pelayanan.get(f"/pesanan/{order.pk}/"))
    with clock.at(clock.now() + timedelta(days=4)):
        html = as_pelayanan.get(f"/pesanan/{order.pk}/").content.decode()
    assert "sudah lewat" in html
    assert 'value="agree' not in html


def test_a_message_from_the_tracking_page_fills_in_the_answer(as_pelayanan):
    order = make_order("konfirmasi")
    actions.leave_message(order.pk, uuid.uuid4(), 1, "revisi", "Tolong lebih murah.")
    page = as_pelayanan.get(f"/pesanan/{order.pk}/")
    assert "Lewat tautan lacak" in words(page)
    form = page.context["form"]
    filled = [form[name].value() for name in ("tindakan", "lewat", "catatan")]
    assert filled == ["revise", "lacak", "Tolong lebih murah."]
    typed = {"tindakan": "revise", "lewat": "lacak", "penjawab": WHO, "catatan": "Tolong lebih murah."}
    as_pelayanan.post(f"/pesanan/{order.pk}/konfirmasi/", sent(order, **typed))
    assert fresh(order).stage == "estimasi"


# Drafts


SPELLINGS = (
    "081200001122",
    "0812-0000-1122",
    "+62 812 0000 1122",
    "62812 0000 1122",
    "(0812) 0000.1122",
    "81200001122",
)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_any_spelling_of_a_number_can_be_called_and_written_to(spelling):
    assert call_url(spelling) == "tel:+6281200001122"
    assert whatsapp_url(spelling, "Apa kabar?") == "https://wa.me/6281200001122?text=Apa%20kabar%3F"


@pytest.mark.parametrize("wrong", ["", None, "12", "0812 0000 1122 / 0813 0000 1122"])
def test_what_is_no_number_has_no_link(wrong):
    assert (call_url(wrong), whatsapp_url(wrong)) == ("", "")


SAYS = {
    "konfirmasi": ("Rp620.000", "5 hari kerja", "Berlaku sampai"),
    "pembayaran": ("sudah selesai", "Rp620.000"),
    "siap_diambil": ("siap diambil", "bukti pembayaran"),
    "estimasi": ("tentang pesanan",),
}


@pytest.mark.parametrize("stage", SAYS)
def test_a_draft_says_the_figures_and_the_link(office, stage):
    order = make_order(stage)
    Customer.objects.filter(pk=order.customer_id).update(nik="3300000000000143")
    order = fresh(order)
    url = address(order.tracking_links.get(), office)
    link = whatsapp_draft(order, office, url)
    assert urlsplit(link).netloc == "wa.me"
    [text] = parse_qs(urlsplit(link).query)["text"]
    assert text == draft(order, office, url)
    assert [saying for saying in (order.number, order.customer.name, url, *SAYS[stage]) if saying not in text] == []
    assert "3300" not in link


def test_a_draft_of_a_change_says_why(office):
    order = make_order("produksi", open_change=True)
    assert "Alasan: Ukuran berubah." in draft(order, office, "")
    assert "Rincian" not in draft(order, office, "")


# The page of the link


def test_the_clerk_shows_renews_and_revokes_the_link(as_pelayanan, office):
    order = make_order("konfirmasi")
    page = f"/pesanan/{order.pk}/tautan-lacak/"
    first = address(order.tracking_links.get(), office)
    html = as_pelayanan.get(page).content.decode()
    assert first in html
    assert 'src="data:image/png;base64,' in html
    as_pelayanan.post(page, sent(order, tindakan="renew_link"))
    second = address(order.tracking_links.get(revoked_at=None), office)
    assert second != first
    assert second in as_pelayanan.get(page).content.decode()
    as_pelayanan.post(page, sent(fresh(order), tindakan="revoke_link"))
    assert not order.tracking_links.filter(revoked_at=None).exists()
    assert "tidak memiliki tautan lacak" in words(as_pelayanan.get(page))
    assert [entry.verb for entry in audit_of(order)[-2:]] == ["renew_link", "revoke_link"]


# The desk


def pile_of(order: Order) -> list[str]:
    """The keys of the desk's piles that hold the order today."""
    found = piles(Deadlines(get_office()))
    return [pile.key for pile in found if Order.objects.filter(pile.where, pk=order.pk).exists()]


def days_on(days: int) -> AbstractContextManager:
    """So many working days from now."""
    day = add_workdays(clock.today(), days, holidays())
    return clock.at(clock.now() + (day - clock.today()))


@pytest.mark.parametrize(("state", "pile"), [({}, "konfirmasi"), ({"open_change": True}, "perubahan")])
def test_a_silent_offer_comes_back_and_a_conversation_puts_it_off(office, state, pile):
    make_office(followup_days=2)
    order = make_order("produksi" if state else "konfirmasi", **state)
    assert pile_of(order) == [pile]
    with days_on(1):
        assert pile_of(order) == [pile]
    with days_on(2):
        assert pile_of(order) == ["ingatkan"]
        order = act("note_contact", order)
        assert pile_of(order) == [pile]
    with days_on(3):
        assert pile_of(order) == [pile]
    with days_on(4):
        assert pile_of(order) == ["ingatkan"]
        assert pile_of(act("refuse_change" if state else "agree", order)) == (["produksi"] if state else ["antre"])


@pytest.mark.parametrize("state", [{}, {"open_change": True}])
def test_an_offer_answered_on_the_tracking_page_waits_to_be_noted(as_pelayanan, state):
    order = make_order("produksi" if state else "konfirmasi", **state)
    actions.leave_message(order.pk, uuid.uuid4(), order.open_offer.version, "sepakat", "")
    assert pile_of(order) == ["dijawab"]
    with days_on(5):
        assert pile_of(order) == ["dijawab"]
    desk = words(as_pelayanan.get("/meja/"))
    assert "Dijawab lewat tautan lacak" in desk
    assert order.number in desk
    if not state:
        # The message was about the offer that is gone now.
        assert pile_of(act("offer", act("revise", order))) == ["konfirmasi"]


def test_the_desk_costs_the_same_queries_with_one_silent_offer_and_many(as_pelayanan, count_queries):
    make_order("konfirmasi")
    with days_on(3):
        few = count_queries(as_pelayanan, "/meja/")
        assert "Perlu diingatkan" in words(as_pelayanan.get("/meja/"))
    for _ in range(5):
        act("note_contact", make_order("konfirmasi"))
    with days_on(6):
        assert count_queries(as_pelayanan, "/meja/") == few
