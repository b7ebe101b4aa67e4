"""The production board: its lanes and tags, the taps it takes, the small pages behind its buttons, what it costs."""

import time
from datetime import date, datetime, timedelta

import pytest

from balai import clock
from balai.clock import WIB
from balai.views import live
from orders.models import Customer, Estimate, JobStep, Order
from tests.copies import copies_of
from tests.factories import act, audit_of, clerk, fresh, make_order, make_user

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
TAP = {"X-Ketuk": "ya"}


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=WIB)


def lanes(response) -> dict[str, list[str]]:
    return {lane.key: [card.order.number for card in lane.cards] for lane in response.context["lanes"]}


def tags(browser, order: Order, day: date = MONDAY) -> list[str]:
    with clock.at(at(day)):
        response = browser.get("/bengkel/")
    cards = [card for lane in response.context["lanes"] for card in lane.cards]
    return [tag.text for card in cards if card.order.pk == order.pk for tag in card.tags]


def promised(order: Order, day: date, begins: date | None = None) -> Order:
    Estimate.objects.filter(pk=order.estimate_id).update(finish_on=day, starts_on=begins or min(day, MONDAY))
    return fresh(order)


# Lanes


def test_each_order_stands_in_its_lane(as_bengkel):
    walked = {
        "antre": [("pesanan", {})],
        "dikerjakan": [("produksi", {})],
        "tertunda": [
            ("produksi", {"on_hold": True}),
            ("produksi", {"open_change": True}),
            ("produksi", {"on_hold": True, "open_change": True}),
        ],
        "selesai": [("pembayaran", {}), ("siap_diambil", {}), ("selesai", {})],
    }
    numbers = {lane: {make_order(stage, **more).number for stage, more in each} for lane, each in walked.items()}
    for stage in ("draf", "estimasi", "konfirmasi", "dibatalkan"):
        make_order(stage)

    shown = lanes(as_bengkel.get("/bengkel/"))

    assert {lane: set(cards) for lane, cards in shown.items()} == numbers


def test_what_was_finished_yesterday_is_gone(as_bengkel):
    with clock.at(at(MONDAY, 23, 30)):
        order = act("finish", make_order("produksi"))
        assert lanes(as_bengkel.get("/bengkel/"))["selesai"] == [order.number]
        assert tags(as_bengkel, order)[0] == "Selesai 23.30"
    with clock.at(at(MONDAY + timedelta(days=1), 0, 10)):
        assert lanes(as_bengkel.get("/bengkel/"))["selesai"] == []


def test_the_late_stand_first_then_the_first_promised(as_bengkel):
    with clock.at(at(MONDAY)):
        second, late, first = (make_order("produksi") for _ in range(3))
        promised(second, date(2026, 12, 4))
        promised(first, date(2026, 12, 2))
        promised(late, date(2026, 11, 19))

        response = as_bengkel.get("/bengkel/")

    assert lanes(response)["dikerjakan"] == [late.number, first.number, second.number]
    assert "1 terlambat" in response.context["summary"]
    assert response.content.decode().count("is-late") == 1


@pytest.mark.parametrize(
    ("stage", "finish_on", "starts_on", "said"),
    [
        ("produksi", date(2026, 11, 19), date(2026, 11, 12), "Terlambat 2 hari"),
        ("produksi", date(2026, 11, 23), date(2026, 11, 20), "Janji hari ini"),
        ("produksi", date(2026, 11, 24), date(2026, 11, 20), "Janji besok"),
        ("produksi", date(2026, 12, 14), date(2026, 11, 20), "Janji 14 Des 2026"),
        ("pesanan", date(2026, 12, 14), date(2026, 11, 23), "Harus mulai hari ini"),
        ("pesanan", date(2026, 12, 14), date(2026, 11, 19), "Terlambat mulai 2 hari"),
        ("pesanan", date(2026, 12, 14), date(2026, 11, 30), "Janji 14 Des 2026"),
    ],
)
def test_a_card_says_how_it_stands_with_the_promise(as_bengkel, stage, finish_on, starts_on, said):
    with clock.at(at(date(2026, 11, 12))):
        order = promised(make_order(stage), finish_on, starts_on)
        JobStep.objects.filter(order=order, position=2).delete()
        JobStep.objects.filter(order=order).update(minutes=30)  # nothing is at risk by the plan
    assert tags(as_bengkel, order) == [said]


