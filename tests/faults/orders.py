"""Faults in orders, their trails, estimates and goods."""

from decimal import Decimal

from balai.kinds import Kind
from balai.models import AuditEntry, Document
from orders.models import Drawing, Estimate, HandOverLine, Order, OrderPaper, OrderWord
from orders.stages import ORDERED, Stage
from tests.faults.planting import Books, Words, change, double, entry, erase, forge, paper, void_in_secret


def illegal_stage(books: Books) -> Words:
    change(books.working, stage=Stage.PEMBAYARAN)
    return "orders_order", f"{books.working}", "tahap pembayaran, catatan terakhir di tahap produksi"


def moment_that_was_not_reached(books: Books) -> Words:
    change(books.working, closed_at=books.working.agreed_at)
    return "orders_order", f"{books.working}", "closed_at"


def missing_audit_row(books: Books) -> Words:
    trail = AuditEntry.objects.filter(subject_kind="order", subject_id=str(books.done.pk)).order_by("id")
    erase(trail.filter(pk=trail[3].pk))
    return "balai_auditentry", f"{books.done}", "catatan versi 4 hilang"


def missing_last_audit_row(books: Books) -> Words:
    trail = AuditEntry.objects.filter(subject_kind="order", subject_id=str(books.done.pk))
    erase(trail.filter(pk=trail.latest("id").pk))
    return "orders_order", f"{books.done}", f"catatan terakhir versi {books.done.version - 1}"


def step_of_another_role(books: Books) -> Words:
    change(entry(books.done, "settle"), role="bengkel")
    return "balai_auditentry", f"{books.done}", "settle oleh bagian bengkel"


def step_that_is_not_declared(books: Books) -> Words:
    change(entry(books.done, "settle"), verb="finish")
    return "balai_auditentry", f"{books.done}", "finish dari tahap pembayaran ke siap_diambil"


def unknown_verb(books: Books) -> Words:
    change(entry(books.done, "settle"), verb="sulap")
    return "balai_auditentry", f"{books.done}", "sulap tidak dikenal"


def step_from_elsewhere(books: Books) -> Words:
    step = entry(books.done, "settle")
    change(step, before=step.before | {"stage": Stage.PRODUKSI})
    return "balai_auditentry", f"{books.done}", "mulai dari tahap lain daripada pembayaran"


def vanished_order(books: Books) -> Words:
    order = books.draft
    for rows in (order.items, order.left_goods, order.drawings, order.words):
        rows.all()._raw_delete("default")
    erase(Order.objects.filter(pk=order.pk))
    return "orders_order", f"{order.pk}", "pesanan hilang"


def changed_order_number(books: Books) -> Words:
    change(books.done, number="0001/PALSU/2026")
    return "orders_order", "0001/PALSU/2026", "bukan nomor formulir"


def draft_with_a_paper(books: Books) -> Words:
    tie = OrderPaper.objects.get(document=paper(books.done, Kind.DELIVERY_NOTE))
    change(tie, order=books.draft)
    return "orders_order", f"{books.draft}", "masih draf"


def paper_without_order(books: Books) -> Words:
    document = paper(books.done, Kind.APPLICATION_FORM)
    erase(OrderPaper.objects.filter(document=document))
    return "balai_document", document.printed_number, "tanpa pesanan"


def surat_pesanan_void_in_secret(books: Books) -> Words:
    void_in_secret(paper(books.working, Kind.ORDER_LETTER))
    return "orders_order", f"{books.working}", "0 surat pesanan berlaku"


def second_surat_pesanan_in_force(books: Books) -> Words:
    double(paper(books.working, Kind.ORDER_LETTER), books.working)
    return "orders_order", f"{books.working}", "2 surat pesanan berlaku"


def surat_pesanan_before_agreement(books: Books) -> Words:
    void_in_secret(double(paper(books.working, Kind.ORDER_LETTER), books.draft))
    return "orders_order", f"{books.draft}", "1 surat pesanan terbit"


def surat_pesanan_that_replaces_anothers(books: Books) -> Words:
    letter = paper(books.working, Kind.ORDER_LETTER)
    change(letter, replaces=paper(books.done, Kind.ORDER_LETTER))
    return "balai_document", letter.printed_number, "milik pesanan lain"


