"""Addresses of the cashier: the desk, the payment of one order, the buku penerimaan."""

from django.urls import path

from finance import views

urlpatterns = [
    path("kasir/", views.cashier, name="kasir"),
    path("pesanan/<int:pk>/pembayaran/", views.payment, name="pembayaran"),
    path("buku/penerimaan/", views.receipts_book, name="buku-penerimaan"),
    path("buku/penerimaan.pdf", views.receipts_book_pdf, name="buku-penerimaan-pdf"),
]
