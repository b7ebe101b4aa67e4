"""What every page needs: the office's names and the menu."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from balai.nav import menu
from balai.office import find_office
from balai.roles import Role, roles_of


def office(request: HttpRequest) -> dict:
    """`office`: the settings row or None before set-up; `nav`: the menu; `opens_requests`: whether this user does.

    All are read only where a page shows them.
    """
    return {
        "office": SimpleLazyObject(find_office),
        "opens_requests": SimpleLazyObject(lambda: Role.PELAYANAN in roles_of(request.user)),
        "nav": SimpleLazyObject(lambda: menu(request) if request.user.is_authenticated else []),
    }
