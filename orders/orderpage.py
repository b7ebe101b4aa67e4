"""What the order page tells: where the order stands, its goods and money, drawings, papers and past. Reads only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from balai.clock import local_date
from balai.documents import KINDS, Kind
from balai.formats import rupiah, tanggal
from balai.forms import KeyedForm
from balai.models import AuditEntry, Document, Office, User
from balai.office import get_office
from balai.roles import Role, roles_of
from orders.actions.frame import SUBJECT
from orders.actions.tracking import address
from orders.deadlines import Deadlines, entered, payment_due, since, waits
from orders.history import stepper, timeline
from orders.jobpage import work_of
from orders.messages import whatsapp_draft
from orders.models import Drawing, Estimate, EstimateLine, Order
from orders.offernotes import notes
from orders.permissions import can
from orders.queries import is_for_the_bench, order_documents
from orders.stages import FINAL, Stage
from orders.steps import current_step, side_actions, waiting_for

# When a paper that is not there yet will be, in the order of the SOP.
WILL_BE_ISSUED = {
    Kind.APPLICATION_FORM: "Terbit saat permohonan diajukan",
    Kind.ORDER_LETTER: "Terbit sesudah pelanggan sepakat",
    Kind.RECEIPT: "Terbit saat retribusi dibayar",
    Kind.DELIVERY_NOTE: "Terbit saat barang diserahkan",
}


@dataclass(frozen=True)
class Bill:
    """An estimate as its card shows it: lines grouped into services and materials, and what decisions took off.

    `owed` is rupiah; `due_on` the WIB date until which it is to be paid, None while it is not or is paid.
    """

    estimate: Estimate
    services: list[EstimateLine]
    materials: list[EstimateLine]
    decisions: list[dict]
    owed: int
    due_on: date | None

    @property
    def state(self) -> str:
        """`Disepakati 23 Nov 2026`, `Menunggu jawaban`, `Tidak disepakati`."""
        label = self.estimate.get_status_display()
        agreed = self.estimate.status == Estimate.Status.AGREED
        return f"{label} {tanggal(self.estimate.answered_at)}" if agreed else label


def describe(order: Order, user: User) -> dict:
    """The context of the order page, except for the card of the next step. At most 14 queries."""
    office = get_office()
    deadlines = Deadlines(office)
    entries = list(AuditEntry.objects.filter(subject_kind=SUBJECT, subject_id=str(order.pk)).order_by("id"))
    events = timeline(entries)
    documents = order_documents(order)
    shown_bills = bills(order, office)
    drawings = list(order.drawings.all())
    fresh = _fresh_papers(documents, entries, user)
    tracking_url = _tracking_url(order, office)
    return {
        "office": office,  # also for the frame of the page, which then need not read it again
        "order": order,
        "facts": _facts(order, deadlines),
        "side_actions": _side_actions(order, user),
        "steps": stepper(order, entries),
        "events": events,
        "waiting": _waiting(order, entries, deadlines),
        "bill": shown_bills.get(order.estimate_id),
        "change_bill": shown_bills.get(order.change_id),
        "offer_notes": notes(order) if Role.PELAYANAN in roles_of(user) else (),
        "items": order.items.all(),
        "items_open": waiting_for(order) == Role.BENGKEL,
        "left_goods": order.left_goods.all(),
        "drawings": _drawings(order, user, drawings),
        "link_url": reverse("gambar-hp", args=[order.pk]) if can(user, "phone_link", order).ok else "",
        "new_drawing": _new_drawing(order, user, drawings),
        "work": work_of(order, user),
        "handovers": order.handovers.all() if order.settled_at else (),
        "contacts": order.contacts.select_related("noted_by"),
        "tracking_url": tracking_url,
        "whatsapp_url": whatsapp_draft(order, office, tracking_url) if order.customer else "",
        "may_note_contact": can(user, "note_contact", order).ok,
        "may_renew_link": can(user, "renew_link", order).ok,
        "papers": _papers(order, documents, fresh, may_reprint=bool(roles_of(user))),
        "may_open_customer": Role.PELAYANAN in roles_of(user),
    }


def _tracking_url(order: Order, office: Office) -> str:
    """The address of the customer's page; empty where there is no link in force."""
    link = order.tracking_links.filter(revoked_at=None).first()
    return address(link, office) if link else ""


def _side_actions(order: Order, user: User) -> list[dict]:
    """The other actions, without a second way to the page of the step itself."""
    step = current_step(order)
    return [other for other in side_actions(user, order) if not step or other["url"] != step[1].url]


def _facts(order: Order, deadlines: Deadlines) -> list[dict]:
    facts = [
        {"label": "Pelanggan", "value": order.customer or "Belum dipilih"},
        {"label": "Keadaan", "tag": deadlines.state(order)},
    ]
    if order.estimate:
        promise = "Janji selesai" if order.agreed_at else "Usulan selesai"
        facts.append({"label": promise, "value": tanggal(order.estimate.finish_on) + _kept(order)})
        facts.append({"label": "Nilai", "value": rupiah(order.estimate.total)})
        if order.reduction:
            facts.append({"label": "Tagihan", "value": rupiah(order.bill)})
    elif order.needed_on:
        facts.append({"label": "Dibutuhkan", "value": tanggal(order.needed_on)})
    return facts


def _kept(order: Order) -> str:
    if not order.finished_at:
        return ""
    return ", ditepati" if local_date(order.finished_at) <= order.estimate.finish_on else ", tidak ditepati"


