"""SOP 4: the customer's answer, also to a change during production."""

import pytest

from balai.models import Document
from orders import actions
from orders.actions import ActionRefused
from orders.queries import current_order_letter
from tests.factories import act, audit_of, clerk, fresh, intent, make_order
from tests.typed import WHO

pytestmark = pytest.mark.django_db


def letters() -> list[Document]:
    return list(Document.objects.filter(kind="surat_pesanan").order_by("number"))


def test_agree_issues_the_surat_pesanan():
    order = act("agree", make_order("konfirmasi"))

    (letter,) = letters()
    assert (letter.number, letter.replaces, letter.payload["body"]["total"]) == (1, None, 620_000)
    assert letter.payload["body"]["change"] is None
    assert letter.payload["body"]["agreed_via"] == "lewat telepon"
    assert current_order_letter(order) == letter
    assert (order.estimate.status, order.estimate.answered_via) == ("disepakati", "telepon")
    assert order.agreed_at == order.estimate.answered_at == letter.issued_at
    assert audit_of(order)[-1].after.items() >= {"paper": letter.printed_number, "amount": 620_000}.items()


def test_revise_goes_back_to_the_workshop_with_the_wish():
    order = act("revise", make_order("konfirmasi"))

    assert order.stage == "estimasi"
    assert (order.estimate.status, order.estimate.answered_via) == ("ditolak", "whatsapp")
    assert audit_of(order)[-1].note == "Minta lebih cepat."
    assert not letters()


def test_disagree_closes_the_order():
    order = act("disagree", make_order("konfirmasi"))

    assert (order.stage, order.closed_at) == ("dikembalikan", order.stage_since)
    assert order.estimate.status == "ditolak"
    assert audit_of(order)[-1].note == "Terlalu mahal."
    assert not letters()


def test_a_change_that_is_agreed_replaces_the_letter():
    order = act("agree_change", make_order("produksi", open_change=True))

    former, letter = letters()
    assert letter.replaces == former
    assert former.voided_at is None
    assert current_order_letter(order) == letter
    assert letter.payload["body"]["change"] == {
        "ordinal": 1,
        "replaces_number": former.printed_number,
        "replaces_date": former.payload["date"],
    }
    assert (order.stage, order.change, order.estimate.version) == ("produksi", None, 2)


def test_the_second_change_is_number_two():
    order = act("agree_change", act("offer_change", act("agree_change", make_order("produksi", open_change=True))))

    assert [
        letter.payload["body"]["change"] and letter.payload["body"]["change"]["ordinal"] for letter in letters()
    ] == [
        None,
        1,
        2,
    ]
    assert (order.estimate.version, current_order_letter(order)) == (3, letters()[-1])


def test_a_change_that_is_refused_leaves_the_old_terms():
    order = act("refuse_change", make_order("produksi", open_change=True))

    assert (order.stage, order.change, order.estimate.version) == ("produksi", None, 1)
    assert order.estimates.get(version=2).status == "ditolak"
    assert len(letters()) == 1
    assert act("finish", order).stage == "pembayaran"


@pytest.mark.parametrize(
    ("action", "variant", "words"),
    [
        (actions.revise, {}, {"note": " "}),
        (actions.disagree, {}, {"reason": ""}),
        (actions.refuse_change, {"open_change": True}, {"reason": "\t"}),
    ],
)
def test_a_no_needs_its_reason(action, variant, words):
    order = make_order("produksi" if variant else "konfirmasi", **variant)

    with pytest.raises(ActionRefused, match=r"^Tulis "):
        action(order.pk, intent(clerk("pelayanan"), order), via="telepon", who=WHO, **words)
    assert fresh(order).version == order.version


@pytest.mark.parametrize("via", ["", "merpati"])
def test_the_way_of_the_answer_is_one_of_the_list(via):
    order = make_order("konfirmasi")

    with pytest.raises(ActionRefused, match="lewat apa"):
        actions.agree(order.pk, intent(clerk("pelayanan"), order), via=via, who=WHO)
    assert not letters()
