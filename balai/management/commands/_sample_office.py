"""Sample office, people and price list. Everything is invented and says CONTOH."""

from datetime import date

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from simple_history.utils import bulk_create_with_history

from balai.models import Holiday, Office, Signatory, User
from balai.office import NUMBER_TEMPLATES, SERVICE_DAYS
from balai.roles import Role
from orders.models import JobKind, Tariff, WorkCentre

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


def make_tariffs(valid_from: date) -> None:
    """The sample work centres, kinds of jobs and price list, in force from `valid_from`."""
    centres = {
        name: WorkCentre.objects.create(name=name, service=service, places=places, position=place)
        for place, (name, service, places) in enumerate(WORK_CENTRES)
    }
    JobKind.objects.bulk_create(JobKind(name=name, service=service) for name, service in JOB_KINDS)
    bulk_create_with_history(
        [
            Tariff(
                code=code,
                service=centres[centre].service,
                name=name,
                unit=unit,
                price=price,
                account_code=SERVICE_ACCOUNT,
                legal_basis=LEGAL_BASIS,
                valid_from=valid_from,
                work_centre=centres[centre],
                minutes_per_unit=minutes,
                is_sample=True,
            )
            for code, name, unit, price, centre, minutes in TARIFFS
        ],
        Tariff,
    )


def make_holidays(year: int) -> None:
    """Two holidays with fixed dates, so that the calendar is seen to work; the office enters the rest."""
    days = ((date(year, 1, 1), "Tahun Baru"), (date(year, 8, 17), "Hari Kemerdekaan"))
    Holiday.objects.bulk_create((Holiday(day=day, name=name) for day, name in days), ignore_conflicts=True)


def has_real_data() -> bool:
    """Whether this database belongs to an office, so that no sample may be put into it."""
    office = Office.objects.first()
    return not office.is_sample if office else User.objects.exists()
