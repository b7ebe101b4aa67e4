"""What keuangan writes down: ledger, deposits, closed days and months; targets of a year; how bank files agree."""

from finance.models.decision import Decision
from finance.models.deposits import Deposit, DepositCorrection, DepositInForce, DepositItem, DepositSlip
from finance.models.ledger import AsReference, CashDay, Payment, PaymentLine
from finance.models.months import MonthClosing
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
    "AsReference",
    "BankFormat",
    "CashDay",
    "Decision",
    "Deposit",
    "DepositCorrection",
    "DepositInForce",
    "DepositItem",
    "DepositSlip",
    "MonthClosing",
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
