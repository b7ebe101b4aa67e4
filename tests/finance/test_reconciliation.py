"""Rekonsiliasi: a bank's file beside the ledger; nothing is written before it is confirmed, and then once."""

import json
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Sum

from balai import clock
from balai.changes import Refused
from balai.models import AuditEntry
from balai.roles import Role
from finance import statements
from finance.models import BankFormat, ReconciledPayment, Reconciliation, Statement, StatementLine
from finance.reconciling import SENTENCES, Confirmation, confirm, not_in_bank, sentence
from finance.statementcolumns import Columns
from finance.statements import Intent, advance, choose_columns, discard, progress
from tests import sheet_files
from tests.factories import clerk, fresh, take_back
from tests.pages import typed_in
from tests.reconciled import (
    BANK,
    COLUMNS,
    bring,
    csv_of,
    line_of,
    make_reconciliation,
    make_statement,
    make_transfer,
    matched,
    treasurer,
    verdicts,
)

pytestmark = pytest.mark.django_db


def test_a_file_is_matched_and_nothing_is_written_before_it_is_confirmed(office):
    named, other_day, wrong, by_amount, missing = (make_transfer(f"QR-{n:06}") for n in range(5))
    statement = make_statement(
        line_of(named),
        line_of(other_day, day=clock.today() - timedelta(days=9)),
        line_of(wrong, amount=1_000),
        line_of(by_amount, reference="BANK-77"),
        line_of(named),
        "22/11/2026;BANK-78;TANPA BUKU;5.000",
        ";;Saldo akhir;9.000.000",
        "22/11/2026;BANK-79;BIAYA ADMIN;-2.500",
    )

    # The one of its amount alone could be two payments.
    assert verdicts(statement) == {
        2: "cocok",
        3: "beda",
        4: "beda",
        5: "bank",
        6: "ganda",
        7: "bank",
        8: "lewat",
        9: "keluar",
    }
    assert set(not_in_bank(statement)) == {by_amount, missing}
    assert not ReconciledPayment.objects.exists()


def test_an_amount_is_enough_where_one_payment_can_be_meant(office):
    payment = make_transfer()
    statement = make_statement(line_of(payment, reference="BANK-77"))

    made = make_reconciliation(statement)

    assert (made.count, made.items.get().payment, made.items.get().reference) == (1, payment, "BANK-77")


def test_what_is_confirmed_stands_there_once_and_for_all(office):
    first, second = make_transfer(), make_transfer()
    statement = make_statement(line_of(first), line_of(second, day=clock.today() - timedelta(days=9)))

    made = make_reconciliation(statement)

    assert (made.count, made.amount, made.bank) == (1, 620_000, BANK)
    assert (made.sha256, made.file_name) == (statement.sha256, "rekening.csv")
    assert made.items.get().payment == first
    assert verdicts(matched(statement)) == {2: "tercatat", 3: "beda"}
    again = make_reconciliation(matched(statement), with_other_days=True)
    assert again.items.get().payment == second
    with pytest.raises(IntegrityError), transaction.atomic():
        ReconciledPayment.objects.create(
            reconciliation=again,
            payment=first,
            line=statement.lines.last(),
            number=9,
            day=clock.today(),
            amount=620_000,
        )


def test_an_amount_that_differs_is_never_confirmed(office):
    statement = make_statement(line_of(make_transfer(), amount=1_000))

    with pytest.raises(Refused, match="Tidak ada baris yang cocok"):
        make_reconciliation(statement, with_other_days=True)


def test_what_did_not_match_waits_for_its_payment(office):
    statement = make_statement(line_of(make_transfer()), f"{clock.today():%d/%m/%Y};QR-999999;QRIS;620.000")
    make_reconciliation(statement)
    late = make_transfer("QR-999999")

    assert verdicts(matched(statement)) == {2: "tercatat", 3: "cocok"}
    assert make_reconciliation(matched(statement)).items.get().payment == late


