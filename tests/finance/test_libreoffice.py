"""The yearly Excel opened by another program: LibreOffice reads the same rows and comes to the same totals."""

import csv
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path

import pytest
from django.db.models import Sum

from balai import clock
from balai.clock import WIB
from finance.models import Payment
from tests.deposited import make_deposit, pay
from tests.factories import make_customer, make_order, take_back

pytestmark = pytest.mark.django_db

TRAP = "=1+1"
AS_CSV = "csv:Text - txt - csv (StarCalc):59,34,76"  # semicolons, UTF-8
SECONDS = 120


@pytest.fixture
def year(office) -> None:
    """Months with cash, transfers, deposits, one payment taken back, and a name that would be a formula."""
    for month in (2, 5, 11):
        with clock.at(datetime(2026, month, 4, 10, tzinfo=WIB)):
            make_deposit(make_order("siap_diambil", customer=make_customer(name=TRAP).pk))
            pay(make_order("pembayaran"), method="qris", reference=f"Q-{month}", settled_on=date(2026, month, 5))
            make_order("siap_diambil")
    with clock.at(datetime(2026, 11, 5, 10, tzinfo=WIB)):
        take_back(make_order("siap_diambil"))


def as_libreoffice_reads(excel: Path) -> list[list[str]]:
    """The cells of its first sheet; without LibreOffice the test fails, and `bin/setup --dev` brings it."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing: bin/setup --dev"
    profile = f"-env:UserInstallation=file://{excel.parent}/profile"
    subprocess.run(
        [program, profile, "--headless", "--convert-to", AS_CSV, "--outdir", excel.parent, excel],
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )
    with excel.with_suffix(".csv").open(encoding="utf-8") as file:
        return list(csv.reader(file, delimiter=";"))


def amount(cell: str) -> int:
    """Rupiah of a cell as LibreOffice shows it, in groups."""
    return int(cell.replace(",", "") or 0)


def test_libreoffice_comes_to_the_same_totals(year, as_keuangan, tmp_path):
    excel = tmp_path / "buku.xlsx"
    excel.write_bytes(b"".join(as_keuangan.get("/buku/penerimaan.xlsx?tahun=2026").streaming_content))

    _, _, head, *rows, total = as_libreoffice_reads(excel)

    ledger = Payment.objects.aggregate(sum=Sum("amount"))["sum"]
    received, deposited = (sum(amount(row[place]) for row in rows) for place in (6, 9))
    assert (len(head), total[0]) == (11, "Jumlah")
    assert (amount(total[6]), amount(total[9])) == (received, deposited) == (ledger, 6 * 620_000)
    assert len(rows) == 14
    assert sum(row[5].startswith(TRAP) for row in rows) == 3, "the name stays a name"
