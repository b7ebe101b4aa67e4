"""Who may see the cash: keuangan and pimpinan, and the admin who looks on."""

from django.core.exceptions import PermissionDenied

from balai.models import User
from balai.roles import Role, roles_of

READERS = {Role.KEUANGAN, Role.PIMPINAN}


def insist_on_reader(user: User, what: str) -> None:
    """Raises PermissionDenied for those who may not see the cash; `what` names the page."""
    if not (roles_of(user) & READERS or user.is_superuser):
        raise PermissionDenied(f"{what} hanya untuk bagian keuangan dan pimpinan.")


def insist_on_treasurer(user: User, what: str) -> None:
    """Raises PermissionDenied for others than keuangan."""
    if Role.KEUANGAN not in roles_of(user):
        raise PermissionDenied(f"{what} hanya untuk bagian keuangan.")
