"""The one search of the office, as a page and as what appears while somebody types in the head of every page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from balai.clock import today
from balai.roles import Role, insist_on_role, roles_of
from orders.deadlines import stage_tag
from orders.forms.search import SearchForm
from orders.search import MOST, NOTHING, find


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """What was found; a number or code that means one order opens it. Typing (htmx) gets the list alone."""
    insist_on_role(request.user)
    form = SearchForm(request.GET)
    form.is_valid()  # what cannot be asked for is said beside its field and finds nothing
    text = form.cleaned_data.get("q", "")
    found = find(text) if len(text) > 1 else NOTHING
    if found.direct and not request.htmx:
        return redirect("pesanan-satu", found.direct.pk)
    context = {
        "form": form,
        "text": text,
        "found": found,
        "rows": [{"order": hit.order, "why": hit.why, "tag": stage_tag(hit.order, today())} for hit in found.hits],
        "more": len(found.hits) == MOST,
        "may_see_customers": Role.PELAYANAN in roles_of(request.user),
    }
    response = render(request, "orders/parts/found.html" if request.htmx else "orders/search.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