def test_a_promise_that_the_queue_does_not_keep_is_said_before_it_is_broken(as_bengkel):
    with clock.at(at(MONDAY)):
        order = promised(make_order("produksi"), date(2026, 11, 25))
    # 10 hours of Bubut and 4,25 of Las in days of seven hours: until Wednesday; a day more of work breaks the promise
    assert tags(as_bengkel, order) == ["Janji 25 Nov 2026"]
    JobStep.objects.filter(order=order, position=1).update(minutes=1000)
    assert tags(as_bengkel, order) == ["Menurut antrean selesai 26 Nov, janji 25 Nov"]


def test_an_open_change_is_said(as_bengkel):
    order = make_order("produksi", open_change=True)
    html = as_bengkel.get("/bengkel/").content.decode()
    assert "Perubahan menunggu jawaban" in html
    assert f"/bengkel/tunda/{order.pk}/" not in html


def test_a_card_names_customer_progress_who_was_last_and_new_drawings(as_bengkel):
    order = make_order("produksi")
    Customer.objects.filter(pk=order.customer_id).update(business="CV Contoh Jaya")
    order = act("revise_drawing", act("finish_step", order))

    html = as_bengkel.get("/bengkel/").content.decode()

    assert "CV Contoh Jaya" in html
    assert "1 dari 2 · sekarang <strong>Las</strong>" in html
    assert "Bubut selesai oleh Agus Contohadi" in html
    assert "Gambar baru, belum dibuka: gambar-baru.png" in html
    assert f'aria-label="Kemajuan {order.number}"' in html


def test_when_all_steps_are_done_the_card_leads_to_the_end(as_bengkel):
    order = act("finish_step", act("finish_step", make_order("produksi")))
    html = as_bengkel.get("/bengkel/").content.decode()
    assert "siap dicatat selesai" in html
    assert f'href="/pesanan/{order.pk}/produksi/#berikut"' in html


def test_others_look_on_and_a_wall_has_no_buttons(sign_in, admin):
    make_order("produksi")
    lookers = [(clerk("pelayanan"), ""), (clerk("pimpinan"), ""), (admin, ""), (clerk("bengkel"), "?layar=dinding")]
    for user, query in lookers:
        html = sign_in(user).get(f"/bengkel/{query}").content.decode()
        assert 'name="ketuk"' not in html
        assert "/bengkel/tahap/" not in html
        assert 'class="job' in html


def test_the_workshop_begins_at_its_board_and_is_told_what_is_to_be_estimated(as_bengkel):
    make_order("estimasi")
    response = as_bengkel.get("/", follow=True)
    assert response.redirect_chain == [("/bengkel/", 302)]
    assert '<a href="/meja/">1 perlu diestimasi</a>' in response.content.decode()


# Taps


def test_one_tap_begins_and_one_goes_on(as_bengkel):
    order = make_order("pesanan")
    answer = as_bengkel.post("/bengkel/", {"ketuk": f"start-{order.pk}-{order.version}"}, follow=True)
    assert answer.redirect_chain == [("/bengkel/", 302)]
    assert "Pekerjaan dimulai." in answer.content.decode()
    order = act("hold", fresh(order))
    as_bengkel.post("/bengkel/", {"ketuk": f"resume-{order.pk}-{order.version}"})
    assert (fresh(order).stage, fresh(order).hold_reason) == ("produksi", "")


def test_the_same_tap_again_and_again_is_one(as_bengkel):
    order = make_order("pesanan")
    answers = [
        as_bengkel.post("/bengkel/", {"ketuk": f"start-{order.pk}-{order.version}"}, headers=TAP) for _ in range(3)
    ]
    assert [(answer.status_code, answer.content.decode()) for answer in answers] == [(200, "Pekerjaan dimulai.")] * 3
    assert [entry.verb for entry in audit_of(order)].count("start") == 1


