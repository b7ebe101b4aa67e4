"""Parts of the intake page about its customer, asked for while the clerk types."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from orders.customer_search import find_customers
from orders.duplicates import IDENTIFYING, likely_duplicates
from orders.forms.intake import NEW_CUSTOMER
from orders.views.customers import insist_on_pelayanan

LONGEST = 300


@require_POST
def matches(request: HttpRequest) -> HttpResponse:
    """The customers who fit what is typed into the search. Posted, so that no name stands in an address or a log."""
    insist_on_pelayanan(request.user)
    search = request.POST.get("find", "")[:LONGEST]
    found = find_customers(search)
    return render(request, "orders/intake_matches.html", {"search": search, "matches": found})


@require_POST
def duplicates(request: HttpRequest) -> HttpResponse:
    """The customers whom the new one may be, as far as it is typed."""
    insist_on_pelayanan(request.user)
    facts = (request.POST.get(f"{NEW_CUSTOMER}-{name}", "")[:LONGEST] for name in IDENTIFYING)
    return render(request, "orders/intake_duplicates.html", {"duplicates": likely_duplicates(*facts)})
