"""Between office and customer: conversations written down, and the link to the tracking page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from orders.forms.contacts import ContactForm, LinkForm
from orders.views.page import answer_step


@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what was said with the customer."""
    return answer_step(request, pk, ContactForm)


@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Show, renew or revoke the customer's tracking link."""
    return answer_step(request, pk, LinkForm)
