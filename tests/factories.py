"""What tests stand on: an office, people, tariffs, and orders walked to any stage by the real actions.

Everything is invented and says CONTOH. `act` runs one verb of an order with data that is right for it.
"""

import io
import itertools
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from django.contrib.auth.models import Group
from PIL import Image, ImageDraw

from balai import clock
from balai.models import Office, User
from balai.office import NUMBER_TEMPLATES, SERVICE_DAYS, holidays
from balai.roles import Role
from balai.uploads import Checked, check_upload
from balai.workdays import add_workdays
from finance.ledger import PaymentData, record_payment, reverse_payment
from orders import actions
from orders.actions import Intent, Outcome
from orders.actions.estimate import EstimateData
from orders.actions.handover import HandOverData, remaining
from orders.actions.intake import CustomerData, ItemData, RequestData
from orders.models import Customer, Order, Tariff
from orders.permissions import roles_for
from orders.pricing import LineData
from orders.queries import valid_receipt_number
from orders.stages import Stage

PASSWORD = "contoh-balai-2026"
SERVICE_ACCOUNT = "4.1.02.02.01.CONTOH"
MATERIAL_ACCOUNT = "4.1.02.02.11.CONTOH"
PEOPLE = {
    Role.PELAYANAN: "Rina Contohwati",
    Role.BENGKEL: "Agus Contohadi",
    Role.KEUANGAN: "Dewi Contohsari",
    Role.PIMPINAN: "Endah Contohningrum",
}

# The main road of DESIGN.md 2: which verb leads to which stage.
ROAD = {
    Stage.DRAF: None,
    Stage.PERMOHONAN: "submit",
    Stage.ESTIMASI: "accept",
    Stage.KONFIRMASI: "offer",
    Stage.PESANAN: "agree",
    Stage.PRODUKSI: "start",
    Stage.PEMBAYARAN: "finish",
    Stage.SIAP_DIAMBIL: "settle",
    Stage.SELESAI: "hand_over",
}
SIDE_EXITS = {
    Stage.DIKEMBALIKAN: (Stage.PERMOHONAN, "return_to_customer"),
    Stage.DIBATALKAN: (Stage.PESANAN, "cancel"),
}

_running = itertools.count(1)


def make_office(**changes) -> Office:
    """The office row; `changes` are written to it, also when it is there already."""
    settings = {
        "government": "PEMERINTAH PROVINSI CONTOH",
        "department": "DINAS PERINDUSTRIAN CONTOH",
        "unit": "BALAI LOGAM DAN KAYU CONTOH",
        "short_name": "Balai Contoh",
        "address": "Jalan Contoh Nomor 00, Kota Contoh",
        "city": "Kota Contoh",
        "verify_base": "https://balai.example",
        "head_title": "Kepala Balai",
        "head_name": PEOPLE[Role.PIMPINAN],
        "treasurer_title": "Bendahara Penerimaan Pembantu",
        "treasurer_name": PEOPLE[Role.KEUANGAN],
        "number_templates": NUMBER_TEMPLATES,
        "order_terms": ["Tarif mengikuti peraturan yang berlaku (CONTOH)."],
        "service_days": SERVICE_DAYS,
        "material_account": MATERIAL_ACCOUNT,
        "is_sample": True,
    }
    return Office.objects.update_or_create(pk=1, defaults=changes, create_defaults=settings | changes)[0]


def make_tariffs() -> list[Tariff]:
    """Three tariffs marked CONTOH, in force since long ago: Bubut and Las per hour, Oven kayu per m³."""
    rows = (("J-01", "Bubut", "jam", 45_000), ("J-04", "Las", "jam", 40_000), ("J-09", "Oven kayu", "m³", 450_000))
    return [
        Tariff.objects.get_or_create(
            code=code,
            valid_from=date(2020, 1, 1),
            defaults={
                "name": f"{name} CONTOH",
                "unit": unit,
                "price": price,
                "account_code": SERVICE_ACCOUNT,
                "legal_basis": "CONTOH: peraturan tarif",
            },
        )[0]
        for code, name, unit, price in rows
    ]


