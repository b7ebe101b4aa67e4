"""What every action promises: stale pages are told, a form counts once, the audit has no holes."""

import uuid
from datetime import UTC, datetime

import pytest

from balai import clock
from balai.idempotency import KeyReused
from balai.models import AuditEntry, Document, IdempotencyKey
from orders import actions
from orders.actions import ActionRefused, StaleOrder
from orders.models import Order
from orders.permissions import ACTIONS
from tests.factories import (
    act,
    audit_of,
    clerk,
    filled_form,
    fresh,
    intent,
    make_drawing,
    make_order,
    make_user,
    request_data,
    send,
)
from tests.orders.states import ALLOWED_IN

pytestmark = pytest.mark.django_db

every_verb = pytest.mark.parametrize(("verb", "state", "role"), [(verb, *where) for verb, where in ALLOWED_IN.items()])


def written() -> tuple:
    return (
        list(Order.objects.order_by("pk").values_list("pk", "version", "stage")),
        AuditEntry.objects.count(),
        Document.objects.count(),
        IdempotencyKey.objects.count(),
    )


def test_every_verb_is_tried():
    assert set(ALLOWED_IN) == set(ACTIONS)


@every_verb
def test_a_stale_page_is_told_who_was_faster_and_when(cell, verb, state, role):
    order, people = cell(state)
    faster = make_user(full_name="Tono Contoh")
    moment = datetime(2026, 11, 22, 3, 5, tzinfo=UTC)
    Order.objects.filter(pk=order.pk).update(version=order.version + 1)
    AuditEntry.objects.create(
        at=moment,
        actor=faster,
        actor_name=faster.full_name,
        verb="edit",
        subject_kind="order",
        subject_id=str(order.pk),
    )
    before = written()

    with pytest.raises(StaleOrder) as stale:
        send(verb, order, intent(people[role], order))

    assert "Tono Contoh" in stale.value.reason
    assert "22 Nov 2026" in stale.value.reason
    assert "10.05" in stale.value.reason  # WIB
    assert written() == before


@every_verb
def test_the_same_form_sent_again_gives_the_same_and_writes_nothing(cell, verb, state, role):
    order, people = cell(state)
    form, sent = filled_form(verb, order), intent(people[role], order)
    first = form(sent)
    after_first = written()

    assert form(sent) == first
    assert written() == after_first


@every_verb
def test_the_key_of_one_form_is_refused_for_another(cell, verb, state, role):
    order, people = cell(state)
    sent = intent(people[role], order)
    send(verb, order, sent)
    after_first = written()
    other, _ = cell("pesanan" if state != "pesanan" else "draf")

    with pytest.raises(KeyReused):
        filled_form(verb, other)(sent)
    assert written() == after_first


def test_a_key_belongs_to_whoever_sent_it_first(cell):
    order, people = cell("permohonan")
    sent = intent(people["pelayanan"], order)
    send("accept", order, sent)

    with pytest.raises(KeyReused):
        send("accept", order, intent(make_user("pelayanan"), order, key=sent.key))


@pytest.mark.parametrize(
    ("state", "role", "action", "one", "other"),
    [
        ("permohonan", "pelayanan", actions.return_to_customer, {"reason": "Satu."}, {"reason": "Dua."}),
        ("estimasi", "bengkel", actions.decline, {"reason": "Satu."}, {"reason": "Dua."}),
        ("konfirmasi", "pelayanan", actions.agree, {"via": "telepon", "who": "Siti"}, {"via": "loket", "who": "Siti"}),
        ("produksi", "bengkel", actions.hold, {"kind": "bahan"}, {"kind": "mesin"}),
        ("pesanan", "pimpinan", actions.cancel, {"reason": "Satu."}, {"reason": "Dua."}),
    ],
)
def test_the_same_key_with_other_words_is_refused(cell, state, role, action, one, other):
    order, people = cell(state)
    sent = intent(people[role], order)
    action(order.pk, sent, **one)

    with pytest.raises(KeyReused):
        action(order.pk, sent, **other)


def test_a_refused_form_leaves_its_key_free(cell):
    order, people = cell("draf")
    sent = intent(people["pelayanan"], order)
    with pytest.raises(ActionRefused):
        actions.submit(order.pk, sent, consent=False)

    actions.submit(order.pk, sent, consent=True)

    assert fresh(order).stage == "permohonan"


def test_the_audit_of_a_whole_walk_has_no_holes():
    order = make_order("selesai")

    entries = audit_of(order)

    assert [entry.verb for entry in entries] == [
        "edit",
        "submit",
        "accept",
        "offer",
        "agree",
        "start",
        "finish",
        "settle",
        "hand_over",
    ]
    assert [entry.before["version"] for entry in entries] == list(range(9))
    assert [entry.after["version"] for entry in entries] == list(range(1, 10))
    assert [entry.before["stage"] for entry in entries[1:]] == [entry.after["stage"] for entry in entries[:-1]]
    assert order.version == 9


def test_the_clock_of_an_action_is_one_moment(cell):
    order, people = cell("permohonan")
    moment = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

    with clock.at(moment):
        send("return_to_customer", order, intent(people["pelayanan"], order))

    closed = fresh(order)
    assert closed.stage_since == closed.closed_at == audit_of(order)[-1].at == moment


def test_what_an_effect_raises_undoes_everything(cell, monkeypatch):
    order, people = cell("draf")
    before = written()

    def broken(order, tracking_url):
        raise OSError("disk full")

    monkeypatch.setattr("orders.actions.intake.papers.application_form", broken)
    with pytest.raises(OSError, match="disk full"):
        send("submit", order, intent(people["pelayanan"], order))
    assert written() == before


def test_an_order_that_is_gone_is_a_refusal(cell):
    order, people = cell("draf")
    send("discard", order, intent(people["pelayanan"], order))

    with pytest.raises(ActionRefused, match="sudah tidak ada"):
        actions.submit(order.pk, intent(people["pelayanan"], order), consent=True)


def test_discard_leaves_its_audit_and_no_files(django_capture_on_commit_callbacks):
    order = make_order()
    files = [order.drawings.get().file, order.drawings.get().thumbnail]
    assert all(stored.storage.exists(stored.name) for stored in files)

    with django_capture_on_commit_callbacks(execute=True):
        act("discard", order)

    assert not Order.objects.filter(pk=order.pk).exists()
    assert [entry.verb for entry in audit_of(order)] == ["edit", "discard"]
    assert not any(stored.storage.exists(stored.name) for stored in files)


def test_files_stay_until_the_discard_is_committed():
    order = make_order()
    stored = order.drawings.get().file

    act("discard", order)

    assert stored.storage.exists(stored.name)


def test_only_pelayanan_opens_a_draft(cell):
    _, people = cell("draf")
    before = written()

    for role, user in people.items():
        if role != "pelayanan":
            with pytest.raises(ActionRefused, match="pelayanan"):
                actions.open_draft(intent(user), request_data(), (make_drawing(),))
    assert written() == before


def test_one_form_opens_one_draft():
    rina = clerk("pelayanan")
    make_order()
    sent, data = intent(rina, key=uuid.uuid4()), request_data()
    before = Order.objects.count()

    first = actions.open_draft(sent, data)
    second = actions.open_draft(sent, data)

    assert first == second
    assert Order.objects.count() == before + 1
