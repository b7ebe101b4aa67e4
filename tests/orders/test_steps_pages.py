"""The steps that are answered in the card of the order page: who gets the form, what each answer does, what a refusal
keeps. Identifikasi, konfirmasi (also of a change), produksi, pembatalan."""

import re
import uuid

import pytest

from balai.models import AuditEntry
from orders.models import Order
from orders.permissions import ACTIONS
from tests.factories import act, audit_of, fresh

pytestmark = pytest.mark.django_db

# URL, state, action chosen, what else is typed, role, stage afterwards
ANSWERS = [
    ("identifikasi", "permohonan", "accept", {}, "pelayanan", "estimasi"),
    ("identifikasi", "permohonan", "return_to_customer", {"catatan": "Mesin tidak ada."}, "pelayanan", "dikembalikan"),
    ("konfirmasi", "konfirmasi", "agree", {"lewat": "telepon"}, "pelayanan", "pesanan"),
    ("konfirmasi", "konfirmasi", "revise", {"lewat": "loket", "catatan": "Lebih cepat."}, "pelayanan", "estimasi"),
    ("konfirmasi", "konfirmasi", "disagree", {"lewat": "surel", "catatan": "Mahal."}, "pelayanan", "dikembalikan"),
    ("konfirmasi", "produksi, perubahan ditawarkan", "agree_change", {"lewat": "loket"}, "pelayanan", "produksi"),
    (
        "konfirmasi",
        "produksi, perubahan ditawarkan",
        "refuse_change",
        {"lewat": "loket", "catatan": "Tidak perlu."},
        "pelayanan",
        "produksi",
    ),
    ("produksi", "pesanan", "start", {}, "bengkel", "produksi"),
    ("produksi", "produksi, tertunda", "resume", {}, "bengkel", "produksi"),
    ("pembatalan", "pesanan", "cancel", {"catatan": "Pelanggan mundur."}, "pimpinan", "dibatalkan"),
]
NEEDS_WORDS = [answer for answer in ANSWERS if "catatan" in answer[3]]


def sent(order: Order, action: str, **typed) -> dict[str, str]:
    typed |= {"penjawab": "Siti Contoh"} if "lewat" in typed else {}
    return {"kunci": str(uuid.uuid4()), "versi": str(order.version), "tindakan": action, **typed}


def address(order: Order, step: str) -> str:
    return f"/pesanan/{order.pk}/{step}/"


def test_every_answer_is_an_action_of_the_machine() -> None:
    assert {answer[2] for answer in ANSWERS} <= set(ACTIONS)


@pytest.mark.parametrize(("step", "state", "action", "typed", "role", "after"), ANSWERS)
def test_an_answer_runs_its_action(cell, sign_in, step, state, action, typed, role, after) -> None:
    order, people = cell(state)
    before = set(order.papers.values_list("pk", flat=True))
    response = sign_in(people[role]).post(address(order, step), sent(order, action, **typed), follow=True)
    issued = order.papers.exclude(pk__in=before).order_by("pk").first()
    page = f"/dokumen/{issued.document_id}/lihat/" if issued else f"/pesanan/{order.pk}/"
    assert response.redirect_chain == [(page, 302)]
    assert fresh(order).stage == after
    last = audit_of(order)[-1]
    assert (last.verb, last.role, last.note) == (action, role, typed.get("catatan", ""))
    assert [message.level_tag for message in response.context["messages"]] == ["success"]


@pytest.mark.parametrize(("step", "state", "action", "typed", "role", "after"), NEEDS_WORDS)
def test_an_answer_that_needs_a_reason_says_so_at_its_field(
    cell, sign_in, step, state, action, typed, role, after
) -> None:
    order, people = cell(state)
    before = len(audit_of(order))
    response = sign_in(people[role]).post(address(order, step), sent(order, action, **typed | {"catatan": "  "}))
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"catatan"}
    html = response.content.decode()
    assert "Perbaiki isian:" in html
    assert 'href="#id_catatan"' in html
    assert fresh(order).version == order.version
    assert len(audit_of(order)) == before


