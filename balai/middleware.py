"""Request id for audit and log, the two ages of a session, and parts of pages after it."""

import logging
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render

_request_id: ContextVar[str] = ContextVar("request_id", default="")

RENEW_AFTER = 5 * 60  # seconds; renewing on every request would write to the database on every page
SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
POLLING = "X-Balai-Polling"  # of a request that an open page makes by itself, with nobody at it


def current_request_id() -> str:
    """The id of the request being served, 32 hex digits; empty outside a request."""
    return _request_id.get()


class RequestIdFilter(logging.Filter):
    """Puts the request id on every log line."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id() or "-"
        return True


class RequestIdMiddleware:
    """Gives each request an id of our own making; what a client sends is not trusted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _request_id.set(uuid.uuid4().hex)
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = current_request_id()
            return response
        finally:
            _request_id.reset(token)


class LivePartMiddleware:
    """A part of a page asked for by htmx after the session has ended gets 401, and the page keeps what is on it.

    Without this the browser would follow the way to sign-in and put that page into the place of the part.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.htmx and response.status_code == 302 and not request.user.is_authenticated:
            return HttpResponse(status=401)
        return response


class CutOffMiddleware:
    """A body that ended half-way (`balai.incoming`) changes nothing; whoever still listens is told in words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, UnreadablePostError):
            return render(request, "terputus.html", status=400)
        return None


class SessionAgeMiddleware:
    """Ends a session 12 hours after sign-in, and renews its idle limit of 30 minutes while it is used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            signed_in = request.session.setdefault(SIGNED_IN_AT, now)
            if now - signed_in > settings.SESSION_ABSOLUTE_AGE:
                logout(request)  # the page then asks to sign in, as it does after an idle session
            elif POLLING not in request.headers and now - request.session.get(SEEN_AT, 0) > RENEW_AFTER:
                request.session[SEEN_AT] = now
        return self.get_response(request)
