"""SOP 2, identifikasi: can the workshop do this at all?"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from orders.forms.steps import ReviewForm
from orders.views.page import answer_step


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Bisa dikerjakan, or back to the customer."""
    return answer_step(request, pk, ReviewForm)
