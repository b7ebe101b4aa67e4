"""Proofs of the books of keuangan, as check_books runs them."""

from finance.checks.cashdays import cash_days
from finance.checks.decisions import decision_scans, decisions
from finance.checks.deposits import deposits, slip_files, stray_notes
from finance.checks.ledger import ledger
from finance.checks.months import months
from finance.checks.reconciliation import reconciliations
from finance.checks.references import bank_references
from finance.checks.reversals import reversals
from finance.checks.sums import receipt_words, sums

__all__ = [
    "bank_references",
    "cash_days",
    "decision_scans",
    "decisions",
    "deposits",
    "ledger",
    "months",
    "receipt_words",
    "reconciliations",
    "reversals",
    "slip_files",
    "stray_notes",
    "sums",
]
