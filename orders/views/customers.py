"""The register of customers, for pelayanan only: a list with search, and one customer with all orders."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from balai.clock import today
from balai.models import User
from balai.roles import acting_role
from balai.text import single_line
from orders.actions.customers import MAY_SEE, ONLY_PELAYANAN, change_customer, customer_version
from orders.customer_search import search_customers
from orders.deadlines import stage_tag
from orders.forms.customers import CustomerChangeForm
from orders.models import Customer
from orders.queries import for_lists
from orders.views.flow import attempt

PER_PAGE = 50
MAX_SEARCH = 100


@require_GET
def customer_list(request: HttpRequest) -> HttpResponse:
    """All customers by name, found by name, business or telephone number."""
    insist_on_pelayanan(request.user)
    search = single_line(request.GET.get("q", ""))[:MAX_SEARCH]
    page = Paginator(search_customers(search), PER_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "orders/customers.html", {"page": page, "search": search})


@require_http_methods(["GET", "POST"])
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    """One customer: facts, orders, and the form that changes the facts."""
    insist_on_pelayanan(request.user)
    found = get_object_or_404(Customer, pk=pk)
    form = CustomerChangeForm(request.POST or None, customer=found, version=customer_version(found))
    if request.method == "POST":
        if attempt(request, form, lambda intent: change_customer(pk, intent, form.customer_data)):
            messages.success(request, "Data pelanggan diubah. Dokumen yang sudah terbit tidak berubah.")
            return redirect("pelanggan-satu", pk)
        found = get_object_or_404(Customer, pk=pk)
        form.renew(customer_version(found))
    orders = Paginator(for_lists(found.orders.order_by("-id")), PER_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "customer": found,
        "form": form,
        "errors": form.error_summary if form.is_bound else [],
        "page": orders,
        "rows": [{"order": order, "tag": stage_tag(order, today())} for order in orders],
    }
    return render(request, "orders/customer.html", context, status=form.status)


def insist_on_pelayanan(user: User) -> None:
    """Raises PermissionDenied for everybody who may not see the register."""
    if acting_role(user, MAY_SEE) is None:
        raise PermissionDenied(ONLY_PELAYANAN)