def surat_pesanan_for_another_application(books: Books) -> Words:
    letter = paper(books.working, Kind.ORDER_LETTER)
    forge(letter, lambda body: body.update(application_number=books.done.number))
    return "balai_document", letter.printed_number, f"nomor permohonan lain daripada {books.working}"


def offer_of_another_amount(books: Books) -> Words:
    sheet = paper(books.done, Kind.ESTIMATE_SHEET)
    forge(sheet, lambda body: body.update(total=1))
    return "balai_document", sheet.printed_number, "tidak sesuai dengan estimasi versi"


def offer_without_its_sheet(books: Books) -> Words:
    sheet = paper(books.done, Kind.ESTIMATE_SHEET)
    change(OrderPaper.objects.get(document=sheet), order=books.draft)
    return "orders_order", f"{books.done}", "tanpa lembar estimasi"


def second_sheet_of_one_offer(books: Books) -> Words:
    sheet = double(paper(books.done, Kind.ESTIMATE_SHEET), books.done)
    return "balai_document", sheet.printed_number, "tidak sesuai dengan estimasi versi"


def surat_pengembalian_of_a_running_order(books: Books) -> Words:
    double(Document.objects.filter(kind=Kind.RETURN_LETTER).first(), books.working)
    return "orders_order", f"{books.working}", "1 surat pengembalian"


def surat_perintah_kerja_void_in_secret(books: Books) -> Words:
    work = paper(books.working, Kind.WORK_ORDER)
    void_in_secret(work)
    return "balai_document", work.printed_number, "tidak BATAL bersama"


def surat_perintah_kerja_of_another_order(books: Books) -> Words:
    work = paper(books.working, Kind.WORK_ORDER)
    forge(work, lambda body: body.update(order_letter_number=paper(books.done, Kind.ORDER_LETTER).printed_number))
    return "balai_document", work.printed_number, f"tidak menyebut surat pesanan dari {books.working}"


def surat_pesanan_without_surat_perintah_kerja(books: Books) -> Words:
    change(OrderPaper.objects.get(document=paper(books.working, Kind.WORK_ORDER)), order=books.done)
    letter = paper(books.working, Kind.ORDER_LETTER)
    return "balai_document", letter.printed_number, "tanpa surat perintah kerja"


def change_that_was_answered(books: Books) -> Words:
    change(books.changing.change, status=Estimate.Status.REFUSED)
    return "orders_order", f"{books.changing}", "perubahan yang ditunggu"


def estimate_of_another_order(books: Books) -> Words:
    change(books.working, estimate=books.done.estimate)
    return "orders_order", f"{books.working}", "estimasi milik pesanan lain"


def estimate_never_agreed(books: Books) -> Words:
    change(books.working.estimate, status=Estimate.Status.REFUSED)
    return "orders_order", f"{books.working}", "tanpa estimasi yang disepakati"


def wrong_line_amount(books: Books) -> Words:
    line = books.done.estimate.lines.filter(amount__gt=0).first()
    change(line, amount=line.amount + 1)
    return "orders_estimateline", f"{books.done}", f"jumlah {line.amount + 1}, seharusnya {line.amount}"


def wrong_estimate_total(books: Books) -> Words:
    estimate = books.done.estimate
    change(estimate, total=estimate.total + 1)
    return "orders_estimate ", f"{books.done}", f"total {estimate.total + 1}"


def skipped_estimate_version(books: Books) -> Words:
    change(books.done.estimate, version=7)
    return "orders_order", f"{books.done}", "versi estimasi"


def request_without_goods(books: Books) -> Words:
    erase(HandOverLine.objects.filter(handover__order=books.done))
    erase(books.done.items.all())
    return "orders_order", f"{books.done}", "tidak memiliki barang"


def request_without_drawing_or_reason(books: Books) -> Words:
    order = Order.objects.exclude(stage=Stage.DRAF).exclude(no_drawing_reason="").first()
    change(order, no_drawing_reason="")
    return "orders_order", f"{order}", "tidak memiliki gambar"


