"""What a page needs in many places and never changes, such as the office, is asked of the database once."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

from django.http import HttpRequest, HttpResponse

Found = TypeVar("Found")

_found: ContextVar[dict | None] = ContextVar("found", default=None)


def once_a_page(name: str, ask: Callable[[], Found]) -> Found:
    """What `ask` answers; while a page is being made, what it answered first. Elsewhere it is asked each time."""
    found = _found.get()
    if found is None:
        return ask()
    if name not in found:
        found[name] = ask()
    return found[name]


class ReadOnceMiddleware:
    """Holds what was found while a page is made; a request that may change something asks each time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        token = _found.set({})
        try:
            return self.get_response(request)
        finally:
            _found.reset(token)