@pytest.mark.parametrize(("step", "state", "action", "typed", "role", "after"), ANSWERS)
def test_other_roles_are_told_whose_step_it_is(cell, sign_in, step, state, action, typed, role, after) -> None:
    order, people = cell(state)
    for other, user in people.items():
        if other == role:
            continue
        browser = sign_in(user)
        for response in (
            browser.get(address(order, step)),
            browser.post(address(order, step), sent(order, action, **typed)),
        ):
            assert response.status_code == 403, other
            assert f"hanya untuk bagian {role}" in response.content.decode()
    assert fresh(order).version == order.version


@pytest.mark.parametrize(("step", "state", "action", "typed", "role", "after"), ANSWERS)
def test_the_form_is_shown_with_nothing_chosen(cell, sign_in, step, state, action, typed, role, after) -> None:
    order, people = cell(state)
    html = sign_in(people[role]).get(address(order, step)).content.decode()
    card = html.partition('class="next-card"')[2].partition("</section>")[0]
    assert f'action="{address(order, step)}"' in card
    assert "checked" not in card
    assert html.count("btn-primary") == 1
    radios = re.findall(r'type="radio"[^>]*value="(\w+)"', card)
    assert (action in radios) if radios else f'value="{action}"' in card


@pytest.mark.parametrize("step", ["identifikasi", "konfirmasi", "produksi", "pembatalan"])
def test_a_step_that_is_over_leads_back_to_the_order_with_the_reason(cell, sign_in, step) -> None:
    order, people = cell("pembayaran")
    role = {"produksi": "bengkel", "pembatalan": "pimpinan"}.get(step, "pelayanan")
    response = sign_in(people[role]).get(address(order, step), follow=True)
    assert response.redirect_chain == [(f"/pesanan/{order.pk}/", 302)]
    (message,) = response.context["messages"]
    assert (message.level_tag, "sudah di tahap Pembayaran" in str(message)) == ("warning", True)


def test_no_answer_at_all_is_asked_for(cell, sign_in) -> None:
    order, people = cell("konfirmasi")
    response = sign_in(people["pelayanan"]).post(
        address(order, "konfirmasi"), sent(order, "", lewat="telepon", catatan="Mau pikir dulu")
    )
    assert response.status_code == 422
    assert "Pilih jawaban pelanggan." in response.content.decode()
    assert 'value="Mau pikir dulu"' in response.content.decode()


@pytest.mark.parametrize("wrong", [{"tindakan": "hapus"}, {"lewat": "merpati"}, {"catatan": "x" * 301}, {"versi": "x"}])
def test_what_no_page_offers_is_refused_in_words(cell, sign_in, wrong) -> None:
    order, people = cell("konfirmasi")
    data = sent(order, "revise", lewat="telepon", catatan="Lebih murah") | wrong
    response = sign_in(people["pelayanan"]).post(address(order, "konfirmasi"), data)
    assert response.status_code == 422
    assert fresh(order).version == order.version


def test_a_form_without_its_key_is_refused_and_may_be_sent_again(cell, sign_in) -> None:
    order, people = cell("permohonan")
    browser, data = sign_in(people["pelayanan"]), sent(order, "accept", catatan="Prioritas")
    response = browser.post(address(order, "identifikasi"), data | {"kunci": ""})
    assert response.status_code == 422
    assert "terlalu lama terbuka" in response.content.decode()
    shown = response.context["form"]
    again = {name: shown[name].value() for name in ("kunci", "versi", "tindakan", "catatan")}
    assert browser.post(address(order, "identifikasi"), again).status_code == 302
    assert audit_of(order)[-1].note == "Prioritas"


def test_a_form_sent_twice_acts_once(cell, sign_in) -> None:
    order, people = cell("konfirmasi")
    browser, data = sign_in(people["pelayanan"]), sent(order, "agree", lewat="loket")
    first = browser.post(address(order, "konfirmasi"), data)
    second = browser.post(address(order, "konfirmasi"), data)
    assert first.status_code == second.status_code == 302
    assert [entry.verb for entry in audit_of(order)].count("agree") == 1
    assert fresh(order).papers.filter(document__kind="surat_pesanan").count() == 1


