"""SOP 6: a wrong payment is taken back by two people; a counter-entry stands against it, and nothing is edited."""

import pytest
from django.contrib.auth import get_user

from balai.models import AuditEntry, Document, KeptForm
from balai.roles import Role
from finance import checks
from finance.ledger import current_payment, record_payment
from finance.models import Payment, PaymentLine, ReversalRequest
from finance.reversals import ask_reversal, decline_reversal, open_request, reverse_payment
from orders.actions import ActionRefused
from tests.deposited import make_deposit
from tests.factories import (
    PASSWORD,
    act,
    clerk,
    fresh,
    intent,
    make_order,
    make_user,
    payment_data,
    take_back,
)
from tests.pages import typed_in

pytestmark = pytest.mark.django_db
BOTH = (Role.KEUANGAN, Role.PIMPINAN)


@pytest.fixture
def paid(office):
    return make_order("siap_diambil")


@pytest.fixture
def asked(office):
    return make_order("siap_diambil", reversal_asked=True)


def url(order) -> str:
    return f"/pesanan/{order.pk}/pembatalan-pembayaran/"


def stands(order) -> bool:
    """The payment is in force and nothing stands against it."""
    return fresh(order).stage == "siap_diambil" and Payment.objects.count() == 1


def test_a_reversal_is_a_counter_row_and_the_receipt_is_void(paid):
    receipt = current_payment(paid).receipt
    original = receipt.payload

    owing = take_back(paid)

    payment, row = Payment.objects.order_by("id")
    assert (row.kind, row.amount, row.reverses, row.turn) == ("balik", -620_000, payment, payment.turn)
    assert (row.recorded_by, row.reason) == (clerk(Role.PIMPINAN), "Salah pesanan.")
    assert sum(PaymentLine.objects.values_list("amount", flat=True)) == 0
    receipt = Document.objects.get(pk=receipt.pk)
    assert (receipt.void_reason, receipt.voided_by, receipt.payload) == ("Salah pesanan.", row.recorded_by, original)
    assert (owing.stage, owing.settled_at, owing.reversal_reason) == ("pembayaran", None, "")
    assert AuditEntry.objects.latest("id").note == "Salah pesanan."


def test_a_reversed_order_is_paid_again_with_a_new_number(paid):
    act("settle", take_back(paid))

    numbers = Document.objects.filter(kind="bukti_pembayaran").order_by("number")
    assert [(paper.number, paper.voided_at is None) for paper in numbers] == [(1, False), (2, True)]
    rows = Payment.objects.order_by("id").values_list("turn", "amount")
    assert list(rows) == [(1, 620_000), (1, -620_000), (2, 620_000)]


def test_after_a_reversal_the_same_transfer_pays_the_order_it_was_meant_for(office):
    def pay(order):
        data = payment_data(order, method="transfer", reference="TRX-1")
        record_payment(order.pk, intent(clerk(Role.KEUANGAN), order), data)
        return fresh(order)

    wrong = take_back(pay(make_order("pembayaran")))
    meant = pay(make_order("pembayaran"))

    assert (meant.stage, current_payment(meant).reference_turn) == ("siap_diambil", 2)
    with pytest.raises(ActionRefused, match="sudah dipakai"):
        pay(wrong)


def test_the_request_says_who_asked_and_who_answered(asked):
    act("unsettle", asked)

    request = ReversalRequest.objects.get()
    assert (request.asked_by, request.answered_by, request.approved) == (
        clerk(Role.KEUANGAN),
        clerk(Role.PIMPINAN),
        True,
    )
    assert list(checks.reversals()) == []


def test_who_asked_does_not_approve_whatever_roles_he_has(paid):
    both = make_user(*BOTH)
    asked = act("ask_reversal", paid, by=both)

    with pytest.raises(ActionRefused, match="Permintaan Anda sendiri"):
        reverse_payment(asked.pk, intent(both, asked))
    assert stands(asked)
    assert act("unsettle", asked).stage == "pembayaran"


