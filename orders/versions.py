"""The versions of an estimate side by side: what each came to, what was answered, which lines changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from balai.formats import angka
from orders.models import Estimate, EstimateLine

Kind = EstimateLine.Kind


@dataclass(frozen=True)
class VersionRow:
    """A version that was sent. Rupiah and minutes; `difference` to the version before it, `words` of the customer."""

    estimate: Estimate
    services: int
    materials: int
    minutes: int
    difference: str
    words: str


@dataclass(frozen=True)
class LineChange:
    """A line that is not what it was; an empty text where it was not there, or is there no more."""

    label: str
    before: str
    after: str


def version_rows(estimates: Iterable[Estimate], words: Mapping[datetime, str]) -> list[VersionRow]:
    """Every version that was sent, the first one first. `words` are the customer's, by the moment of the answer."""
    rows, former = [], None
    for estimate in estimates:
        if estimate.status == Estimate.Status.DRAFT:
            continue
        services = sum(line.amount for line in estimate.lines.all() if line.kind == Kind.SERVICE)
        minutes = sum(step.minutes for step in estimate.steps.all())
        change = difference(estimate.total - former.total) if former else ""
        said = words.get(estimate.answered_at, "")
        rows.append(VersionRow(estimate, services, estimate.total - services, minutes, change, said))
        former = estimate
    return rows


def changed_lines(before: Iterable[EstimateLine], after: Iterable[EstimateLine]) -> list[LineChange]:
    """What the newer lines change, in the order of the lines; lines of one label are told apart by their order."""
    old, new = _told(before), _told(after)
    return [LineChange(key[0], old.get(key, ""), new.get(key, "")) for key in old | new if old.get(key) != new.get(key)]


def difference(rupiah: int) -> str:
    """`naik 50.000`, `turun 794.000`, `sama`."""
    if rupiah == 0:
        return "sama"
    return f"{'naik' if rupiah > 0 else 'turun'} {angka(abs(rupiah))}"


def _told(lines: Iterable[EstimateLine]) -> dict[tuple[str, int], str]:
    told: dict[tuple[str, int], str] = {}
    for line in lines:
        times = sum(label == line.label for label, _ in told)
        source = ", dari pelanggan" if line.kind == Kind.CUSTOMER_MATERIAL else f", {angka(line.amount)}"
        told[line.label, times] = f"{angka(line.quantity)} {line.unit}{source}"
    return told
