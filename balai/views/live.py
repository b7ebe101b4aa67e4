"""Pages that stay open and keep themselves up to date: the whole page first, then its parts alone, or 304."""

import hashlib
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control, patch_vary_headers

from balai import clock
from balai.models import AuditEntry
from balai.office import find_office

STALE_AFTER = 120  # seconds; an entry of the audit may become visible after one with a later number


def live(request: HttpRequest, page: str, draw: Callable[[HttpRequest, dict], HttpResponse]) -> HttpResponse:
    """The page, or 304 when it was asked for by htmx and nothing has been done in the office since. Two small queries.

    `page` tells what it shows, and to whom. `draw` renders a template that extends `frame`, which is in its context.
    """
    etag = f'"{_version(page)}"'
    if request.htmx and request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag})
    response = draw(request, {"frame": "live.html" if request.htmx else "base.html", "live_version": etag})
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _version(page: str) -> str:
    """Another text after everything that is done and recorded, on another day, and after a while anyway."""
    last = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    office = find_office()
    seen = (page, last, office and office.version, clock.today(), int(time.time()) // STALE_AFTER)
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]
