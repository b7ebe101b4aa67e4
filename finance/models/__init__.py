"""What keuangan writes down: the ledger, deposits, cash days; and the targets of a year."""

from finance.models.ledger import CashDay, Deposit, DepositItem, DepositSlip, Payment, PaymentLine
from finance.models.targets import Target

__all__ = ["CashDay", "Deposit", "DepositItem", "DepositSlip", "Payment", "PaymentLine", "Target"]
