"""Proofs of the books of keuangan, as check_books runs them."""

from finance.checks.deposits import deposits, slip_files
from finance.checks.ledger import ledger

__all__ = ["deposits", "ledger", "slip_files"]
