"""Public: a phone adds drawings to one order, by a link a clerk made, without signing in and without a cookie."""

from collections.abc import Callable
from functools import wraps
from math import ceil

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from balai.office import get_office
from balai.verification import TooManyTries, guarded
from orders import actions, phonelinks
from orders.actions import ActionRefused
from orders.forms.drawings import SendForm, check_all
from orders.models import UploadLink
from orders.views.tracking import keep_secret
from orders.views.uploads import file_key

TOO_MANY = "Lewat tautan ini sudah terlalu banyak berkas dikirim. Minta tautan baru kepada petugas loket."


def by_link(view: Callable[[HttpRequest, UploadLink], HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the link of this token. Unknown, closed and expired ones get one answer, guessers soon none."""

    @wraps(view)
    def found(request: HttpRequest, token: str) -> HttpResponse:
        try:
            link = guarded(request, lambda: phonelinks.find_open(token))
        except TooManyTries as refused:
            seconds = ceil(refused.wait.total_seconds())
            response = render(request, "lacak/tunggu.html", {"minutes": ceil(seconds / 60)}, status=429)
            response["Retry-After"] = str(seconds)
            return response
        return view(request, link) if link else render(request, "unggah/tidak_ada.html", status=404)

    return login_not_required(csrf_exempt(never_cache(keep_secret(found))))  # no cookie gives any right here


@by_link
@require_http_methods(["GET", "POST"])
def phone(request: HttpRequest, link: UploadLink) -> HttpResponse:
    """Take photos or choose files; without scripts they are sent all at once."""
    form = _received(request, link) if request.method == "POST" else SendForm()
    status = form.status
    if form.is_bound:
        form.renew()
    return _page(request, link, form, "unggah/halaman.html", status)


@by_link
@require_POST
def phone_file(request: HttpRequest, link: UploadLink) -> HttpResponse:
    """One file, sent by the script of that page."""
    form = _received(request, link)
    return _page(request, link, form, "unggah/answer.html", form.status if not form.files_sent else 200)


def _received(request: HttpRequest, link: UploadLink) -> SendForm:
    """Check and store what was sent; the form says what became of it."""
    files = request.FILES.getlist("drawings")
    form = SendForm(request.POST, files=files)
    if not form.is_valid():
        form.status = 422
        return form
    admitted = [file for file in files if actions.count_try(link)]
    good, refused = check_all(admitted)
    if good:
        try:
            actions.add_by_link(link, file_key(form.cleaned_data["kunci"], good), good)
        except ActionRefused as refusal:
            form.add_error(None, refusal.reason)
    form.tell(good, refused)
    if len(admitted) < len(files):
        form.tell((), [TOO_MANY])
    return form


def _page(request: HttpRequest, link: UploadLink, form: SendForm, template: str, status: int) -> HttpResponse:
    context = {
        "link": link,
        "form": form,
        "count": link.drawings.count(),
        "max_files": phonelinks.MAX_FILES,
        "office": get_office(),
    }
    return render(request, template, context, status=status)
