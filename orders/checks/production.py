"""The work of an order: its steps follow the estimate and one another, its end was checked, its materials go back."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from balai.checks import fault
from orders.actions.production import remainder_of
from orders.checks.orderfile import OrderFile, Row
from orders.models import JobStep, LeftGoods, MaterialUse, QualityCheck
from orders.stages import ORDERED, Stage

IN_WORK = ORDERED | {Stage.DIBATALKAN}


def job_steps(file: OrderFile) -> Iterator[str]:
    """Steps 1, 2, 3 …, each done before the next, and all of them once the order is finished."""
    steps = file.steps
    if [step.position for step in steps] != list(range(1, len(steps) + 1)):
        yield file.fault("urutan tahap pekerjaan tidak lengkap")
    for former, step in pairwise(steps):
        if step.done_at and (former.done_at is None or step.done_at < former.done_at):
            yield fault(JobStep, f"{file} tahap {step.position}", "selesai sebelum tahap di depannya")
    if steps and file.order.stage not in IN_WORK:
        yield file.fault(f"memiliki tahap pekerjaan pada tahap {file.order.stage}")
    if file.order.finished_at:
        for step in steps:
            if step.done_at is None:
                yield fault(JobStep, f"{file} tahap {step.position}", "belum selesai, padahal pesanan selesai")


def agreed_steps(file: OrderFile) -> Iterator[str]:
    """What was agreed is what is done: the steps of the estimate in force, beside those done before a change."""
    estimate = next((each for each in file.estimates if each.id == file.order.estimate_id), None)
    if estimate is None or file.order.stage not in IN_WORK:
        return
    agreed, planned = _content(file.estimate_steps[estimate.id]), _content(file.steps)
    if agreed - planned:
        yield file.fault(f"tahap pekerjaan kurang dari estimasi versi {estimate.version}")
    more = planned - agreed
    if more and (not estimate.is_change or more - _content([step for step in file.steps if step.done_at])):
        yield file.fault(f"tahap pekerjaan lebih dari estimasi versi {estimate.version}")


def quality(file: OrderFile) -> Iterator[str]:
    """Work of steps is called done after its check, and nothing is checked before."""
    finished = file.order.finished_at
    if finished and file.steps and not file.quality_checks:
        yield file.fault("selesai tanpa pemeriksaan mutu")
    if file.quality_checks and not finished:
        yield fault(QualityCheck, file, "diperiksa, padahal pesanan belum selesai")


def materials(file: OrderFile) -> Iterator[str]:
    """Materials are noted when the work is done, and what remains of the customer's own is to be given back."""
    used = file.materials
    if used and not file.order.finished_at:
        yield fault(MaterialUse, file, "dicatat, padahal pesanan belum selesai")
    if [material.position for material in used] != list(range(1, len(used) + 1)):
        yield file.fault("urutan bahan yang dipakai tidak lengkap")
    kept = Counter((goods.name, goods.quantity) for goods in file.left_goods)
    for material in used:
        if material.left > 0:
            remainder = (remainder_of(material.name), material.left)
            if not kept[remainder]:
                what = f"sisa {material.left} {material.unit} tidak ada di barang titipan"
                yield fault(MaterialUse, f"{file} bahan {material.position}", what)
            kept[remainder] -= 1
    if used:
        yield from _remainders_of_nothing(file, kept)


def _remainders_of_nothing(file: OrderFile, kept: Counter[tuple[str, Decimal]]) -> Iterator[str]:
    for (name, _), count in kept.items():
        if count > 0 and name.startswith(remainder_of("")):
            yield fault(LeftGoods, file, f"{name}: tidak ada di bahan yang dipakai")


def _content(steps: list[Row]) -> Counter:
    """What is to be done how long, wherever: a step may move to another work centre, or change places."""
    return Counter((step.description, step.minutes) for step in steps)
