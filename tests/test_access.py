"""Every address × everybody who may knock, against one reviewed table. A new address must be entered here."""

import io
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from balai import clock
from balai.keptforms import UNSENT, keep
from balai.models import AuditEntry, Document, Emblem, Reprint, Signatory, User
from balai.uploads import check_upload
from orders import actions
from orders.actions.tariffimport import keep_upload
from orders.models import HandOver, Order, Tariff
from orders.phonelinks import token_of
from tests.deposited import make_deposit, make_slip
from tests.factories import (
    act,
    clerk,
    fresh,
    hand_over_data,
    intent,
    make_drawing,
    make_office,
    make_order,
    make_user,
    make_work_centre,
)
from tests.hostile_files import drawing_pdf
from tests.orders.workshop import make_kind, out_of_service
from tests.reconciled import line_of, make_statement, make_transfer

pytestmark = pytest.mark.django_db

ACTORS = ("nobody", "no role", "pelayanan", "bengkel", "keuangan", "pimpinan", "admin")

# Statuses in the order of ACTORS. 302 for nobody is the way to sign-in; 422 is a form that may be sent, sent empty.
PUBLIC = (200, 200, 200, 200, 200, 200, 200)
OFFICE = (302, 403, 200, 200, 200, 200, 200)
CLERKS = (302, 403, 200, 200, 200, 200, 403)
PELAYANAN = (302, 403, 200, 403, 403, 403, 403)
BENGKEL = (302, 403, 403, 200, 403, 403, 403)
KEUANGAN = (302, 403, 403, 403, 200, 403, 403)
PIMPINAN = (302, 403, 403, 403, 403, 200, 403)
ADMIN = (302, 403, 403, 403, 403, 403, 200)
WORKSHOP = (302, 403, 403, 200, 403, 403, 200)
EXPERIENCED = (302, 403, 403, 200, 403, 200, 200)
LOAD_READERS = (302, 403, 200, 200, 403, 200, 200)
MONEY_READERS = (302, 403, 403, 403, 200, 200, 200)
READ_ONLY = (302, 405, 405, 405, 405, 405, 405)
SEND_ONLY = (302, 405, 405, 405, 405, 405, 405)
PUBLIC_SEND_ONLY = (405,) * 7
PUBLIC_READ_ONLY = (405,) * 7
REDIRECTS = (302,) * 7


def sent(row: tuple[int, ...]) -> tuple[int, ...]:
    """The same people may send the form; sent empty it is refused by its fields."""
    return tuple(422 if status == 200 else status for status in row)


