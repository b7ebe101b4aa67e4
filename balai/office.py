"""The office's settings as the rest of the code reads them."""

from base64 import b64encode
from datetime import date
from typing import TypedDict

from django.core.exceptions import ImproperlyConfigured

from balai import clock
from balai.kinds import Kind
from balai.models import Holiday, Office, Signatory
from balai.readonce import once_a_page

# Registers of DESIGN.md 5. The printed forms are a first proposal; each office keeps its own in its settings.
NUMBER_TEMPLATES = {
    "permohonan": "{urut:04}/{bulan_romawi}/{tahun}",
    "surat_pengembalian": "{urut:04}/SPG/{bulan_romawi}/{tahun}",
    "estimasi": "{urut:04}/EST/{bulan_romawi}/{tahun}",
    "surat_pesanan": "{urut:04}/SP/{bulan_romawi}/{tahun}",
    "surat_perintah_kerja": "{urut:04}/SPK/{bulan_romawi}/{tahun}",
    "bukti_pembayaran": "{urut:04}/TBP/{bulan_romawi}/{tahun}",
    "surat_jalan": "{urut:04}/SJ/{bulan_romawi}/{tahun}",
    "tanda_setor": "{urut:04}/TS/{bulan_romawi}/{tahun}",
    "tutup_kas": "{urut:04}/TK/{bulan_romawi}/{tahun}",
    "surat_teguran": "{urut:04}/STG/{bulan_romawi}/{tahun}",
    "buku_bulanan": "{urut:04}/BPP/{bulan_romawi}/{tahun}",
    "lpj": "{urut:04}/LPJ/{bulan_romawi}/{tahun}",
}

# Working days a stage may wait before it is late; the office's own service standard replaces them.
SERVICE_DAYS = {"draf": 1, "permohonan": 1, "estimasi": 2, "konfirmasi": 3, "pesanan": 2}


def find_office() -> Office | None:
    """The office row; None before `setup_office` or `seed_demo` made it."""
    return once_a_page("office", Office.objects.filter(pk=1).first)


def get_office() -> Office:
    """The office row; raises ImproperlyConfigured before `setup_office` or `seed_demo` made it."""
    office = find_office()
    if office is None:
        raise ImproperlyConfigured("Kantor belum disiapkan. Jalankan: manage.py setup_office")
    return office


def holidays() -> frozenset[date]:
    """The office's closed days besides weekends."""
    return once_a_page("holidays", lambda: frozenset(Holiday.objects.values_list("day", flat=True)))


class Signer(TypedDict):
    """Who signs papers for the office."""

    title: str
    name: str
    rank: str
    nip: str


def letterhead(office: Office) -> dict:
    """What the kop of every paper copies from the office at the moment it is issued."""
    return {
        "government": office.government,
        "department": office.department,
        "unit": office.unit,
        "address": office.address,
        "phone": office.phone,
        "website": office.website,
        "email": office.email,
        "city": office.city,
        "emblem": b64encode(office.emblem.png).decode() if office.emblem else "",
    }


def head(office: Office) -> Signer:
    """The head of the office, for the papers that he or she signs today."""
    return _signer(office, Signatory.Role.HEAD)


def treasurer(office: Office) -> Signer:
    """The treasurer, who signs today what was received."""
    return _signer(office, Signatory.Role.TREASURER)


def signing(office: Office, role: Signatory.Role) -> Signatory | None:
    """Who signs in this role today (WIB): of those whose days it is, the one who began last."""
    today = clock.today()
    return next(
        (
            each
            for each in office.signatories
            if each.role == role and each.valid_from <= today <= (each.valid_until or today)
        ),
        None,
    )


def _signer(office: Office, role: Signatory.Role) -> Signer:
    signatory = signing(office, role)
    if signatory is None:
        # The paper must not wait for the admin: who signs it writes the name by hand.
        titles = [each.title for each in office.signatories if each.role == role]
        return {"title": titles[0] if titles else role.label, "name": "", "rank": "", "nip": ""}
    return {"title": signatory.title, "name": signatory.name, "rank": signatory.rank, "nip": signatory.nip}


def page_choices(kind: str) -> list[tuple[str, str]]:
    """The papers that this kind can be printed on."""
    return (Office.ReceiptPage if kind == Kind.RECEIPT else Office.PageSize).choices


def page_size(kind: str, office: Office) -> str:
    """The one of `page_choices` that papers of this kind are printed on."""
    return office.page_sizes.get(kind, Office.PageSize.F4)
