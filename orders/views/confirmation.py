"""SOP 4, konfirmasi: what the customer answers to the estimate, or to a change of it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from orders.forms.steps import ConfirmationForm
from orders.views.page import answer_step


@require_http_methods(["GET", "POST"])
def confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """Sepakat, minta revisi, or tidak sepakat."""
    return answer_step(request, pk, ConfirmationForm)
