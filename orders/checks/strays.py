"""What belongs to no order: papers and audit trails left alone; and drawings whose files are gone or changed."""

import hashlib
from collections.abc import Iterator

from django.core.files import File
from django.db.models import CharField
from django.db.models.functions import Cast

from balai.checks import CHUNK, fault
from balai.kinds import Kind
from balai.models import AuditEntry, Document
from orders.actions.frame import SUBJECT
from orders.models import Drawing, Order, OrderPaper

ORDER_KINDS = (Kind.APPLICATION_FORM, Kind.ORDER_LETTER, Kind.RECEIPT, Kind.REMINDER, Kind.DELIVERY_NOTE)


def stray_papers() -> Iterator[str]:
    """Every paper of an order is tied to one."""
    loose = Document.objects.filter(kind__in=ORDER_KINDS).exclude(pk__in=OrderPaper.objects.values("document"))
    for kind, number in loose.order_by("kind", "number").values_list("kind", "printed_number").iterator(CHUNK):
        yield fault(Document, number, f"{kind} tanpa pesanan")


def stray_trails() -> Iterator[str]:
    """An order that is gone was a draft, and its trail ends with its being discarded."""
    orders = Order.objects.annotate(key=Cast("pk", CharField())).values("key")
    entries = AuditEntry.objects.filter(subject_kind=SUBJECT)
    lost = entries.exclude(subject_id__in=orders).exclude(
        subject_id__in=entries.filter(verb="discard").values("subject_id")
    )
    for key in lost.order_by("subject_id").values_list("subject_id", flat=True).distinct():
        yield fault(Order, key, "pesanan hilang; catatannya tidak berakhir dengan penghapusan draf")


def drawing_files() -> Iterator[str]:
    """The file of each drawing is there as it was uploaded, and so is its thumbnail."""
    for drawing in Drawing.objects.select_related("order").order_by("pk").iterator(CHUNK):
        name = f"{drawing.pk} ({drawing.order})"
        if not drawing.file.storage.exists(drawing.file.name):
            yield fault(Drawing, name, f"berkas {drawing.file.name} hilang")
        elif _sha256(drawing.file) != drawing.sha256:
            yield fault(Drawing, name, f"berkas {drawing.file.name} berubah: tidak sesuai sidik SHA-256")
        if drawing.thumbnail and not drawing.thumbnail.storage.exists(drawing.thumbnail.name):
            yield fault(Drawing, name, f"gambar kecil {drawing.thumbnail.name} hilang")


def _sha256(stored: File) -> str:
    with stored.open() as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
