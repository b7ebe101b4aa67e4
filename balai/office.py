"""The office's settings as the rest of the code reads them."""

from datetime import date
from typing import TypedDict

from django.core.exceptions import ImproperlyConfigured

from balai.models import Holiday, Office

# Registers of DESIGN.md 5. The printed forms are a first proposal; each office keeps its own in its settings.
NUMBER_TEMPLATES = {
    "permohonan": "{urut:04}/{bulan_romawi}/{tahun}",
    "surat_pengembalian": "{urut:04}/SPG/{bulan_romawi}/{tahun}",
    "estimasi": "{urut:04}/EST/{bulan_romawi}/{tahun}",
    "surat_pesanan": "{urut:04}/SP/{bulan_romawi}/{tahun}",
    "surat_perintah_kerja": "{urut:04}/SPK/{bulan_romawi}/{tahun}",
    "bukti_pembayaran": "{urut:04}/TBP/{bulan_romawi}/{tahun}",
    "surat_jalan": "{urut:04}/SJ/{bulan_romawi}/{tahun}",
}

# Working days a stage may wait before it is late; the office's own service standard replaces them.
SERVICE_DAYS = {"draf": 1, "permohonan": 1, "estimasi": 2, "konfirmasi": 3, "pesanan": 2, "siap_diambil": 10}


def get_office() -> Office:
    """The office row; raises ImproperlyConfigured before `setup_office` or `seed_demo` made it."""
    office = Office.objects.filter(pk=1).first()
    if office is None:
        raise ImproperlyConfigured("Kantor belum disiapkan. Jalankan: manage.py setup_office")
    return office


def holidays() -> frozenset[date]:
    """The office's closed days besides weekends."""
    return frozenset(Holiday.objects.values_list("day", flat=True))


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
    }


def head(office: Office) -> Signer:
    """The head of the office, for the papers that he or she signs."""
    return {"title": office.head_title, "name": office.head_name, "rank": office.head_rank, "nip": office.head_nip}


def treasurer(office: Office) -> Signer:
    """The treasurer, who signs what was received."""
    return {
        "title": office.treasurer_title,
        "name": office.treasurer_name,
        "rank": office.treasurer_rank,
        "nip": office.treasurer_nip,
    }


def page_size(kind: str, office: Office) -> str:
    """`f4` or `a4`: the paper that papers of this kind are printed on."""
    return office.page_sizes.get(kind, Office.PageSize.F4)
