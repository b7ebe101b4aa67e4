"""A role is a group; admin sets up, clerks act."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from balai.models import User
from balai.roles import Role, acting_role, roles_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_the_four_roles_are_named_as_the_sop_names_them():
    assert [role.value for role in Role] == ["pelayanan", "bengkel", "keuangan", "pimpinan"]


def test_one_person_may_wear_two_hats():
    user = make_user("bengkel", "keuangan")

    assert roles_of(user) == {Role.BENGKEL, Role.KEUANGAN}
    assert acting_role(user, (Role.PIMPINAN, Role.KEUANGAN, Role.BENGKEL)) == Role.KEUANGAN
    assert acting_role(user, (Role.PIMPINAN,)) is None


def test_nobody_has_a_role_by_being_admin_or_unknown():
    assert roles_of(make_user(superuser=True)) == frozenset()
    assert roles_of(make_user()) == frozenset()
    assert roles_of(AnonymousUser()) == frozenset()


def test_other_groups_mean_nothing_here():
    user = make_user()
    user.groups.add(Group.objects.create(name="arisan"))

    assert roles_of(User.objects.get(pk=user.pk)) == frozenset()


def test_roles_are_read_once_per_user_object(django_assert_num_queries):
    user = User.objects.get(pk=make_user("bengkel").pk)

    with django_assert_num_queries(1):
        assert roles_of(user) == roles_of(user)
