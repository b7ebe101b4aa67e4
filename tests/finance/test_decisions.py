"""SOP 6: a bill is reduced, waived or refunded by decision only; whatever is taken follows what decisions left."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai import clock
from balai.models import AppendOnlyError, Document
from balai.months import Month
from balai.office import get_office
from balai.roles import Role
from finance import checks, decisions
from finance.books import receipts_book
from finance.desk import waiting
from finance.ledger import current_payment, record_payment
from finance.models import Decision, Payment
from finance.receivables import ages, receivable, table_rows
from orders import receipts
from orders.actions import ActionRefused
from orders.books import order_book
from orders.deadlines import Deadlines
from orders.pricing import bill_accounts, share_out
from orders.queries import valid_receipt_number
from tests.deposited import make_deposit
from tests.factories import act, clerk, fresh, intent, make_image, make_order, payment_data, take_back
from tests.orders.states import TABLE
from tests.pages import typed_in
from tests.typed import decision_data, make_drawing

pytestmark = pytest.mark.django_db
SCAN = "KEPUTUSAN CONTOH"


@pytest.fixture
def order(office):
    return make_order("pembayaran")


@pytest.fixture
def reduced(office):
    """Rp620.000 agreed, Rp600.000 owed."""
    return make_order("pembayaran", reduced=True)


@pytest.fixture
def exempt(office):
    return make_order("siap_diambil", exempt=True)


def by_pimpinan(order):
    return intent(clerk(Role.PIMPINAN), order)


def waive(order, kind="pengurangan", **fields):
    decisions.waive(order.pk, by_pimpinan(order), decision_data(**fields), make_drawing(SCAN), kind=kind)
    return fresh(order)


def refund(order, **fields):
    decisions.refund(order.pk, by_pimpinan(order), decision_data(**fields), make_drawing(SCAN))
    return fresh(order)


def all_true() -> bool:
    return not [*checks.ledger(), *checks.decisions(), *checks.decision_scans()]


def test_a_reduction_is_what_the_cashier_no_longer_takes(reduced):
    assert (reduced.bill, reduced.estimate.total, reduced.stage) == (600_000, 620_000, "pembayaran")
    for amount in (620_000, 599_999, 600_001):
        with pytest.raises(ActionRefused, match="sama dengan tagihan"):
            record_payment(
                reduced.pk, intent(clerk(Role.KEUANGAN), reduced), payment_data(reduced, amount=amount, received=amount)
            )

    paid = act("settle", reduced)

    payment = current_payment(paid)
    assert payment.amount == sum(line.amount for line in payment.lines.all()) == 600_000
    body = payment.receipt.payload["body"]
    (decision,) = Decision.objects.all()
    assert (body["amount"], body["value"]) == (600_000, 620_000)
    assert body["reductions"] == [
        {
            "number": decision.number,
            "date": decision.decided_on.isoformat(),
            "kind": "pengurangan",
            "amount": 20_000,
        }
    ]
    assert all_true()


def test_every_list_of_keuangan_follows_the_reduced_bill(reduced, order):
    office, today = get_office(), clock.today()

    assert [row["amount"] for row in waiting(Deadlines(office), "")["rows"]] == [600_000, 620_000]
    assert waiting(Deadlines(office), "")["hint"] == "Jumlah Rp1.220.000"
    assert sum(age.amount for age in ages(today)) == 1_220_000
    assert sum(row[7] for row in table_rows(office)) == 1_220_000
    assert receivable(reduced, office, today).order.bill == 600_000


def test_a_surat_teguran_asks_for_what_is_owed(reduced):
    act("remind", reduced)

    assert Document.objects.get(kind="surat_teguran").payload["body"]["amount"] == 600_000


def test_the_order_book_tells_of_the_decision_and_of_what_is_left(reduced, exempt):
    book = order_book(Month.of(clock.today()))

    rest, free = book.rows
    assert (rest.value, rest.rest) == (620_000, 600_000)
    assert f"Pengurangan Rp20.000, keputusan {reduced.decisions[0]['number']}" in rest.note
    assert (free.rest, free.receipt) == (0, "")
    assert "Pembebasan Rp620.000" in free.note


def test_order_page_tracking_page_and_cashier_say_the_bill_and_when_it_is_due(reduced, as_keuangan, client):
    number, token = reduced.decisions[0]["number"], reduced.tracking_links.get().token

    for browser, url in (
        (as_keuangan, f"/pesanan/{reduced.pk}/"),
        (as_keuangan, f"/pesanan/{reduced.pk}/pembayaran/"),
        (client, f"/lacak/{token}/"),
    ):
        html = browser.get(url).content.decode()
        assert "Rp600.000" in html, url
        assert number in html, url
        assert "atuh tempo" in html or "paling lambat" in html, url


def test_two_decisions_add_up_and_one_is_withdrawn(reduced):
    order = waive(reduced, amount=100_000)
    assert order.bill == 500_000

    order = act("withdraw_waiver", order)

    assert (order.bill, len(order.decisions), Decision.objects.count()) == (600_000, 1, 3)
    withdrawal = Decision.objects.get(kind="pencabutan")
    assert (withdrawal.withdraws.amount, withdrawal.amount) == (100_000, 100_000)
    assert all_true()


def test_what_was_withdrawn_cannot_be_withdrawn_again(reduced):
    first = reduced.decisions[0]["id"]
    order = act("withdraw_waiver", waive(reduced, amount=1))
    act("withdraw_waiver", order)
    order = waive(fresh(order), amount=5)

    with pytest.raises(ActionRefused, match="sudah tidak berlaku"):
        decisions.withdraw_waiver(order.pk, by_pimpinan(order), decision_data(), make_drawing(SCAN), decision_id=first)


def test_an_exempt_order_passes_without_payment_and_without_receipt(exempt):
    assert (exempt.stage, exempt.bill, exempt.settled_at is not None) == ("siap_diambil", 0, True)
    assert not Payment.objects.exists()
    assert not Document.objects.filter(kind="bukti_pembayaran").exists()
    assert all_true()


def test_goods_of_an_exempt_order_leave_against_the_decision(exempt):
    number = exempt.decisions[0]["number"]
    assert valid_receipt_number(exempt) == f"Keputusan {number}"
    for shown in (number, f" {number.lower()} ", f"Keputusan {number}"):
        assert receipts.refusal(exempt, shown) == ""
    assert number in receipts.refusal(exempt, "0001/TBP/XI/2026")

    done = act("hand_over", exempt)

    assert done.stage == "selesai"
    note = Document.objects.get(kind="surat_jalan").payload["body"]
    assert note["receipt_number"] == f"Keputusan {number}"


def test_a_withdrawn_exemption_is_owed_again_until_goods_left(exempt, office):
    owing = act("withdraw_exemption", exempt)

    assert (owing.stage, owing.bill, owing.settled_at) == ("pembayaran", 620_000, None)
    assert act("settle", owing).stage == "siap_diambil"
    handed = make_order("siap_diambil", exempt=True, partly_handed=True)
    with pytest.raises(ActionRefused, match="sudah diserahkan"):
        act("withdraw_exemption", handed)
    assert all_true()


@pytest.mark.parametrize("amount", [None, 0, 620_000, 620_001, 10**12])
def test_a_reduction_is_less_than_the_bill(order, amount):
    with pytest.raises(ActionRefused, match="kurang dari tagihan"):
        waive(order, amount=amount)
    assert (fresh(order).bill, Decision.objects.count()) == (620_000, 0)


def test_what_a_decision_may_not_be(reduced):
    tomorrow = clock.today().fromordinal(clock.today().toordinal() + 1)

    with pytest.raises(ActionRefused, match="sesudah hari ini"):
        waive(reduced, amount=1, decided_on=tomorrow)
    with pytest.raises(ActionRefused, match="sudah dicatat"):
        waive(reduced, amount=1, number=reduced.decisions[0]["number"])
    with pytest.raises(ActionRefused, match="Pilih pengurangan"):
        waive(reduced, kind="pengembalian", amount=1)


def test_a_reversed_payment_is_owed_as_reduced(reduced):
    owing = take_back(act("settle", reduced))

    assert owing.bill == 600_000
    assert current_payment(act("settle", owing)).amount == 600_000
    assert all_true()


def test_a_decision_is_never_edited(reduced):
    decision = Decision.objects.get()

    decision.amount = 1
    for change in (decision.save, decision.delete, lambda: Decision.objects.update(amount=1)):
        with pytest.raises(AppendOnlyError):
            change()


def test_a_refund_changes_no_row_and_stands_in_the_books(office):
    paid = make_order("selesai")
    make_deposit(paid)
    before = list(Payment.objects.values())

    refund(paid, amount=70_000, number="900/77")

    assert list(Payment.objects.values()) == before
    book = receipts_book(Month.of(clock.today()))
    assert "dikembalikan Rp70.000, keputusan 900/77" in book.rows[0].note
    assert book.received == 620_000
    assert all_true()


def test_no_more_is_refunded_than_was_paid(office):
    paid = refund(make_order("siap_diambil"), amount=600_000)

    for amount in (20_001, None):
        with pytest.raises(ActionRefused, match=r"paling banyak Rp20\.000"):
            refund(paid, amount=amount)
    refund(paid, amount=20_000)
    with pytest.raises(ActionRefused, match="sudah dikembalikan dengan keputusan"):
        act("ask_reversal", fresh(paid))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=6), st.integers(0, 10**10))
def test_shares_sum_to_the_rupiah_and_none_exceeds_its_account(amounts, some):
    totals = {f"4.1.02.0{place}": amount for place, amount in enumerate(amounts)}
    amount = some % (sum(amounts) + 1)

    shares = share_out(totals, amount)

    assert sum(shares.values()) == amount
    assert all(0 < share <= totals[code] for code, share in shares.items())
    assert share_out(dict(reversed(totals.items())), amount) == shares
    assert share_out(totals, sum(totals.values())) == totals


def test_the_rupiah_that_are_left_go_to_the_largest_fractions_then_to_the_lower_code():
    assert share_out({"a": 1, "b": 1, "c": 1}, 2) == {"a": 1, "b": 1}
    assert share_out({"a": 10, "b": 20, "c": 70}, 33) == {"a": 3, "b": 7, "c": 23}
    assert share_out({"a": 5}, 0) == {}


def test_the_shares_of_a_bill_are_those_of_its_lines(reduced):
    assert sum(bill_accounts(reduced).values()) == reduced.bill


def typed(browser, url, **fields) -> dict:
    sent = {"number": "900/12", "decided_on": clock.today().isoformat(), "authority": "Gubernur", "reason": "Mikro."}
    scan = SimpleUploadedFile("k.png", make_image(SCAN))
    return typed_in(browser.get(url)) | sent | {"scan": scan} | fields


def test_pimpinan_enters_a_decision_and_sees_what_follows(as_pimpinan, order):
    url = f"/pesanan/{order.pk}/keputusan/"
    assert "Keputusan tidak diubah" in as_pimpinan.get(url).content.decode()

    answer = as_pimpinan.post(url, typed(as_pimpinan, url, kind="pengurangan", amount="20.000"))

    assert answer.url == f"/pesanan/{order.pk}/"
    (decision,) = Decision.objects.all()
    assert (decision.amount, decision.number, decision.authority) == (20_000, "900/12", "Gubernur")
    assert "900/12" in as_pimpinan.get(url).content.decode()
    assert as_pimpinan.get(f"/keputusan/{decision.pk}/pindaian/").status_code == 200


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": ""}, "Pilih jenis keputusan"),
        ({"kind": "pengurangan", "amount": ""}, "Isi jumlah pengurangan"),
        ({"kind": "pengurangan", "amount": "1.50"}, "setiap tiga angka"),
        ({"kind": "pengurangan", "amount": "700.000"}, "kurang dari tagihan"),
        ({"kind": "pembebasan", "number": ""}, "Isi nomor keputusan"),
        ({"kind": "pembebasan", "scan": ""}, "Pilih foto atau pindaian keputusan"),
        ({"kind": "pembebasan", "scan": io.BytesIO(b"MZ bukan gambar")}, "bukan gambar JPEG"),
    ],
)
def test_a_faulty_decision_is_refused_and_what_was_typed_is_kept(as_pimpinan, order, fields, said):
    url = f"/pesanan/{order.pk}/keputusan/"

    answer = as_pimpinan.post(url, typed(as_pimpinan, url, **fields))

    assert (answer.status_code, Decision.objects.count()) == (422, 0)
    assert said in answer.content.decode()
    assert typed_in(answer)["authority"] == "Gubernur"


def test_a_mistaken_decision_is_withdrawn_on_its_page(as_pimpinan, reduced):
    url = f"/keputusan/{reduced.decisions[0]['id']}/pencabutan/"

    answer = as_pimpinan.post(url, typed(as_pimpinan, url))

    assert answer.url == f"/pesanan/{reduced.pk}/"
    assert fresh(reduced).bill == 620_000
    gone = as_pimpinan.get(url, follow=True)
    assert "Tidak ada keputusan pengurangan yang dapat dicabut" in gone.content.decode()


def test_a_refund_is_noted_on_its_page(as_pimpinan, office):
    paid = make_order("selesai")
    url = f"/pesanan/{paid.pk}/pengembalian/"

    as_pimpinan.post(url, typed(as_pimpinan, url, amount="50.000"))

    assert Decision.objects.get().payment == current_payment(paid)
    assert "Uang dikembalikan Rp50.000: keputusan 900/12" in as_pimpinan.get(f"/pesanan/{paid.pk}/").content.decode()


def test_a_decision_for_an_order_that_was_paid_meanwhile_is_told(as_pimpinan, order):
    url = f"/pesanan/{order.pk}/keputusan/"
    sent = typed(as_pimpinan, url, kind="pembebasan")
    act("settle", order)

    answer = as_pimpinan.post(url, sent)

    assert answer.status_code == 409
    assert "Dewi Contohsari" in answer.content.decode()


def test_no_form_but_pimpinans_has_a_reduction(as_keuangan, order):
    """No discount field anywhere: a payment that says so takes the whole bill all the same."""
    url = f"/pesanan/{order.pk}/pembayaran/"
    sent = typed_in(as_keuangan.get(url)) | {"method": "tunai", "received": "620.000", "langkah": "terbitkan"}

    as_keuangan.post(url, sent | {"reduction": "20000", "discount": "20000", "kind": "pembebasan"})

    assert Payment.objects.get().amount == 620_000
    assert {"waive", "exempt"} <= {verb for verb, (role, _) in TABLE["pembayaran"].items() if role == "pimpinan"}
