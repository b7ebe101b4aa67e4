"""One key, one effect."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from balai.idempotency import KeyReused, claim, fingerprint, keep
from balai.models import IdempotencyKey
from tests.factories import make_user

pytestmark = pytest.mark.django_db
KEY = uuid.UUID(int=1)


def test_the_first_is_new_and_the_second_reads_its_result(pelayanan):
    row, new = claim(KEY, pelayanan, "accept", "f")
    keep(row, {"order_id": 7})
    again, new_again = claim(KEY, pelayanan, "accept", "f")

    assert (new, new_again) == (True, False)
    assert again.result == {"order_id": 7}
    assert IdempotencyKey.objects.count() == 1


def test_another_effect_under_the_same_key_is_refused(pelayanan):
    claim(KEY, pelayanan, "accept", "f")

    with pytest.raises(KeyReused):
        claim(KEY, pelayanan, "accept", "g")


def test_another_user_under_the_same_key_is_refused(pelayanan):
    claim(KEY, pelayanan, "accept", "f")

    with pytest.raises(KeyReused):
        claim(KEY, make_user("pelayanan"), "accept", "f")


def test_a_rolled_back_effect_gives_its_key_back(pelayanan):
    with transaction.atomic():
        claim(KEY, pelayanan, "accept", "f")
        transaction.set_rollback(True)

    assert claim(KEY, pelayanan, "accept", "g")[1]


def test_the_fingerprint_tells_verbs_and_values_apart_but_not_their_order():
    data = {"on": date(2026, 11, 23), "quantity": Decimal("2.5"), "id": KEY}
    turned = dict(reversed(data.items()))

    assert fingerprint("edit", data) == fingerprint("edit", turned)
    assert len({fingerprint("edit", data), fingerprint("submit", data), fingerprint("edit", data | {"id": 1})}) == 3
    assert len(fingerprint("edit", data)) == 64
