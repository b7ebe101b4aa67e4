"""What an order is about: goods asked for, money reckoned, goods handed over."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from balai.checks import fault
from balai.money import line_amount
from orders.checks.orderfile import OrderFile
from orders.models import Estimate, EstimateLine, HandOverLine, LeftGoods
from orders.stages import FINAL, Stage


def request(file: OrderFile) -> Iterator[str]:
    """A submitted request has goods, and drawings or the reason why there are none."""
    order = file.order
    if order.stage == Stage.DRAF:
        return
    if not file.items:
        yield file.fault("tidak memiliki barang")
    if not (order.no_drawing_reason or file.drawings):
        yield file.fault("tidak memiliki gambar maupun alasannya")


def estimates(file: OrderFile) -> Iterator[str]:
    """Versions 1, 2, 3 …; each line is quantity times price, each total the sum of its lines."""
    versions = file.estimates
    if [estimate.version for estimate in versions] != list(range(1, len(versions) + 1)):
        yield file.fault("versi estimasi tidak berurutan")
    for estimate in versions:
        name = f"{file} versi {estimate.version}"
        lines = file.estimate_lines[estimate.id]
        for line in lines:
            amount = line_amount(line.quantity, line.price)
            if line.amount != amount:
                yield fault(EstimateLine, f"{name} baris {line.position}", f"jumlah {line.amount}, seharusnya {amount}")
        total = sum(line.amount for line in lines)
        if estimate.total != total:
            yield fault(Estimate, name, f"total {estimate.total}, jumlah barisnya {total}")


def handed_over(file: OrderFile) -> Iterator[str]:
    """Never more than was ordered, nothing before payment, and nothing left behind when the order is done."""
    order = file.order
    given: Counter[int] = Counter()
    for handover in file.handovers:
        for line in file.handover_lines[handover.id]:
            given[line.item_id] += line.quantity
    if given and order.stage not in (Stage.SIAP_DIAMBIL, Stage.SELESAI):
        yield file.fault(f"barang diserahkan pada tahap {order.stage}")
    for item in file.items:
        handed = given.pop(item.id, Decimal(0))
        name = f"{file} barang {item.position}"
        if handed > item.quantity:
            yield fault(HandOverLine, name, f"diserahkan {handed}, dipesan {item.quantity}")
        elif order.stage == Stage.SELESAI and handed < item.quantity:
            yield fault(HandOverLine, name, f"pesanan selesai, tetapi baru diserahkan {handed} dari {item.quantity}")
    if given:
        yield fault(HandOverLine, file, "menyerahkan barang milik pesanan lain")


def left_goods(file: OrderFile) -> Iterator[str]:
    """Nothing a customer left here stays unaccounted for when the order is closed, nor leaves before it may."""
    closed = file.order.stage in FINAL
    for left in file.left_goods:
        name = f"{file} titipan {left.position}"
        if closed and left.accounted_at is None:
            yield fault(LeftGoods, name, "belum jelas, padahal pesanan sudah ditutup")
        elif left.accounted_at and not (closed or file.handovers):
            yield fault(LeftGoods, name, "sudah dikembalikan, padahal pesanan masih berjalan")