@pytest.mark.parametrize("headers", [{}, TAP])
def test_a_tap_on_an_old_board_is_told_who_was_faster(as_bengkel, sign_in, headers):
    order = make_order("pesanan")
    act("start", order)
    other = sign_in(make_user("bengkel"))
    answer = other.post("/bengkel/", {"ketuk": f"start-{order.pk}-{order.version}"}, headers=headers)
    assert answer.status_code == 409
    assert "Agus Contohadi sudah mengubah pesanan ini pada" in answer.content.decode()
    assert ("<html" in answer.content.decode()) == (not headers)
    assert [entry.verb for entry in audit_of(order)].count("start") == 1


@pytest.mark.parametrize("wrong", ["", "start", "finish-1-1", "start-1-x", "start-0-1", "start-1-1-1", "x" * 500])
def test_a_tap_that_no_board_offers_is_refused(as_bengkel, wrong):
    answer = as_bengkel.post("/bengkel/", {"ketuk": wrong}, headers=TAP)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "text/plain"


def test_a_tap_on_an_order_that_is_gone_is_refused(as_bengkel):
    answer = as_bengkel.post("/bengkel/", {"ketuk": "start-999999-3"}, headers=TAP)
    assert (answer.status_code, "sudah tidak ada" in answer.content.decode()) == (409, True)


# The small pages


@pytest.fixture
def working(office) -> Order:
    return make_order("produksi")


def step_page(order: Order) -> str:
    return f"/bengkel/tahap/{order.steps.filter(done_at=None).first().pk}/"


def typed(browser, page: str, **more) -> dict:
    form = browser.get(page).context["form"]
    return {"kunci": form["kunci"].value(), "versi": form["versi"].value(), **more}


def test_a_step_is_told_with_its_hours(as_bengkel, working):
    page = step_page(working)
    html = as_bengkel.get(page).content.decode()
    assert "Bubut, poros utama, rencana 10 jam" in html
    assert 'capture="environment"' in html
    data = typed(as_bengkel, page, jam="2,5")
    assert as_bengkel.post(page, data).url == "/bengkel/"
    assert as_bengkel.post(page, data).url == "/bengkel/"  # sent twice
    assert [step.actual_minutes for step in working.steps.all()] == [150, None]


@pytest.mark.parametrize(
    ("jam", "said"),
    [
        ("", "Isi jam"),
        ("0", "lebih dari 0"),
        ("-2", "angka"),
        ("1.500", "dua cara"),
        ("1001", "Paling banyak 1000 jam"),
    ],
)
def test_hours_that_are_none_are_refused_at_their_field(as_bengkel, working, jam, said):
    page = step_page(working)
    answer = as_bengkel.post(page, typed(as_bengkel, page, jam=jam))
    assert answer.status_code == 422
    assert said in answer.context["form"].errors["jam"][0]
    as_text = as_bengkel.post(page, typed(as_bengkel, page, jam=jam), headers=TAP)
    assert (as_text.status_code, as_text["Content-Type"]) == (422, "text/plain")
    assert not working.steps.exclude(done_at=None).exists()


def test_a_step_from_two_phones_is_done_once_and_the_other_is_told_who(as_bengkel, sign_in, working):
    page, slow = step_page(working), sign_in(make_user("bengkel"))
    data = typed(slow, page, jam="3")
    as_bengkel.post(page, typed(as_bengkel, page, jam="2"))

    for headers in ({}, TAP):
        answer = slow.post(page, data, headers=headers)
        assert answer.status_code == 409
        assert "Agus Contohadi sudah mengubah pesanan ini pada" in answer.content.decode()
    assert [step.actual_minutes for step in working.steps.all()] == [120, None]


def test_the_page_of_a_step_whose_turn_it_is_not_leads_back(as_bengkel, working):
    last = working.steps.last()
    answer = as_bengkel.get(f"/bengkel/tahap/{last.pk}/", follow=True)
    assert answer.redirect_chain == [("/bengkel/", 302)]
    assert "Tahap yang sekarang dikerjakan adalah Bubut, poros utama." in answer.content.decode()
    assert as_bengkel.get("/bengkel/tahap/999999/").status_code == 404


