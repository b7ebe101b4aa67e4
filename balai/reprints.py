"""Further copies of an issued paper. Each is marked SALINAN, counted, and says who made it, when and why."""

import uuid
from uuid import UUID

from balai import audit, clock
from balai.changes import Refused, once
from balai.models import Document, Reprint, User
from balai.roles import Role, acting_role

SUBJECT = "document"
VOIDED = "Surat ini sudah BATAL, jadi tidak disalin lagi. Cetak lembar BATAL bila diperlukan untuk arsip."


def reprint(document_id: UUID, *, by: User, key: uuid.UUID, reason: str) -> int:
    """Record one more copy of the paper and return its ordinal. Its PDF is drawn after commit; the original stays.

    Raises Refused for a voided paper, idempotency.KeyReused, Document.DoesNotExist.
    """

    def effect() -> dict:
        # The lock makes two clerks count one after the other; SQLite does so by itself.
        document = Document.objects.select_for_update().get(pk=document_id)
        if document.voided_at:
            raise Refused(VOIDED, 409)
        ordinal = document.reprints.count() + 1
        Reprint.objects.create(document=document, ordinal=ordinal, made_at=clock.now(), made_by=by, reason=reason)
        audit.record(
            "reprint",
            subject=(SUBJECT, document.pk),
            by=by,
            role=acting_role(by, Role) or "",
            after={"paper": document.printed_number, "ordinal": ordinal},
            note=reason,
        )
        return {"ordinal": ordinal}

    return once("reprint", by=by, key=key, data=[str(document_id), reason], effect=effect)["ordinal"]