def test_who_took_the_money_does_not_approve_whoever_asked(office):
    both = make_user(*BOTH)
    asked = act("ask_reversal", act("settle", make_order("pembayaran"), by=both))

    with pytest.raises(ActionRefused, match="orang lain"):
        reverse_payment(asked.pk, intent(both, asked))
    assert stands(asked)


def test_a_refused_request_leaves_the_payment_and_may_be_made_anew(asked):
    kept = act("decline_reversal", asked)

    assert stands(kept)
    assert (kept.reversal_reason, ReversalRequest.objects.get().answer) == ("", "Buktinya benar.")
    assert take_back(kept).stage == "pembayaran"
    assert ReversalRequest.objects.count() == 2


def test_one_request_at_a_time(asked):
    with pytest.raises(ActionRefused, match="menunggu keputusan pimpinan"):
        act("ask_reversal", asked)


def test_no_goods_leave_while_pimpinan_decides(asked):
    with pytest.raises(ActionRefused, match="menunggu keputusan pimpinan"):
        act("hand_over", asked)
    assert act("hand_over", act("decline_reversal", asked)).stage == "selesai"


def test_nothing_is_asked_once_goods_have_left(office):
    order = make_order("siap_diambil", partly_handed=True)

    with pytest.raises(ActionRefused, match="sudah diserahkan"):
        act("ask_reversal", order)


def test_cash_with_the_treasury_is_not_taken_back_here(paid, asked):
    for order in (paid, asked):
        make_deposit(order, sts_number=f"00{order.pk}/STS")

    for verb, order in (("ask_reversal", paid), ("unsettle", asked)):
        with pytest.raises(ActionRefused, match=f"sudah disetor ke kas daerah dengan STS 00{order.pk}/STS"):
            act(verb, order)
    assert act("decline_reversal", asked).stage == "siap_diambil"


@pytest.mark.parametrize("reason", ["", "  "])
def test_request_and_refusal_need_a_reason(paid, asked, reason):
    with pytest.raises(ActionRefused, match="alasan"):
        ask_reversal(paid.pk, intent(clerk(Role.KEUANGAN), paid), reason=reason)
    with pytest.raises(ActionRefused, match="alasan"):
        decline_reversal(asked.pk, intent(clerk(Role.PIMPINAN), asked), reason=reason)
    assert open_request(asked).reason == "Salah pesanan."


def test_keuangan_asks_on_a_page_that_says_what_follows(as_keuangan, paid):
    page = as_keuangan.get(url(paid))
    for said in ("Rp620.000", "0001/TBP/", "enam ratus dua puluh ribu rupiah", "Kirim permintaan ke pimpinan"):
        assert said in page.content.decode()

    unsaid = as_keuangan.post(url(paid), typed_in(page) | {"langkah": "minta"})
    assert unsaid.status_code == 422
    assert "Isi alasan pembatalan." in unsaid.content.decode()

    said = typed_in(unsaid) | {"reason": "Salah pesanan.", "langkah": "minta"}
    answers = [as_keuangan.post(url(paid), said) for _ in range(2)]
    assert [answer.url for answer in answers] == [f"/pesanan/{paid.pk}/"] * 2
    assert ReversalRequest.objects.get().reason == "Salah pesanan."
    waiting = as_keuangan.get(f"/pesanan/{paid.pk}/").content.decode()
    assert "Menunggu pimpinan: keputusan atas pembatalan pembayaran" in waiting


def test_pimpinan_is_led_from_the_desk_to_the_decision(as_pimpinan, asked):
    desk = as_pimpinan.get("/meja/").content.decode()
    order_page = as_pimpinan.get(f"/pesanan/{asked.pk}/").content.decode()

    assert "Pembatalan pembayaran menunggu keputusan" in desk
    assert url(asked) in desk
    assert "Putuskan permintaan pembatalan pembayaran" in order_page
    assert url(asked) in order_page
    page = as_pimpinan.get(url(asked)).content.decode()
    for said in ("Rp620.000", "0001/TBP/", "Salah pesanan.", "Dewi Contohsari", "Ini tidak dapat diurungkan"):
        assert said in page


