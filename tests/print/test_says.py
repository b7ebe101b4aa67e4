"""A paper says exactly what its payload says."""

from datetime import date

import pytest

from balai import pdf, renderer
from balai.formats import angka, hari_tanggal, rupiah, tanggal_panjang
from balai.money import terbilang
from tests.print.bodies import BODIES, HEAD, TERMS, choices
from tests.print.drawn import assert_says, draw, short
from tests.print.payloads import NUMBERS, OFFICE, payload
from tests.print.reading import A5_LANDSCAPE, page_sizes, pages, text


@pytest.mark.parametrize("kind", NUMBERS)
def test_every_paper_says_what_it_is_and_how_to_check_it(kind):
    assert_says(
        short(kind),
        f"{renderer.TITLES[kind]} {NUMBERS[kind]} | Kode verifikasi S3GX-7PLE",
        "Kode verifikasi S3GX-7PLE",
        "Verifikasi data: pesanan.balai.example/verifikasi/S3GX-7PLE",
        "Kode QR bukan tanda tangan elektronik",
        renderer.SAMPLE_MARK,
        OFFICE["unit"],
        OFFICE["address"],
        f"{OFFICE['city']}, 8 Oktober 2026",
    )


@pytest.mark.parametrize("kind", sorted(set(NUMBERS) - {"surat_pengembalian", "surat_teguran"}))
def test_every_paper_but_the_letter_bears_its_title(kind):
    assert_says(short(kind), f"{renderer.TITLES[kind].upper()} Nomor {NUMBERS[kind]}")


def test_a_real_paper_does_not_call_itself_a_sample():
    assert renderer.SAMPLE_MARK not in text(draw(payload("bukti_pembayaran", sample=False)))


def test_the_application_form_lists_goods_drawings_and_goods_left():
    body = BODIES["formulir_permohonan"]
    assert_says(
        short("formulir_permohonan"),
        "8 Oktober 2026, pukul 09.14 WIB",
        "************0143",
        "0800 0000 0143",
        *(f"{g['name']} {g['size']} {angka(g['quantity'])} {g['unit']} {g['material']}" for g in body["goods"]),
        *(f"{d['name']} {d['kind']} {d['pages']}" for d in body["drawings"]),
        *(f"{g['name']} {angka(g['quantity'])} {g['unit']} {g['condition']}" for g in body["left_goods"]),
        "NIP 00000000 000000 0 001",
    )


def test_the_order_letter_repeats_every_figure_of_the_estimate():
    body = BODIES["surat_pesanan"]
    assert_says(
        short("surat_pesanan"),
        *(
            f"{line['description']} {angka(line['quantity'])} {line['unit']}"
            f" {angka(line['price'])} {angka(line['amount'])}"
            for line in body["lines"]
        ),
        *(f"{g['name']} {g['specification']} {angka(g['quantity'])} {g['unit']}" for g in body["goods"]),
        f"JUMLAH {angka(body['total'])}",
        f"# {terbilang(body['total'])} #",
        hari_tanggal(body["estimate"]["starts_on"]),
        hari_tanggal(body["estimate"]["finish_on"]),
        "8 Oktober 2026, langsung di loket",
        *body["drawings"],
        *TERMS,
        f"{HEAD['title']}, {BODIES['surat_pesanan']['customer']['name']} {HEAD['name']}",
        "NIP 00000000 000000 0 002",
    )


def test_a_changed_order_letter_names_the_paper_it_replaces():
    change = {"ordinal": 1, "replaces_number": "0117/SP/IX/2026", "replaces_date": "2026-09-30"}
    paper = draw(payload("surat_pesanan", {"change": change}))
    assert_says(paper, "Perubahan ke-1 menggantikan Nomor 0117/SP/IX/2026 tanggal 30 September 2026")
    assert "Perubahan ke-" not in text(short("surat_pesanan"))


def test_the_receipt_says_the_amount_in_figures_and_in_words():
    body = BODIES["bukti_pembayaran"]
    assert_says(
        short("bukti_pembayaran"),
        rupiah(body["amount"]),
        f"# {terbilang(body['amount'])} #",
        *(f"{line['account_code']} {line['description']} {angka(line['amount'])}" for line in body["lines"]),
        f"JUMLAH {angka(body['amount'])}",
        f"Surat Pesanan Nomor {body['order_letter_number']} tanggal {tanggal_panjang(body['order_letter_date'])}",
        "×QRIS",
        "Referensi :CONTOH-000143",
    )


def test_a_cash_receipt_says_what_was_received_and_given_back():
    cash = {
        "method": choices("Tunai|QRIS|Transfer bank", "Tunai"),
        "reference": "",
        "received": 2_300_000,
        "change_given": 43_000,
    }
    assert_says(draw(payload("bukti_pembayaran", cash)), "×Tunai", "Rp2.300.000, kembali Rp43.000")


def test_the_delivery_note_says_what_was_ordered_what_goes_and_what_remains():
    assert_says(
        short("surat_jalan"),
        "Dipesan Diserahkan Sisa",
        "Braket siku rangka meja buah 24 24 0",
        "batang 8 5 3",
        "0109/TBP/X/2026, lunas",
        "×Wakil pemesan",
        BODIES["surat_jalan"]["note"],
    )


def test_the_letter_of_return_says_why_and_what_goes_back():
    body = BODIES["surat_pengembalian"]
    assert_says(
        short("surat_pengembalian"),
        "Nomor :0031/SPG/X/2026",
        "permohonan Saudara Nomor 0143/X/2026 tanggal 5 Oktober 2026 tentang braket siku",
        *(f"{place}. {reason}" for place, reason in enumerate(body["reasons"], 1)),
        "120 lembar kering, utuh",
        "1 buah tidak dikembalikan: patah saat diuji",
        HEAD["name"],
    )


