"""What a tariff is made of and must be like (DOMAIN.md c): the same for the form, an import and the actions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from orders.models import Tariff, WorkCentre

UNITS = (
    *("jam", "menit", "hari", "buah", "unit", "set", "pasang", "titik"),
    *("m", "m²", "m³", "kg", "liter", "lembar", "batang"),
)
WORK_TOGETHER = "Isi bagian kerja dan menit per satuan bersama-sama, atau kosongkan keduanya."
NO_WORK_FOR_MATERIAL = "Bahan tidak dikerjakan di bagian kerja. Kosongkan bagian kerja dan menitnya."
OUT_OF_USE = "“{name}” sudah tidak dipakai. Pilih bagian kerja lain, atau kosongkan bersama menitnya."
ENDS_BEFORE = "Hari terakhir berlaku tidak boleh sebelum hari mulainya."
STARTED = "Tarif mulai berlaku hari ini atau sesudahnya, tidak mundur."


@dataclass(frozen=True)
class TariffData:
    """A tariff as typed: `price` in rupiah a unit, both days included; one unit takes `minutes_per_unit` of work."""

    code: str
    kind: str
    service: str
    name: str
    unit: str
    price: int
    account_code: str
    legal_basis: str
    valid_from: date
    valid_until: date | None = None
    work_centre: int | None = None
    minutes_per_unit: int | None = None
    is_sample: bool = False

    @property
    def columns(self) -> dict:
        """The same by the names of the model's columns."""
        return {("work_centre_id" if name == "work_centre" else name): value for name, value in vars(self).items()}


def as_data(tariff: Tariff) -> TariffData:
    """What a row of the price list says."""
    values = {name: getattr(tariff, name) for name in TariffData.__dataclass_fields__ if name != "work_centre"}
    return TariffData(**values, work_centre=tariff.work_centre_id)


def faults_of(data: TariffData) -> Iterator[tuple[str, str]]:
    """What is wrong with a tariff, as pairs of a field's name and an Indonesian sentence."""
    if data.valid_until and data.valid_until < data.valid_from:
        yield "valid_until", ENDS_BEFORE
    if data.kind == Tariff.Kind.MATERIAL:
        if data.work_centre or data.minutes_per_unit:
            yield "work_centre", NO_WORK_FOR_MATERIAL
    elif (data.work_centre is None) != (not data.minutes_per_unit):
        yield "minutes_per_unit", WORK_TOGETHER


def out_of_use() -> dict[int, str]:
    """The names of the work centres that are out of use, by key. One query."""
    return dict(WorkCentre.objects.filter(is_active=False).values_list("pk", "name"))


def faults_of_new(data: TariffData, unused: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """As `faults_of`, of a tariff that is to be written; what stands in the list keeps its work centre for good.

    `unused` is what `out_of_use` said.
    """
    yield from faults_of(data)
    if data.work_centre in unused:
        yield "work_centre", OUT_OF_USE.format(name=unused[data.work_centre])
