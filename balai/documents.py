"""Issued papers: issue, render, void, verify. A paper is frozen; a correction is a new number (DESIGN.md 5)."""

import hashlib
import json
import logging
import secrets
from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from balai import clock, numbering, pdf
from balai.kinds import KINDS, Kind
from balai.models import Document, DocumentFile, Office, Reprint, User
from balai.office import get_office, letterhead, page_size
from balai.payloads import SCHEMA, canonical

logger = logging.getLogger(__name__)

CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O, 1/I: they are read over a counter


def issue(kind: Kind, body: dict, *, by: User, on: date, replaces: Document | None = None) -> Document:
    """Take the next number of the kind's register and freeze the payload. `on` is the WIB date on the paper.

    Must run in the transaction of the action that issues it; the PDF is rendered after commit.
    """
    office = get_office()
    taken = numbering.take(KINDS[kind].register, on, office)
    code = _unused_code()
    payload = as_json(sheet(kind, body, number=taken.printed, on=on, code=code, office=office))
    return Document.objects.create(
        kind=kind,
        register=taken.register,
        year=taken.year,
        number=taken.number,
        printed_number=taken.printed,
        payload=payload,
        payload_version=SCHEMA,
        payload_sha256=payload_hash(payload),
        code=code,
        issued_at=clock.now(),
        issued_by=by,
        replaces=replaces,
    )


def sheet(kind: Kind, body: dict, *, number: str, on: date, code: str, office: Office) -> dict:
    """All that one paper says: what only this paper says in `body`, and what every paper says around it."""
    return {
        "schema": SCHEMA,
        "kind": kind,
        "number": number,
        "date": on.isoformat(),
        "code": code,
        "verify_url": office.verify_base.rstrip("/") + reverse("verifikasi", args=[code]),
        "page": page_size(kind, office),
        "footer": office.footers.get(kind, ""),
        "sample": office.is_sample,
        "office": letterhead(office),
        "body": body,
    }


def void(document: Document, *, by: User, reason: str) -> None:
    """Mark the paper BATAL. Its number, payload and original bytes stay. Raises ValueError when already void."""
    marked = models.QuerySet(Document).filter(pk=document.pk, voided_at__isnull=True)
    if not marked.update(voided_at=clock.now(), voided_by=by, void_reason=reason):
        raise ValueError(f"{document} is already void")
    document.refresh_from_db()


def pdf_bytes(document: Document, reprint: Reprint | None = None) -> bytes:
    """The stored bytes of the paper (marked BATAL when void) or of one of its copies; rendered first where missing.

    Raises pdf.RenderError when they are missing and cannot be rendered now.
    """
    variant = _variant(document, reprint)
    stored = DocumentFile.objects.filter(document=document, variant=variant, reprint=reprint).first()
    return bytes(stored.pdf) if stored else _render_and_store(document, variant, reprint)


def render_pending(document_ids: Iterable[UUID]) -> None:
    """Render papers right after their action committed. A failure is logged; the first request renders again."""
    for document in _not_rendered().filter(pk__in=list(document_ids)):
        try:
            pdf_bytes(document)
        except pdf.RenderError:
            logger.exception("rendering %s failed; it is tried again when the paper is opened", document)


def pending_count() -> int:
    """How many papers have no bytes yet."""
    return _not_rendered().count()


def find_by_code(text: str) -> Document | None:
    """The paper with this verification code, however it was typed; None for an unknown or malformed code."""
    code = text.strip().upper().replace("-", "").replace(" ", "")
    if len(code) != 8 or not set(code) <= set(CODE_LETTERS) or _check_letter(code[:7]) != code[7]:
        return None
    return Document.objects.select_related("replaced_by", "voided_by").filter(code=f"{code[:4]}-{code[4:]}").first()


def new_code(choose: Callable[[str], str] = secrets.choice) -> str:
    """A random verification code such as `S3GX-7PLE`; the last letter checks the others."""
    letters = "".join(choose(CODE_LETTERS) for _ in range(7))
    code = letters + _check_letter(letters)
    return f"{code[:4]}-{code[4:]}"


def payload_hash(payload: dict) -> str:
    """SHA-256 over the canonical JSON."""
    return hashlib.sha256(canonical(payload).encode()).hexdigest()


def as_json(payload: dict) -> dict:
    """The payload as plain JSON values, exactly as it will be read back."""
    return json.loads(json.dumps(payload, cls=DjangoJSONEncoder))


def _unused_code() -> str:
    # Of 80,000 papers two would share a code with a chance of one in eight.
    while Document.objects.filter(code=(code := new_code())).exists():
        continue
    return code


def _check_letter(letters: str) -> str:
    # Weights differ by place, so two swapped letters are noticed.
    total = sum((place + 1) * CODE_LETTERS.index(letter) for place, letter in enumerate(letters))
    return CODE_LETTERS[total % len(CODE_LETTERS)]


def _not_rendered() -> models.QuerySet[Document]:
    own_files = DocumentFile.objects.filter(document=models.OuterRef("pk"), reprint__isnull=True)
    return Document.objects.filter(~models.Exists(own_files))


def _variant(document: Document, reprint: Reprint | None) -> DocumentFile.Variant:
    if reprint:
        return DocumentFile.Variant.COPY
    return DocumentFile.Variant.VOID if document.voided_at else DocumentFile.Variant.ORIGINAL


def _marking(document: Document, reprint: Reprint | None) -> pdf.Marking | None:
    if reprint:
        return pdf.Copy(reprint.ordinal, clock.local_date(reprint.made_at), reprint.made_by.full_name)
    if document.voided_at:
        return pdf.Void(
            by=document.voided_by.full_name,
            on=clock.local_date(document.voided_at),
            reason=document.void_reason,
            replaced_by=getattr(getattr(document, "replaced_by", None), "printed_number", ""),
        )
    return None


def _render_and_store(document: Document, variant: DocumentFile.Variant, reprint: Reprint | None) -> bytes:
    data = pdf.render(document.payload, _marking(document, reprint), seconds=KINDS[document.kind].seconds)
    try:
        with transaction.atomic():
            DocumentFile.objects.create(
                document=document,
                variant=variant,
                reprint=reprint,
                pdf=data,
                sha256=hashlib.sha256(data).hexdigest(),
                rendered_at=clock.now(),
            )
    except IntegrityError:
        # Another process rendered the same paper meanwhile; what it stored is the paper.
        return bytes(DocumentFile.objects.get(document=document, variant=variant, reprint=reprint).pdf)
    return data