def test_a_payment_is_not_reconciled_from_a_second_file(office):
    payment = make_transfer()
    make_reconciliation(make_statement(line_of(payment)))

    second = make_statement(line_of(payment))

    assert verdicts(second) == {2: "ganda"}
    assert second.lines.get(number=2).why == "Pembayarannya sudah direkonsiliasi"


def test_what_changed_since_the_page_was_made_is_told(office):
    payment = make_transfer()
    statement = make_statement(line_of(payment))
    take_back(fresh(payment.order))

    with pytest.raises(Refused, match="Pembayaran berubah"):
        make_reconciliation(statement)
    assert verdicts(matched(statement)) == {2: "bank"}


def test_the_payment_itself_tells_that_the_bank_has_it(office, as_keuangan):
    payment = make_transfer()
    url = f"/pesanan/{payment.order_id}/pembatalan-pembayaran/"
    before = as_keuangan.get(url).content.decode()

    make_reconciliation(make_statement(line_of(payment)))

    assert f"Cocok dengan {BANK}" in as_keuangan.get(url).content.decode()
    assert BANK not in before


def test_the_first_list_that_has_rows_is_shown(office, as_keuangan):
    statement = make_statement(line_of(make_transfer()))
    assert '<h2 id="daftar">Cocok</h2>' in as_keuangan.get(f"/rekonsiliasi/{statement.pk}/").content.decode()
    make_reconciliation(statement)

    assert '<h2 id="daftar">Ada di bank' in as_keuangan.get(f"/rekonsiliasi/{statement.pk}/").content.decode()
    asked = as_keuangan.get(f"/rekonsiliasi/{statement.pk}/?daftar=ganda").content.decode()
    assert '<h2 id="daftar">Ganda</h2>' in asked


def test_a_form_sent_twice_confirms_once(office):
    statement = make_statement(line_of(make_transfer()))
    key, data = uuid.uuid4(), Confirmation(statement.pk, statement.seen, with_other_days=False)

    first, second = (confirm(clerk(Role.KEUANGAN), key, data) for _ in range(2))

    assert first == second
    assert Reconciliation.objects.count() == 1


def test_the_same_file_twice_is_told(office):
    content = csv_of(line_of(make_transfer()))
    bring(content, "satu.csv")

    with pytest.raises(Refused, match=r"sudah diunggah \(satu.csv, .* oleh Dewi Contohsari\)"):
        bring(content, "dua.csv")
    assert Statement.objects.count() == 1


def test_the_choice_of_columns_is_kept_for_the_next_file_of_the_bank(office):
    make_statement(line_of(make_transfer()))

    kept = BankFormat.objects.get()
    assert (kept.name, kept.heads) == (BANK, ["Tanggal", "Referensi", "Keterangan", "Kredit"])
    next_file = bring(csv_of("22/11/2026;A1;B;1"))
    assert statements.known_format(statements.first_rows(next_file)) == kept
    other = bring(b"Tgl;Ref;Nominal\n22/11/2026;A;1\n")
    assert statements.known_format(statements.first_rows(other)) is None


def test_columns_by_which_nothing_can_be_read_are_refused(office):
    statement = bring(csv_of("22/11/2026;QR-1;QRIS;1.000"))

    with pytest.raises(Refused, match=r"Tidak ada baris yang terbaca\. Baris pertama: Bukan tanggal"):
        choose_columns(treasurer(), statement.pk, Columns(day=1, amount=3), BANK)
    with pytest.raises(Refused, match="tidak ada baris"):
        choose_columns(treasurer(), statement.pk, Columns(day=0, amount=3, head_row=2), BANK)
    assert not BankFormat.objects.exists()


def test_columns_may_be_chosen_anew_until_something_is_confirmed(office):
    payment = make_transfer()
    statement = make_statement(line_of(payment, text="", amount="620.000,00"))
    wrong = Columns(day=0, amount=3, reference=2, description=1, amount_format="polos")
    with pytest.raises(Refused, match="terbaca"):
        choose_columns(treasurer(), bring(csv_of(line_of(payment, amount="620.000,00"))).pk, wrong, BANK)

    statement = matched(choose_columns(treasurer(), statement.pk, COLUMNS, "Bank lain"))

    assert verdicts(statement) == {2: "cocok"}
    make_reconciliation(statement)
    for change in (
        lambda: choose_columns(treasurer(), statement.pk, COLUMNS, BANK),
        lambda: discard(treasurer(), statement.pk),
    ):
        with pytest.raises(Refused, match="sudah dikonfirmasi"):
            change()


