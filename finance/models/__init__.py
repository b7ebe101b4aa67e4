"""What keuangan writes down: the ledger, deposits, cash days."""

from finance.models.ledger import CashDay, Deposit, DepositItem, DepositSlip, Payment, PaymentLine

__all__ = ["CashDay", "Deposit", "DepositItem", "DepositSlip", "Payment", "PaymentLine"]
