"""Sample office, people and price list. Everything is invented and says CONTOH."""

import uuid
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from simple_history.utils import bulk_create_with_history

from balai import clock
from balai.models import Holiday, Office, Signatory, User
from balai.office import NUMBER_TEMPLATES, SERVICE_DAYS
from balai.roles import Role
from orders.actions import Intent
from orders.actions.pricelist import Reason, list_version
from orders.actions.tariffs import new_version
from orders.models import JobKind, Tariff, WorkCentre
from orders.tariffs import as_data

PASSWORD = "contoh-balai-2026"  # printed by bin/run; exists only in sample databases

PEOPLE = (
    ("pelayanan", "Rina Contohwati", "Pelayanan pelanggan", Role.PELAYANAN),
    ("bengkel", "Agus Contohadi", "Kepala bengkel", Role.BENGKEL),
    ("keuangan", "Dewi Contohsari", "Administrasi keuangan", Role.KEUANGAN),
    ("pimpinan", "Endah Contohningrum", "Kepala balai", Role.PIMPINAN),
)

SIGNATORIES = (
    (Signatory.Role.HEAD, "Kepala Balai Pengembangan Teknologi Logam dan Kayu", "Endah Contohningrum"),
    (Signatory.Role.TREASURER, "Bendahara Penerimaan Pembantu", "Dewi Contohsari"),
)

SERVICE_ACCOUNT = "4.1.02.02.01.CONTOH"
MATERIAL_ACCOUNT = "4.1.02.02.11.CONTOH"
LEGAL_BASIS = "CONTOH: isi dengan peraturan tarif yang berlaku"

# (name, workshop, machines or people)
WORK_CENTRES = (
    ("Bubut", "logam", 2),
    ("Frais", "logam", 1),
    ("CNC", "logam", 1),
    ("Las", "logam", 3),
    ("Gerinda", "logam", 2),
    ("Potong dan tekuk", "logam", 1),
    ("Laser", "logam", 1),
    ("Oven kayu", "kayu", 1),
    ("Serut", "kayu", 1),
    ("Gergaji", "kayu", 1),
)

# (code, service, unit, rupiah, work centre, minutes a unit): the invented tariffs of DOMAIN.md c
TARIFFS = (
    ("J-01", "Bubut", "jam", 45_000, "Bubut", 60),
    ("J-02", "Frais", "jam", 55_000, "Frais", 60),
    ("J-03", "CNC", "jam", 125_000, "CNC", 60),
    ("J-04", "Las listrik", "jam", 40_000, "Las", 60),
    ("J-05", "Las TIG", "jam", 60_000, "Las", 60),
    ("J-06", "Gerinda", "jam", 25_000, "Gerinda", 60),
    ("J-07", "Potong dan tekuk plat", "jam", 30_000, "Potong dan tekuk", 60),
    ("J-08", "Laser cutting", "menit", 3_000, "Laser", 1),
    ("J-09", "Oven kayu", "m³", 450_000, "Oven kayu", 240),
    ("J-10", "Serut", "jam", 50_000, "Serut", 60),
    ("J-11", "Gergaji pita", "m³", 150_000, "Gergaji", 90),
)

# (code, material, unit, rupiah, workshop)
MATERIALS = (
    ("B-01", "Baja S45C", "kg", 22_000, "logam"),
    ("B-02", "Papan jati 3 cm", "lembar", 185_000, "kayu"),
)
# What these cost before, and what one will cost.
FORMER_PRICES = {"J-01": 40_000, "J-02": 50_000, "J-10": 45_000}
NEXT_PRICES = {"J-08": 3_500}

JOB_KINDS = (
    ("Poros dan komponen mesin", "logam"),
    ("Roda gigi", "logam"),
    ("Cetakan dan alat bantu", "logam"),
    ("Pagar dan rangka", "logam"),
    ("Pekerjaan plat", "logam"),
    ("Mebel", "kayu"),
    ("Pengeringan kayu", "kayu"),
    ("Bubut kayu", "kayu"),
)

TERMS = [
    "Tarif mengikuti peraturan yang berlaku pada tanggal surat ini (CONTOH) dan tidak berubah sampai pesanan selesai.",
    "Pembayaran dilakukan sekaligus setelah barang selesai, melalui cara bayar resmi Balai.",
    "Barang diserahkan setelah lunas, dengan menunjukkan bukti pembayaran. Wakil membawa surat kuasa.",
    "Keluhan mutu disampaikan paling lambat 7 hari kerja sejak barang diserahkan.",
]