def test_a_file_brought_by_mistake_goes_without_a_trace_in_the_books(office):
    statement = make_statement(line_of(make_transfer()))

    assert discard(treasurer(), statement.pk) == "rekening.csv"
    assert not StatementLine.objects.exists()
    assert AuditEntry.objects.filter(verb="discard_statement").exists()
    with pytest.raises(Refused, match="sudah dihapus"):
        discard(treasurer(), statement.pk)


def test_a_file_taken_back_in_another_page_is_told(office, as_keuangan, monkeypatch):
    statement = bring(csv_of(line_of(make_transfer())))
    statement = choose_columns(treasurer(), statement.pk, COLUMNS, BANK)
    monkeypatch.setattr(statements, "match_lines", lambda found: discard(treasurer(), found.pk))

    assert as_keuangan.get(f"/rekonsiliasi/{statement.pk}/").status_code == 404
    with pytest.raises(Refused, match="sudah dihapus"):
        make_reconciliation(statement)


def test_everything_is_told_in_plain_words(office):
    payment = make_transfer()
    made = make_reconciliation(make_statement(line_of(payment)))
    discard(treasurer(), bring(csv_of("22/11/2026;A;B;1"), "lain.csv").pk)

    entries = AuditEntry.objects.filter(verb__in=SENTENCES).order_by("id")
    assert {entry.verb for entry in entries} == set(SENTENCES)
    told = {entry.verb: sentence(entry) for entry in entries}
    assert told["reconcile"] == f"1 pembayaran cocok dengan {BANK}, Rp620.000"
    assert told["discard_statement"] == "Berkas lain.csv dihapus sebelum dikonfirmasi"
    assert AuditEntry.objects.get(verb="reconcile").subject_id == str(made.pk)


@pytest.mark.parametrize("role", [Role.PELAYANAN, Role.BENGKEL, Role.PIMPINAN])
def test_only_keuangan_reconciles(office, role):
    statement, as_sent = make_statement(line_of(make_transfer())), Intent(clerk(role), uuid.uuid4())

    for forbidden in (
        lambda: confirm(clerk(role), uuid.uuid4(), Confirmation(statement.pk, statement.seen, with_other_days=False)),
        lambda: choose_columns(as_sent, statement.pk, COLUMNS, BANK),
        lambda: discard(as_sent, statement.pk),
    ):
        with pytest.raises(PermissionDenied):
            forbidden()


def test_a_large_file_is_worked_on_in_pieces_and_goes_on_where_it_stopped(office, monkeypatch):
    monkeypatch.setattr(statements, "PART", 10)
    monkeypatch.setattr(statements, "SECONDS", 0.0001)
    payment = make_transfer()
    rows = [f"22/11/2026;LAIN{n};QRIS;{n + 1}" for n in range(40)]
    statement = bring(csv_of(*rows, line_of(payment)))
    statement = choose_columns(treasurer(), statement.pk, COLUMNS, BANK)
    seen = []
    while (percent := progress(statement)) is not None:
        seen.append(percent)
        advance(statement)  # its answer is lost: the browser was closed
        statement = Statement.objects.get(pk=statement.pk)

    assert seen == sorted(set(seen))
    assert len(seen) == 6
    assert statement.lines.count() == 41
    assert statement.lines.get(verdict="cocok").payment == payment


def test_two_pages_that_work_on_one_file_do_it_once(office):
    statement = bring(csv_of(line_of(make_transfer())))
    statement = choose_columns(treasurer(), statement.pk, COLUMNS, BANK)

    assert advance(statement).seen == advance(statement).seen != ""
    assert statement.lines.count() == 1


