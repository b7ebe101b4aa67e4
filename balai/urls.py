"""All addresses of the site. Indonesian nouns; one SOP step is one address; ids are keys, never printed numbers."""

from django.urls import include, path

from balai import views

urlpatterns = [
    path("", views.home, name="beranda"),
    path("masuk/", views.SignIn.as_view(), name="masuk"),
    path("keluar/", views.SignOut.as_view(), name="keluar"),
    path("dokumen/<uuid:pk>/", views.document, name="dokumen"),
    path("verifikasi/<str:code>/", views.verify, name="verifikasi"),
    path("sehat/", views.health, name="sehat"),
    path("", include("orders.urls")),
    path("", include("finance.urls")),
]
