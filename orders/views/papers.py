"""An issued paper beside the order it belongs to: printed here, and on to what comes next."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from balai.kinds import KINDS
from balai.models import User
from balai.roles import Role, roles_of
from balai.views.papers import Onward, access_paper, show_paper
from orders.deadlines import waits
from orders.models import Order
from orders.queries import order_documents
from orders.stages import FINAL, STAGES, Stage
from orders.steps import next_step

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
    return show_paper(request, issued, ways + _next_customer(request.user))


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
