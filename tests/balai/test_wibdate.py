"""The database's own date of a moment is the office's date of it."""

from datetime import UTC, date, datetime

import pytest

from balai.clock import local_date
from balai.models import Emblem
from balai.wibdate import WibDate


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 16, 59, 59, 999_999, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2028, 2, 29, 3, 30, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
def test_a_day_begins_at_midnight_in_wib(moment, day):
    Emblem.objects.create(png=b"PNG", sha256="0" * 64, added_at=moment)

    assert Emblem.objects.values_list(WibDate("added_at"), flat=True).get() == day == local_date(moment)
