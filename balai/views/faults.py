"""What is said when a request could not be served: there is no room left, or something is broken."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views import defaults

from balai.storage import is_full


def server_error(request: HttpRequest) -> HttpResponse:
    """HTTP 507 in words where the disk is full, wherever that was noticed; otherwise HTTP 500."""
    if is_full(sys.exc_info()[1]):
        return HttpResponse(loader.render_to_string("penuh.html"), status=507)
    return defaults.server_error(request)
