"""What was typed and not sent is not lost: not with a closed tab, a dead browser, nor a session that has ended.

A form that saves itself (static/js/autosave.js) sends its fields every few seconds; they are kept for its page and
person until it is sent. A form that comes after its session has ended is kept half an hour for the person whom the
signed cookie names; the way back leads through sign-in. `?isian=<id>` shows a kept form again, filled in and not sent,
with its one-use key: had it arrived after all, sending it again has no second effect. Files, NIK and passwords
are never kept.
"""

import json
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import timedelta
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.core.signing import BadSignature
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, resolve_url

from balai import clock
from balai.formats import jam
from balai.formkeys import stands_on_page_of, typist
from balai.models import KeptForm, User

UNSENT = timedelta(days=7)
AFTER_SESSION = timedelta(minutes=30)
# Of one person; the oldest go first.
MOST_FORMS = 20
MOST_LETTERS = 200_000
AUTOSAVE = "X-Simpan-Isian"
NAME = "isian"  # the field of a form that keeps itself, and the parameter of the way back
COOKIE, SALT = "pengetik", "balai.keptforms"
_NOT_KEPT = ("csrfmiddlewaretoken", "nik", "password")

_restored: ContextVar[QueryDict | None] = ContextVar("restored_form", default=None)


def restored() -> QueryDict | None:
    """The fields of the kept form that this page shows again; None on other pages."""
    return _restored.get()


def unsent(user: User, path: str) -> QuerySet[KeptForm]:
    """What this person typed on this page and did not send, newest first."""
    return KeptForm.objects.filter(user=user, path=path, keep_until__gt=clock.now())


def keep(user: User, path: str, typed: QueryDict, until: timedelta) -> KeptForm | None:
    """Keep the fields, in place of what the same form (its field `isian`) kept before. None when there are too many."""
    fields = {name: values for name, values in typed.lists() if not name.endswith(_NOT_KEPT)}
    if len(json.dumps(fields)) > MOST_LETTERS:
        return None
    now = clock.now()
    kept, _ = KeptForm.objects.update_or_create(
        pk=_key(user, typed.get(NAME, "")),
        defaults={"user": user, "path": path, "fields": fields, "kept_at": now, "keep_until": now + until},
    )
    own = KeptForm.objects.filter(user=user)
    own.exclude(pk__in=list(own.values_list("pk", flat=True)[:MOST_FORMS])).delete()
    KeptForm.objects.filter(keep_until__lte=now).delete()
    return kept


def forget(user: User, pk: uuid.UUID) -> str | None:
    """Throw a kept form of this person away. Returns the address of its page; None when there is no such form."""
    kept = KeptForm.objects.filter(user=user, pk=pk).first()
    if kept is None:
        return None
    kept.delete()
    return kept.path


def way_back(kept: KeptForm) -> str:
    """The page that shows the kept form again."""
    return f"{kept.path}?{NAME}={kept.pk}"


def _key(user: User, field: str) -> uuid.UUID:
    """The key of a form's row: its own `isian`, mixed with the person, so that nobody can name another's row."""
    return uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_OID, str(user.pk)), field or uuid.uuid4().hex)


class KeptFormMiddleware:
    """Keeps forms and gives them back. Stands after authentication and before the demand to be signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token, page_of = _restored.set(None), typist.set(request.user.pk)
        try:
            response = self.get_response(request)
        finally:
            _restored.reset(token)
            typist.reset(page_of)
        if request.user.is_authenticated:
            self._sent(request, response)
            _name_typist(request, response)
        elif request.method == "POST" and response.status_code == 302:
            return again(request) or response
        return response

    def process_view(self, request: HttpRequest, *view) -> HttpResponse | None:
        """The form's protection (CSRF) was checked before."""
        if not request.user.is_authenticated:
            return None
        if request.method == "POST" and AUTOSAVE in request.headers:
            kept = keep(request.user, request.path, request.POST, UNSENT)
            return HttpResponse(jam(kept.kept_at), content_type="text/plain") if kept else HttpResponse(status=413)
        if request.method == "GET" and NAME in request.GET:
            _restore(request)
        return None

    def _sent(self, request: HttpRequest, response: HttpResponse) -> None:
        """A form that led on was understood: what was kept of it has done its work."""
        if request.method == "POST" and response.status_code == 302 and request.POST.get(NAME):
            forget(request.user, _key(request.user, request.POST[NAME]))


def again(request: HttpRequest) -> HttpResponse | None:
    """The way back for a form that came after its session; over sign-in, if nobody has signed in meanwhile.

    None for one that was not typed by the person who is or was signed in here last.
    """
    user = request.user if request.user.is_authenticated else _last_here(request)
    if user is None or not stands_on_page_of(request.POST.get("kunci", ""), user.pk):
        return None
    kept = keep(user, request.path, request.POST, AFTER_SESSION)
    if kept is None:
        return None
    address = way_back(kept)
    if not request.user.is_authenticated:
        address = f"{resolve_url(settings.LOGIN_URL)}?next={quote(address)}"
    if AUTOSAVE in request.headers:
        return HttpResponse(address, status=401, content_type="text/plain")
    return redirect(address)


def _last_here(request: HttpRequest) -> User | None:
    try:
        pk = request.get_signed_cookie(COOKIE, salt=SALT, max_age=settings.SESSION_ABSOLUTE_AGE)
    except (KeyError, BadSignature):
        return None
    return User.objects.filter(pk=pk, is_active=True).first()


def _restore(request: HttpRequest) -> None:
    try:
        kept = unsent(request.user, request.path).filter(pk=uuid.UUID(request.GET[NAME])).first()
    except ValueError:
        kept = None
    if kept is None:
        messages.warning(request, "Isian itu sudah terkirim, dihapus, atau terlalu lama.")
        return
    typed = QueryDict(mutable=True)
    for name, values in kept.fields.items():
        typed.setlist(name, values)
    _restored.set(typed)
    messages.info(
        request,
        f"Isian pukul {jam(kept.kept_at)} dikembalikan dan belum terkirim. Periksa, lalu kirim. "
        "Berkas dan NIK tidak ikut tersimpan: isi lagi.",
    )


def _name_typist(request: HttpRequest, response: HttpResponse) -> None:
    """The cookie outlives an idle session. It lets a form be kept, and opens nothing."""
    if request.get_signed_cookie(COOKIE, "", salt=SALT) == str(request.user.pk):
        return
    response.set_signed_cookie(
        COOKIE,
        str(request.user.pk),
        salt=SALT,
        max_age=settings.SESSION_ABSOLUTE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
