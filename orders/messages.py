"""Drafts of what the front desk sends by WhatsApp: the figures of the moment and the tracking link, never a NIK."""

from balai.formats import hari_tanggal, rupiah, tanggal
from balai.models import Office
from balai.phone import whatsapp_url
from orders.deadlines import payment_due
from orders.models import Order
from orders.stages import Stage

OFFER = (
    "estimasi pesanan {number} ({title}): biaya {total}, lama {days} hari kerja, selesai {finish}. "
    "Berlaku sampai {until}. Mohon jawaban Anda: sepakat, minta revisi, atau tidak sepakat."
)
CHANGE = (
    "ada perubahan pada pesanan {number} ({title}): biaya menjadi {total}, selesai {finish}. Alasan: {reason} "
    "Berlaku sampai {until}. Mohon jawaban Anda; pekerjaan menunggu."
)
AT_STAGE = {
    Stage.PEMBAYARAN: "pesanan {number} ({title}) sudah selesai. Silakan membayar retribusi {bill} di balai, "
    "paling lambat {due}.",
    Stage.SIAP_DIAMBIL: "pesanan {number} ({title}) siap diambil. Mohon membawa bukti pembayaran.",
}
NEWS = "tentang pesanan {number} ({title})."


def draft(order: Order, office: Office, tracking_url: str) -> str:
    """What is to be told or asked now; `tracking_url` is empty for an order without a link."""
    estimate = order.open_offer or order.estimate
    figures = {"number": order.number, "title": order.title}
    if estimate:
        figures |= {
            "total": rupiah(estimate.total),
            "bill": rupiah(order.bill),
            "due": tanggal(payment_due(order, office)),
            "days": estimate.days,
            "finish": hari_tanggal(estimate.finish_on),
            "until": tanggal(estimate.valid_until),
            "reason": estimate.reason,
        }
    lines = [f"Yth. {order.customer.name}, {_what(order).format(**figures)}"]
    lines += [f"Rincian: {tracking_url}"] if tracking_url else []
    return "\n".join([*lines, office.short_name])


def whatsapp_draft(order: Order, office: Office, tracking_url: str) -> str:
    """The address that opens WhatsApp with the draft; empty for a landline."""
    return whatsapp_url(order.customer.phone, draft(order, office, tracking_url))


def _what(order: Order) -> str:
    if order.open_offer:
        return CHANGE if order.change_id else OFFER
    return AT_STAGE.get(Stage(order.stage), NEWS)
