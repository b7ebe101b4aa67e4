"""The main menu: which pages each role sees in it."""

from django.http import HttpRequest
from django.urls import reverse

from balai.roles import Role, roles_of

P, B, K, L = Role.PELAYANAN, Role.BENGKEL, Role.KEUANGAN, Role.PIMPINAN

# (URL name, label, roles that have it in their menu). Seven fit a screen of 1366 px; pimpinan reaches "Pengalaman" from
# the load of the workshop, and the buku pesanan from the other books.
ENTRIES = (
    ("bengkel", "Papan bengkel", {B}),
    ("meja", "Meja kerja", {P, B, L}),
    ("kasir", "Kasir", {K}),
    ("pesanan", "Pesanan", set(Role)),
    ("pelanggan", "Pelanggan", {P}),
    ("bengkel-beban", "Beban", {P, B, L}),
    ("bengkel-pengalaman", "Pengalaman", {B}),
    ("dokumen-hari-ini", "Surat hari ini", {P, K}),
    ("buku-pesanan", "Buku pesanan", {P}),
    ("buku-penerimaan", "Buku penerimaan", {K, L}),
    ("setoran", "Setoran (STS)", {K}),
    ("rekonsiliasi", "Rekonsiliasi", {K}),
    ("laporan-lpj", "Laporan", {K, L}),
    ("piutang", "Piutang", {L}),
    ("tarif", "Tarif", {B, L}),
    ("kantor", "Pengaturan kantor", set()),
)
# A superuser has no role by being one: admin looks on, and sets up.
FOR_ADMIN = {"pesanan", "bengkel-beban", "kantor"}


def menu(request: HttpRequest) -> list[dict]:
    """The entries for this user, the most specific one that leads here marked as current."""
    held = roles_of(request.user)
    entries = [
        {"url": reverse(name), "label": label}
        for name, label, roles in ENTRIES
        if held & roles or (request.user.is_superuser and name in FOR_ADMIN)
    ]
    here = [entry for entry in entries if request.path.startswith(entry["url"])]
    current = max(here, key=lambda entry: len(entry["url"]), default=None)
    return [{**entry, "current": entry is current} for entry in entries]
