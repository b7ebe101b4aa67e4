"""What the workshop learned from its finished orders, so that the next guess is better."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from balai.roles import Role
from orders.experiencepage import asked_months, describe
from orders.views.load import insist_on

READERS = (Role.BENGKEL, Role.PIMPINAN)


@require_GET
def experience(request: HttpRequest) -> HttpResponse:
    """Plan against fact, per work centre and kind of job; promises kept; the greatest misses."""
    insist_on(request.user, READERS, "Pengalaman bengkel hanya untuk bengkel, pimpinan, dan admin.")
    return render(request, "orders/experience.html", describe(asked_months(request.GET.get("bulan"))))
