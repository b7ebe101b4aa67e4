"""Which page lets a user do what an order waits for: one page per SOP step, each with the actions it offers."""

from dataclasses import dataclass

from balai.models import User
from balai.roles import Role, roles_of
from orders.models import Order
from orders.permissions import can, label, roles_for
from orders.stages import STAGES, Stage


@dataclass(frozen=True)
class Step:
    """A step's page: its URL name, its verbs (the first that can be done leads), the heading of its card."""

    url: str
    actions: tuple[str, ...]
    heading: str
    inline: bool = True  # its form fits into the card of the order page
    label: str = ""  # of the button that leads to it, where that is not the duty of the stage


STEPS = {
    "permohonan": Step("permohonan", ("submit",), "Lengkapi dan ajukan permohonan", inline=False),
    "identifikasi": Step("identifikasi", ("accept", "return_to_customer"), "Bisa dikerjakan?"),
    "estimasi": Step("estimasi", ("offer", "decline"), "Perkirakan waktu dan biaya", inline=False),
    "konfirmasi": Step("konfirmasi", ("agree", "revise", "disagree"), "Tanyakan jawaban pelanggan"),
    "perubahan": Step("konfirmasi", ("agree_change", "refuse_change"), "Tanyakan jawaban atas perubahan"),
    "mulai": Step("produksi", ("start",), "Mulai kerjakan"),
    "produksi": Step("produksi", ("finish", "hold"), "Catat kemajuan pekerjaan"),
    "tertunda": Step("produksi", ("resume",), "Lanjutkan pekerjaan"),
    "pembayaran": Step("pembayaran", ("settle",), "Terima pembayaran retribusi", inline=False),
    "pembatalan-pembayaran": Step(
        "pembatalan-pembayaran",
        ("unsettle", "decline_reversal"),
        "Putuskan permintaan pembatalan pembayaran",
        inline=False,
        label="Periksa permintaan",
    ),
    "serah-terima": Step("serah-terima", ("hand_over",), "Serahkan barang kepada pelanggan"),
}

STEP_OF_STAGE = {
    Stage.DRAF: "permohonan",
    Stage.PERMOHONAN: "identifikasi",
    Stage.ESTIMASI: "estimasi",
    Stage.KONFIRMASI: "konfirmasi",
    Stage.PESANAN: "mulai",
    Stage.PRODUKSI: "produksi",
    Stage.PEMBAYARAN: "pembayaran",
    Stage.SIAP_DIAMBIL: "serah-terima",
}

# Actions beside the main road, offered in the menu "Tindakan lain": action -> URL name.
SIDE_ACTIONS = {
    "edit": "permohonan",
    "replan": "rencana-kerja",
    "add_photo": "foto-hasil",
    "offer_change": "estimasi",
    "cancel": "pembatalan",
    "ask_reversal": "pembatalan-pembayaran",
    "waive": "keputusan",
    "withdraw_exemption": "keputusan",
    "refund": "pengembalian",
}


def current_step(order: Order) -> tuple[str, Step] | None:
    """The step the order waits for, whoever must do it; None for a closed order."""
    name = STEP_OF_STAGE.get(Stage(order.stage))
    if order.change_id:
        name = "perubahan"
    elif order.hold_reason:
        name = "tertunda"
    if order.reversal_reason:
        name = "pembatalan-pembayaran"
    return (name, STEPS[name]) if name else None


def next_step(user: User, order: Order) -> tuple[str, Step] | None:
    """The step this user can do now; None when others must act."""
    step = current_step(order)
    if step and any(roles_of(user) & set(roles_for(action)) for action in step[1].actions):
        return step
    return None


def waiting_for(order: Order) -> Role | None:
    """The role that must act next; None for a closed order."""
    if order.change_id:
        return Role.PELAYANAN
    if order.reversal_reason:
        return Role.PIMPINAN
    return STAGES[Stage(order.stage)].waits_for


def side_actions(user: User, order: Order) -> list[dict]:
    """The menu of other actions this user may do now: url name and label each."""
    return [
        {"action": action, "url": url, "label": label(action), "danger": action in ("cancel", "ask_reversal")}
        for action, url in SIDE_ACTIONS.items()
        if can(user, action, order).ok
    ]
