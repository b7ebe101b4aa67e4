"""Faults in the work: steps, the check, materials, photos, the surat perintah kerja of a new plan."""

from decimal import Decimal

from balai import clock
from balai.kinds import Kind
from orders.models import JobStep, LeftGoods, MaterialUse, Order, QualityCheck, ResultPhoto
from orders.stages import Stage
from tests.faults.planting import Books, Words, change, double, erase, paper


def _working_with_two_open_steps() -> Order:
    orders = Order.objects.filter(stage=Stage.PRODUKSI, change=None).order_by("pk")
    return next(order for order in orders if order.steps.filter(done_at=None).count() > 1)


def step_done_before_the_one_before_it(books: Books) -> Words:
    order = _working_with_two_open_steps()
    last = order.steps.last()
    change(last, done_at=clock.now(), done_by=books.done.created_by, actual_minutes=5)
    return "orders_jobstep", f"{order} tahap {last.position}", "sebelum tahap di depannya"


def step_never_done(books: Books) -> Words:
    last = books.done.steps.last()
    change(last, done_at=None, done_by=None, actual_minutes=None)
    return "orders_jobstep", f"{books.done} tahap {last.position}", "belum selesai"


def lost_step(books: Books) -> Words:
    order = _working_with_two_open_steps()
    erase(JobStep.objects.filter(pk=order.steps.last().pk))
    return "orders_order", f"{order}", "kurang dari estimasi"


def step_that_nobody_agreed_to(books: Books) -> Words:
    order = _working_with_two_open_steps()
    last = order.steps.last()
    JobStep.objects.create(order=order, position=last.position + 1, work_centre=last.work_centre, minutes=7)
    return "orders_order", f"{order}", "lebih dari estimasi"


def step_out_of_place(books: Books) -> Words:
    order = _working_with_two_open_steps()
    change(order.steps.last(), position=99)
    return "orders_order", f"{order}", "urutan tahap pekerjaan"


def steps_of_a_draft(books: Books) -> Words:
    change(books.done.steps.last(), order=books.draft, position=1)
    return "orders_order", f"{books.draft}", "memiliki tahap pekerjaan"


def end_without_a_check(books: Books) -> Words:
    erase(QualityCheck.objects.filter(order=books.done))
    return "orders_order", f"{books.done}", "tanpa pemeriksaan mutu"


def check_before_the_end(books: Books) -> Words:
    change(QualityCheck.objects.get(order=books.done), order=books.working)
    return "orders_qualitycheck", f"{books.working}", "belum selesai"


def material_before_the_end(books: Books) -> Words:
    MaterialUse.objects.create(
        order=books.working, position=1, name="Baja", from_customer=False, unit="kg", quantity=Decimal(1)
    )
    return "orders_materialuse", f"{books.working}", "belum selesai"


def material_out_of_place(books: Books) -> Words:
    material = MaterialUse.objects.first()
    change(material, position=99)
    return "orders_order", f"{material.order}", "urutan bahan"


def remainder_kept_by_the_office(books: Books) -> Words:
    material = MaterialUse.objects.filter(left__gt=0).first()
    erase(LeftGoods.objects.filter(order=material.order, name__startswith="Sisa bahan: "))
    return "orders_materialuse", f"{material.order} bahan {material.position}", "tidak ada di barang titipan"


def remainder_of_nothing(books: Books) -> Words:
    material = MaterialUse.objects.filter(left__gt=0).first()
    change(material, left=Decimal(0))
    return "orders_leftgoods", f"{material.order}", "tidak ada di bahan yang dipakai"


def plan_beside_the_former(books: Books) -> Words:
    former = paper(books.working, Kind.WORK_ORDER)
    copy = double(former, books.working)
    return "balai_document", copy.printed_number, f"tidak menggantikan {former.printed_number}"


def stolen_photo(books: Books) -> Words:
    photo = ResultPhoto.objects.first()
    change(photo, file="aa/bb/tidak-ada.jpg")
    return "orders_resultphoto", f"{photo.pk}", "hilang"


def exchanged_photo(books: Books) -> Words:
    photo = ResultPhoto.objects.first()
    other = ResultPhoto.objects.exclude(sha256=photo.sha256).first()
    change(photo, file=other.file.name)
    return "orders_resultphoto", f"{photo.pk}", "berubah"
