"""What a row of an uploaded price list would change, against the list of that day. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from balai import clock
from balai.formats import tanggal
from orders.actions.pricelist import USED_TODAY
from orders.models import EstimateLine, Tariff, WorkCentre
from orders.tariffs import OUT_OF_USE, STARTED, TariffData, as_data, out_of_use
from orders.tariffsheet import COLUMNS, TITLES, Fault, cells_of, differences, read_row

NEW, VERSION, SAME, WRONG = "baru", "versi", "sama", "salah"
CODE, START, KIND, CENTRE = (TITLES[name] for name in ("code", "valid_from", "kind", "work_centre"))
OTHER_CONTENT = "versi mulai {day} sudah ada dengan isi lain ({columns}). Tulis hari mulai yang baru."
DOUBLE = "kode dan hari mulai ini sudah ada di baris {row}."
TWICE = "kode ini sudah berubah di baris {row}. Satu berkas memuat satu versi baru untuk tiap kode."
BEFORE_LAST = "versi terakhir mulai {day}. Versi baru mulai sesudahnya."
OTHER_KIND = "jenis sebuah kode tidak dapat berubah. Pakai kode baru."


@dataclass
class Review:
    """The rows judged so far, and what the price list knows of the codes of the next ones."""

    today: date
    versions: dict[str, list[Tariff]] = field(default_factory=dict)
    used_today: set[int] = field(default_factory=set)
    names: dict[int, str] = field(default_factory=dict)
    unused: dict[int, str] = field(default_factory=dict)
    starts: dict[tuple[str, str], int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)

    @classmethod
    def begun(cls, rows: Sequence[list], results: Sequence[dict], today: date) -> "Review":
        """Made ready for these rows, after the results of those before them. Four queries."""
        review = cls(today, names=dict(WorkCentre.objects.values_list("pk", "name")), unused=out_of_use())
        for result in results:
            review._remember(result)
        codes = {str(cells[0]).strip() for _, cells, _ in rows}
        for tariff in Tariff.objects.filter(code__in=codes).order_by("valid_from"):
            review.versions.setdefault(tariff.code, []).append(tariff)
        midnight = datetime.combine(today, time(), clock.WIB)
        used = EstimateLine.objects.filter(estimate__offered_at__gte=midnight, tariff__isnull=False)
        review.used_today = set(used.values_list("tariff_id", flat=True))
        return review

    def judge(self, row: int, cells: Sequence, formulas: Sequence[int]) -> dict:
        """What this row would change, as JSON keeps it: prices in rupiah, `faults` as pairs of column and sentence."""
        fields, faults = read_row(cells, formulas, {name.lower(): pk for pk, name in self.names.items()})
        start = fields.get("valid_from")
        result = {"row": row, "code": fields.get("code", ""), "name": fields.get("name", "")}
        result |= {"start": start.isoformat() if start else "", "change": WRONG, "price": fields.get("price")}
        former = None
        if not faults:
            data = TariffData(**fields)
            result["change"], former, faults = self._compared(data)
            if former:
                result |= {"former": former.price, "notes": list(differences(as_data(former), data, self.names))}
            result["unit"] = data.unit
        faults += self._doubles(result)
        if faults:
            result |= {"change": WRONG, "faults": faults}
        self._remember(result)
        return result

    def _compared(self, data: TariffData) -> tuple[str, Tariff | None, list[Fault]]:
        versions = self.versions.get(data.code, [])
        for version in versions:
            if version.valid_from == data.valid_from:
                return self._against(as_data(version), data)
        if data.valid_from < self.today:
            return WRONG, None, [(START, STARTED[0].lower() + STARTED[1:])]
        faults = []
        if data.work_centre in self.unused:
            faults.append((CENTRE, OUT_OF_USE.format(name=self.unused[data.work_centre])))
        if not versions:
            return NEW, None, faults
        last = versions[-1]
        if data.valid_from < last.valid_from:
            faults.append((START, BEFORE_LAST.format(day=tanggal(last.valid_from))))
        if data.kind != last.kind:
            faults.append((KIND, OTHER_KIND))
        if data.valid_from == self.today and last.pk in self.used_today:
            faults.append((START, USED_TODAY.format(code=data.code)))
        return VERSION, last, faults

    def _against(self, known: TariffData, data: TariffData) -> tuple[str, None, list[Fault]]:
        pairs = zip(COLUMNS, cells_of(known, self.names), cells_of(data, self.names), strict=True)
        other = ", ".join(column.title for column, before, after in pairs if before != after)
        fault = (START, OTHER_CONTENT.format(day=tanggal(data.valid_from), columns=other))
        return SAME, None, [fault] if other else []

    def _doubles(self, result: dict) -> list[Fault]:
        if first := self.starts.get((result["code"], result["start"])):
            return [(CODE, DOUBLE.format(row=first))]
        if result["change"] in (NEW, VERSION) and (first := self.changed.get(result["code"])):
            return [(CODE, TWICE.format(row=first))]
        return []

    def _remember(self, result: dict) -> None:
        if result["code"] and result["start"]:
            self.starts.setdefault((result["code"], result["start"]), result["row"])
        if result["change"] in (NEW, VERSION):
            self.changed.setdefault(result["code"], result["row"])
