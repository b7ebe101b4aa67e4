"""What belongs to no order: papers and audit trails left alone; and pictures whose files are gone or changed."""

import hashlib
from collections.abc import Iterator

from django.core.files import File
from django.db.models import CharField
from django.db.models.functions import Cast

from balai.checks import CHUNK, fault
from balai.kinds import Kind
from balai.models import AuditEntry, Document
from orders.actions.frame import SUBJECT
from orders.models import Drawing, Order, OrderPaper, ResultPhoto

ORDER_KINDS = (
    Kind.APPLICATION_FORM,
    Kind.ORDER_LETTER,
    Kind.WORK_ORDER,
    Kind.RECEIPT,
    Kind.REMINDER,
    Kind.DELIVERY_NOTE,
)


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
    return _files_of(Drawing)


def photo_files() -> Iterator[str]:
    """The same of the photos of the work."""
    return _files_of(ResultPhoto)


def _files_of(model: type[Drawing | ResultPhoto]) -> Iterator[str]:
    for row in model.objects.select_related("order").order_by("pk").iterator(CHUNK):
        name = f"{row.pk} ({row.order})"
        if not row.file.storage.exists(row.file.name):
            yield fault(model, name, f"berkas {row.file.name} hilang")
        elif _sha256(row.file) != row.sha256:
            yield fault(model, name, f"berkas {row.file.name} berubah: tidak sesuai sidik SHA-256")
        if row.thumbnail and not row.thumbnail.storage.exists(row.thumbnail.name):
            yield fault(model, name, f"gambar kecil {row.thumbnail.name} hilang")


def _sha256(stored: File) -> str:
    with stored.open() as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