def make_office(address: str) -> Office:
    """The one office row, marked as sample data. `address` is where papers send people to be verified."""
    return Office.objects.create(
        pk=1,
        government="PEMERINTAH PROVINSI JAWA TENGAH",
        department="DINAS PERINDUSTRIAN DAN PERDAGANGAN",
        unit="BALAI PENGEMBANGAN TEKNOLOGI LOGAM DAN KAYU",
        short_name="Balai Logam dan Kayu",
        address="Jalan Contoh Nomor 00, Kota Contoh 00000",
        phone="(000) 000000",
        website="balai.example",
        email="layanan@balai.example",
        city="Kota Contoh",
        verify_base=address,
        number_templates=NUMBER_TEMPLATES,
        order_terms=TERMS,
        service_days=SERVICE_DAYS,
        late_interest=1,
        material_account=MATERIAL_ACCOUNT,
        is_sample=True,
    )


def make_signatories(valid_from: date) -> None:
    """Who signs the sample papers, from this day on."""
    Signatory.objects.bulk_create(
        Signatory(role=role, title=title, name=name, valid_from=valid_from) for role, title, name in SIGNATORIES
    )


def make_people() -> dict[str, User]:
    """The four clerks and the admin, by user name; all with the sample password."""
    password = make_password(PASSWORD)  # hashed once: each hash takes a tenth of a second, on purpose
    people = {}
    for username, full_name, jabatan, role in PEOPLE:
        user = User.objects.create(username=username, password=password, full_name=full_name, jabatan=jabatan)
        user.groups.add(Group.objects.get_or_create(name=role)[0])
        people[username] = user
    people["admin"] = User.objects.create(
        username="admin",
        password=password,
        full_name="Admin Contoh",
        jabatan="Admin sistem",
        is_staff=True,
        is_superuser=True,
    )
    return people


def make_tariffs(valid_from: date, by: User) -> None:
    """The sample work centres, kinds of jobs and price list, in force from `valid_from`.

    Some prices have changed in the July after the first, and one will change in January.
    """
    centres = {
        name: WorkCentre.objects.create(name=name, service=service, places=places, position=place)
        for place, (name, service, places) in enumerate(WORK_CENTRES)
    }
    JobKind.objects.bulk_create(JobKind(name=name, service=service) for name, service in JOB_KINDS)
    services = (
        Tariff(
            code=code,
            service=centres[centre].service,
            name=name,
            unit=unit,
            price=FORMER_PRICES.get(code, price),
            account_code=SERVICE_ACCOUNT,
            work_centre=centres[centre],
            minutes_per_unit=minutes,
        )
        for code, name, unit, price, centre, minutes in TARIFFS
    )
    materials = (
        Tariff(
            code=code, kind="bahan", service=service, name=name, unit=unit, price=price, account_code=MATERIAL_ACCOUNT
        )
        for code, name, unit, price, service in MATERIALS
    )
    tariffs = [*services, *materials]
    for tariff in tariffs:
        tariff.legal_basis, tariff.valid_from, tariff.is_sample = LEGAL_BASIS, valid_from, True
    recorded = datetime.combine(valid_from - timedelta(days=3), time(10), clock.WIB)
    bulk_create_with_history(
        tariffs, Tariff, default_user=by, default_date=recorded, default_change_reason=Reason.ADDED
    )
    prices = {code: price for code, _, _, price, *_ in TARIFFS}
    _change_prices({code: prices[code] for code in FORMER_PRICES}, date(valid_from.year + 1, 7, 1), by)
    _change_prices(NEXT_PRICES, date(clock.today().year + 1, 1, 2), by)


def _change_prices(prices: dict[str, int], start: date, by: User) -> None:
    """New versions of these tariffs, recorded some days before."""
    for minute, (code, price) in enumerate(prices.items()):
        recorded = datetime.combine(start - timedelta(days=5), time(10, minute), clock.WIB)
        with clock.at(min(recorded, clock.now() - timedelta(days=90))):
            former = Tariff.objects.get(code=code)
            data = replace(as_data(former), price=price, valid_from=start, legal_basis=f"Pergub CONTOH 0/{start.year}")
            new_version(former.pk, Intent(by, uuid.uuid4(), list_version(code)), data)


def make_holidays(year: int) -> None:
    """Two holidays with fixed dates, so that the calendar is seen to work; the office enters the rest."""
    days = ((date(year, 1, 1), "Tahun Baru"), (date(year, 8, 17), "Hari Kemerdekaan"))
    Holiday.objects.bulk_create((Holiday(day=day, name=name) for day, name in days), ignore_conflicts=True)


def has_real_data() -> bool:
    """Whether this database belongs to an office, so that no sample may be put into it."""
    office = Office.objects.first()
    return not office.is_sample if office else User.objects.exists()
