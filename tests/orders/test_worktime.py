"""The time of an estimate: what its services say in whole minutes, less what was done already."""

from decimal import Decimal

import pytest

from balai import clock
from balai.formats import hours, jam_kerja
from orders.models import EstimateLine, JobStep, Tariff
from orders.pricing import LineData, price_lines
from orders.worktime import StepData, derived_steps, minutes_of
from tests.factories import make_tariffs

pytestmark = pytest.mark.django_db


def priced(*services: tuple[str, str]) -> list[EstimateLine]:
    tariffs = {tariff.code: tariff.pk for tariff in make_tariffs()}
    lines = [LineData("jasa", Decimal(quantity), "poros", tariff_id=tariffs[code]) for code, quantity in services]
    return price_lines(lines, clock.today(), "4")


def centre(code: str) -> int:
    return Tariff.objects.get(code=code).work_centre_id


def test_each_service_is_a_step_at_its_work_centre():
    lines = priced(("J-01", "2.5"), ("J-09", "1.5"))

    assert derived_steps(lines) == [StepData(centre("J-01"), 150, "poros"), StepData(centre("J-09"), 360, "poros")]


def test_a_service_that_tells_no_time_is_no_step():
    make_tariffs()
    Tariff.objects.filter(code="J-01").update(work_centre=None, minutes_per_unit=None)

    assert derived_steps(priced(("J-01", "2"))) == []


@pytest.mark.parametrize(
    ("quantity", "per_unit", "minutes"), [("0.001", 60, 1), ("0.025", 60, 2), ("0.024", 60, 1), ("1.6", 90, 144)]
)
def test_minutes_are_whole_halves_up_and_never_none(quantity, per_unit, minutes):
    assert minutes_of(Decimal(quantity), per_unit) == minutes


def test_a_change_plans_only_what_it_adds():
    lines = priced(("J-01", "10"), ("J-01", "5"), ("J-04", "4"))
    done = [JobStep(work_centre_id=centre("J-01"), minutes=720), JobStep(work_centre_id=centre("J-09"), minutes=60)]

    assert derived_steps(lines, done) == [
        StepData(centre("J-01"), 180, "poros"),
        StepData(centre("J-04"), 240, "poros"),
    ]


def test_hours_tell_every_whole_minute_apart():
    assert len({hours(minutes) for minutes in range(1, 601)}) == 600
    assert all(minutes_of(hours(minutes), 60) == minutes for minutes in range(1, 6_001))
    assert (jam_kerja(150), jam_kerja(20), jam_kerja(None)) == ("2,5 jam", "0,33 jam", "")
