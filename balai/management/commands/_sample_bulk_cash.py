"""Deposits of the bulk orders: the rows that finance.deposits would write."""

from collections import Counter

from balai.kinds import Kind
from balai.models import Document
from balai.office import treasurer
from balai.roles import Role
from finance.models import Deposit, DepositInForce, DepositItem
from finance.papers import DepositNote

from ._sample_bulk_desk import Desk, Now
from ._sample_bulk_till import Held
from ._sample_cash import BANK


def keep_cash(desk: Desk, now: Now) -> None:
    """Bring the cash of earlier days to the bank when it is time for it."""
    held = desk.till.to_the_bank(now.today, now.seconds)
    if not held:
        return
    by, deposits = desk.people[Role.KEUANGAN], desk.tables[Deposit]
    deposit = {
        "id": (number := next(deposits.ids)),
        "sts_number": f"{number:05}/STS/CONTOH",
        "bank": BANK,
        "deposited_on": now.today,
        "depositor": by.full_name,
        "amount": sum(each.amount for each in held),
    }
    paper = desk.paper(Kind.DEPOSIT_NOTE, _body(desk, deposit, held), by, now)
    desk.tables[Document].add(**paper)
    deposits.add(**deposit, recorded_at=now.at, recorded_by_id=by.pk, paper_id=paper["id"])
    facts = {name: deposit[name] for name in ("sts_number", "bank", "deposited_on")}
    desk.tables[DepositInForce].add(**facts, deposit_id=number, paper_id=paper["id"])
    for each in held:
        desk.tables[DepositItem].add(deposit_id=number, payment_id=each.payment_id)
    facts = {"sts": deposit["sts_number"], "amount": deposit["amount"], "paper": paper["printed_number"]}
    desk.audit("record_deposit", ("deposit", number), Role.KEUANGAN, now, after=facts)


def _body(desk: Desk, deposit: dict, held: list[Held]) -> DepositNote:
    accounts: Counter[str] = Counter()
    for each in held:
        accounts.update(each.accounts)
    return {
        "sts_number": deposit["sts_number"],
        "bank": deposit["bank"],
        "deposited_on": deposit["deposited_on"].isoformat(),
        "depositor": deposit["depositor"],
        "amount": deposit["amount"],
        "lines": [{"account_code": account, "amount": amount} for account, amount in sorted(accounts.items())],
        "receipts": [{"number": each.receipt, "date": each.day.isoformat(), "amount": each.amount} for each in held],
        "treasurer": treasurer(desk.office),
    }
