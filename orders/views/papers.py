"""An issued paper beside the order it belongs to: printed here, and on to what comes next."""

import logging
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from balai.kinds import KINDS, Kind
from balai.models import User
from balai.pdf import RenderError
from balai.reading import ReadersBusy
from balai.roles import Role, roles_of
from balai.views.papers import Onward, access_paper, not_drawn, pdf_response, show_paper
from orders import workpack
from orders.deadlines import waits
from orders.models import Order
from orders.queries import is_for_the_bench, order_documents
from orders.stages import FINAL, STAGES, Stage
from orders.steps import next_step

logger = logging.getLogger(__name__)

BESIDE = "Cetak beserta gambar"
# Where each role begins its next piece of work.
NEXT_CUSTOMER = {
    Role.PELAYANAN: Onward("Permohonan baru", "permohonan-baru"),
    Role.KEUANGAN: Onward("Pembayaran berikutnya", "kasir"),
}


@require_GET
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The paper, its Cetak button, and the ways on: its order, the order's other papers, the next customer."""
    issued = access_paper(request.user, pk)
    order = Order.objects.filter(papers__document=issued).select_related("customer", "change").first()
    ways = _ways_of(order, request.user, issued.pk) if order else []
    beside = [Onward(BESIDE, reverse("dokumen-dengan-gambar", args=[issued.pk]))] if is_for_the_bench(issued) else []
    return show_paper(request, issued, ways + _next_customer(request.user), beside)


@require_GET
def with_drawings(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A surat perintah kerja with its drawings, to be printed in one go. One that was replaced leads to its page."""
    issued = access_paper(request.user, pk)
    order = Order.objects.filter(papers__document=issued).first()
    if order is None or issued.kind != Kind.WORK_ORDER:
        raise Http404("Hanya surat perintah kerja dicetak beserta gambar.")
    if not is_for_the_bench(issued):
        messages.warning(request, "Surat perintah kerja ini tidak berlaku lagi, jadi tidak dicetak beserta gambar.")
        return redirect("dokumen-lihat", pk)
    try:
        whole = workpack.with_drawings(issued, order)
    except (RenderError, ReadersBusy, workpack.NotJoined):
        logger.exception("%s cannot be joined with its drawings", issued)
        return not_drawn(request)
    return pdf_response(whole, f"{issued.kind}-{issued.printed_number}-dengan-gambar".replace("/", "-"))


def _ways_of(order: Order, user: User, shown: UUID) -> list[Onward]:
    url, stage = reverse("pesanan-satu", args=[order.pk]), Stage(order.stage)
    label = f"Pesanan {order.number}, {order.customer}"
    if next_step(user, order):
        ways = [Onward(label, url, f"Giliran Anda: {STAGES[stage].duty.lower()}")]
    else:
        ways = [Onward(label, url, STAGES[stage].label if stage in FINAL else waits(order))]
    others = [each for each in order_documents(order) if each.pk != shown and not each.voided_at]
    return ways + [
        Onward(f"{KINDS[each.kind].title} {each.printed_number}", reverse("dokumen-lihat", args=[each.pk]))
        for each in reversed(others)
    ]


def _next_customer(user: User) -> list[Onward]:
    return [way._replace(url=reverse(way.url)) for role, way in NEXT_CUSTOMER.items() if role in roles_of(user)]
