"""The password asked for once more, where something may not be undone (ASVS 7.5.3)."""

from django.contrib.auth import authenticate
from django.http import HttpRequest


def entered_anew(request: HttpRequest, typed: str) -> bool:
    """Whether this is the password of whoever is signed in. Guesses are counted and slowed as at sign-in (axes)."""
    return authenticate(request, username=request.user.get_username(), password=typed) is not None