def make_user(*roles: Role | str, username: str = "", full_name: str = "", superuser: bool = False) -> User:
    """A new person with these roles (none is a signed-in user without a role). The password is PASSWORD."""
    username = username or f"orang{next(_running)}"
    create = User.objects.create_superuser if superuser else User.objects.create_user
    user = create(username, password=PASSWORD, full_name=full_name or f"Orang Contoh {username}")
    user.groups.set(Group.objects.get_or_create(name=role)[0] for role in roles)
    return user


def clerk(role: Role | str) -> User:
    """The person who stands at this desk in every test, with the role's name as user name."""
    role = Role(role)
    found = User.objects.filter(username=role).first()
    return found or make_user(role, username=role, full_name=PEOPLE[role])


def make_customer(**fields) -> Customer:
    """A customer with a name and phone number of their own."""
    number = next(_running)
    standard = {
        "name": f"Siti Contoh {number}",
        "kind": Customer.Kind.IKM,
        "phone": f"62811{number:07}",
        "address": "Desa Contoh RT 01 RW 02",
        "created_at": clock.now(),
    }
    return Customer.objects.create(**standard | fields)


def make_image(text: str = "GAMBAR CONTOH", size: tuple[int, int] = (240, 160), format: str = "PNG") -> bytes:
    """A small picture file with `text` on it."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).text((10, 10), text, fill="black")
    file = io.BytesIO()
    image.save(file, format)
    return file.getvalue()


@cache
def make_drawing(text: str = "GAMBAR CONTOH") -> Checked:
    """A drawing as the upload check hands it on."""
    return check_upload(io.BytesIO(make_image(text)), f"{text.lower().replace(' ', '-')}.png")


def request_data(**fields) -> RequestData:
    """What the intake form says: a new customer and two kinds of things, unless told otherwise."""
    number = next(_running)
    standard = {
        "customer": CustomerData(f"Siti Contoh {number}", Customer.Kind.IKM, f"62811{number:07}", "Desa Contoh"),
        "items": (
            ItemData("Poros utama", Decimal(4), "buah", "Baja ST 41", "Ø 20 × 180 mm"),
            ItemData("Braket siku", Decimal(24), "buah"),
        ),
    }
    return RequestData(**standard | fields)


def estimate_data(**fields) -> EstimateData:
    """Two services and one material from the customer, Rp620.000 in five working days from the next one on."""
    bubut, las, _ = make_tariffs()
    standard = {
        "lines": (
            LineData("jasa", Decimal(10), "poros utama", tariff_id=bubut.pk),
            LineData("jasa", Decimal("4.25"), "braket siku", tariff_id=las.pk),
            LineData("bahan_pelanggan", Decimal(2), "Plat 4 mm", unit="lembar"),
        ),
        "days": 5,
        "starts_on": next_workday(),
    }
    return EstimateData(**standard | fields)


def next_workday() -> date:
    """Today, or the first working day after it."""
    return add_workdays(clock.today() - timedelta(days=1), 1, holidays())


def intent(by: User, order: Order | None = None, *, key: uuid.UUID | None = None) -> Intent:
    """A form sent from a fresh page, with a new key unless one is given."""
    return Intent(by, key or uuid.uuid4(), order.version if order else 0)


def make_order(
    stage: Stage | str = Stage.DRAF,
    *,
    drawings: int = 1,
    estimate: EstimateData | None = None,
    on_hold: bool = False,
    open_change: bool = False,
    partly_handed: bool = False,
    **request,
) -> Order:
    """An order at `stage`, walked there by the real actions. `request` are fields of RequestData.

    `on_hold` and `open_change` belong to `produksi`, `partly_handed` to `siap_diambil`.
    """
    make_office()
    pictures = tuple(make_drawing(f"GAMBAR CONTOH {number}") for number in range(1, drawings + 1))
    outcome = actions.open_draft(intent(clerk(Role.PELAYANAN)), request_data(**request), pictures)
    order = Order.objects.get(pk=outcome.order_id)
    stage = Stage(stage)
    last, exit_verb = SIDE_EXITS.get(stage, (stage, None))
    road = list(ROAD)
    verbs = [ROAD[passed] for passed in road[1 : road.index(last) + 1]]
    verbs += [exit_verb] if exit_verb else []
    verbs += ["hold"] * on_hold + ["offer_change"] * open_change + ["hand_over_part"] * partly_handed
    for verb in verbs:
        if verb == "offer" and estimate:
            actions.offer(order.pk, intent(clerk(Role.BENGKEL), order), estimate)
            order = fresh(order)
        else:
            order = act(verb, order)
    return order


def act(verb: str, order: Order, by: User | None = None, *, key: uuid.UUID | None = None) -> Order:
    """Run one verb as `by` (else the clerk whose verb it is) from a fresh page, and return the order as it is then.

    Raises what the action raises. After `discard` the returned order has no row.
    """
    send(verb, order, intent(by or clerk(roles_for(verb)[0]), order, key=key))
    return fresh(order) if verb != "discard" else order


def send(verb: str, order: Order, as_sent: Intent) -> Outcome:
    """Run one verb with data that is right for it, under this very intent."""
    return VERBS[verb](order, as_sent)


def fresh(order: Order) -> Order:
    """The order's row of now (`refresh_from_db` would lift the protection of its stage)."""
    return Order.objects.select_related("customer", "estimate", "change").get(pk=order.pk)


