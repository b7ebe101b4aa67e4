"""What one sample month says in each of the printed registers. Everything is invented."""

from collections.abc import Callable
from datetime import date
from typing import Any

from balai.registers import pages
from balai.tables import Column, Table
from finance import report, stsregister, subsidiary
from finance.daily import _columns
from finance.register import table_sheets
from tests.print.bodies import CLERK, HEAD, TREASURER

PRINTED = {"year": 2026, "printed_at": "2026-11-02T08:05+07:00", "printed_by": "Bagas Wicaksono, A.Md."}
CUSTOMERS = ["Siti Rahmawati Kusumaningrum (Mebel Jati Lestari Contoh)", "Bengkel Las Contoh Jaya", "SMK Contoh 1"]
WORK = ["Braket siku, poros roda troli, oven dan serut papan jati", "Bubut poros", "Rangka meja praktik"]
PRICE = 257_500


def _order_row(place: int, name: str) -> dict[str, Any]:
    value, counts = PRICE * (place % 9 + 1), place % 11 != 4
    paid = value if counts and place % 3 == 0 else 0
    return {
        "place": place,
        "on": f"2026-10-{(place - 1) % 28 + 1:02}",
        "number": f"{place:04}/SP/X/2026",
        "customer": name or CUSTOMERS[place % 3],
        "work": name or WORK[place % 3],
        "value": value,
        "promised_on": "2026-11-05",
        "finished_on": "2026-10-29" if paid else None,
        "receipt": f"{place:04}/TBP/X/2026" if paid else "",
        "paid": paid,
        "rest": value - paid if counts else 0,
        "note": (name or "BATAL: pelanggan mundur") if not counts else "",
        "counts": counts,
    }


def order_book(rows: int, name: str = "") -> dict[str, Any]:
    """A buku pesanan of so many rows; `name` stands for every long text in it."""
    shown = [_order_row(place, name) for place in range(1, rows + 1)]
    in_force = [row for row in shown if row["counts"]]
    sums = {field: sum(row[field] for row in in_force) for field in ("value", "paid", "rest")}
    finished = sum(bool(row["finished_on"]) for row in in_force)
    return PRINTED | {
        "pages": pages(
            shown,
            money=lambda row: (row["value"] * row["counts"], row["paid"], row["rest"]),
            columns=3,
            shown=dict,
        ),
        "notes": [
            {"place": row["place"], "number": row["number"], "note": row["note"]}
            for row in shown
            if len(row["note"]) > len("BATAL: pelanggan mundur")
        ],
        "closing": sums
        | {
            "registered": rows,
            "struck": rows - len(in_force),
            "in_force": len(in_force),
            "finished": finished,
            "working": len(in_force) - finished,
            "late": 2,
        },
        "head": HEAD,
        "clerk": CLERK,
    }


def _receipt_row(place: int, name: str) -> dict[str, Any]:
    first, counter = place % 4 != 2, place % 13 == 12
    payment = place if first else place - 1
    deposited = PRICE * (place % 9 + 1) if place % 5 == 1 else None
    return {
        "place": place if first else None,
        "receipt": f"{payment:04}/TBP/X/2026",
        "on": f"2026-10-{(payment - 1) % 28 + 1:02}",
        "way": ["Kas bendahara", "Bank, QRIS", "Bank, transfer"][payment % 3],
        "account": "4.1.02.02.01.0003",
        "text": (name or f"{CUSTOMERS[place % 3]}: {WORK[place % 3]}") if first else "",
        "amount": PRICE * (place % 9 + 1) * (-1 if counter else 1),
        "sts": f"{place:04}/STS/2026" if deposited else "",
        "deposited_on": "2026-10-30" if deposited else None,
        "deposited": deposited,
        "note": (name or "Dibatalkan Dewi Contohsari") if counter else "",
        "struck": place % 13 == 11,
    }


def receipts_book(rows: int, name: str = "") -> dict[str, Any]:
    """A buku penerimaan dan penyetoran of so many rows; `name` stands for every long text in it."""
    shown = [_receipt_row(place, name) for place in range(1, rows + 1)]
    received, before = sum(row["amount"] for row in shown), 4_150_000
    deposited = sum(row["deposited"] or 0 for row in shown)
    return PRINTED | {
        "by_day": False,
        "count": rows,
        "pages": pages(shown, money=lambda row: (row["amount"], row["deposited"] or 0), columns=2, shown=dict),
        "notes": [
            {"place": row["place"], "number": row["receipt"], "note": row["note"]}
            for row in shown
            if row["place"] and len(row["note"]) > len("Dibatalkan Dewi Contohsari")
        ],
        "closing": {
            "received": received,
            "ways": [{"label": "Tunai", "amount": received}, {"label": "QRIS", "amount": 0}],
            "before": before,
            "deposited": deposited,
            "balance": before + received - deposited,
        },
        "head": HEAD,
        "treasurer": TREASURER,
    }


