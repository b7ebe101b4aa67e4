"""SOP 2: can it be done? Otherwise it goes back to the customer."""

import pytest

from orders import actions
from orders.actions import ActionRefused
from tests.factories import act, audit_of, clerk, fresh, intent, make_order

pytestmark = pytest.mark.django_db


def test_accept_hands_the_note_on_to_the_workshop():
    order = make_order("permohonan")

    actions.accept(order.pk, intent(clerk("pelayanan"), order), note="Bahan dari pelanggan.")

    assert fresh(order).stage == "estimasi"
    assert audit_of(order)[-1].note == "Bahan dari pelanggan."


def test_what_goes_back_is_closed_with_its_reason():
    order = act("return_to_customer", make_order("permohonan"))

    assert order.stage == "dikembalikan"
    assert order.closed_at == order.stage_since
    assert audit_of(order)[-1].note == "Mesin tidak ada."
    assert order.number


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_reason_is_required(reason):
    order = make_order("permohonan")

    with pytest.raises(ActionRefused, match="alasan"):
        actions.return_to_customer(order.pk, intent(clerk("pelayanan"), order), reason=reason)
    assert fresh(order).version == order.version
