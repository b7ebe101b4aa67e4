"""Addresses of keuangan: the cashier's desk, the payment of one order, deposits, the bank's statements, the books."""

from django.urls import URLPattern, path

from finance.views import (
    books,
    cashday,
    cashier,
    corrections,
    decisions,
    deposits,
    months,
    receivables,
    reconciliation,
    reports,
    reversals,
    tables,
)


def table_book(address: str, name: str) -> list[URLPattern]:
    """The four ways to read a book that is a plain table."""
    return [path(f"{address}/", tables.page, {"book": name}, name=name), *files_of(address, name)]


def files_of(address: str, name: str) -> list[URLPattern]:
    """The ways to take it along."""
    of = {"book": name}
    return [
        path(f"{address}.pdf", tables.pdf, of, name=f"{name}-pdf"),
        path(f"{address}.xlsx", tables.excel, of, name=f"{name}-excel"),
        path(f"{address}.csv", tables.csv, of, name=f"{name}-csv"),
    ]


urlpatterns = [
    path("kasir/", cashier.cashier, name="kasir"),
    path("kasir/tutup/", cashday.closing, name="kasir-tutup"),
    path("pesanan/<int:pk>/pembayaran/", cashier.payment, name="pembayaran"),
    path("pesanan/<int:pk>/pembatalan-pembayaran/", reversals.reversal, name="pembatalan-pembayaran"),
    path("pesanan/<int:pk>/keputusan/", decisions.waiver, name="keputusan"),
    path("pesanan/<int:pk>/pengembalian/", decisions.refund, name="pengembalian"),
    path("keputusan/<int:pk>/pencabutan/", decisions.withdrawal, name="keputusan-cabut"),
    path("keputusan/<int:pk>/pindaian/", decisions.scan, name="keputusan-pindaian"),
    path("piutang/", receivables.open_bills, name="piutang"),
    path("piutang.xlsx", receivables.open_bills_excel, name="piutang-excel"),
    path("piutang/<int:pk>/teguran/", receivables.remind_payer, name="piutang-teguran"),
    path("setoran/", deposits.deposits, name="setoran"),
    path("setoran/<int:pk>/", deposits.deposit, name="setoran-satu"),
    path("setoran/<int:pk>/pembetulan/", corrections.correction, name="setoran-pembetulan"),
    path("setoran/slip/<int:pk>/", deposits.slip, name="setoran-slip"),
    path("rekonsiliasi/", reconciliation.statements, name="rekonsiliasi"),
    path("rekonsiliasi/<int:pk>/", reconciliation.statement, name="rekonsiliasi-satu"),
    path("rekonsiliasi/<int:pk>/kolom/", reconciliation.columns, name="rekonsiliasi-kolom"),
    path("buku/penerimaan/", books.receipts_book, name="buku-penerimaan"),
    path("buku/penerimaan.pdf", books.receipts_book_pdf, name="buku-penerimaan-pdf"),
    path("buku/penerimaan.xlsx", books.receipts_book_excel, name="buku-penerimaan-excel"),
    path("buku/penerimaan.csv", books.receipts_book_csv, name="buku-penerimaan-csv"),
    path("buku/kas/", cashday.closings, name="buku-kas"),
    *table_book("buku/pembantu", "buku-pembantu"),
    *table_book("buku/harian", "buku-harian"),
    *table_book("buku/setoran", "buku-setoran"),
    path("laporan/lpj/", reports.report, name="laporan-lpj"),
    *files_of("laporan/lpj", "laporan-lpj"),
    path("laporan/tutup/", months.closing, name="laporan-tutup"),
    path("laporan/tutup.xlsx", months.excel, name="laporan-tutup-excel"),
    path("laporan/realisasi/", reports.realised, name="laporan-realisasi"),
    path("laporan/target/", reports.targets, name="laporan-target"),
]
