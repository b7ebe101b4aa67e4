"""The load of the workshop: what is promised, and when the plan ends it. Read by those who answer "kapan selesai"."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from balai import clock
from balai.models import User
from balai.roles import Role, acting_role
from orders.loadpage import describe
from orders.workload import queue

READERS = (Role.BENGKEL, Role.PIMPINAN, Role.PELAYANAN)


@require_GET
def load(request: HttpRequest) -> HttpResponse:
    """Every work centre week by week, and the queue in the order of the promises."""
    insist_on(request.user, READERS, "Beban bengkel hanya untuk bengkel, pelayanan, pimpinan, dan admin.")
    now = queue(clock.today())
    asked = next((each for each in now.centres if str(each.pk) == request.GET.get("bagian")), None)
    context = describe(now, asked, request.GET.get("halaman"))
    user = request.user
    context["may_change"] = user.is_superuser or acting_role(user, [Role.BENGKEL]) is not None
    context["may_learn"] = user.is_superuser or acting_role(user, [Role.BENGKEL, Role.PIMPINAN]) is not None
    return render(request, "orders/load.html", context)


def insist_on(user: User, roles: Iterable[Role], reason: str) -> None:
    """Raises PermissionDenied with the reason for everybody but these roles and the admin."""
    if not user.is_superuser and acting_role(user, roles) is None:
        raise PermissionDenied(reason)
