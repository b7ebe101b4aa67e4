"""The jobs of the bulk orders: each sample job in several sizes, priced once by the real rule, in the papers' words."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal

from balai import clock
from balai.models import Office
from finance.papers import AccountLine
from orders.actions.intake import ItemData, describe_items
from orders.models import EstimateLine, JobKind, JobStep, OrderItem, Tariff
from orders.papers import CostLine, OrderedGoods, RequestedGoods
from orders.papers.parts import cost_line
from orders.papers.workshop import Material, Step, material, step
from orders.pricing import LineData, account_totals, price_lines, total
from orders.words import words_of_items
from orders.worktime import as_rows, derived_steps

from ._sample_words import JOBS
from ._sample_words import Job as Sample

SIZES = (Decimal("0.5"), Decimal(1), Decimal("1.5"), Decimal(2))
LINE_FIELDS = (
    "position",
    "kind",
    "tariff_id",
    "service",
    "description",
    "price_source",
    "quantity",
    "unit",
    "price",
    "amount",
    "account_code",
)
STEP_FIELDS = ("position", "work_centre_id", "description", "minutes")
Kind = EstimateLine.Kind


@dataclass(frozen=True)
class Job:
    """A job with its price. `items`, `lines` and `steps` are rows without their keys, `accounts` rupiah per kode
    rekening, `ordered_steps` the steps as the surat perintah kerja says them.
    """

    service: str
    job_kind: int | None
    note: str
    title: str
    items: list[dict]
    words: list[str]
    lines: list[dict]
    total: int
    accounts: dict[str, int]
    requested: list[RequestedGoods]
    ordered: list[OrderedGoods]
    costs: list[CostLine]
    steps: list[dict]
    ordered_steps: list[Step]
    materials: list[Material]
    materials_used: list[dict]
    legal_bases: list[str]
    account_lines: list[AccountLine]


def jobs(office: Office) -> list[Job]:
    """Every sample job in every size."""
    tariffs = {tariff.name: tariff for tariff in Tariff.objects.valid_on(clock.today())}
    kinds = dict(JobKind.objects.values_list("name", "pk"))
    return [_job(sample, size, tariffs, kinds, office) for sample in JOBS for size in SIZES]


def quantity_text(quantity: Decimal) -> str:
    """As papers write it: without trailing zeros."""
    return f"{quantity.normalize():f}"


def _job(sample: Sample, size: Decimal, tariffs: dict[str, Tariff], kinds: dict[str, int], office: Office) -> Job:
    items = tuple(ItemData(*item) for item in sample.items)
    lines = price_lines(_typed(sample, size, tariffs), clock.today(), office.material_account)
    accounts = account_totals(lines)
    steps = as_rows(derived_steps(lines))
    rows = [{"position": place, **asdict(item)} for place, item in enumerate(items, 1)]
    return Job(
        service=sample.service,
        job_kind=kinds.get(sample.job_kind),
        note=sample.note,
        title=describe_items(items),
        items=rows,
        words=sorted(words_of_items(OrderItem(**row) for row in rows)),
        lines=[{name: getattr(line, name) for name in LINE_FIELDS} for line in lines],
        total=total(lines),
        accounts=accounts,
        requested=[_goods(item) | {"size": item.size, "material": item.material} for item in items],
        ordered=[
            _goods(item) | {"specification": ", ".join(part for part in (item.material, item.size) if part)}
            for item in items
        ],
        costs=[cost_line(line) for line in lines],
        steps=[{name: getattr(each, name) for name in STEP_FIELDS} for each in steps],
        ordered_steps=[step(JobStep(**{name: getattr(each, name) for name in STEP_FIELDS})) for each in steps],
        materials=[material(line) for line in lines if line.kind != Kind.SERVICE],
        materials_used=[
            _used(line, place) for place, line in enumerate((each for each in lines if each.kind != Kind.SERVICE), 1)
        ],
        legal_bases=list(dict.fromkeys(tariffs[name].legal_basis for name, *_ in sample.services)),
        account_lines=[
            {"account_code": account, "description": _names(account, lines), "amount": amount}
            for account, amount in accounts.items()
        ],
    )


def _typed(sample: Sample, size: Decimal, tariffs: dict[str, Tariff]) -> Iterator[LineData]:
    for service, description, quantity in sample.services:
        yield LineData(Kind.SERVICE, quantity * size, description, tariffs[service].pk)
    for name, quantity, unit, price in sample.materials:
        kind = Kind.OFFICE_MATERIAL if price else Kind.CUSTOMER_MATERIAL
        source = "Persediaan bengkel" if price else ""
        yield LineData(kind, quantity * size, name, None, unit, price, source)


def _used(line: EstimateLine, place: int) -> dict:
    """The material as the work took it: as it was planned."""
    return {
        "position": place,
        "name": line.label,
        "from_customer": line.kind == Kind.CUSTOMER_MATERIAL,
        "unit": line.unit,
        "planned": line.quantity,
        "quantity": line.quantity,
    }


def _goods(item: ItemData) -> dict:
    return {"name": item.name, "quantity": quantity_text(item.quantity), "unit": item.unit}


def _names(account: str, lines: list[EstimateLine]) -> str:
    charged = [line for line in lines if line.account_code == account and line.amount]
    names = list(dict.fromkeys(line.service or line.description for line in charged))
    rest = len(names) - 3
    return ", ".join(names[:3]) + (f", dan {rest} lainnya" if rest > 0 else "")
