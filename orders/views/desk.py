"""The desk of each role, and the list of all orders with its search."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from balai.clock import today
from balai.office import get_office
from balai.roles import Role, insist_on_role, roles_of
from balai.views.live import live
from orders import desk as cards
from orders.deadlines import Deadlines, stage_tag
from orders.forms.search import DeskFilterForm, OrderSearchForm
from orders.models import Order
from orders.queries import for_lists

PER_PAGE = 50
ISSUE_PAPERS = {Role.PELAYANAN, Role.KEUANGAN}


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for this user, the oldest duty first; for pimpinan and admin, what is late and what waits where.

    A desk that is open asks for itself again every few seconds (htmx); while nothing has happened the answer is 304.
    """
    insist_on_role(request.user)
    return live(request, f"meja {request.user.pk} {request.GET.urlencode()}", _desk)


def _desk(request: HttpRequest, frame: dict) -> HttpResponse:
    office, roles = get_office(), roles_of(request.user)
    deadlines, form = Deadlines(office), DeskFilterForm(request.GET)
    form.is_valid()  # what cannot be asked for is said beside its field and asks for nothing
    wanted = form.wanted(deadlines)
    waiting = cards.tally(deadlines, wanted)
    context = {"office": office, "today": deadlines.today, "heading": _heading(roles), "form": form} | frame
    context |= _duties(roles, waiting, deadlines, wanted)
    if roles - {Role.PIMPINAN}:
        context |= _others(roles, waiting, deadlines, wanted)
    if Role.PIMPINAN in roles or request.user.is_superuser:
        late = sum(pile.late for pile in waiting)
        context |= {"late": cards.late_section(late, deadlines, wanted), "overview": waiting}
    if roles & ISSUE_PAPERS:
        context["recent"] = cards.recent_work(request.user)
    return render(request, "orders/desk.html", context | {"may_open_request": Role.PELAYANAN in roles})


@require_GET
def order_list(request: HttpRequest) -> HttpResponse:
    """All orders, newest first, narrowed by the words of the search, kind of service, stage, and being late."""
    insist_on_role(request.user)
    form = OrderSearchForm(request.GET)
    form.is_valid()  # what cannot be asked for is said beside its field and asks for nothing
    office = get_office()
    orders = Order.objects.filter(form.wanted(Deadlines(office)))
    page = Paginator(for_lists(orders).order_by("-id"), PER_PAGE).get_page(request.GET.get("halaman"))
    rows = [{"order": order, "tag": stage_tag(order, today())} for order in page]
    context = {"office": office, "form": form, "page": page, "rows": rows, "asked": form.asked}
    return render(request, "orders/list.html", context)


def _heading(roles: frozenset[Role]) -> str:
    return f"Meja {next(iter(roles))}" if len(roles) == 1 else "Meja kerja"


def _duties(roles: frozenset[Role], waiting: list[cards.Waiting], deadlines: Deadlines, wanted: Q) -> dict:
    mine = [pile for pile in waiting if pile.pile.role in roles]
    return {
        "sections": [cards.section(pile, deadlines, wanted) for pile in mine if pile.count],
        "count": sum(pile.count for pile in mine),
        "late_count": sum(pile.late for pile in mine),
    }


def _others(roles: frozenset[Role], waiting: list[cards.Waiting], deadlines: Deadlines, wanted: Q) -> dict:
    theirs = [pile for pile in waiting if pile.pile.role not in roles]
    return {
        "empty": [pile.pile.title.lower() for pile in waiting if pile.pile.role in roles and not pile.count],
        "others_count": sum(pile.count for pile in theirs),
        "others_in_words": cards.in_words(theirs),
        "others": cards.others([pile.pile for pile in theirs], deadlines, wanted),
    }
