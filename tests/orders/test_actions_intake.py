"""SOP 1: draft, application, drawings."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.files.storage import Storage
from django.db import IntegrityError

from balai.kinds import Kind
from balai.models import AuditEntry, Document, NumberSeries
from balai.storage import private_storage
from orders import actions
from orders.actions import ActionRefused
from orders.actions.intake import CustomerData, ItemData, LeftGoodsData, describe_items
from orders.checks import orders as check_orders
from orders.models import Customer, Drawing, Order
from tests.factories import (
    act,
    audit_of,
    clerk,
    fresh,
    intent,
    make_customer,
    make_drawing,
    make_office,
    make_order,
    request_data,
)
from tests.print.issued import paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def rina(office):
    return clerk("pelayanan")


def stored_files() -> set:
    folder = private_storage().base_location
    return {file for file in folder.rglob("*") if file.is_file()}


def open_draft(rina, drawings=(), **fields) -> Order:
    return Order.objects.get(pk=actions.open_draft(intent(rina), request_data(**fields), drawings).order_id)


def test_a_draft_keeps_all_that_was_said(rina):
    order = open_draft(
        rina,
        (make_drawing("DENAH"),),
        customer=CustomerData("Siti Contoh", "ikm", "628110001", "Desa Contoh", business="Mebel Contoh"),
        items=(ItemData("Poros", Decimal("2.5"), "buah", "Baja", "Ø 20"),),
        left_goods=(LeftGoodsData("Plat", Decimal(3), "lembar", "baik"),),
        service="kayu",
        note="Hati-hati.",
    )

    assert (order.stage, order.number, order.version) == ("draf", None, 1)
    assert order.customer.business == "Mebel Contoh"
    assert order.title == "Poros, 2,5 buah"
    assert order.items.get().quantity == Decimal("2.5")
    assert order.left_goods.get().condition == "baik"
    assert (order.service, order.note, order.created_by) == ("kayu", "Hati-hati.", rina)
    drawing = order.drawings.get()
    assert (drawing.original_name, drawing.version, drawing.uploaded_by) == ("denah.png", 1, rina)
    with drawing.file.open() as file:
        assert file.read() == make_drawing("DENAH").content
    assert not Document.objects.exists()


def test_a_new_customer_is_audited_once(rina):
    order = open_draft(rina)

    entry = AuditEntry.objects.get(verb="customer.create")
    assert (entry.subject_kind, entry.subject_id, entry.actor) == ("customer", str(order.customer_id), rina)


def test_a_known_customer_is_not_made_again(rina):
    customer = make_customer()

    assert open_draft(rina, customer=customer.pk).customer == customer
    assert Customer.objects.count() == 1


def test_a_draft_may_be_incomplete(rina):
    order = open_draft(rina, customer=None, items=())

    assert (order.customer, order.title, order.items.count()) == (None, "", 0)


def test_edit_replaces_what_the_request_says_and_adds_drawings(rina):
    order = make_order(drawings=1)

    actions.edit(
        order.pk,
        intent(rina, order),
        request_data(customer=order.customer_id, items=(ItemData("Lain", Decimal(1), "set"),)),
        (make_drawing("TAMBAHAN"),),
    )

    assert [item.name for item in order.items.all()] == ["Lain"]
    assert order.drawings.count() == 2
    assert fresh(order).title == "Lain, 1 set"


@pytest.mark.parametrize(
    ("fields", "drawings", "reason"),
    [
        ({"customer": None}, 1, "pelanggan"),
        ({"items": ()}, 1, "barang"),
        ({}, 0, "gambar"),
    ],
)
def test_an_incomplete_draft_is_not_submitted(rina, fields, drawings, reason):
    order = make_order(drawings=drawings, **fields)

    with pytest.raises(ActionRefused, match=reason):
        act("submit", order)
    assert not Document.objects.exists()


def test_a_written_reason_stands_for_a_drawing(rina):
    order = act("submit", make_order(drawings=0, no_drawing_reason="Barang contoh dititipkan."))

    assert order.stage == "permohonan"


def test_submit_needs_consent_and_keeps_it_in_the_audit(rina):
    order = make_order()
    with pytest.raises(ActionRefused, match="data pribadi"):
        actions.submit(order.pk, intent(rina, order), consent=False)

    order = act("submit", order)

    assert audit_of(order)[-1].after["consent"] is True


def test_submit_takes_the_application_number_and_issues_the_form(rina):
    order = act("submit", make_order())

    form = Document.objects.get()
    assert (form.kind, form.register, form.number) == ("formulir_permohonan", "permohonan", 1)
    assert order.number == form.printed_number
    assert order.papers.get().document == form
    assert form.payload["body"]["customer"]["name"] == order.customer.name
    assert order.submitted_at == order.stage_since == form.issued_at
    assert audit_of(order)[-1].after["paper"] == order.number


def test_a_draft_takes_no_number(rina):
    make_order()
    make_order()

    assert not NumberSeries.objects.exists()


@pytest.mark.parametrize(("fields", "reason"), [({"customer": None}, "pelanggan"), ({"items": ()}, "barang")])
def test_an_application_stays_complete_while_it_is_edited(rina, fields, reason):
    order = make_order("permohonan")
    data = replace(request_data(customer=order.customer_id), **fields)

    with pytest.raises(ActionRefused, match=reason):
        actions.edit(order.pk, intent(rina, order), data, ())
    assert order.items.count() == 2


def test_an_application_without_drawing_needs_a_reason_or_a_new_drawing(rina):
    order = make_order("permohonan", drawings=0, no_drawing_reason="Barang contoh dititipkan.")
    without_reason = request_data(customer=order.customer_id)

    with pytest.raises(ActionRefused, match="gambar"):
        actions.edit(order.pk, intent(rina, order), without_reason)
    actions.edit(order.pk, intent(rina, order), without_reason, (make_drawing(),))

    assert order.drawings.count() == 1


def test_an_application_changed_after_it_was_printed_gets_a_new_form(rina):
    order = make_order("permohonan")
    former = paper(order, Kind.APPLICATION_FORM)
    data = request_data(customer=order.customer_id)

    changed = actions.edit(order.pk, intent(rina, order), replace(data, note="Dikerjakan bertahap."))

    order.refresh_from_db()
    form = paper(order, Kind.APPLICATION_FORM)
    former.refresh_from_db()
    assert changed.paper_ids == (str(form.pk),)
    assert (form.replaces, form.number) == (former, former.number + 1)
    assert order.number == form.printed_number
    assert former.voided_by == rina
    assert form.printed_number in former.void_reason
    said, before = form.payload["body"], former.payload["body"]
    assert said["note"] == "Dikerjakan bertahap."
    assert (said["tracking_url"], said["received_at"]) == (before["tracking_url"], before["received_at"])
    assert audit_of(order)[-1].after["replaced"] == former.printed_number
    assert list(check_orders()) == []

    again = actions.edit(order.pk, intent(rina, order), replace(data, note="Dikerjakan bertahap."))
    assert again.paper_ids == ()


def test_the_last_drawing_of_an_application_stays(rina):
    order = make_order("permohonan", drawings=1)

    with pytest.raises(ActionRefused, match="gambar"):
        actions.remove_drawing(order.pk, intent(rina, order), order.drawings.get().pk)
    assert order.drawings.count() == 1


def test_a_removed_drawing_is_gone_with_its_files_and_named_in_the_audit(rina, django_capture_on_commit_callbacks):
    order = make_order(drawings=2)
    drawing = order.drawings.first()
    storage: Storage = drawing.file.storage
    names = (drawing.file.name, drawing.thumbnail.name)

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_drawing(order.pk, intent(rina, order), drawing.pk)

    assert order.drawings.count() == 1
    assert not any(storage.exists(name) for name in names)
    facts = audit_of(order)[-1].after
    assert (facts["removed_drawing"], facts["sha256"]) == (drawing.original_name, drawing.sha256)


def test_a_drawing_of_another_order_is_not_removed(rina):
    order, other = make_order(), make_order()

    with pytest.raises(ActionRefused):
        actions.remove_drawing(order.pk, intent(rina, order), other.drawings.get().pk)
    assert other.drawings.count() == 1


def test_add_drawings_leaves_the_rest_alone(rina):
    order = make_order(note="Tetap.")

    actions.add_drawings(order.pk, intent(rina, order), (make_drawing("SATU"), make_drawing("DUA")))

    assert order.drawings.count() == 3
    assert (fresh(order).note, order.items.count()) == ("Tetap.", 2)


def test_a_new_version_keeps_the_former_drawing(rina):
    order = make_order("estimasi")
    former = order.drawings.get()

    act("revise_drawing", order)

    new = Drawing.objects.get(replaces=former)
    assert (new.version, new.order, former.file.storage.exists(former.file.name)) == (2, order, True)
    assert audit_of(order)[-1].after["replaces"] == former.original_name


def test_a_replaced_drawing_is_not_replaced_again(rina):
    order = make_order("estimasi")
    former = order.drawings.get()
    order = act("revise_drawing", order)

    with pytest.raises(ActionRefused, match="sudah diganti"):
        actions.revise_drawing(order.pk, intent(rina, order), former, make_drawing())
    assert Drawing.objects.count() == 2


def test_a_drawing_of_another_order_is_not_replaced(rina):
    order, other = make_order("estimasi"), make_order("estimasi")

    with pytest.raises(ActionRefused):
        actions.revise_drawing(order.pk, intent(rina, order), other.drawings.get(), make_drawing())


def test_a_full_disk_leaves_no_file_and_no_row(rina, monkeypatch):
    before = stored_files()
    calls = iter([True, False])

    def save(self, *args, _save=Drawing.save, **kwargs):
        if not next(calls):
            raise OSError("disk full")
        return _save(self, *args, **kwargs)

    monkeypatch.setattr(Drawing, "save", save)
    with pytest.raises(OSError, match="disk full"):
        open_draft(rina, (make_drawing("SATU"), make_drawing("DUA")))

    assert stored_files() == before
    assert not Order.objects.exists()


def test_the_title_names_the_first_thing_and_counts_the_rest():
    poros, braket = ItemData("Poros", Decimal(4), "buah"), ItemData("Braket", Decimal(1), "set")

    assert describe_items(()) == ""
    assert describe_items((poros,)) == "Poros, 4 buah"
    assert describe_items((poros, braket, braket)) == "Poros, 4 buah, dan 2 barang lain"


def test_a_template_without_the_running_number_cannot_issue_twice(rina):
    make_office(number_templates={"permohonan": "SAMA/{tahun}"})
    act("submit", make_order())

    with pytest.raises(IntegrityError):
        act("submit", make_order())
