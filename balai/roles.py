"""The roles of the office, named once. A role is a Django group; one person may hold several."""

from collections.abc import Iterable
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from balai.models import User


class Role(StrEnum):
    PELAYANAN = "pelayanan"
    BENGKEL = "bengkel"
    KEUANGAN = "keuangan"
    PIMPINAN = "pimpinan"


def roles_of(user: User | AnonymousUser) -> frozenset[Role]:
    """The roles of this user, read once per user object.

    A superuser has no role by being one: admin sets up, clerks act.
    """
    if not user.is_authenticated:
        return frozenset()
    if not hasattr(user, "_roles"):
        names = set(user.groups.values_list("name", flat=True))
        user._roles = frozenset(role for role in Role if role in names)
    return user._roles


def acting_role(user: User, allowed: Iterable[Role]) -> Role | None:
    """The first of `allowed` that the user holds; it is the role written into the audit."""
    held = roles_of(user)
    return next((role for role in allowed if role in held), None)


def insist_on_role(user: User) -> None:
    """Orders and papers are for people of the office. Raises PermissionDenied for an account without a role."""
    if not (roles_of(user) or user.is_superuser):
        raise PermissionDenied("Akun Anda belum diberi bagian. Hubungi admin balai.")


def insist_on_admin(user: User) -> None:
    """The office's settings are for its admin. Raises PermissionDenied for everybody else."""
    if not user.is_superuser:
        raise PermissionDenied("Pengaturan kantor hanya untuk admin.")
