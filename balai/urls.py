"""All addresses of the site. Indonesian nouns; one SOP step is one address; ids are keys, never printed numbers."""

from django.urls import include, path

from balai.views import batch, health, keptforms, office, papers, session, verification

handler500 = "balai.views.faults.server_error"

urlpatterns = [
    path("", session.home, name="beranda"),
    path("masuk/", session.SignIn.as_view(), name="masuk"),
    path("keluar/", session.SignOut.as_view(), name="keluar"),
    path("dokumen/hari-ini/", batch.today, name="dokumen-hari-ini"),
    path("dokumen/hari-ini/cetak/", batch.today_pdf, name="dokumen-hari-ini-cetak"),
    path("dokumen/<uuid:pk>/", papers.document, name="dokumen"),
    path("dokumen/<uuid:pk>/cetak-ulang/", papers.make_copy, name="dokumen-cetak-ulang"),
    path("dokumen/<uuid:pk>/salinan/<int:ordinal>/", papers.copy, name="dokumen-salinan"),
    path("verifikasi/", verification.check, name="verifikasi-periksa"),
    path("verifikasi/<path:code>/", verification.verify, name="verifikasi"),
    path("kantor/", office.settings, name="kantor"),
    path("kantor/lambang.png", office.emblem, name="kantor-lambang"),
    path("kantor/penanda-tangan/baru/", office.signatory, name="kantor-penanda-tangan-baru"),
    path("kantor/penanda-tangan/<int:pk>/", office.signatory, name="kantor-penanda-tangan"),
    path("kantor/libur/", office.holidays, name="kantor-libur"),
    path("kantor/<slug:name>/", office.section, name="kantor-bagian"),
    path("isian/<uuid:pk>/hapus/", keptforms.forget, name="isian-hapus"),
    path("sehat/", health.health, name="sehat"),
    path("", include("orders.urls")),
    path("", include("finance.urls")),
]
