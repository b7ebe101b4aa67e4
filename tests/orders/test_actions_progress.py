"""SOP 5, in detail: steps done one after another, holds of every kind, photos, another plan, the end with its check."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from balai import clock
from balai.models import Document
from orders import actions
from orders.actions import ActionRefused, StaleOrder
from orders.actions.production import MaterialData
from orders.models import JobStep, LeftGoods, MaterialUse, Order, QualityCheck, ResultPhoto
from orders.permissions import Because
from tests.factories import (
    act,
    audit_of,
    clerk,
    finish_data,
    fresh,
    hand_over_data,
    intent,
    make_drawing,
    make_order,
    make_user,
    make_work_centre,
    send,
)

pytestmark = pytest.mark.django_db


def workshop(order: Order):
    return intent(clerk("bengkel"), order)


def steps(order: Order) -> list[JobStep]:
    return list(order.steps.select_related("work_centre"))


def finished(order: Order, **fields) -> Order:
    actions.finish(order.pk, workshop(order), finish_data(order, **fields))
    return fresh(order)


# Steps


def test_the_current_step_is_done_with_its_minutes_and_who_did_it():
    order = make_order("produksi")
    first, second = steps(order)

    actions.finish_step(order.pk, workshop(order), step=first.pk, minutes=150)

    first, second = steps(order)
    assert (first.actual_minutes, first.done_by, first.done_at) == (150, clerk("bengkel"), audit_of(order)[-1].at)
    assert second.done_at is None
    assert audit_of(order)[-1].after.items() >= {"step": "Bubut, poros utama", "minutes": 150}.items()
    assert fresh(order).stage == "produksi"


def test_steps_are_done_in_their_order():
    order = make_order("produksi")
    second = steps(order)[1]

    with pytest.raises(ActionRefused, match="sekarang dikerjakan adalah Bubut") as refused:
        actions.finish_step(order.pk, workshop(order), step=second.pk, minutes=60)

    assert refused.value.because == Because.STAGE
    assert not order.steps.exclude(done_at=None).exists()


def test_a_step_that_is_done_says_who_did_it_and_when():
    order = make_order("produksi")
    first = steps(order)[0]
    order = act("finish_step", order)

    with pytest.raises(ActionRefused, match="Bubut, poros utama sudah dicatat selesai oleh Agus Contohadi pada"):
        actions.finish_step(order.pk, workshop(order), step=first.pk, minutes=60)


def test_an_old_page_that_finishes_a_step_is_told_who_was_faster():
    order = make_order("produksi")
    first = steps(order)[0]
    act("finish_step", order)

    with pytest.raises(StaleOrder, match="Agus Contohadi sudah mengubah pesanan ini"):
        actions.finish_step(order.pk, workshop(order), step=first.pk, minutes=60)


def test_the_same_tap_twice_is_one_step_also_without_its_photo():
    order = make_order("produksi")
    first = steps(order)[0]
    tap = workshop(order)

    done = actions.finish_step(order.pk, tap, step=first.pk, minutes=60, photo=make_drawing("FOTO"))
    again = actions.finish_step(order.pk, tap, step=first.pk, minutes=60)

    assert done == again
    assert [step.pk for step in order.steps.exclude(done_at=None)] == [first.pk]
    assert ResultPhoto.objects.count() == 1


def test_a_step_takes_time():
    order = make_order("produksi")

    with pytest.raises(ActionRefused, match="Isi jam yang terpakai untuk Bubut"):
        actions.finish_step(order.pk, workshop(order), step=steps(order)[0].pk, minutes=0)


@pytest.mark.parametrize("minutes", [150, 5000])
def test_what_is_left_of_the_current_step_is_noted_beside_its_plan_and_may_be_more(minutes):
    order = make_order("produksi")
    before = steps(order)[0]

    actions.note_left(order.pk, workshop(order), step=before.pk, minutes=minutes)

    first, second = steps(order)
    assert (first.left_minutes, first.minutes, first.done_at) == (minutes, before.minutes, None)
    assert second.left_minutes is None
    assert audit_of(order)[-1].after.items() >= {"step": "Bubut, poros utama", "minutes": minutes}.items()


def test_what_is_left_is_forgotten_once_the_step_is_done():
    order = act("finish_step", act("note_left", make_order("produksi")))

    assert steps(order)[0].left_minutes is None
    assert finished(act("note_left", order)).stage == "pembayaran"
    assert not order.steps.exclude(left_minutes=None).exists()


def test_only_of_the_current_step_something_is_left():
    order = make_order("produksi")
    first, second = steps(order)

    with pytest.raises(ActionRefused, match="Isi sisa jam untuk Bubut, poros utama, atau catat tahapnya selesai"):
        actions.note_left(order.pk, workshop(order), step=first.pk, minutes=0)
    with pytest.raises(ActionRefused, match="sekarang dikerjakan adalah Bubut"):
        actions.note_left(order.pk, workshop(order), step=second.pk, minutes=60)
    assert not order.steps.exclude(left_minutes=None).exists()


def test_an_order_without_steps_is_finished_as_before():
    order = make_order("produksi")
    order.steps.all().delete()

    with pytest.raises(ActionRefused, match="Semua tahap sudah selesai"):
        actions.finish_step(order.pk, workshop(order), step=1, minutes=60)
    assert finished(order).stage == "pembayaran"


# Holds


@pytest.mark.parametrize(
    ("kind", "words", "reason"),
    [
        ("bahan", "baja datang 24 Nov", "Menunggu bahan: baja datang 24 Nov"),
        ("mesin", "", "Mesin rusak"),
        ("pelanggan", " ", "Menunggu pelanggan"),
        ("keputusan", "ukuran", "Menunggu keputusan: ukuran"),
        ("lainnya", "listrik padam", "listrik padam"),
    ],
)
def test_a_hold_says_its_kind_and_words(kind, words, reason):
    order = make_order("produksi")

    actions.hold(order.pk, workshop(order), kind=kind, words=words)

    assert fresh(order).hold_reason == reason
    assert (audit_of(order)[-1].after["hold"], audit_of(order)[-1].note) == (kind, reason)


@pytest.mark.parametrize(("kind", "words"), [("lainnya", " "), ("", "bahan habis"), ("cuaca", "hujan")])
def test_a_hold_without_a_reason_is_refused(kind, words):
    order = make_order("produksi")

    with pytest.raises(ActionRefused, match="alasan"):
        actions.hold(order.pk, workshop(order), kind=kind, words=words)
    assert fresh(order).hold_reason == ""


# Photos


def test_a_photo_is_kept_with_its_step():
    order = make_order("produksi")
    first = steps(order)[0]

    actions.finish_step(order.pk, workshop(order), step=first.pk, minutes=60, photo=make_drawing("FOTO TAHAP"))

    photo = order.result_photos.get()
    assert (photo.step, photo.taken_by) == (first, clerk("bengkel"))
    assert photo.file.read() == make_drawing("FOTO TAHAP").content
    assert photo.thumbnail.size > 0


def test_a_photo_does_not_make_the_pages_of_others_old():
    order = make_order("produksi")
    act("add_photo", order)

    assert act("hold", order).hold_reason


def test_a_refused_action_leaves_no_photo_behind(monkeypatch):
    order, kept = make_order("produksi"), []
    storage = ResultPhoto._meta.get_field("file").storage
    monkeypatch.setattr(type(storage), "delete", lambda self, name: kept.append(name))
    wrong = finish_data(order, measured=False)

    with pytest.raises(ActionRefused):
        actions.finish(order.pk, workshop(order), wrong, make_drawing("FOTO"))
    assert kept == []  # refused before anything was stored
    monkeypatch.setattr("orders.actions.frame.audit.record", lambda *args, **more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.add_photo(order.pk, workshop(order), make_drawing("FOTO"))
    assert len(kept) == 2
    assert not ResultPhoto.objects.exists()


def test_photos_of_one_order_are_limited(monkeypatch):
    monkeypatch.setattr("orders.actions.photos.MOST", 1)
    order = act("add_photo", make_order("produksi"))

    with pytest.raises(ActionRefused, match="paling banyak"):
        act("add_photo", order)


# Another plan


def test_a_new_plan_changes_places_and_replaces_the_surat_perintah_kerja():
    order = make_order("produksi")
    bubut, las = steps(order)
    former = Document.objects.get(kind="surat_perintah_kerja")
    frais = make_work_centre("Frais")

    actions.replan(order.pk, workshop(order), ((las.pk, las.work_centre_id), (bubut.pk, frais.pk)))

    assert [(step.pk, step.position, step.work_centre.name) for step in steps(order)] == [
        (las.pk, 1, "Las"),
        (bubut.pk, 2, "Frais"),
    ]
    new = Document.objects.get(kind="surat_perintah_kerja", replaces=former)
    body = new.payload["body"]
    assert [step["name"] for step in body["steps"]] == ["Las, braket siku", "Frais, poros utama"]
    assert body["change"] == {
        "ordinal": 1,
        "replaces_number": former.printed_number,
        "replaces_date": former.payload["date"],
    }
    assert body["order_letter_number"] == former.payload["body"]["order_letter_number"]
    assert audit_of(order)[-1].after["work_order"] == new.printed_number


def test_steps_that_are_done_keep_their_places_in_a_new_plan():
    order = act("finish_step", make_order("produksi"))
    done, las = steps(order)
    gerinda = make_work_centre("Gerinda")

    actions.replan(order.pk, workshop(order), ((las.pk, gerinda.pk),))

    assert [(step.pk, step.position) for step in steps(order)] == [(done.pk, 1), (las.pk, 2)]


def test_a_change_after_a_new_plan_replaces_the_newest_surat_perintah_kerja():
    order = act("agree_change", act("offer_change", act("replan", make_order("produksi"))))

    first, second, third = Document.objects.filter(kind="surat_perintah_kerja").order_by("number")
    assert (second.replaces, third.replaces) == (first, second)
    assert third.payload["body"]["change"]["ordinal"] == 2
    cancelled = act("cancel", order)
    third.refresh_from_db()
    assert (cancelled.stage, third.voided_at is not None) == ("dibatalkan", True)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda first, second: (first,), "Sebut setiap tahap"),
        (lambda first, second: (first, first), "Sebut setiap tahap"),
        (lambda first, second: (first, second), "tidak berubah"),
        (lambda first, second: (second, (first[0], 999_999)), "masih dipakai"),
    ],
)
def test_a_plan_that_is_none_is_refused(wrong, said):
    order = make_order("pesanan")
    pairs = [(step.pk, step.work_centre_id) for step in steps(order)]

    with pytest.raises(ActionRefused, match=said):
        actions.replan(order.pk, workshop(order), wrong(*pairs))
    assert [(step.pk, step.work_centre_id) for step in steps(order)] == pairs
    assert Document.objects.filter(kind="surat_perintah_kerja").count() == 1


def test_no_step_moves_to_a_work_centre_out_of_use_but_may_stay_there():
    order = make_order("pesanan")
    bubut, las = steps(order)
    old = make_work_centre("Bor lama", is_active=False)

    with pytest.raises(ActionRefused, match="masih dipakai"):
        actions.replan(order.pk, workshop(order), ((bubut.pk, old.pk), (las.pk, las.work_centre_id)))
    type(las.work_centre).objects.filter(pk=las.work_centre_id).update(is_active=False)
    actions.replan(order.pk, workshop(order), ((las.pk, las.work_centre_id), (bubut.pk, bubut.work_centre_id)))
    assert [step.pk for step in steps(order)] == [las.pk, bubut.pk]


# The end


def test_the_end_does_every_open_step_and_keeps_the_check():
    order = act("finish_step", make_order("produksi"))

    order = finished(order, note="Rapi.")

    assert [step.actual_minutes for step in steps(order)] == [600, 255]
    check = QualityCheck.objects.get(order=order)
    assert (check.checked_by, check.note, check.checked_at) == (clerk("bengkel"), "Rapi.", order.finished_at)
    assert audit_of(order)[-1].note == "Rapi."


def test_the_end_asks_for_the_minutes_of_every_open_step():
    order = make_order("produksi")

    with pytest.raises(ActionRefused, match="Isi jam yang terpakai untuk Las, braket siku"):
        finished(order, minutes={steps(order)[0].pk: 60})
    assert (fresh(order).stage, order.steps.exclude(done_at=None).count()) == ("produksi", 0)


@pytest.mark.parametrize("missing", ["fits_drawing", "measured", "complete"])
def test_the_end_needs_all_of_the_check(missing):
    order = make_order("produksi")

    with pytest.raises(ActionRefused, match="pemeriksaan mutu"):
        finished(order, **{missing: False})
    assert (fresh(order).stage, QualityCheck.objects.count()) == ("produksi", 0)
    columns = {"fits_drawing": True, "measured": True, "complete": True, missing: False}
    with pytest.raises(IntegrityError), transaction.atomic():
        QualityCheck.objects.create(order=order, checked_by=clerk("bengkel"), checked_at=clock.now(), **columns)


def test_materials_are_kept_and_the_customers_remainder_goes_back():
    plat = MaterialData("Plat 4 mm", True, "lembar", Decimal("1.5"), Decimal("0.5"), Decimal(2))
    elektroda = MaterialData("Elektroda", False, "kg", Decimal(1))
    order = finished(make_order("produksi"), materials=(plat, elektroda))

    used = [
        (row.name, row.quantity, row.left, row.planned, row.from_customer)
        for row in MaterialUse.objects.order_by("position")
    ]
    assert used == [
        ("Plat 4 mm", Decimal("1.5"), Decimal("0.5"), 2, True),
        ("Elektroda", 1, 0, None, False),
    ]
    remainder = LeftGoods.objects.get(order=order)
    assert (remainder.name, remainder.quantity, remainder.unit) == ("Sisa bahan: Plat 4 mm", Decimal("0.5"), "lembar")

    order = act("settle", order)
    with pytest.raises(ActionRefused, match="Sisa bahan: Plat 4 mm"):
        actions.hand_over(order.pk, intent(clerk("pelayanan"), order), hand_over_data(order, left_goods={}))
    assert act("hand_over", order).stage == "selesai"


def test_the_remainder_stands_behind_what_was_left_before():
    order = make_order("produksi")
    LeftGoods.objects.create(order=order, position=3, name="Contoh lama", quantity=1, unit="buah")
    material = MaterialData("B" * 200, True, "m", Decimal(0), Decimal(1))

    finished(order, materials=(material,))

    assert [(goods.position, len(goods.name)) for goods in order.left_goods.all()] == [(3, 11), (4, 200)]


def test_the_offices_own_remainder_is_not_given_back():
    order = make_order("produksi")

    with pytest.raises(ActionRefused, match="hanya sisa bahan dari pelanggan"):
        finished(order, materials=(MaterialData("Baja", False, "kg", Decimal(1), Decimal(1)),))
    assert not MaterialUse.objects.exists()


def test_the_end_from_another_hand_a_moment_later_is_told_who():
    order = make_order("produksi")
    with clock.at(clock.now() + timedelta(minutes=1)):
        act("finish", order)

    with pytest.raises(StaleOrder, match="Agus Contohadi"):
        send("finish", order, intent(make_user("bengkel"), order))
    assert QualityCheck.objects.count() == 1
