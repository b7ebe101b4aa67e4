"""Faults in the deposits."""

from balai.kinds import Kind
from balai.models import Document, NumberSeries
from finance.models import Deposit, DepositCorrection, DepositInForce
from tests.copies import copy_row
from tests.faults.planting import Books, Words, change, erase, forge, void_in_secret


def _deposit() -> Deposit:
    return Deposit.objects.order_by("pk").first()


def edited_deposit(books: Books) -> Words:
    deposit = _deposit()
    change(deposit, amount=deposit.amount + 1)
    return "finance_deposit ", f"{deposit}", f"jumlah {deposit.amount + 1}, jumlah buktinya {deposit.amount}"


def receipt_taken_out_of_its_deposit(books: Books) -> Words:
    deposit = _deposit()
    erase(deposit.items.filter(pk=deposit.items.first().pk))
    return "finance_deposit ", f"{deposit}", "bukti berbeda dari tanda setor"


def transfer_in_a_deposit(books: Books) -> Words:
    deposit = _deposit()
    change(deposit.items.first(), payment=books.transfer)
    return "finance_deposititem", f"{deposit}", books.transfer.receipt.printed_number, "bukan pembayaran tunai"


def reversed_receipt_in_a_deposit(books: Books) -> Words:
    item = _deposit().items.first()
    change(books.reversal, reverses=item.payment)
    return "finance_deposititem", item.payment.receipt.printed_number, "sudah dibatalkan"


def deposited_before_it_was_received(books: Books) -> Words:
    deposit = _deposit()
    change(deposit, deposited_on="2001-01-02")
    return "finance_deposititem", f"{deposit}", "diterima sesudah tanggal setornya"


def another_sts_than_on_paper(books: Books) -> Words:
    deposit = _deposit()
    change(deposit, sts_number="9999/STS/PALSU")
    return "finance_deposit ", "9999/STS/PALSU", f"tanda setor {deposit.paper.printed_number}"


def account_not_on_the_tanda_setor(books: Books) -> Words:
    deposit = _deposit()
    forge(deposit.paper, lambda body: body["lines"][0].update(account_code="9.9.9"))
    return "finance_deposit ", f"{deposit}", "rincian rekening berbeda"


def tanda_setor_without_deposit(books: Books) -> Words:
    paper = Document.objects.filter(kind=Kind.DEPOSIT_NOTE).latest("number")
    copy = copy_row(paper, number=paper.number + 1, printed_number="9999/TS/PALSU", code="AAAA-AAAA")
    copy.save()
    change(NumberSeries.objects.get(register=paper.register, year=paper.year), last=copy.number)
    return "balai_document", "9999/TS/PALSU", "tanda setor tanpa setoran"


def number_in_force_that_nobody_noted(books: Books) -> Words:
    change(_deposit().now, sts_number="9999/STS/PALSU")
    return "finance_depositinforce", f"{_deposit()}", "berbeda dari catatan"


def deposit_that_counts_nowhere(books: Books) -> Words:
    erase(DepositInForce.objects.filter(deposit=_deposit()))
    return "finance_depositinforce", f"{_deposit()}", "berbeda dari catatan"


def edited_correction(books: Books) -> Words:
    change(_corrected().corrections.get(), bank="Bank Palsu")
    return "finance_deposit ", f"{_corrected()}", "bank atau tanggal berbeda dari tanda setor"


def correction_taken_away(books: Books) -> Words:
    paper = _corrected().now.paper
    erase(DepositCorrection.objects.all())
    return "balai_document", paper.printed_number, "tanda setor tanpa setoran"


def former_tanda_setor_in_force_again(books: Books) -> Words:
    deposit = _corrected()
    change(deposit.paper, voided_at=None, voided_by=None, void_reason="")
    return "finance_deposit ", f"{deposit}", f"{deposit.paper.printed_number} tidak BATAL walau dibetulkan"


def tanda_setor_void_by_itself(books: Books) -> Words:
    deposit = _deposit()
    void_in_secret(deposit.paper)
    return "finance_deposit ", f"{deposit}", f"{deposit.paper.printed_number} BATAL"


def _corrected() -> Deposit:
    """The one of which the sample corrected the number."""
    return Deposit.objects.get(corrections__isnull=False)


def stolen_slip(books: Books) -> Words:
    slip = Deposit.objects.filter(slips__isnull=False).first().slips.first()
    change(slip, file="aa/bb/tidak-ada.png")
    return "finance_depositslip", f"{slip.deposit}", "hilang"


def exchanged_slip(books: Books) -> Words:
    slip = Deposit.objects.filter(slips__isnull=False).first().slips.first()
    change(slip, file=books.drawing.file.name)
    return "finance_depositslip", f"{slip.deposit}", "berubah"