def test_what_is_left_of_a_step_is_told_and_stands_on_the_page_of_the_order(as_bengkel, working):
    page = step_page(working).replace("tahap", "sisa")
    assert f'href="{page}"' in as_bengkel.get(step_page(working)).content.decode()
    assert f'href="{page}"' in as_bengkel.get(f"/pesanan/{working.pk}/produksi/").content.decode()
    refused = as_bengkel.post(page, typed(as_bengkel, page, jam="0"))
    assert (refused.status_code, working.steps.first().left_minutes) == (422, None)

    done = as_bengkel.post(page, typed(as_bengkel, page, jam="2,5"), follow=True)

    assert "Sisa tahap Bubut, poros utama dicatat." in done.content.decode()
    assert [step.left_minutes for step in working.steps.all()] == [150, None]
    assert "tahap berikutnya, sisa 2,5 jam" in as_bengkel.get(f"/pesanan/{working.pk}/").content.decode()
    assert "sisa tercatat 2,5 jam" in as_bengkel.get(page).content.decode()


def test_a_hold_is_told_with_its_kind(as_bengkel, working):
    page = f"/bengkel/tunda/{working.pk}/"
    data = typed(as_bengkel, page, alasan="bahan", keterangan="baja datang 24 Nov")
    assert as_bengkel.post(page, data).url == "/bengkel/"
    assert fresh(working).hold_reason == "Menunggu bahan: baja datang 24 Nov"
    late = as_bengkel.post(page, data | {"kunci": "6b1f0a3e-6d5b-4c0e-9a53-5f7a1f6f0d11"})
    assert late.status_code == 409
    assert "baja datang 24 Nov" in late.content.decode()


@pytest.mark.parametrize(
    ("more", "field"), [({}, "alasan"), ({"alasan": "lainnya"}, "keterangan"), ({"alasan": "cuaca"}, "alasan")]
)
def test_a_hold_without_reason_is_refused_at_its_field(as_bengkel, working, more, field):
    page = f"/bengkel/tunda/{working.pk}/"
    answer = as_bengkel.post(page, typed(as_bengkel, page, **more))
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {field})


# Live, and what it costs


def test_a_board_asks_by_itself_and_only_what_changed_is_drawn_anew(as_bengkel, monkeypatch):
    monkeypatch.setattr(live.time, "time", lambda: 1_000_000)
    waiting, working = make_order("pesanan"), make_order("produksi")
    first = as_bengkel.get("/bengkel/")
    poll = {"HX-Request": "true", "X-Balai-Polling": "1", "If-None-Match": first["ETag"]}
    assert as_bengkel.get("/bengkel/", headers=poll).status_code == 304

    act("hold", working)
    answer = as_bengkel.get("/bengkel/", headers=poll)

    assert answer.status_code == 200
    parts = [
        page.content.decode().partition('data-part="antre"')[2].partition("</section>")[0] for page in (first, answer)
    ]
    assert parts[0] == parts[1]
    assert waiting.number in parts[0]
    assert lanes(answer)["tertunda"] == [working.number]


def test_the_board_costs_the_same_with_5_and_200_orders_and_is_quick(as_bengkel, count_queries):
    for state in ({}, {"on_hold": True}):
        make_order("produksi", **state)
    order = make_order("pesanan")
    few = count_queries(as_bengkel, "/bengkel/")
    assert few <= 15

    copies_of(order, 100)
    copies_of(make_order("produksi"), 100)

    assert count_queries(as_bengkel, "/bengkel/") == few
    began = time.perf_counter()
    response = as_bengkel.get("/bengkel/")
    assert time.perf_counter() - began < 3  # seconds, on a busy machine; half a second alone
    assert [lane.count for lane in response.context["lanes"]] == [101, 102, 1, 0]
    assert "41 pesanan lagi" in response.content.decode()
