"""The past of an order in plain words."""

from datetime import UTC, datetime

import pytest

from balai import clock
from finance.models import Decision
from orders import actions
from orders.history import COMPLETED_BY, SENTENCES, stepper, timeline
from orders.permissions import ACTIONS
from orders.stages import SOP_STEPS
from tests.factories import act, audit_of, clerk, fresh, intent, make_order, send
from tests.orders.states import ALLOWED_IN

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
# What the timeline says after each verb, read aloud and found right.
SAID = {
    "note_contact": "Pembicaraan dengan pelanggan",
    "renew_link": "Tautan lacak diganti yang baru",
    "revoke_link": "Tautan lacak dicabut",
    "edit": "Permohonan diisi",
    "submit": "Permohonan diterima: {application}",
    "discard": "Draf dihapus",
    "add_drawings": "Gambar ditambahkan: gambar-tambahan.png",
    "phone_link": "Tautan HP untuk menambah gambar dibuka",
    "see_drawing": "Gambar versi 1 dilihat bengkel: gambar-contoh-1.png",
    "revise_drawing": "Gambar diganti versi baru: gambar-baru.png",
    "accept": "Identifikasi: bisa dikerjakan",
    "return_to_customer": "Dikembalikan ke pelanggan",
    "save_estimate": "Draf estimasi disimpan",
    "offer": "Estimasi versi 1 dikirim: Rp620.000",
    "decline": "Bengkel tidak sanggup",
    "agree": "Pelanggan sepakat: surat pesanan {letter}",
    "revise": "Pelanggan minta revisi",
    "disagree": "Pelanggan tidak sepakat",
    "start": "Mulai dikerjakan",
    "hold": "Pekerjaan ditunda",
    "resume": "Pekerjaan dilanjutkan",
    "finish_step": "Tahap Bubut, poros utama selesai, 10 jam",
    "note_left": "Sisa tahap Bubut, poros utama: 0,5 jam",
    "add_photo": "Foto hasil ditambahkan",
    "replan": "Rencana kerja diubah: surat perintah kerja {work_order}",
    "offer_change": "Perubahan ditawarkan, estimasi versi 2: Rp620.000",
    "agree_change": "Pelanggan sepakat dengan perubahan: surat pesanan {letter}",
    "refuse_change": "Pelanggan menolak perubahan, pekerjaan lanjut seperti semula",
    "finish": "Selesai dikerjakan",
    "cancel": "Pesanan dibatalkan",
    "settle": "Lunas: bukti pembayaran {receipt}, Rp620.000",
    "remind": "Teguran ke-1 terbit: {reminder}",
    "waive": "Keputusan {decision}: pengurangan Rp20.000",
    "exempt": "Lunas tanpa pembayaran, pembebasan Rp620.000: keputusan {decision}",
    "withdraw_waiver": "Keputusan {withdrawn} dicabut dengan {decision}: Rp20.000 terutang lagi",
    "withdraw_exemption": "Keputusan {withdrawn} dicabut dengan {decision}: Rp620.000 terutang lagi",
    "refund": "Uang dikembalikan Rp50.000: keputusan {decision}",
    "ask_reversal": "Pembatalan pembayaran diminta: bukti {receipt}",
    "decline_reversal": "Pembatalan pembayaran ditolak: bukti {receipt} tetap berlaku",
    "unsettle": "Pembayaran dibatalkan: bukti {receipt} BATAL",
    "hand_over_part": "Sebagian barang diserahkan: surat jalan {note}",
    "hand_over": "Barang diserahkan kepada Siti Contoh: surat jalan {note}",
}
PAPER_KINDS = {
    "application": "formulir_permohonan",
    "letter": "surat_pesanan",
    "work_order": "surat_perintah_kerja",
    "receipt": "bukti_pembayaran",
    "note": "surat_jalan",
    "reminder": "surat_teguran",
}


def test_every_verb_has_its_sentence():
    assert set(SENTENCES) == set(ACTIONS) == set(SAID)


@pytest.mark.parametrize("verb", SAID)
def test_what_the_timeline_says(cell, verb):
    state, role = ALLOWED_IN[verb]
    order, people = cell(state)
    send(verb, order, intent(people[role], order))

    event = timeline(audit_of(order))[0]

    papers = {
        name: order.papers.filter(document__kind=kind)
        .order_by("-id")
        .values_list("document__printed_number", flat=True)
        for name, kind in PAPER_KINDS.items()
    }
    decisions = Decision.objects.filter(order=order).order_by("-id").values_list("number", flat=True)
    numbers = {name: found.first() for name, found in papers.items()}
    numbers |= {"decision": decisions.first(), "withdrawn": decisions.last()}
    assert event.sentence == SAID[verb].format(**numbers)
    assert (event.by, event.role) == (people[role].full_name, role)


