"""What every page needs: the office's names and the menu."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from balai.models import Office
from balai.nav import menu


def office(request: HttpRequest) -> dict:
    """`office`: the settings row or None before set-up; `nav`: the menu. Both are read only where a page shows them."""
    return {
        "office": SimpleLazyObject(lambda: Office.objects.filter(pk=1).first()),
        "nav": SimpleLazyObject(lambda: menu(request) if request.user.is_authenticated else []),
    }