# (name of the address, what it is about, GET, POST)
TABLE = (
    ("beranda", None, REDIRECTS, READ_ONLY),
    ("masuk", None, (200, 302, 302, 302, 302, 302, 302), (200, 302, 302, 302, 302, 302, 302)),
    ("keluar", None, READ_ONLY, REDIRECTS),
    ("sehat", None, PUBLIC, PUBLIC_READ_ONLY),
    ("verifikasi", "code", PUBLIC, PUBLIC_READ_ONLY),
    ("verifikasi-periksa", None, PUBLIC, sent(PUBLIC)),
    ("lacak", "token", PUBLIC, sent(PUBLIC)),
    ("dokumen", "paper", OFFICE, READ_ONLY),
    ("dokumen-lihat", "paper", OFFICE, READ_ONLY),
    ("dokumen-dengan-gambar", "work order", OFFICE, READ_ONLY),
    ("dokumen-salinan", "copy", OFFICE, READ_ONLY),
    ("dokumen-cetak-ulang", "paper", CLERKS, sent(CLERKS)),
    ("dokumen-hari-ini", None, OFFICE, READ_ONLY),
    ("dokumen-hari-ini-cetak", None, OFFICE, READ_ONLY),
    ("meja", None, OFFICE, READ_ONLY),
    ("cari", None, OFFICE, READ_ONLY),
    ("pesanan", None, OFFICE, READ_ONLY),
    ("pesanan-satu", "pesanan", OFFICE, READ_ONLY),
    ("permohonan-baru", None, PELAYANAN, sent(PELAYANAN)),
    ("permohonan", "draf", PELAYANAN, sent(PELAYANAN)),
    ("identifikasi", "permohonan", PELAYANAN, sent(PELAYANAN)),
    ("estimasi", "estimasi", BENGKEL, sent(BENGKEL)),
    ("konfirmasi", "konfirmasi", PELAYANAN, sent(PELAYANAN)),
    ("pembicaraan", "konfirmasi", PELAYANAN, sent(PELAYANAN)),
    ("tautan-lacak", "konfirmasi", PELAYANAN, sent(PELAYANAN)),
    ("produksi", "produksi", BENGKEL, sent(BENGKEL)),
    ("rencana-kerja", "produksi", BENGKEL, sent(BENGKEL)),
    ("foto-hasil", "produksi", BENGKEL, sent(BENGKEL)),
    ("foto", "photo", OFFICE, READ_ONLY),
    ("foto-kecil", "photo", OFFICE, READ_ONLY),
    ("bengkel", None, OFFICE, sent(BENGKEL)),
    ("bengkel-tahap", "step", BENGKEL, sent(BENGKEL)),
    ("bengkel-sisa", "step", BENGKEL, sent(BENGKEL)),
    ("bengkel-tunda", "produksi", BENGKEL, sent(BENGKEL)),
    ("pembatalan", "pesanan", PIMPINAN, sent(PIMPINAN)),
    ("pembayaran", "pembayaran", KEUANGAN, sent(KEUANGAN)),
    ("pembatalan-pembayaran", "siap_diambil", (302, 403, 403, 403, 200, 302, 403), sent(KEUANGAN)),
    ("keputusan", "pembayaran", PIMPINAN, sent(PIMPINAN)),
    ("keputusan-cabut", "decision", PIMPINAN, sent(PIMPINAN)),
    ("keputusan-pindaian", "decision", MONEY_READERS, READ_ONLY),
    ("pengembalian", "siap_diambil", PIMPINAN, sent(PIMPINAN)),
    ("serah-terima", "siap_diambil", PELAYANAN, sent(PELAYANAN)),
    ("serah-terima-foto", "handover", OFFICE, READ_ONLY),
    ("gambar", "drawing", OFFICE, READ_ONLY),
    ("gambar-kecil", "drawing", OFFICE, READ_ONLY),
    ("permohonan-baru-gambar", None, SEND_ONLY, sent(PELAYANAN)),
    ("permohonan-gambar", "draf", SEND_ONLY, sent(PELAYANAN)),
    ("gambar-hp", "draf", PELAYANAN, sent(PELAYANAN)),
    ("unggah", "phone", PUBLIC, sent(PUBLIC)),
    ("unggah-gambar", "phone", PUBLIC_SEND_ONLY, sent(PUBLIC)),
    ("gambar-lihat", "drawing", OFFICE, READ_ONLY),
    ("gambar-halaman", "pdf page", OFFICE, READ_ONLY),
    ("gambar-dilihat", "drawing", SEND_ONLY, (302, 403, 403, 302, 403, 403, 403)),
    ("gambar-versi-baru", "drawing", PELAYANAN, sent(PELAYANAN)),
    ("bengkel-beban", None, LOAD_READERS, READ_ONLY),
    ("bengkel-pengalaman", None, EXPERIENCED, READ_ONLY),
    ("bengkel-kapasitas", None, WORKSHOP, READ_ONLY),
    ("bagian-kerja-baru", None, WORKSHOP, sent(WORKSHOP)),
    ("bagian-kerja", "work centre", WORKSHOP, sent(WORKSHOP)),
    ("gangguan-baru", None, WORKSHOP, sent(WORKSHOP)),
    ("gangguan", "outage", WORKSHOP, sent(WORKSHOP)),
    ("jenis-pekerjaan-baru", None, WORKSHOP, sent(WORKSHOP)),
    ("jenis-pekerjaan", "job kind", WORKSHOP, sent(WORKSHOP)),
    ("pelanggan", None, PELAYANAN, READ_ONLY),
    ("pelanggan-cari", None, READ_ONLY, PELAYANAN),
    ("pelanggan-mirip", None, READ_ONLY, PELAYANAN),
    ("pelanggan-gabung", "customer", PELAYANAN, sent(PELAYANAN)),
    ("pelanggan-satu", "customer", PELAYANAN, sent(PELAYANAN)),
    ("isian-hapus", "kept", READ_ONLY, (302, 404, 302, 404, 404, 404, 404)),
    ("kasir", None, KEUANGAN, READ_ONLY),
    ("kasir-tutup", None, KEUANGAN, sent(KEUANGAN)),
    ("buku-kas", None, MONEY_READERS, READ_ONLY),
    ("piutang", None, MONEY_READERS, READ_ONLY),
    ("piutang-excel", None, MONEY_READERS, READ_ONLY),
    ("piutang-teguran", "pembayaran", SEND_ONLY, (302, 403, 403, 403, 302, 403, 403)),
    ("setoran", None, KEUANGAN, sent(KEUANGAN)),
    ("setoran-satu", "deposit", MONEY_READERS, sent(KEUANGAN)),
    ("setoran-pembetulan", "deposit", KEUANGAN, sent(KEUANGAN)),
    ("setoran-slip", "slip", MONEY_READERS, READ_ONLY),
    ("rekonsiliasi", None, MONEY_READERS, sent(KEUANGAN)),
    ("rekonsiliasi-satu", "statement", MONEY_READERS, sent(KEUANGAN)),
    ("rekonsiliasi-kolom", "statement", KEUANGAN, sent(KEUANGAN)),
    ("tarif", None, OFFICE, READ_ONLY),
    ("tarif-excel", None, OFFICE, READ_ONLY),
    ("tarif-impor", None, PIMPINAN, sent(PIMPINAN)),
    ("tarif-impor-satu", "tariff import", PIMPINAN, sent(PIMPINAN)),
    ("tarif-satu", "tariff", OFFICE, READ_ONLY),
    ("tarif-baru", None, PIMPINAN, sent(PIMPINAN)),
    ("tarif-versi-baru", "tariff", PIMPINAN, sent(PIMPINAN)),
    ("tarif-perbaikan", "tariff", PIMPINAN, sent(PIMPINAN)),
    ("tarif-akhir", "tariff", PIMPINAN, sent(PIMPINAN)),
    ("tarif-penghapusan", "tariff", PIMPINAN, sent(PIMPINAN)),
    ("kantor", None, ADMIN, READ_ONLY),
    ("kantor-lambang", None, OFFICE, READ_ONLY),
    ("kantor-libur", None, ADMIN, sent(ADMIN)),
    ("kantor-bagian", "section", ADMIN, sent(ADMIN)),
    ("kantor-penanda-tangan", "signatory", ADMIN, sent(ADMIN)),
    ("kantor-penanda-tangan-baru", None, ADMIN, sent(ADMIN)),
    ("buku-pesanan", None, OFFICE, READ_ONLY),
    *(
        (name, None, MONEY_READERS, READ_ONLY)
        for book in ("buku-pembantu", "buku-harian", "buku-setoran", "laporan-lpj")
        for name in (book, f"{book}-pdf", f"{book}-excel", f"{book}-csv")
    ),
    ("laporan-realisasi", None, MONEY_READERS, READ_ONLY),
    ("laporan-tutup", None, KEUANGAN, sent(KEUANGAN)),
    ("laporan-tutup-excel", None, (302, 403, 403, 403, 404, 404, 404), READ_ONLY),  # no month is closed
    ("laporan-target", None, PIMPINAN, sent(PIMPINAN)),
    ("buku-penerimaan", None, MONEY_READERS, READ_ONLY),
    ("buku-pesanan-excel", None, OFFICE, READ_ONLY),
    ("buku-penerimaan-excel", None, MONEY_READERS, READ_ONLY),
    ("buku-penerimaan-csv", None, MONEY_READERS, READ_ONLY),
    ("buku-pesanan-pdf", None, OFFICE, READ_ONLY),
    ("buku-penerimaan-pdf", None, MONEY_READERS, READ_ONLY),
)
# What a form must say at least to be read as that form; all else is left empty.
LEAST = {
    "pelanggan-gabung": {"reason": ""},
    "permohonan-baru": {"ajukan": ""},
    "permohonan": {"ajukan": ""},
    "estimasi": {"langkah": "kirim"},
    "pembatalan": {"tindakan": "cancel"},
    "pembatalan-pembayaran": {"langkah": "minta"},
    "produksi": {"tindakan": "finish"},
    "pembicaraan": {"tindakan": "note_contact"},
    "dokumen-cetak-ulang": {"reason": ""},
}
STAGES = ("draf", "permohonan", "estimasi", "konfirmasi", "pesanan", "produksi", "pembayaran", "siap_diambil")