def hand_over_data(order: Order, quantities: dict[int, Decimal] | None = None, **fields) -> HandOverData:
    """All that is left, collected by the customer who shows the right receipt."""
    standard = {
        "quantities": remaining(order) if quantities is None else quantities,
        "receipt_number": valid_receipt_number(order) or "",
        "collector": "pemesan",
        "collector_name": "Siti Contoh",
    }
    return HandOverData(**standard | fields)


def payment_data(order: Order, **fields) -> PaymentData:
    """The bill in cash, with change for a note of Rp50.000 more."""
    bill = order.estimate.total if order.estimate else 1
    return PaymentData(**{"method": "tunai", "amount": bill, "received": bill + 50_000} | fields)


def _hand_over_part(order: Order, as_sent: Intent) -> Outcome:
    first = next(iter(remaining(order)))
    return actions.hand_over(order.pk, as_sent, hand_over_data(order, {first: Decimal(1)}))


def _revise_drawing(order: Order, as_sent: Intent) -> Outcome:
    former = order.drawings.filter(replaced_by__isnull=True).first()
    return actions.revise_drawing(order.pk, as_sent, former, make_drawing("GAMBAR BARU"))


VERBS: dict[str, Callable[[Order, Intent], Outcome]] = {
    "edit": lambda order, i: actions.edit(order.pk, i, request_data(note="Diubah.")),
    "submit": lambda order, i: actions.submit(order.pk, i, consent=True),
    "discard": lambda order, i: actions.discard(order.pk, i),
    "revise_drawing": _revise_drawing,
    "accept": lambda order, i: actions.accept(order.pk, i),
    "return_to_customer": lambda order, i: actions.return_to_customer(order.pk, i, reason="Mesin tidak ada."),
    "save_estimate": lambda order, i: actions.save_estimate(order.pk, i, estimate_data()),
    "offer": lambda order, i: actions.offer(order.pk, i, estimate_data()),
    "decline": lambda order, i: actions.decline(order.pk, i, reason="Bahan tidak ada."),
    "agree": lambda order, i: actions.agree(order.pk, i, via="telepon"),
    "revise": lambda order, i: actions.revise(order.pk, i, via="whatsapp", note="Minta lebih cepat."),
    "disagree": lambda order, i: actions.disagree(order.pk, i, via="loket", reason="Terlalu mahal."),
    "start": lambda order, i: actions.start(order.pk, i),
    "hold": lambda order, i: actions.hold(order.pk, i, reason="Menunggu bahan."),
    "resume": lambda order, i: actions.resume(order.pk, i),
    "offer_change": lambda order, i: actions.offer_change(order.pk, i, estimate_data(days=8), reason="Ukuran berubah."),
    "agree_change": lambda order, i: actions.agree_change(order.pk, i, via="telepon"),
    "refuse_change": lambda order, i: actions.refuse_change(order.pk, i, via="telepon", reason="Tidak perlu."),
    "finish": lambda order, i: actions.finish(order.pk, i),
    "cancel": lambda order, i: actions.cancel(order.pk, i, reason="Pelanggan mundur."),
    "settle": lambda order, i: record_payment(order.pk, i, payment_data(order)),
    "unsettle": lambda order, i: reverse_payment(order.pk, i, reason="Salah pesanan."),
    "hand_over_part": _hand_over_part,
    "hand_over": lambda order, i: actions.hand_over(order.pk, i, hand_over_data(order)),
}