def test_the_same_key_for_another_answer_is_refused(cell, sign_in) -> None:
    order, people = cell("konfirmasi")
    browser, data = sign_in(people["pelayanan"]), sent(order, "revise", lewat="loket", catatan="Lebih cepat")
    browser.post(address(order, "konfirmasi"), data)
    act("offer", fresh(order))
    other = data | {"versi": fresh(order).version, "catatan": "Lebih murah"}
    response = browser.post(address(order, "konfirmasi"), other)
    assert response.status_code == 409
    assert "sudah pernah dikirim dengan isi lain" in response.content.decode()
    assert 'value="Lebih murah"' in response.content.decode()


def test_a_stale_page_says_who_was_faster_and_keeps_what_was_typed(cell, sign_in) -> None:
    order, people = cell("konfirmasi")
    act("revise_drawing", order)
    data = sent(order, "revise", lewat="whatsapp", catatan="Ø 25 saja, O'Brien <b>")
    browser = sign_in(people["pelayanan"])
    response = browser.post(address(order, "konfirmasi"), data)
    assert response.status_code == 409
    html = response.content.decode()
    assert "Rina Contohwati sudah mengubah pesanan ini pada" in html
    assert "Ø 25 saja, O&#x27;Brien &lt;b&gt;" in html
    form = response.context["form"]
    assert (form["tindakan"].value(), form["lewat"].value()) == ("revise", "whatsapp")
    assert form["versi"].value() == str(fresh(order).version)
    assert form["kunci"].value() != data["kunci"]
    again = {name: form[name].value() for name in form.fields}
    assert browser.post(address(order, "konfirmasi"), again).status_code == 302
    assert fresh(order).stage == "estimasi"


@pytest.mark.parametrize(
    ("state", "faster", "step", "action", "role"),
    [
        ("konfirmasi", "agree", "konfirmasi", "revise", "pelayanan"),
        ("permohonan", "accept", "identifikasi", "return_to_customer", "pelayanan"),
        ("pesanan", "start", "produksi", "start", "bengkel"),
        ("produksi, perubahan ditawarkan", "agree_change", "konfirmasi", "refuse_change", "pelayanan"),
    ],
)
def test_when_the_step_is_gone_what_was_typed_is_shown_to_be_copied(
    cell, sign_in, state, faster, step, action, role
) -> None:
    order, people = cell(state)
    act(faster, order)
    data = sent(order, action, lewat="telepon", catatan="Menurut pelanggan lewat telepon")
    response = sign_in(people[role]).post(address(order, step), data)
    html = response.content.decode()
    assert response.status_code == 409
    assert "sudah mengubah pesanan ini pada" in html
    assert f'href="/pesanan/{order.pk}/"' in html
    if action != "start":
        assert "Menurut pelanggan lewat telepon" in html
        assert ACTION_WORDS[action] in html


ACTION_WORDS = {
    "revise": "Minta revisi",
    "return_to_customer": "Tidak bisa, kembalikan",
    "refuse_change": "Tolak perubahan",
}


def test_the_page_of_a_missing_order_is_not_found(as_pelayanan) -> None:
    for step in ("", "identifikasi/", "konfirmasi/", "produksi/", "pembatalan/"):
        assert as_pelayanan.get(f"/pesanan/999999/{step}").status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_steps_answer_to_get_and_post_only(cell, sign_in, method) -> None:
    order, people = cell("permohonan")
    response = getattr(sign_in(people["pelayanan"]), method)(address(order, "identifikasi"))
    assert response.status_code == 405


def test_the_audit_tells_how_the_customer_answered(cell, sign_in) -> None:
    order, people = cell("konfirmasi")
    browser = sign_in(people["pelayanan"])
    browser.post(address(order, "konfirmasi"), sent(order, "agree", lewat="whatsapp", catatan="Setuju semua"))
    html = browser.get(f"/pesanan/{order.pk}/").content.decode()
    assert AuditEntry.objects.order_by("-id")[0].after["via"] == "whatsapp"
    assert "lewat WhatsApp" in html
    assert "Setuju semua" in html