def test_numbers_and_dates_of_a_workbook_are_read_as_they_are(office):
    payment = make_transfer("000123")
    rows = [("Tanggal", "Ref", "Jumlah"), (payment.settled_on, 123, 620_000), (payment.settled_on, 7, 0.5)]
    statement = bring(sheet_files.xlsx(rows), "rekening.xlsx")
    columns = Columns(day=0, reference=1, amount=2)

    statement = matched(choose_columns(treasurer(), statement.pk, columns, BANK))

    assert verdicts(statement) == {2: "cocok", 3: "lewat"}
    assert statement.lines.get(number=3).why == "Jumlah memuat sen: “0.5”"


def send(browser, url: str, page, **typed):
    return browser.post(url, typed_in(page) | typed)


def test_the_whole_way_on_screen(office, as_keuangan):
    payment = make_transfer()
    content = csv_of(line_of(payment), line_of(make_transfer(), amount=5), "x;y;Saldo;1")
    page = as_keuangan.get("/rekonsiliasi/")
    file = SimpleUploadedFile("rekening.csv", content)

    page = as_keuangan.post("/rekonsiliasi/", typed_in(page) | {"berkas": file}, follow=True)
    (url, _), *_ = page.redirect_chain
    assert url.endswith("/kolom/")
    form = typed_in(page) | {"methods": ["qris", "va"], "bank": "Bank Contoh"}
    assert (form["day"], form["reference"], form["description"], form["amount"]) == ("0", "1", "2", "3")
    assert "Rp620.000" in page.content.decode()

    refused = as_keuangan.post(url, form | {"bank": "", "langkah": "simpan"})
    assert (refused.status_code, typed_in(refused)["amount"]) == (422, "3")
    shown = as_keuangan.post(url, form | {"amount_format": "koma", "langkah": "lihat"})
    assert shown.status_code == 200
    assert "tidak terbaca" in shown.content.decode()

    page = as_keuangan.post(url, form | {"langkah": "simpan"}, follow=True)
    statement = Statement.objects.get()
    assert page.redirect_chain == [(f"/rekonsiliasi/{statement.pk}/", 302)]
    for name, told in (("cocok", payment.receipt.printed_number), ("beda", "Jumlah beda"), ("lewat", "Bukan")):
        assert told in as_keuangan.get(f"/rekonsiliasi/{statement.pk}/?daftar={name}").content.decode()

    check = send(as_keuangan, f"/rekonsiliasi/{statement.pk}/", page, langkah="periksa")
    assert "enam ratus dua puluh ribu rupiah" in check.content.decode()
    assert not Reconciliation.objects.exists()
    done = as_keuangan.post(f"/rekonsiliasi/{statement.pk}/", typed_in(check) | {"langkah": "konfirmasi"}, follow=True)
    assert "1 pembayaran tercatat cocok dengan Bank Contoh" in done.content.decode()
    assert Reconciliation.objects.get().amount == 620_000
    assert as_keuangan.get(url).status_code == 302
    assert "Dikonfirmasi" in as_keuangan.get("/rekonsiliasi/").content.decode()


def test_a_page_made_before_a_payment_was_reversed_is_refused_and_shows_what_is_true_now(office, as_keuangan):
    payment = make_transfer()
    statement = make_statement(line_of(payment))
    url = f"/rekonsiliasi/{statement.pk}/"
    page = as_keuangan.get(url)
    take_back(fresh(payment.order))

    answer = send(as_keuangan, url, page, langkah="konfirmasi")

    assert answer.status_code == 409
    assert "Pembayaran berubah" in answer.content.decode()
    assert "Tidak ada yang perlu dikonfirmasi" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "kosong.csv", "kosong"),
        (b"Nama;Jumlah\nCaf\xe9\x81;1\n", "huruf.csv", "huruf di berkas ini tidak bisa dibaca"),
        (b"%PDF-1.7", "rekening.pdf", "bukan tabel"),
        (b"Tanggal;Jumlah\n", "judul.csv", "hanya berisi satu baris"),
        (b"Tanggal;Jumlah\n" + b"1/1/2026;1\n" * 100_001, "besar.csv", "lebih dari 100.000 baris"),
    ],
)
def test_what_is_no_statement_is_refused_in_plain_words(office, as_keuangan, content, name, told):
    page = as_keuangan.get("/rekonsiliasi/")

    answer = as_keuangan.post("/rekonsiliasi/", typed_in(page) | {"berkas": SimpleUploadedFile(name, content)})

    assert answer.status_code == 422
    assert f"{name}: " in answer.content.decode()
    assert told in answer.content.decode()
    assert not Statement.objects.exists()


