"""Public: the customer's own page of an order, behind a secret link, without signing in and without a cookie."""

from collections.abc import Callable
from functools import wraps
from math import ceil

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from balai.office import get_office
from balai.verification import TooManyTries, guarded
from orders import actions, tracking
from orders.actions import ActionRefused
from orders.forms.tracking import AnswerForm
from orders.models import Order, TrackingLink
from orders.views.flow import STATUS


def keep_secret(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The address is the key: it is told to no other site and to no search engine."""

    @wraps(view)
    def secretive(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return secretive


@login_not_required
@csrf_exempt  # no cookie gives any right here, so none can be abused
@never_cache
@keep_secret
@require_http_methods(["GET", "POST"])
def track(request: HttpRequest, token: str) -> HttpResponse:
    """The tracking page. Unknown, malformed and revoked tokens get the same answer, guessers soon none."""
    try:
        link = guarded(request, lambda: tracking.find_link(token))
    except TooManyTries as refused:
        return _slow_down(request, ceil(refused.wait.total_seconds()))
    if link is None:
        return render(request, "lacak/tidak_ada.html", status=404)
    if request.method == "POST":
        return _answer(request, link)
    return _page(request, link.order, AnswerForm(offer=link.order.open_offer))


def _answer(request: HttpRequest, link: TrackingLink) -> HttpResponse:
    """Keep the message and show the page anew; a refused one stays on it."""
    form = AnswerForm(request.POST, offer=link.order.open_offer)
    if not form.is_valid():
        return _page(request, link.order, form, 422)
    said = form.cleaned_data
    try:
        actions.leave_message(link.order_id, said["kunci"], said["versi"], said["jawaban"], said["catatan"])
    except ActionRefused as refused:
        form.add_error(None, refused.reason)
        return _page(request, link.order, form, STATUS[refused.because])
    return redirect("lacak", link.token)


def _page(request: HttpRequest, order: Order, form: AnswerForm, status: int = 200) -> HttpResponse:
    context = tracking.describe(order) | {"form": form, "office": get_office()}
    return render(request, "lacak/pesanan.html", context, status=status)


def _slow_down(request: HttpRequest, seconds: int) -> HttpResponse:
    response = render(request, "lacak/tunggu.html", {"minutes": ceil(seconds / 60)}, status=429)
    response["Retry-After"] = str(seconds)
    return response
