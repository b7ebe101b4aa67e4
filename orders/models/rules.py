"""How a transition of an order is declared: who may, and under which conditions, each with its Indonesian sentence."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django_fsm import transition

from balai.models import User
from balai.roles import Role, acting_role

if TYPE_CHECKING:
    from orders.models.order import Order


class RolePermission:
    """`permission=` of a transition: the user holds one of these roles."""

    def __init__(self, *roles: Role):
        self.roles = roles

    def __call__(self, order: "Order", user: User) -> bool:
        return acting_role(user, self.roles) is not None


def because(reason: str) -> Callable:
    """Gives a condition the Indonesian sentence that is shown when it does not hold."""

    def mark(condition: Callable[["Order"], bool]) -> Callable[["Order"], bool]:
        condition.reason = reason
        return condition

    return mark


def action(source, target, *roles: Role, sop: int, label: str, conditions=()) -> Callable:
    """One row of the table in DESIGN.md 2. `target=None` keeps the stage."""
    return transition(
        field="stage",
        source=list(source) if isinstance(source, tuple) else source,
        target=target,
        permission=RolePermission(*roles),
        conditions=list(conditions),
        custom={"sop": sop, "label": label},
    )


@because("Pilih atau isi pelanggan dulu.")
def has_customer(order: "Order") -> bool:
    return order.customer_id is not None


@because("Isi paling sedikit satu barang yang dipesan.")
def has_items(order: "Order") -> bool:
    return order.items.exists()


@because("Lampirkan paling sedikit satu gambar, atau tulis alasan mengapa tidak ada gambar.")
def has_drawing_or_reason(order: "Order") -> bool:
    return bool(order.no_drawing_reason) or order.drawings.exists()


@because("Pekerjaan sedang tertunda. Lanjutkan dulu.")
def not_on_hold(order: "Order") -> bool:
    return not order.hold_reason


@because("Pekerjaan tidak sedang tertunda.")
def on_hold(order: "Order") -> bool:
    return bool(order.hold_reason)


@because("Perubahan estimasi masih menunggu jawaban pelanggan.")
def no_open_change(order: "Order") -> bool:
    return order.change_id is None


@because("Tidak ada perubahan estimasi yang menunggu jawaban.")
def open_change(order: "Order") -> bool:
    return order.change_id is not None


@because("Semua tahap sudah selesai.")
def has_open_step(order: "Order") -> bool:
    return order.steps.filter(done_at=None).exists()


@because("Pesanan ini tidak memiliki tautan lacak yang berlaku.")
def has_link(order: "Order") -> bool:
    return order.tracking_links.filter(revoked_at=None).exists()


@because("Sebagian barang sudah diserahkan, pembayaran tidak dapat dibatalkan lagi.")
def nothing_handed_over(order: "Order") -> bool:
    return not order.handovers.exists()


@because("Pesanan ini dibebaskan dari pembayaran, jadi tidak ada pembayaran di sini.")
def was_paid(order: "Order") -> bool:
    return not order.is_exempt


@because("Pesanan ini tidak dibebaskan dari pembayaran.")
def was_exempted(order: "Order") -> bool:
    return order.is_exempt


@because("Tidak ada keputusan pengurangan yang dapat dicabut.")
def has_reduction(order: "Order") -> bool:
    return order.reduction > 0


@because("Pembatalan pembayarannya sedang menunggu keputusan pimpinan.")
def no_reversal_asked(order: "Order") -> bool:
    return not order.reversal_reason


@because("Tidak ada permintaan pembatalan pembayaran yang menunggu keputusan.")
def reversal_asked(order: "Order") -> bool:
    return bool(order.reversal_reason)
