"""What tests stand on: an office, people, tariffs, and orders walked to any stage by the real actions.

Everything is invented and says CONTOH. `act` runs one verb of an order with data that is right for it.
"""

import uuid
from datetime import date

from django.contrib.auth.models import Group

from balai import clock
from balai.models import AuditEntry, Office, Signatory, User
from balai.office import NUMBER_TEMPLATES, SERVICE_DAYS
from balai.roles import Role
from orders import actions
from orders.actions import Intent, Outcome
from orders.actions.estimate import EstimateData
from orders.models import Customer, Order, Tariff, WorkCentre
from orders.permissions import roles_for
from orders.stages import Stage
from tests.typed import (
    all_given_back,
    estimate_data,
    filled_form,
    finish_data,
    hand_over_data,
    make_drawing,
    make_image,
    next_workday,
    payment_data,
    request_data,
    running,
)

__all__ = [
    "PASSWORD",
    "act",
    "all_given_back",
    "audit_of",
    "clerk",
    "estimate_data",
    "filled_form",
    "finish_data",
    "fresh",
    "hand_over_data",
    "intent",
    "make_customer",
    "make_drawing",
    "make_image",
    "make_office",
    "make_order",
    "make_tariffs",
    "make_user",
    "make_work_centre",
    "next_workday",
    "payment_data",
    "request_data",
    "send",
    "take_back",
]

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
        "number_templates": NUMBER_TEMPLATES,
        "order_terms": ["Tarif mengikuti peraturan yang berlaku (CONTOH)."],
        "service_days": SERVICE_DAYS,
        "material_account": MATERIAL_ACCOUNT,
        "is_sample": True,
    }
    make_signatories()
    return Office.objects.update_or_create(pk=1, defaults=changes, create_defaults=settings | changes)[0]


def make_signatories() -> None:
    """Who signs: the head and the treasurer, since long ago."""
    people = (("kepala", "Kepala Balai", Role.PIMPINAN), ("bendahara", "Bendahara Penerimaan Pembantu", Role.KEUANGAN))
    for role, title, clerk_of in people:
        Signatory.objects.get_or_create(
            role=role, valid_from=date(2000, 1, 1), defaults={"title": title, "name": PEOPLE[clerk_of]}
        )


def make_tariffs() -> list[Tariff]:
    """Three tariffs marked CONTOH, in force since long ago: Bubut and Las per hour, Oven kayu per m³ of four hours."""
    rows = (
        ("J-01", "Bubut", "jam", 45_000, "logam", 60),
        ("J-04", "Las", "jam", 40_000, "logam", 60),
        ("J-09", "Oven kayu", "m³", 450_000, "kayu", 240),
    )
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
                "service": service,
                "work_centre": make_work_centre(name, service=service),
                "minutes_per_unit": minutes,
                "is_sample": True,
            },
        )[0]
        for code, name, unit, price, service, minutes in rows
    ]


def make_work_centre(name: str, **fields) -> WorkCentre:
    """A work centre of one machine for seven hours a day, unless told otherwise; the same one for the same name."""
    standard = {"service": "logam", "places": 1, "minutes_per_day": 420}
    return WorkCentre.objects.get_or_create(name=name, defaults=standard | fields)[0]


def make_user(*roles: Role | str, username: str = "", full_name: str = "", superuser: bool = False) -> User:
    """A new person with these roles (none is a signed-in user without a role). The password is PASSWORD."""
    username = username or f"orang{next(running)}"
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
    number = next(running)
    standard = {
        "name": f"Siti Contoh {number}",
        "kind": Customer.Kind.IKM,
        "phone": f"62811{number:07}",
        "address": "Desa Contoh RT 01 RW 02",
        "created_at": clock.now(),
    }
    return Customer.objects.create(**standard | fields)


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
    reversal_asked: bool = False,
    reduced: bool = False,
    exempt: bool = False,
    **request,
) -> Order:
    """An order at `stage`, walked there by the real actions. `request` are fields of RequestData.

    `on_hold` and `open_change` belong to `produksi`, `partly_handed` and `reversal_asked` to
    `siap_diambil`. A `reduced` order owes Rp20.000 less than agreed, an `exempt` one passes without payment.
    """
    make_office()
    make_tariffs()
    pictures = tuple(make_drawing(f"GAMBAR CONTOH {number}") for number in range(1, drawings + 1))
    outcome = actions.open_draft(intent(clerk(Role.PELAYANAN)), request_data(**request), pictures)
    order = Order.objects.get(pk=outcome.order_id)
    stage = Stage(stage)
    last, exit_verb = SIDE_EXITS.get(stage, (stage, None))
    road = list(ROAD)
    verbs = [ROAD[passed] for passed in road[1 : road.index(last) + 1]]
    verbs += [exit_verb] if exit_verb else []
    if exempt:
        verbs = ["exempt" if verb == "settle" else verb for verb in verbs]
    if reduced:
        verbs.insert(verbs.index("finish") + 1, "waive")
    verbs += ["hold"] * on_hold + ["offer_change"] * open_change + ["hand_over_part"] * partly_handed
    verbs += ["ask_reversal"] * reversal_asked
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


def take_back(order: Order) -> Order:
    """The order's payment taken back by two people: keuangan asks, pimpinan approves."""
    return act("unsettle", act("ask_reversal", order))


def send(verb: str, order: Order, as_sent: Intent) -> Outcome:
    """Run one verb with data that is right for it, under this very intent."""
    return filled_form(verb, order)(as_sent)


def fresh(order: Order) -> Order:
    """The order's row of now (`refresh_from_db` would lift the protection of its stage)."""
    return Order.objects.select_related("customer", "estimate", "change").get(pk=order.pk)


def audit_of(order: Order) -> list[AuditEntry]:
    """The order's audit entries, oldest first."""
    return list(AuditEntry.objects.filter(subject_kind="order", subject_id=str(order.pk)).order_by("id"))
