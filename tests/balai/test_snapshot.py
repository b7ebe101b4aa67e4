"""Books are read as of one moment, and nobody has to wait for it."""

from threading import Thread

from django.db import connection

from balai.checks import snapshot
from orders.models import Customer
from tests.factories import make_customer


def test_clerks_work_on_while_the_books_are_read_as_of_one_moment(transactional_db):
    with snapshot():
        assert Customer.objects.count() == 0
        clerk = Thread(target=_register_a_customer)
        clerk.start()
        clerk.join(timeout=15)
        assert not clerk.is_alive(), "the clerk had to wait"
        assert Customer.objects.count() == 0

    assert Customer.objects.count() == 1


def _register_a_customer() -> None:
    make_customer()
    connection.close()
