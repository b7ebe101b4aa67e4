"""What keuangan does with the sample cash after hours: yesterday's goes to the bank, the till is counted, and a number
that was typed wrong is put right.
"""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from random import Random

from simple_history.utils import bulk_create_with_history

from balai import clock
from balai.clock import local_date
from balai.models import User
from balai.months import Month
from finance import cashday, monthclosing
from finance.books import receipts_book
from finance.cashday import NOTES, CountData, close_day, today_tally
from finance.corrections import CorrectionData, correct_deposit
from finance.deposits import Intent, add_slip, record_deposit, undeposited
from finance.models import Deposit, DepositInForce, Target
from finance.monthclosing import MonthData, close_month
from finance.papers import DepositData

from ._sample_drawings import draw_slip
from ._sample_office import MATERIAL_ACCOUNT, SERVICE_ACCOUNT

# Rupiah for each sample kode rekening that one paid order brings about.
TARGETS = (
    (SERVICE_ACCOUNT, "Pemakaian kekayaan daerah (CONTOH)", 900_000),
    (MATERIAL_ACCOUNT, "Penjualan produksi usaha daerah (CONTOH)", 400_000),
)
BANK = "Bank Contoh, kas daerah"
RIGHT, MISTYPED = "0002", "0200"
WHY = "Angka nomor STS tertukar waktu diketik; yang benar tercetak di slip bank (CONTOH)."


def make_targets(years: Iterable[int], paid: int) -> None:
    """The targets of an office with so many paid orders a year."""
    bulk_create_with_history(
        [
            Target(year=year, account_code=account, name=name, amount=paid * each)
            for year in years
            for account, name, each in TARGETS
        ],
        Target,
    )


def keep_cash(by: User, rng: Random) -> None:
    """What is done with the cash of a day once the office is closed."""
    deposit_cash(by, rng)
    close_till(by, rng)
    with clock.at(clock.now() + timedelta(minutes=15)):
        correct_number(by)


def deposit_cash(by: User, rng: Random) -> None:
    """Bring the cash of earlier days to the bank; most slips are kept at once."""
    today = clock.today()
    due = [payment for payment in undeposited() if local_date(payment.paid_at) < today]
    if not due:
        return
    number = f"{Deposit.objects.count() + 1:04}/STS/CONTOH/{today.year}"
    data = DepositData(tuple(payment.pk for payment in due), _typed(number), BANK, today, by.full_name)
    deposit = record_deposit(Intent(by, uuid.uuid4()), data)
    if rng.random() < 0.8 or number.startswith(("0001", RIGHT)):
        add_slip(Intent(by, uuid.uuid4()), deposit, draw_slip(number, deposit.amount))


def close_till(by: User, rng: Random) -> None:
    """Count the till and close the day; once in a while a thousand is missing, and explained."""
    expected = today_tally().expected
    short = 1_000 if expected >= 1_000 and rng.random() < 0.1 else 0
    left, counts = expected - short, {}
    for note in NOTES:
        counts[note], left = divmod(left, note)
    explanation = "Kembalian kurang tepat, dicari besok (CONTOH)." if short or left else ""
    close_day(cashday.Intent(by, uuid.uuid4()), CountData(counts, expected, explanation))


def correct_number(by: User) -> None:
    """Put the number right that was typed wrong, when there is one."""
    for now in DepositInForce.objects.filter(sts_number__startswith=MISTYPED).select_related("paper"):
        right = now.sts_number.replace(MISTYPED, RIGHT)
        data = CorrectionData(right, now.bank, now.deposited_on, WHY, seen=now.paper.printed_number)
        correct_deposit(Intent(by, uuid.uuid4()), now.deposit_id, data)


def close_last_month(by: User) -> None:
    """Close the books of the month before this one, when there was any money in it."""
    month = Month.of(clock.today()).previous
    book = receipts_book(month)
    if book.rows:
        data = MonthData(str(month), book.received, book.deposited, book.balance)
        close_month(monthclosing.Intent(by, uuid.uuid4()), data)


def _typed(number: str) -> str:
    """The second deposit is typed wrong."""
    return number.replace(RIGHT, MISTYPED)