def handed_over_with_photo() -> HandOver:
    order = make_order("siap_diambil")
    as_sent = intent(clerk("pelayanan"), order)
    actions.hand_over(order.pk, as_sent, hand_over_data(order), make_drawing())
    return order.handovers.get()


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker) -> Iterator[SimpleNamespace]:
    """An order at every stage, a paper with a copy, a drawing, everybody; made once."""
    with django_db_blocker.unblock(), transaction.atomic():
        orders = {stage: make_order(stage) for stage in STAGES}
        clerk_of_drafts, paper_drawing = clerk("pelayanan"), check_upload(io.BytesIO(drawing_pdf(pages=2)), "dua.pdf")
        actions.add_drawings(orders["draf"].pk, intent(clerk_of_drafts, orders["draf"]), (paper_drawing,))
        act("phone_link", fresh(orders["draf"]))
        paper = orders["pesanan"].papers.last().document
        Reprint.objects.create(
            document=paper, ordinal=1, made_at=clock.now(), made_by=paper.issued_by, reason="Hilang."
        )
        make_office(emblem=Emblem.objects.create(png=b"PNG", sha256="0" * 64, added_at=clock.now()))
        arguments = {stage: [order.pk] for stage, order in orders.items()} | {
            None: [],
            "paper": [paper.pk],
            "code": [paper.code],
            "handover": [handed_over_with_photo().pk],
            "token": [orders["konfirmasi"].tracking_links.get().token],
            "copy": [paper.pk, 1],
            "section": ["kop"],
            "signatory": [Signatory.objects.first().pk],
            "work order": [orders["pesanan"].papers.get(document__kind="surat_perintah_kerja").document_id],
            "step": [orders["produksi"].steps.first().pk],
            "photo": [act("add_photo", make_order("produksi")).result_photos.get().pk],
            "drawing": [orders["estimasi"].drawings.get().pk],
            "phone": [token_of(orders["draf"].upload_links.get())],
            "pdf page": [orders["draf"].drawings.get(kind="pdf").pk, 2],
            "kept": [keep(clerk("pelayanan"), "/pesanan/baru/", QueryDict("a=1"), UNSENT).pk],
            "customer": [orders["pesanan"].customer_id],
            "decision": [make_order("pembayaran", reduced=True).decisions[0]["id"]],
            "reversal": [make_order("siap_diambil", reversal_asked=True).pk],
            "tariff import": [keep_upload(intent(clerk("pimpinan")), "tarif.xlsx", []).import_id],
            "tariff": [Tariff.objects.get(code="J-09").pk],
        }
        centre = make_work_centre("Bubut")
        arguments |= {
            "work centre": [centre.pk],
            "outage": [out_of_service(centre, clock.today()).pk],
            "job kind": [make_kind("Poros CONTOH").pk],
        }
        slip = make_slip(make_deposit(make_order("siap_diambil")))
        arguments |= {"deposit": [slip.deposit_id], "slip": [slip.pk]}
        arguments["statement"] = [make_statement(line_of(make_transfer())).pk]
        people = {role: clerk(role) for role in ACTORS[2:6]}
        people |= {"nobody": None, "no role": make_user(), "admin": make_user(username="admin", superuser=True)}
        yield SimpleNamespace(arguments=arguments, people=people)
        transaction.set_rollback(True)


