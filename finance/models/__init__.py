"""What keuangan writes down: the ledger, deposits, cash days; the targets of a year; how the bank's files agree."""

from finance.models.ledger import CashDay, Deposit, DepositItem, DepositSlip, Payment, PaymentLine
from finance.models.reconciliation import (
    BankFormat,
    ReconciledPayment,
    Reconciliation,
    Statement,
    StatementLine,
    StatementPart,
)
from finance.models.reversal import ReversalRequest
from finance.models.targets import Target

__all__ = [
    "BankFormat",
    "CashDay",
    "Deposit",
    "DepositItem",
    "DepositSlip",
    "Payment",
    "PaymentLine",
    "ReconciledPayment",
    "Reconciliation",
    "ReversalRequest",
    "Statement",
    "StatementLine",
    "StatementPart",
    "Target",
]