def test_a_file_of_other_columns_says_what_is_missing(office, as_keuangan):
    statement = bring(b"Nama;Alamat\nSiti;Desa\n")
    page = as_keuangan.get(f"/rekonsiliasi/{statement.pk}/kolom/")

    answer = send(as_keuangan, f"/rekonsiliasi/{statement.pk}/kolom/", page, langkah="simpan", bank="Bank")

    assert answer.status_code == 422
    assert "Pilih" in answer.content.decode()
    same = {"day": "0", "amount": "0", "reference": "1", "bank": "Bank"}
    answer = send(as_keuangan, f"/rekonsiliasi/{statement.pk}/kolom/", page, langkah="simpan", **same)
    assert "Satu kolom hanya dapat dipakai sekali" in answer.content.decode()


def test_pimpinan_reads_what_keuangan_has_matched(office, as_pimpinan):
    statement = bring(csv_of(line_of(make_transfer())))
    statement = choose_columns(treasurer(), statement.pk, COLUMNS, BANK)
    url = f"/rekonsiliasi/{statement.pk}/"

    assert "masih dikerjakan bagian keuangan" in as_pimpinan.get(url).content.decode()
    assert not statement.lines.exists()
    advance(statement)
    page = as_pimpinan.get(url).content.decode()
    assert "Hasil pencocokan" in page
    assert "Periksa rekonsiliasi" not in page
    assert as_pimpinan.post(url, {"langkah": "hapus"}).status_code == 403


def test_a_file_that_takes_long_shows_how_far_it_is(office, as_keuangan, monkeypatch):
    monkeypatch.setattr(statements, "SECONDS", -1)
    statement = bring(csv_of(line_of(make_transfer())))
    choose_columns(treasurer(), statement.pk, COLUMNS, BANK)
    url = f"/rekonsiliasi/{statement.pk}/"

    page = as_keuangan.get(url).content.decode()

    assert "Selesai 0 persen" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    monkeypatch.setattr(statements, "SECONDS", 1)
    assert as_keuangan.get(url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_pages_cost_the_same_queries_with_many_rows(office, as_keuangan, count_queries):
    def costs() -> list[int]:
        statement = Statement.objects.latest("id")
        urls = [f"/rekonsiliasi/{statement.pk}/?daftar={name}" for name in ("cocok", "beda", "bank", "buku")]
        return [count_queries(as_keuangan, url) for url in ("/rekonsiliasi/", *urls)]

    make_statement(line_of(make_transfer()), line_of(make_transfer(), amount=1), "22/11/2026;A1;x;7")
    make_transfer()
    few = costs()
    for _ in range(3):
        make_transfer()
    many = [line_of(make_transfer()) for _ in range(3)] + [line_of(make_transfer(), amount=n + 1) for n in range(3)]
    make_statement(*many, *[f"22/11/2026;B{n};x;{n + 9}" for n in range(200)])

    assert costs() == few
    assert max(few) <= 22


def test_the_whole_file_adds_up(office):
    statement = make_statement(line_of(make_transfer()), *[f"22/11/2026;B{n};x;{n + 9}" for n in range(30)])

    total = statement.lines.aggregate(total=Sum("amount"))["total"]

    assert total == 620_000 + sum(range(9, 39)) + 1
    assert json.loads(json.dumps(statement.columns)) == COLUMNS.as_json | {"methods": list(COLUMNS.methods)}
