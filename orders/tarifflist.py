"""The price list as it is read: what is in force on a day, what comes, and what was changed by whom. Reads only."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Count, Min, Q, QuerySet

from balai.formats import angka, rupiah, tanggal
from orders.actions.pricelist import Reason
from orders.models import Service, Tariff
from orders.tariffs import TariffData

LAST = 12
SHOWN = 50
# A version ends or lasts again because another one came or went: that one tells it.
SILENT = (Reason.REPLACED, Reason.REOPENED)
GROUPS = {Tariff.Kind.SERVICE: "Bengkel {workshop}", Tariff.Kind.MATERIAL: "Bahan {workshop}"}


@dataclass(frozen=True)
class Wanted:
    """What of the list is asked for: in force on a WIB date, of one workshop, found by code or name."""

    day: date
    service: str = ""
    search: str = ""

    def of(self, tariffs: QuerySet[Tariff]) -> QuerySet[Tariff]:
        if self.service:
            tariffs = tariffs.filter(service=self.service)
        if self.search:
            tariffs = tariffs.filter(Q(code__icontains=self.search) | Q(name__icontains=self.search))
        return tariffs.select_related("work_centre")


@dataclass(frozen=True)
class Change:
    """A change of the list in a line: what it was about, from which price (rupiah) to which, since when, by whom."""

    what: str
    tariff_id: int | None
    start: date
    former: int | None
    price: int | None
    note: str
    at: datetime
    by: str


def in_force(wanted: Wanted) -> QuerySet[Tariff]:
    """Metal before wood, services before materials."""
    return wanted.of(Tariff.objects.valid_on(wanted.day)).order_by("-service", "-kind", "code")


def to_come(wanted: Wanted) -> QuerySet[Tariff]:
    """Versions that begin after the day, the nearest first."""
    return wanted.of(Tariff.objects.filter(valid_from__gt=wanted.day)).order_by("valid_from", "code")


def grouped(tariffs: Iterable[Tariff]) -> list[dict]:
    """The rows of a page under their headings, each with how many versions its code has. One query."""
    tariffs = list(tariffs)
    codes = Tariff.objects.filter(code__in=[tariff.code for tariff in tariffs]).values_list("code", flat=True)
    versions = Counter(codes.order_by())
    return [
        {
            "title": GROUPS[kind].format(workshop=Service(service).label.lower()),
            "rows": [{"tariff": tariff, "versions": versions[tariff.code]} for tariff in rows],
        }
        for (service, kind), rows in groupby(tariffs, key=lambda tariff: (tariff.service, tariff.kind))
    ]


def last_changes() -> list[Change]:
    """The last changes, newest first; what was done at once to many is one of them. Three queries."""
    told = Tariff.history.exclude(history_change_reason__in=SILENT).order_by()
    events = told.values("history_date", "history_user__full_name", "history_change_reason", "history_type")
    events = events.annotate(count=Count("*"), first=Min("history_id")).order_by("-history_date", "-first")[:LAST]
    events = list(events)
    rows = Tariff.history.in_bulk([event["first"] for event in events])
    former = _former_prices(rows.values())
    return [_change(rows[event["first"]], event, former) for event in events]


def history_of(code: str) -> list[dict]:
    """Everything that was done to a code, newest first: sentence, at, by. One query.

    Also what its versions went through before their code was put right.
    """
    own = Q(code=code) | Q(id__in=Tariff.objects.filter(code=code).order_by().values("id"))
    told = Tariff.history.filter(own).select_related("history_user", "work_centre")
    rows = list(told.order_by("history_id"))
    events = []
    for place, row in enumerate(rows):
        if row.history_change_reason not in SILENT:
            by = row.history_user.full_name if row.history_user else "sistem"
            events.append({"sentence": _sentence(row, rows[:place]), "at": row.history_date, "by": by})
    return events[::-1]


def _change(row, event: dict, former: dict[int, int]) -> Change:
    many = event["count"] > 1
    reason = row.history_change_reason or Reason.ADDED
    what = f"{angka(event['count'])} tarif" if many else f"{row.code} {row.name}"
    gone = row.history_type == "-"
    return Change(
        what=what,
        tariff_id=None if many or gone else row.id,
        start=row.valid_from,
        former=None if many else former.get(row.history_id),
        price=None if many or gone else row.price,
        note=f"{reason} {tanggal(row.valid_until)}" if reason == Reason.ENDED else reason,
        at=row.history_date,
        by=event["history_user__full_name"] or "sistem",
    )


def _former_prices(rows: Iterable) -> dict[int, int]:
    """What each of these rows of the history cost before, by its key."""
    rows = list(rows)
    same = Q(code__in=[row.code for row in rows]) | Q(id__in=[row.id for row in rows])
    before = list(Tariff.history.filter(same).order_by("history_id"))
    former = ((row, _before(row, [each for each in before if each.history_id < row.history_id])) for row in rows)
    return {row.history_id: each.price for row, each in former if each}


def _before(row, earlier: list):
    """The row of the history that this one changed: of the same version, or of the version before it."""
    own = [each for each in earlier if each.id == row.id]
    of_code = [each for each in earlier if each.code == row.code and each.history_type != "-"]
    return (own or of_code or [None])[-1]


def _sentence(row, earlier: list) -> str:
    before, price = _before(row, earlier), f"{rupiah(row.price)} per {row.unit}"
    match row.history_change_reason:
        case Reason.NEW_VERSION if before:
            return f"Versi baru mulai {tanggal(row.valid_from)}: {rupiah(before.price)} menjadi {price}"
        case Reason.ENDED:
            return f"Berakhir {tanggal(row.valid_until)}"
        case Reason.CORRECTED if before:
            return "Diperbaiki: " + ("; ".join(_differences(before, row)) or "tidak ada yang berubah")
        case Reason.DELETED:
            return f"Versi mulai {tanggal(row.valid_from)} dihapus: {price}"
    return f"Tarif baru mulai {tanggal(row.valid_from)}: {price}"


def _differences(before, row) -> Iterator[str]:
    """Each field that changed, from what to what."""
    for name in TariffData.__dataclass_fields__:
        field = Tariff._meta.get_field(name)
        old, new = (_shown(each, field) for each in (before, row))
        if old != new:
            yield f"{field.verbose_name.partition(' (')[0]} {old} menjadi {new}"


def _shown(row, field) -> str:
    value = getattr(row, field.attname)
    if field.name == "price":
        return rupiah(value)
    if field.name == "work_centre":
        return row.work_centre.name if row.work_centre else "kosong"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return "kosong" if value is None else str(value)