@pytest.fixture
def browser_of(site) -> Callable[[str], Client]:
    def browser_of(actor: str) -> Client:
        client = Client()
        user: User | None = site.people[actor]
        if user:
            client.force_login(user)
        return client

    return browser_of


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def written() -> tuple:
    versions = list(Order.objects.order_by("pk").values_list("pk", "version"))
    return versions, AuditEntry.objects.count(), Document.objects.count(), Reprint.objects.count()


def test_every_address_is_in_the_table():
    names = [pattern.name for pattern in patterns(get_resolver())]

    assert sorted(names) == sorted(name for name, *_ in TABLE)


@pytest.mark.real_pdf
@pytest.mark.parametrize(("name", "about", "expected"), [(name, about, get) for name, about, get, _ in TABLE])
def test_who_may_look(site, browser_of, name, about, expected):
    url = reverse(name, args=site.arguments[about])
    before = written()

    answers = {actor: browser_of(actor).get(url) for actor in ACTORS}

    assert {actor: answer.status_code for actor, answer in answers.items()} == dict(zip(ACTORS, expected, strict=True))
    if expected[0] == 302 and name != "keluar":
        assert answers["nobody"].url == f"/masuk/?next={url}"
    assert written() == before, "looking at a page changed something"


@pytest.mark.parametrize(("name", "about", "expected"), [(name, about, post) for name, about, _, post in TABLE])
def test_who_may_send(site, browser_of, name, about, expected):
    url = reverse(name, args=site.arguments[about])
    before = written()

    answers = {actor: browser_of(actor).post(url, LEAST.get(name, {})) for actor in ACTORS}

    assert {actor: answer.status_code for actor, answer in answers.items()} == dict(zip(ACTORS, expected, strict=True))
    assert written() == before, "an empty form changed something"


