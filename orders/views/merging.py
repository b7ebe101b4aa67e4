"""Merging a customer into another entry of the same person or business."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from balai.text import single_line
from orders.actions.customers import customer_version
from orders.actions.merging import merge_customers
from orders.customer_search import find_customers
from orders.duplicates import likely_duplicates
from orders.forms.customers import MergeForm
from orders.models import Customer
from orders.views.customers import MAX_SEARCH, insist_on_pelayanan
from orders.views.flow import attempt


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is kept is chosen among those who are alike, or those who are found by `?q=`."""
    insist_on_pelayanan(request.user)
    customer = get_object_or_404(Customer, pk=pk)
    if customer.merged_into_id:
        return redirect("pelanggan-satu", pk)
    search = single_line(request.GET.get("q", ""))[:MAX_SEARCH]
    candidates = [other for other in _candidates(customer, search) if other != customer]
    form = MergeForm(request.POST or None, candidates=candidates, version=customer_version(customer))
    if request.method == "POST":
        if merged := attempt(request, form, lambda intent: merge_customers(pk, intent, **form.arguments)):
            messages.success(request, "Kedua data pelanggan digabung.")
            return redirect("pelanggan-satu", merged.customer_id)
        form.renew(customer_version(customer))
    context = {"customer": customer, "form": form, "search": search}
    context["errors"] = form.error_summary if form.is_bound else []
    return render(request, "orders/customer_merge.html", context, status=form.status)


def _candidates(customer: Customer, search: str) -> list[Customer]:
    if search:
        return find_customers(search)
    return likely_duplicates(customer.name, customer.business, customer.phone, customer.address)
