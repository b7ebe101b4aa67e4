"""The register STS (DOMAIN.md b): the deposits of a period, the oldest first, a row for each kode rekening."""

from django.db.models import Count, Sum
from django.urls import reverse

from balai.months import Period
from balai.tables import Column, Table
from finance.models import Deposit, PaymentLine
from finance.sums import deposited_in

COLUMNS = (
    Column("No", 6, number=True),
    Column("No STS", 24),
    Column("Tanggal", 13),
    Column("Kode rekening", 22),
    Column("Uraian", 34),
    Column("Jumlah (Rp)", 17, summed=True),
    Column("Penyetor", 26),
    Column("Keterangan", 26),
)
OF = "payment__deposit_item__deposit"


def deposits_register(period: Period, account: str = "") -> Table:
    """The deposits of this period, of one kode rekening when asked; rupiah. Two queries."""
    deposits = Deposit.objects.filter(deposited_in(period)).order_by("deposited_on", "id")
    lines = PaymentLine.objects.filter(deposited_in(period, f"{OF}__"))
    if account:
        lines = lines.filter(account_code=account)
    accounts: dict[int, list[tuple[str, int]]] = {}
    for deposit, code, amount in lines.order_by("account_code").values_list(OF, "account_code").annotate(Sum("amount")):
        accounts.setdefault(deposit, []).append((code, amount))
    rows, links = [], []
    with_account = (each for each in deposits.annotate(slip_count=Count("slips")) if each.pk in accounts)
    for place, deposit in enumerate(with_account, start=1):
        note = "" if deposit.slip_count else "Slip belum disimpan"
        head, text = (place, deposit.sts_number, deposit.deposited_on), f"Setor tunai ke {deposit.bank}"
        (code, amount), *others = accounts[deposit.pk]
        rows.append((*head, code, text, amount, deposit.depositor, note))
        rows += [(None, "", None, code, "", amount, "", "") for code, amount in others]
        links += [reverse("setoran-satu", args=[deposit.pk]), *[""] * len(others)]
    return Table(COLUMNS, rows, (("Jumlah disetor", sum(row[5] for row in rows)),), links)
