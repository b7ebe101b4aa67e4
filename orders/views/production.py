"""SOP 5, produksi: the workshop's progress; and the cancellation of an agreed order by pimpinan."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from orders.forms.steps import CancellationForm, ProgressForm
from orders.views.page import answer_step


@require_http_methods(["GET", "POST"])
def production(request: HttpRequest, pk: int) -> HttpResponse:
    """Start, pause, go on, done."""
    return answer_step(request, pk, ProgressForm)


@require_http_methods(["GET", "POST"])
def cancellation(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel, with a reason."""
    return answer_step(request, pk, CancellationForm)