def _table(columns: tuple[Column, ...], rows: list[tuple], closing: tuple) -> dict[str, Any]:
    sheets = table_sheets(Table(columns, rows, closing), "4.1.02.02.01.0003")
    return PRINTED | sheets | {"head": HEAD, "treasurer": TREASURER}


def subsidiary_book(rows: int, name: str = "") -> dict[str, Any]:
    """A buku pembantu of so many rows."""
    text = name or f"{CUSTOMERS[0]}: {WORK[0]}"
    shown_rows = [
        (n, date(2026, 10, (n - 1) % 28 + 1), f"{n:04}/TBP/X/2026", text, PRICE, PRICE if n % 3 else None, PRICE * n)
        for n in range(1, rows + 1)
    ]
    return _table(subsidiary.COLUMNS, shown_rows, (("Belum disetor sebelumnya", 0), ("Belum disetor", PRICE * rows)))


def daily_recap(rows: int, name: str = "") -> dict[str, Any]:
    """A recapitulation of so many days. There is no text in it that people typed."""
    shown_rows = [
        (date(2026, 10, (n - 1) % 28 + 1), n, PRICE * n, 0, PRICE, 0, PRICE, PRICE * n, PRICE * n, PRICE, n * PRICE)
        for n in range(1, rows + 1)
    ]
    return _table(_columns(["4.1.02.02.01", "4.1.02.02.11.0004"]), shown_rows, (("Belum disetor", PRICE * rows),))


def deposits_register(rows: int, name: str = "") -> dict[str, Any]:
    """A register STS of so many rows; `name` stands for bank and depositor."""
    shown_rows = [
        (n, f"{n:04}/STS/2026", date(2026, 10, 30), "4.1.02.02.01", name or "Setor tunai", PRICE * n, name, "")
        for n in range(1, rows + 1)
    ]
    return _table(stsregister.COLUMNS, shown_rows, (("Jumlah disetor", PRICE * rows),))


def month_report(rows: int, name: str = "") -> dict[str, Any]:
    """A report of so many kode rekening; `name` stands for the words of each."""
    shown_rows = [
        (
            f"4.1.02.02.{n:02}",
            name or "Penjualan produksi usaha daerah",
            PRICE * 900,
            *(PRICE * 500, PRICE * 499, PRICE),
            *(PRICE * n, PRICE * n, 0),
            *(PRICE * (500 + n), PRICE * (499 + n), PRICE),
            "55,6%",
            PRICE * (400 - n),
        )
        for n in range(1, rows + 1)
    ]
    return _table(report.COLUMNS, shown_rows, (("Diterima bulan ini", PRICE * rows), ("Belum disetor", PRICE)))


CLOSED = {"period": "Oktober 2026", "year": 2026, "closed_by": "Ratna Dewi Maharani"}


def closed_book(rows: int, name: str = "") -> dict[str, Any]:
    """The buku penerimaan of a closed month."""
    book = {key: value for key, value in receipts_book(rows, name).items() if key not in PRINTED}
    said = {"by_day": True, "excel_sha256": "0123456789abcdef" * 4}
    return book | CLOSED | said | {"received": book["closing"]["received"]}


def closed_report(rows: int, name: str = "") -> dict[str, Any]:
    """The report of a closed month."""
    report = {key: value for key, value in month_report(rows, name).items() if key not in {*PRINTED, "columns"}}
    return report | CLOSED | {"account": "", "received": PRICE * rows}


# Each closed month's paper with what makes its body of so many rows.
CLOSED_BOOKS = {"buku_bulanan": closed_book, "lpj_bulanan": closed_report}
# Each register with what makes its body of so many rows.
BOOKS: dict[str, Callable[..., dict[str, Any]]] = {
    "buku_pesanan": order_book,
    "buku_penerimaan": receipts_book,
    "buku_pembantu": subsidiary_book,
    "buku_harian": daily_recap,
    "buku_setoran": deposits_register,
    "laporan_lpj": month_report,
}
