"""What keuangan does with the sample cash when the counter is closed: yesterday's goes to the bank."""

import uuid
from random import Random

from balai import clock
from balai.clock import local_date
from balai.models import User
from finance.deposits import Intent, add_slip, record_deposit, undeposited
from finance.models import Deposit
from finance.papers import DepositData

from ._sample_drawings import draw_slip

BANK = "Bank Contoh, kas daerah"


def deposit_cash(by: User, rng: Random) -> None:
    """Bring the cash of earlier days to the bank; most slips are kept at once."""
    today = clock.today()
    due = [payment for payment in undeposited() if local_date(payment.paid_at) < today]
    if not due:
        return
    number = f"{Deposit.objects.count() + 1:04}/STS/CONTOH/{today.year}"
    data = DepositData(tuple(payment.pk for payment in due), number, BANK, today, by.full_name)
    deposit = record_deposit(Intent(by, uuid.uuid4()), data)
    if rng.random() < 0.8 or number.startswith("0001"):
        add_slip(Intent(by, uuid.uuid4()), deposit, draw_slip(number, deposit.amount))
