"""The register STS (DOMAIN.md b): the deposits of a period, the oldest first, a row for each kode rekening."""

from collections.abc import Iterator

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
    deposits = Deposit.objects.filter(deposited_in(period)).select_related("now").order_by("now__deposited_on", "id")
    lines = PaymentLine.objects.filter(deposited_in(period, f"{OF}__"))
    if account:
        lines = lines.filter(account_code=account)
    accounts: dict[int, list[tuple[str, int]]] = {}
    for deposit, code, amount in lines.order_by("account_code").values_list(OF, "account_code").annotate(Sum("amount")):
        accounts.setdefault(deposit, []).append((code, amount))
    rows, links = [], []
    counts = {name: Count(name, distinct=True) for name in ("slips", "corrections")}
    deposits = deposits.annotate(**{f"{name}_count": each for name, each in counts.items()})
    with_account = (each for each in deposits if each.pk in accounts)
    for place, deposit in enumerate(with_account, start=1):
        note = "; ".join(_notes(deposit))
        head, text = (place, deposit.now.sts_number, deposit.now.deposited_on), f"Setor tunai ke {deposit.now.bank}"
        (code, amount), *others = accounts[deposit.pk]
        rows.append((*head, code, text, amount, deposit.depositor, note))
        rows += [(None, "", None, code, "", amount, "", "") for code, amount in others]
        links += [reverse("setoran-satu", args=[deposit.pk]), *[""] * len(others)]
    return Table(COLUMNS, rows, (("Jumlah disetor", sum(row[5] for row in rows)),), links)


def _notes(deposit: Deposit) -> Iterator[str]:
    if not deposit.slips_count:
        yield "Slip belum disimpan"
    if deposit.corrections_count:
        renamed = deposit.sts_number != deposit.now.sts_number
        yield f"Dibetulkan, semula {deposit.sts_number}" if renamed else "Dibetulkan"
