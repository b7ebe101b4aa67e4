"""Addresses of orders: desks, the order page, one per SOP step, drawings, customers, the buku pesanan."""

from django.urls import path

from orders.views import (
    books,
    confirmation,
    contacts,
    customers,
    desk,
    drawings,
    estimate,
    handover,
    intake,
    intake_customer,
    merging,
    page,
    papers,
    production,
    review,
    search,
    tracking,
)

urlpatterns = [
    path("meja/", desk.desk, name="meja"),
    path("cari/", search.search, name="cari"),
    path("pesanan/", desk.order_list, name="pesanan"),
    path("pesanan/baru/", intake.new, name="permohonan-baru"),
    path("pesanan/<int:pk>/", page.order_page, name="pesanan-satu"),
    # one address per SOP step
    path("pesanan/<int:pk>/permohonan/", intake.edit, name="permohonan"),
    path("pesanan/<int:pk>/identifikasi/", review.review, name="identifikasi"),
    path("pesanan/<int:pk>/estimasi/", estimate.estimate, name="estimasi"),
    path("pesanan/<int:pk>/konfirmasi/", confirmation.confirmation, name="konfirmasi"),
    path("pesanan/<int:pk>/pembicaraan/", contacts.contact, name="pembicaraan"),
    path("pesanan/<int:pk>/tautan-lacak/", contacts.link, name="tautan-lacak"),
    path("pesanan/<int:pk>/produksi/", production.production, name="produksi"),
    path("pesanan/<int:pk>/pembatalan/", production.cancellation, name="pembatalan"),
    path("pesanan/<int:pk>/serah-terima/", handover.hand_over, name="serah-terima"),
    path("serah-terima/<int:pk>/foto/", handover.photo, name="serah-terima-foto"),
    path("dokumen/<uuid:pk>/lihat/", papers.paper, name="dokumen-lihat"),
    # drawings: the file, its thumbnail, its pages, a new version
    path("gambar/<uuid:pk>/", drawings.drawing, name="gambar"),
    path("gambar/<uuid:pk>/kecil/", drawings.thumbnail, name="gambar-kecil"),
    path("gambar/<uuid:pk>/lihat/", drawings.view, name="gambar-lihat"),
    path("gambar/<uuid:pk>/halaman/<int:number>/", drawings.page, name="gambar-halaman"),
    path("gambar/<uuid:pk>/dilihat/", drawings.see, name="gambar-dilihat"),
    path("gambar/<uuid:pk>/versi-baru/", drawings.new_version, name="gambar-versi-baru"),
    path("lacak/<path:token>/", tracking.track, name="lacak"),
    path("pelanggan/", customers.customer_list, name="pelanggan"),
    path("pelanggan/cari/", intake_customer.matches, name="pelanggan-cari"),
    path("pelanggan/mirip/", intake_customer.duplicates, name="pelanggan-mirip"),
    path("pelanggan/<int:pk>/", customers.customer, name="pelanggan-satu"),
    path("pelanggan/<int:pk>/gabung/", merging.merge, name="pelanggan-gabung"),
    path("buku/pesanan/", books.order_book, name="buku-pesanan"),
    path("buku/pesanan.xlsx", books.order_book_excel, name="buku-pesanan-excel"),
    path("buku/pesanan.pdf", books.order_book_pdf, name="buku-pesanan-pdf"),
]
