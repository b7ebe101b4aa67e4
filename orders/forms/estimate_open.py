"""What a worksheet is opened with, and how its buttons rearrange it: rows more or less, steps, an earlier job."""

import uuid
from collections.abc import Iterable

from django.http import QueryDict

from balai.formats import angka, hours
from balai.workdays import add_workdays
from orders.forms.estimate import MATERIALS, SERVICES, STEPS, Basis, EstimateForm
from orders.forms.estimate_rows import LISTED, Kind, MaterialRows, ServiceRows, StepRows
from orders.models import Estimate, EstimateLine, Tariff
from orders.promising import Proposal
from orders.worktime import StepData, derived_steps


def opened(source: Estimate | None, basis: Basis) -> dict[str, str]:
    """A worksheet as it is opened: what `source` says, or one empty row, with a first day that has not passed."""
    starts_on = add_workdays(basis.today, 1, basis.holidays)
    if source and source.starts_on >= basis.today:
        starts_on = source.starts_on
    data = {"kunci": str(uuid.uuid4()), "versi": str(basis.order.version), "starts_on": starts_on.isoformat()}
    if source is None:
        return data | _rows(SERVICES, [{}]) | _rows(MATERIALS, []) | _rows(STEPS, [])
    data |= {"days": str(source.days), "note": source.note, "job_kind": str(source.job_kind_id or "")}
    return data | _work_of(source, basis)


def like(sent: QueryDict, source: Estimate, basis: Basis) -> QueryDict:
    """What was typed, with the work of an earlier job in place of its rows ("seperti pesanan …")."""
    data = _without(sent, SERVICES, MATERIALS, STEPS)
    fresh = _work_of(source, basis)
    if not data.get("job_kind"):
        fresh["job_kind"] = str(source.job_kind_id or "")
    return _with(data, fresh)


def with_proposal(sent: QueryDict, proposal: Proposal) -> QueryDict:
    """What was typed, with the days that the queue allows."""
    return _with(sent.copy(), {"starts_on": proposal.starts_on.isoformat(), "days": str(proposal.days)})


def rearranged(sent: QueryDict) -> QueryDict:
    """What was typed, with the row more or less that a button asked for, or a step moved up or down."""
    data = sent.copy()
    for rows, prefix in ((ServiceRows, SERVICES), (MaterialRows, MATERIALS), (StepRows, STEPS)):
        rows.rearrange(data, prefix)
    for button, way in (("naik-langkah", -1), ("turun-langkah", 1)):
        if (place := data.get(button, "")).isdecimal():
            _swap(data, int(place), int(place) + way)
    return data


def with_steps(sent: QueryDict, form: EstimateForm) -> QueryDict:
    """What was typed, with the steps in rows of their own to be edited: those that the services ask for."""
    return _with(_without(sent, STEPS), _rows(STEPS, _steps(form.steps) or [{}]))


def without_steps(sent: QueryDict) -> QueryDict:
    """What was typed, with the steps left to the services again."""
    return _with(_without(sent, STEPS), _rows(STEPS, []))


def _work_of(source: Estimate, basis: Basis) -> dict[str, str]:
    """The rows of an estimate. Its steps get rows of their own where they are not what its services say."""
    lines, steps = list(source.lines.all()), list(source.steps.all())
    typed = [StepData(step.work_centre_id, step.minutes, step.description) for step in steps]
    is_derived = typed == derived_steps(lines, basis.done if source.order_id == basis.order.pk else ())
    services = [_service(line, basis.services) for line in lines if line.kind == Kind.SERVICE]
    materials = [_material(line, basis.materials) for line in lines if line.kind != Kind.SERVICE]
    return _rows(SERVICES, services) | _rows(MATERIALS, materials) | _rows(STEPS, [] if is_derived else _steps(typed))


def _rows(prefix: str, rows: list[dict[str, str]]) -> dict[str, str]:
    data = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
    for place, row in enumerate(rows):
        data |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}
    return data


def _service(line: EstimateLine, tariffs: list[Tariff]) -> dict[str, str]:
    """A tariff no longer in force is followed by the one of the same code that is; without one it is chosen anew."""
    in_force = _in_force(line, tariffs)
    return {
        "tariff": str(in_force.pk) if in_force else "",
        "description": line.description,
        "quantity": _plain(line.quantity),
    }


def _material(line: EstimateLine, tariffs: list[Tariff]) -> dict[str, str]:
    row = {"description": line.description, "origin": line.kind, "quantity": _plain(line.quantity), "unit": line.unit}
    if line.tariff:
        in_force = _in_force(line, tariffs)
        return row | {"origin": f"{LISTED}{in_force.pk}" if in_force else ""}
    return row | {"price": angka(line.price) if line.price else "", "price_source": line.price_source}


def _in_force(line: EstimateLine, tariffs: list[Tariff]) -> Tariff | None:
    return next((tariff for tariff in tariffs if tariff.code == line.tariff.code), None)


def _steps(steps: Iterable[StepData]) -> list[dict[str, str]]:
    return [
        {"centre": str(step.work_centre), "what": step.description, "minutes": _plain(hours(step.minutes))}
        for step in steps
    ]


def _plain(number) -> str:
    """As the field of a quantity reads it."""
    return angka(number).replace(".", "")


def _without(sent: QueryDict, *prefixes: str) -> QueryDict:
    data = sent.copy()
    for name in list(data):
        if name.startswith(tuple(f"{prefix}-" for prefix in prefixes)):
            del data[name]
    return data


def _with(data: QueryDict, values: dict[str, str]) -> QueryDict:
    for name, value in values.items():
        data[name] = value
    return data


def _swap(data: QueryDict, one: int, other: int) -> None:
    names = StepRows.form.base_fields
    ways = [[data.get(f"{STEPS}-{place}-{name}") for name in names] for place in (one, other)]
    if None in ways[0] or None in ways[1]:  # at an end, or no such row
        return
    for place, values in zip((other, one), ways, strict=True):
        for name, value in zip(names, values, strict=True):
            data[f"{STEPS}-{place}-{name}"] = value