def _waiting(order: Order, entries: Sequence[AuditEntry], deadlines: Deadlines) -> dict:
    """Whom the order waits for, or how it ended; shown where this user has nothing to do."""
    stage = Stage(order.stage)
    if stage in FINAL:
        [ended] = timeline([next(e for e in reversed(entries) if e.after.get("stage") != e.before.get("stage"))])
        return {"title": deadlines.state(order).text, "text": ended.why or ended.sentence}
    title = f"{waits(order)}, sejak {since(entered(order), deadlines.today)}"
    text = f"Tertunda: {order.hold_reason}" if order.hold_reason else order.reversal_reason
    return {"title": title, "text": text}


def bills(order: Order, office: Office) -> dict[int, Bill]:
    """What the order's estimate and the change of it come to, by their keys. At most one query."""
    estimates = [estimate for estimate in (order.estimate, order.change) if estimate]
    lines = list(EstimateLine.objects.filter(estimate__in=estimates)) if estimates else []
    return {
        estimate.pk: Bill(
            estimate,
            [line for line in lines if line.estimate_id == estimate.pk and line.kind == EstimateLine.Kind.SERVICE],
            [line for line in lines if line.estimate_id == estimate.pk and line.kind != EstimateLine.Kind.SERVICE],
            order.decisions if estimate == order.estimate else [],
            order.bill if estimate == order.estimate else estimate.total,
            payment_due(order, office) if order.stage == Stage.PEMBAYARAN else None,
        )
        for estimate in estimates
    }


def _new_drawing(order: Order, user: User, drawings: Sequence[Drawing]) -> dict | None:
    """The oldest new version that the workshop has not opened, for those who can; `more` counts the others."""
    if not can(user, "see_drawing", order).ok:
        return None
    replaced = {drawing.replaces_id for drawing in drawings}
    unseen = [d for d in drawings if d.version > 1 and d.seen_at is None and d.pk not in replaced]
    return {"drawing": unseen[0], "more": len(unseen) - 1, "form": KeyedForm(version=order.version)} if unseen else None


def _drawings(order: Order, user: User, drawings: Sequence[Drawing]) -> list[dict]:
    """The newest version of each drawing first, then the versions they replaced."""
    replaced = {drawing.replaces_id for drawing in drawings}
    may_replace = can(user, "revise_drawing", order).ok
    shown = []
    for drawing in sorted(drawings, key=lambda d: d.pk in replaced):
        old = drawing.pk in replaced
        notes = [f"PDF, {drawing.pages} halaman"] if drawing.kind == drawing.Kind.PDF else []
        notes += ["DXF"] if drawing.kind == drawing.Kind.DXF else []
        notes += ["dari HP"] if drawing.link_id else []
        notes += [f"versi {drawing.version}"] if old or drawing.version > 1 else []
        shown.append(
            {
                "name": drawing.original_name,
                "key": drawing.pk,
                "url": reverse("gambar-lihat", args=[drawing.pk]),
                "thumbnail_url": reverse("gambar-kecil", args=[drawing.pk]) if drawing.thumbnail else "",
                "note": ", ".join(notes),
                "old": old,
                "replace_url": reverse("gambar-versi-baru", args=[drawing.pk]) if may_replace and not old else "",
            }
        )
    return shown


def _papers(
    order: Order, documents: Sequence[Document], fresh: Collection[Document], *, may_reprint: bool
) -> list[dict]:
    """Newest first; after them, in a sentence, the papers that are still to come."""
    ordinals: dict = {}
    for document in documents:
        ordinals[document.pk] = ordinals.get(document.replaces_id, -1) + 1
    issued = [
        {
            "name": _title(document, ordinals),
            "detail": " · ".join(_details(document)),
            "url": _url(document),
            "reprint_url": _reprint_url(document) if may_reprint and not document.voided_at else "",
            "fresh": document in fresh,
            "bench_url": reverse("dokumen-dengan-gambar", args=[document.pk]) if is_for_the_bench(document) else "",
        }
        for document in reversed(documents)
    ]
    in_force = {document.kind for document in documents if not document.voided_at}
    to_come = [
        {"name": KINDS[kind].title, "detail": when}
        for kind, when in WILL_BE_ISSUED.items()
        if kind not in in_force and Stage(order.stage) not in FINAL
    ]
    return issued + to_come


def _title(document: Document, ordinals: dict) -> str:
    ordinal = ordinals.get(document.pk)
    is_change = ordinal and document.kind in (Kind.ORDER_LETTER, Kind.WORK_ORDER)
    return KINDS[document.kind].title + (f", perubahan ke-{ordinal}" if is_change else "")


def _details(document: Document) -> list[str]:
    details = [document.printed_number, _unbroken(tanggal(document.issued_at))]
    successor = getattr(document, "replaced_by", None)
    if document.voided_at:
        details.append(f"BATAL {_unbroken(tanggal(document.voided_at))}: {document.void_reason}")
    elif successor:
        details.append(f"diganti {successor.printed_number}")
    return details


def _unbroken(text: str) -> str:
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _url(document: Document) -> str:
    return reverse("dokumen-lihat", args=[document.pk])


def _reprint_url(document: Document) -> str:
    return reverse("dokumen-cetak-ulang", args=[document.pk])


def _fresh_papers(documents: Sequence[Document], entries: Sequence[AuditEntry], user: User) -> list[Document]:
    """The papers of the order's latest action, when that was this user's: they are most likely not printed yet."""
    last = entries[-1] if entries else None
    if last is None or last.actor_id != user.pk:
        return []
    numbers = {last.after.get(fact) for fact in ("paper", "work_order", "receipt")}
    return [document for document in documents if document.printed_number in numbers and not document.voided_at]