def over_delivered_item(books: Books) -> Words:
    line = HandOverLine.objects.filter(handover__order=books.done).first()
    change(line, quantity=line.quantity + Decimal(1))
    return "orders_handoverline", f"{books.done}", f"diserahkan {line.quantity + 1}"


def goods_gone_before_payment(books: Books) -> Words:
    change(books.done.handovers.first(), order=books.working)
    return "orders_order", f"{books.working}", "barang diserahkan pada tahap produksi"


def done_with_goods_left_behind(books: Books) -> Words:
    line = HandOverLine.objects.filter(handover__order=books.done).first()
    change(line, quantity=Decimal("0.5"))
    return "orders_handoverline", f"{books.done}", "baru diserahkan 0.500"


def quantity_not_on_the_surat_jalan(books: Books) -> Words:
    note = paper(books.done, Kind.DELIVERY_NOTE)
    forge(note, lambda body: body["lines"][0].update(quantity="77"))
    return "balai_document", note.printed_number, "jumlah barang berbeda"


def goods_of_another_order(books: Books) -> Words:
    line = HandOverLine.objects.filter(handover__order=books.done).first()
    change(line, item=books.other.items.first())
    return "orders_handoverline", f"{books.done}", "barang milik pesanan lain"


def hand_over_without_surat_jalan(books: Books) -> Words:
    change(books.done.handovers.first(), paper=None)
    return "orders_handover ", f"{books.done}", "tanpa surat jalan"


def surat_jalan_without_hand_over(books: Books) -> Words:
    copy = double(paper(books.done, Kind.DELIVERY_NOTE), books.done)
    return "balai_document", copy.printed_number, "tanpa serah terima"


def hand_over_against_another_receipt(books: Books) -> Words:
    number = paper(books.other, Kind.RECEIPT).printed_number
    change(books.done.handovers.first(), receipt_number=number)
    return "orders_handover ", f"{books.done}", number


def stolen_drawing(books: Books) -> Words:
    change(books.drawing, file="aa/bb/tidak-ada.png")
    return "orders_drawing", f"{books.drawing.pk}", "hilang"


def stolen_thumbnail(books: Books) -> Words:
    change(books.drawing, thumbnail="aa/bb/tidak-ada.jpg")
    return "orders_drawing", f"{books.drawing.pk}", "gambar kecil"


def exchanged_drawing(books: Books) -> Words:
    other = Drawing.objects.exclude(sha256=books.drawing.sha256).first()
    change(books.drawing, file=other.file.name)
    return "orders_drawing", f"{books.drawing.pk}", "berubah"


def left_goods_forgotten(books: Books) -> Words:
    order = Order.objects.filter(stage=Stage.SELESAI, left_goods__isnull=False).first()
    change(order.left_goods.first(), accounted_at=None, given_back=False, became="")
    return "orders_leftgoods", f"{order} titipan 1", "belum jelas"


def left_goods_gone_too_soon(books: Books) -> Words:
    order = Order.objects.filter(stage__in=ORDERED, handovers=None, left_goods__isnull=False).first()
    change(order.left_goods.first(), accounted_at=order.agreed_at, given_back=True)
    return "orders_leftgoods", f"{order} titipan 1", "sudah dikembalikan"


def customer_who_is_not_found(books: Books) -> Words:
    change(books.done.customer, search_key=" palsu")
    return "orders_customer", f"{books.done.customer_id}", "kunci pencarian"


def order_that_cannot_be_found(books: Books) -> Words:
    erase(OrderWord.objects.filter(order=books.done))
    return "orders_orderword", f"{books.done}", "kurang"


def order_found_by_what_it_does_not_say(books: Books) -> Words:
    OrderWord.objects.create(order=books.draft, word="karangan")
    return "orders_orderword", f"{books.draft}", "lebih: karangan"


def merged_customer_with_orders(books: Books) -> Words:
    change(books.done.customer, merged_into=books.working.customer)
    return "orders_customer", f"{books.done.customer_id}", f"masih memiliki pesanan {books.done}"


def merged_into_a_merged_customer(books: Books) -> Words:
    change(books.working.customer, merged_into=books.done.customer)
    change(books.done.customer, merged_into=books.changing.customer)
    return "orders_customer", f"{books.working.customer_id}", "digabung ke pelanggan yang sudah digabung"