def test_newest_first_with_reason_and_way():
    order = act("revise", make_order("konfirmasi"))

    events = timeline(audit_of(order))

    assert events[0].sentence == "Pelanggan minta revisi"
    assert (events[0].via, events[0].why) == ("Siti Contoh lewat WhatsApp", "Minta lebih cepat.")
    assert events[-1].sentence == "Permohonan diisi"
    assert events == sorted(events, key=lambda event: event.at, reverse=True)


def test_saving_a_draft_again_and_again_is_one_line():
    order = act("edit", act("edit", make_order()))
    order = act("offer", act("save_estimate", act("save_estimate", act("accept", act("submit", order)))))

    assert [event.sentence.partition(":")[0] for event in timeline(audit_of(order))] == [
        "Estimasi versi 1 dikirim",
        "Draf estimasi disimpan",
        "Identifikasi",
        "Permohonan diterima",
        "Permohonan diisi",
    ]


def test_a_note_of_the_front_desk_is_kept():
    order = make_order("permohonan")
    actions.accept(order.pk, intent(clerk("pelayanan"), order), note="Bahan dititipkan.")

    assert timeline(audit_of(order))[0].why == "Bahan dititipkan."


def states(order) -> list[tuple[str, str]]:
    return [(step.css, step.state) for step in stepper(order, audit_of(order))]


def test_the_stepper_has_the_seven_steps_of_the_sop():
    with clock.at(NOON):
        order = make_order("konfirmasi")

    steps = stepper(order, audit_of(order))

    assert [(step.number, step.name) for step in steps] == list(enumerate(SOP_STEPS, start=1))
    assert [step.css for step in steps] == ["done"] * 3 + ["now"] + ["todo"] * 3
    assert [step.state for step in steps] == ["Selesai 23 Nov"] * 3 + ["Sekarang", "Berikutnya", "Belum", "Belum"]


@pytest.mark.parametrize(
    ("stage", "variant", "now", "state"),
    [
        ("draf", {}, 1, "Sekarang"),
        ("permohonan", {}, 2, "Sekarang"),
        ("estimasi", {}, 3, "Sekarang"),
        ("pesanan", {}, 5, "Antre"),
        ("produksi", {}, 5, "Sekarang"),
        ("produksi", {"on_hold": True}, 5, "Tertunda"),
        ("produksi", {"open_change": True}, 5, "Tertunda"),
        ("pembayaran", {}, 6, "Sekarang"),
        ("siap_diambil", {}, 7, "Sekarang"),
    ],
)
def test_where_an_order_stands(stage, variant, now, state):
    order = make_order(stage, **variant)

    assert states(order)[now - 1] == ("now", state)
    assert [css for css, _ in states(order)] == ["done"] * (now - 1) + ["now"] + ["todo"] * (7 - now)


def test_a_done_order_has_done_all_seven():
    with clock.at(NOON):
        order = make_order("selesai")

    assert states(order) == [("done", "Selesai 23 Nov")] * 7


@pytest.mark.parametrize(
    ("stage", "verb", "stopped_at", "said"),
    [
        ("permohonan", "return_to_customer", 2, "Dikembalikan, 23 Nov"),
        ("konfirmasi", "disagree", 4, "Dikembalikan, 23 Nov"),
        ("pesanan", "cancel", 5, "Dibatalkan, 23 Nov"),
        ("produksi", "cancel", 5, "Dibatalkan, 23 Nov"),
    ],
)
def test_a_closed_order_keeps_the_step_where_it_stopped(stage, verb, stopped_at, said):
    with clock.at(NOON):
        order = act(verb, make_order(stage))

    assert states(order)[stopped_at - 1] == ("now", said)
    assert [css for css, _ in states(order)].count("done") == stopped_at - 1


def test_a_step_done_twice_shows_its_last_day():
    with clock.at(NOON):
        order = make_order("konfirmasi")
    with clock.at(datetime(2026, 11, 24, 5, 0, tzinfo=UTC)):
        order = fresh(act("offer", act("revise", order)))

    assert states(order)[2] == ("done", "Selesai 24 Nov")


def test_each_step_is_completed_by_an_action_of_its_own():
    assert len(COMPLETED_BY) == len(SOP_STEPS)
    assert set(COMPLETED_BY) <= set(ACTIONS)