def test_the_letter_of_return_names_the_offer_that_was_not_agreed_to():
    assert_says(
        short("surat_pengembalian"),
        "Lembar Estimasi Nomor 0121/EST/X/2026 tanggal 7 Oktober 2026 yang tidak disepakati",
    )
    bare = draw(payload("surat_pengembalian", {"estimate_number": "", "estimate_date": "", "left_goods": []}))
    assert "Lembar Estimasi" not in text(bare)
    assert_says(bare, "Tidak ada barang yang dititipkan.")


def test_the_reminder_says_what_is_owed_since_when_and_which_one_it_is():
    body = BODIES["surat_teguran"]
    assert_says(
        short("surat_teguran"),
        "Nomor :0012/STG/X/2026",
        "Teguran ke-2, Pembayaran Retribusi",
        f"Surat Pesanan Nomor {body['order_letter_number']} tanggal 10 Agustus 2026",
        "Selesai dikerjakan Jatuh tempo Lewat jatuh tempo Tagihan",
        f"24 Agustus 2026 23 September 2026 15 hari {rupiah(body['amount'])}",
        f"# {terbilang(body['amount'])} #",
        "menyusul Surat Teguran Nomor 0009/STG/IX/2026 tanggal 30 September 2026",
        HEAD["name"],
    )
    first = draw(payload("surat_teguran", {"ordinal": 1, "previous_number": "", "previous_date": ""}))
    assert "menyusul" not in text(first)


def test_the_estimate_says_cost_time_and_until_when_and_asks_for_an_answer():
    body = BODIES["lembar_estimasi"]
    assert_says(
        short("lembar_estimasi"),
        *(f"{line['description']} {angka(line['quantity'])} {line['unit']}" for line in body["lines"]),
        f"JUMLAH {angka(body['total'])}",
        f"# {terbilang(body['total'])} #",
        "Berlaku sampai :21 Oktober 2026",
        "0143/X/2026, versi 2",
        "Senin, 12 Oktober 2026 Lama pengerjaan :9 hari kerja",
        "Kamis, 22 Oktober 2026",
        f"Dasar tarif: {body['legal_bases'][0]}.",
        body["note"],
        "SEPAKAT dengan biaya dan waktu di atas. TIDAK SEPAKAT",
        "Penyusun Estimasi, Siti Rahmawati Kusumaningrum Dimas Anggoro Saputro, S.T.",
    )
    assert "perubahan" not in text(short("lembar_estimasi"))


def test_an_offered_change_names_the_letter_it_would_change_and_why():
    change = {"change_of": "0118/SP/X/2026", "change_reason": "Ukuran papan berubah."}
    paper = draw(payload("lembar_estimasi", change))
    assert_says(paper, "Usulan perubahan Surat Pesanan Nomor 0118/SP/X/2026", "Alasan perubahan :Ukuran papan berubah.")


def test_the_work_order_says_what_to_make_and_no_price():
    body = BODIES["surat_perintah_kerja"]
    paper = short("surat_perintah_kerja")
    assert_says(
        paper,
        "0118/SP/X/2026, 8 Oktober 2026",
        "Pemesan :Mebel Jati Lestari Contoh",
        hari_tanggal(body["finish_on"]),
        *body["drawings"],
        *(f"{step['name']} {angka(step['planned'])} {step['unit']}" for step in body["steps"]),
        *(f"{each['name']} {angka(each['quantity'])} {each['unit']} {each['source']}" for each in body["materials"]),
        "Pemeriksa Mutu, Diterima tgl.",
    )
    assert not {"Rp", angka(45_000)} & set(text(paper).split())


def test_a_work_order_without_material_or_drawing_says_so():
    bare = {"materials": [], "drawings": [], "change": {"ordinal": 2, "replaces_number": "0117/SPK/X/2026"}}
    bare["change"]["replaces_date"] = "2026-10-01"
    paper = draw(payload("surat_perintah_kerja", bare))
    assert_says(paper, "Gambar kerja :Tidak ada", "B. Langkah kerja", "C. Pemeriksaan hasil")
    assert_says(paper, "Perubahan ke-2 menggantikan Nomor 0117/SPK/X/2026 tanggal 1 Oktober 2026")


# Markings


def test_a_voided_paper_says_so_and_stays_readable():
    void = pdf.Void(
        by="Ratna Dewi, S.E.", on=date(2026, 10, 23), reason="salah cara bayar.", replaced_by="0110/TBP/X/2026"
    )
    paper = draw(payload("bukti_pembayaran"), void)
    assert_says(
        paper,
        "BATAL Dibatalkan 23 Oktober 2026 oleh Ratna Dewi, S.E. Alasan: salah cara bayar.",
        "Pengganti: Nomor 0110/TBP/X/2026.",
        rupiah(2_257_000),
    )
    assert len(pages(paper)) == 1
    assert page_sizes(paper) == {A5_LANDSCAPE}


def test_a_copy_says_so():
    paper = draw(payload("surat_jalan"), pdf.Copy(2, date(2026, 10, 26), "Ratna Dewi"))
    assert_says(paper, "SALINAN Cetak ulang ke-2, 26 Oktober 2026 oleh Ratna Dewi. Isi sama dengan lembar asli.")
    assert_says(paper, "SALINAN | DATA CONTOH")
