"""Signing in and out, and where a signed-in person begins."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_GET

from balai import keptforms
from balai.forms import SignInForm
from balai.incoming import CUT_OFF
from balai.roles import Role, roles_of

# Where somebody begins who has this role alone; everybody else begins at the desk.
HOMES = {Role.KEUANGAN: "kasir", Role.BENGKEL: "bengkel"}


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    template_name = "registration/masuk.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


class SignOut(LogoutView):
    """POST only, as Django asks. Whoever leaves on purpose leaves no form behind."""

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        response.delete_cookie(keptforms.COOKIE)
        return response


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Send each role to its desk."""
    roles = roles_of(request.user)
    return redirect(HOMES[next(iter(roles))] if len(roles) == 1 and roles <= HOMES.keys() else "meja")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page is too old, cookies are off or the body broke off; gives the typed form back, else says what to do."""
    if request.environ.get(CUT_OFF):
        return render(request, "terputus.html", status=400)
    is_own = request.headers.get("Sec-Fetch-Site") == "same-origin"  # browsers say it, other sites cannot
    return (is_own and keptforms.again(request)) or render(request, "csrf.html", status=403)
