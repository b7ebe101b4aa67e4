"""All addresses of the site. Indonesian nouns; one SOP step is one address; ids are keys, never printed numbers."""

from django.urls import include, path

from balai.views import health, papers, session, verification

urlpatterns = [
    path("", session.home, name="beranda"),
    path("masuk/", session.SignIn.as_view(), name="masuk"),
    path("keluar/", session.SignOut.as_view(), name="keluar"),
    path("dokumen/<uuid:pk>/", papers.document, name="dokumen"),
    path("verifikasi/<str:code>/", verification.verify, name="verifikasi"),
    path("sehat/", health.health, name="sehat"),
    path("", include("orders.urls")),
    path("", include("finance.urls")),
]
