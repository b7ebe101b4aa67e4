"""Head and treasurer become signatories with days, the one paper size that of each kind."""

from datetime import date

from django.db import migrations

LONG_AGO = date(2000, 1, 1)
KINDS = (
    "formulir_permohonan",
    "surat_pengembalian",
    "lembar_estimasi",
    "surat_pesanan",
    "surat_perintah_kerja",
    "bukti_pembayaran",
    "surat_jalan",
    "tanda_setor",
    "surat_teguran",
)


def move(apps, schema_editor):
    office = apps.get_model("balai", "Office").objects.first()
    if office is None:
        return
    for role, old in (("kepala", "head"), ("bendahara", "treasurer")):
        apps.get_model("balai", "Signatory").objects.create(
            role=role,
            title=getattr(office, f"{old}_title"),
            name=getattr(office, f"{old}_name"),
            rank=getattr(office, f"{old}_rank"),
            nip=getattr(office, f"{old}_nip"),
            valid_from=LONG_AGO,
        )
    if office.page_size != "f4":
        office.page_sizes = dict.fromkeys(KINDS, office.page_size)
        office.save(update_fields=["page_sizes"])


class Migration(migrations.Migration):
    dependencies = [("balai", "0004_office_settings")]

    operations = [migrations.RunPython(move)]