def test_the_desk_of_pelayanan_does_not_offer_these_goods(as_pelayanan, asked):
    sections = as_pelayanan.get("/meja/").context["sections"]

    assert asked.number not in [row["number"] for section in sections for row in section["rows"]]


def test_pimpinan_approves_with_the_password_once_more(as_pimpinan, asked):
    sent = typed_in(as_pimpinan.get(url(asked))) | {"langkah": "setujui"}

    for wrong, said in (("", "Ketik kata sandi"), ("salah-sama-sekali", "Kata sandi tidak cocok")):
        refused = as_pimpinan.post(url(asked), sent | {"password": wrong})
        assert refused.status_code == 422
        assert said in refused.content.decode()
        assert "salah-sama-sekali" not in refused.content.decode()
        assert stands(asked)
        sent |= {"kunci": typed_in(refused)["kunci"]}

    answers = [as_pimpinan.post(url(asked), sent | {"password": PASSWORD}) for _ in range(2)]

    assert [answer.url for answer in answers] == [f"/pesanan/{asked.pk}/"] * 2
    assert (fresh(asked).stage, Payment.objects.count()) == ("pembayaran", 2)
    assert get_user(as_pimpinan).is_authenticated


def test_guessing_the_password_is_locked_out_as_at_sign_in(as_pimpinan, asked, settings):
    settings.AXES_ENABLED = True
    sent = typed_in(as_pimpinan.get(url(asked))) | {"langkah": "setujui"}

    statuses = [
        as_pimpinan.post(url(asked), sent | {"password": f"salah{guess}"}).status_code
        for guess in range(settings.AXES_FAILURE_LIMIT)
    ]
    right = as_pimpinan.post(url(asked), sent | {"password": PASSWORD})

    assert set(statuses[:-1]) == {422}
    assert right.status_code == 429
    assert stands(asked)


def test_a_password_sent_after_the_session_ended_is_not_kept(client, as_pimpinan, asked):
    sent = typed_in(as_pimpinan.get(url(asked))) | {"langkah": "setujui", "password": PASSWORD}
    del as_pimpinan.cookies["sessionid"]

    as_pimpinan.post(url(asked), sent)

    assert PASSWORD not in str(list(KeptForm.objects.values_list("fields", flat=True)))


def test_pimpinan_declines_with_a_reason(as_pimpinan, asked):
    sent = typed_in(as_pimpinan.get(url(asked))) | {"langkah": "tolak"}

    unsaid = as_pimpinan.post(url(asked), sent | {"reason": ""})
    assert unsaid.status_code == 422
    sent |= {"kunci": typed_in(unsaid)["kunci"], "reason": "Buktinya benar."}
    assert as_pimpinan.post(url(asked), sent).status_code == 302

    assert stands(asked)
    history = as_pimpinan.get(f"/pesanan/{asked.pk}/").content.decode()
    assert "Pembatalan pembayaran ditolak" in history
    assert "Buktinya benar." in history


def test_a_page_that_was_decided_elsewhere_says_who_did(as_pimpinan, asked):
    sent = typed_in(as_pimpinan.get(url(asked))) | {"langkah": "setujui", "password": PASSWORD}
    act("decline_reversal", asked)

    answer = as_pimpinan.post(url(asked), sent)

    assert answer.status_code == 409
    assert "Endah Contohningrum" in answer.content.decode()
    assert stands(asked)


def test_who_may_not_approve_is_told_before_the_password(sign_in, office):
    both = make_user(*BOTH)
    asked = act("ask_reversal", act("settle", make_order("pembayaran"), by=both))

    page = sign_in(both).get(url(asked)).content.decode()

    assert "bukan oleh yang menerimanya" in page
    assert "Kata sandi Anda" not in page
    assert "Tolak permintaan" in page


@pytest.mark.parametrize("role", ["pelayanan", "bengkel", "admin", "no_role"])
def test_others_neither_ask_nor_decide(role, asked, request, sign_in):
    browser = sign_in(request.getfixturevalue(role))

    assert browser.get(url(asked)).status_code == 403
    for step in ("minta", "setujui", "tolak"):
        assert browser.post(url(asked), {"langkah": step}).status_code == 403
