"""A page asks for the office and its holidays once; what changes something asks each time."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from balai.models import Office
from balai.office import get_office, holidays
from balai.readonce import ReadOnceMiddleware

pytestmark = pytest.mark.django_db


def answer(rf, method: str) -> list[str]:
    """The tables that are asked for by a request that needs the office and its holidays three times."""

    def view(request):
        for _ in range(3):
            get_office(), holidays()
        return HttpResponse()

    with CaptureQueriesContext(connection) as queries:
        ReadOnceMiddleware(view)(rf.generic(method, "/"))
    return [query["sql"].partition('FROM "')[2].partition('"')[0] for query in queries]


def test_a_page_asks_once(office, rf):
    assert answer(rf, "GET") == answer(rf, "HEAD") == ["balai_office", "balai_holiday"]


def test_a_request_that_may_change_something_asks_each_time(office, rf):
    assert answer(rf, "POST") == ["balai_office", "balai_holiday"] * 3


def test_the_next_page_shows_what_was_changed_meanwhile(office, as_admin):
    assert office.unit in as_admin.get("/kantor/").content.decode()

    Office.objects.update(unit="Balai yang Lain")

    assert "Balai yang Lain" in as_admin.get("/kantor/").content.decode()
    assert get_office().unit == "Balai yang Lain"
