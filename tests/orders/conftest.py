"""One order in every state it can be in, made once per module; each test takes back what it did."""

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction

from balai.models import User
from balai.roles import Role
from orders.models import Order
from tests.factories import clerk, fresh, make_order, make_tariffs, make_user
from tests.orders.states import STATES

Cell = Callable[[str], tuple[Order, dict[str, User]]]


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker) -> Iterator[tuple[dict[str, Order], dict[str, User]]]:
    """Needs a module whose tests all use the database, or there is none yet: `pytestmark = pytest.mark.django_db`."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_tariffs()
        orders = {state: make_order(stage, **more) for state, (stage, more) in STATES.items()}
        people = {role.value: clerk(role) for role in Role}
        people["admin"] = make_user(username="admin", superuser=True)
        people["tanpa bagian"] = make_user()
        yield orders, people
        transaction.set_rollback(True)


@pytest.fixture
def cell(built, db) -> Cell:
    """`cell(state)` is the order in that state, and the people by role. `db` rolls back to a savepoint of `built`."""
    orders, people = built
    return lambda state: (fresh(orders[state]), people)