@pytest.mark.parametrize("url", ["/tidak-ada/", "/pesanan/999999/", "/pelanggan/999999/", f"/dokumen/{'0' * 32}/"])
def test_what_is_not_there_is_404_in_plain_words(browser_of, url):
    answer = browser_of("pelayanan").get(url)

    assert answer.status_code == 404
    assert "tidak" in answer.content.decode()


@pytest.mark.parametrize("actor", ["no role", "bengkel"])
def test_a_refusal_says_why(site, browser_of, actor):
    answer = browser_of(actor).get(reverse("identifikasi", args=site.arguments["permohonan"]))

    assert answer.status_code == 403
    assert "hanya untuk bagian pelayanan" in answer.content.decode()


def test_what_keuangan_asked_for_pimpinan_decides_at_the_same_address(site, browser_of):
    url = reverse("pembatalan-pembayaran", args=site.arguments["reversal"])

    statuses = {actor: browser_of(actor).get(url).status_code for actor in ACTORS}

    # keuangan is led back to the order: it has asked
    assert statuses == dict(zip(ACTORS, (302, 403, 403, 403, 302, 200, 403), strict=True))
    for step in ("setujui", "tolak"):
        sent_back = {actor: browser_of(actor).post(url, {"langkah": step}).status_code for actor in ACTORS}
        assert sent_back == dict(zip(ACTORS, sent(PIMPINAN), strict=True))
