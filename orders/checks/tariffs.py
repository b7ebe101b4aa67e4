"""The price list: one version of a code on any day, and estimates that carry what it said on theirs."""

from collections.abc import Iterator
from itertools import groupby, pairwise

from django.db.models import F, Q

from balai.checks import CHUNK, fault
from balai.formats import tanggal
from balai.wibdate import WibDate
from orders.models import EstimateLine, Tariff

COPIED = ("unit", "price", "account_code")
FIELDS = tuple(field.attname for field in Tariff._meta.concrete_fields)


def price_list() -> Iterator[str]:
    """The versions of a code follow each other, and each is what its history says of it."""
    rows = Tariff.objects.order_by("code", "valid_from").values_list(*FIELDS, named=True)
    for code, versions in groupby(rows.iterator(CHUNK), key=lambda row: row.code):
        for former, tariff in pairwise(versions):
            if former.valid_until is None or former.valid_until >= tariff.valid_from:
                starts = f"{tanggal(former.valid_from)} dan {tanggal(tariff.valid_from)}"
                yield fault(Tariff, code, f"versi mulai {starts} berlaku bersamaan")
    yield from _histories()


def used_tariffs() -> Iterator[str]:
    """A line of an estimate says what its tariff says, which was in force on the day of the offer."""
    lines = EstimateLine.objects.filter(tariff__isnull=False)
    same = Q(**{name: F(f"tariff__{name}") for name in COPIED})
    named = ~Q(kind=EstimateLine.Kind.SERVICE) | Q(service=F("tariff__name"))
    for place, code in _places(lines.exclude(same & named)):
        yield fault(EstimateLine, place, f"berbeda dari tarif {code} yang dipakainya")
    offered = lines.annotate(day=WibDate("estimate__offered_at"))
    too_early, too_late = Q(tariff__valid_from__gt=F("day")), Q(tariff__valid_until__lt=F("day"))
    for place, code in _places(offered.filter(too_early | too_late)):
        yield fault(EstimateLine, place, f"memakai tarif {code} yang tidak berlaku pada hari estimasinya dikirim")


def _histories() -> Iterator[str]:
    told = {}
    for row in Tariff.history.order_by("history_id").values_list("history_type", *FIELDS).iterator(CHUNK):
        told[row[1 + FIELDS.index("id")]] = row
    for row in Tariff.objects.order_by("id").values_list(*FIELDS).iterator(CHUNK):
        kind, *said = told.get(row[FIELDS.index("id")], ("-",))
        if kind == "-" or tuple(said) != row:
            yield fault(Tariff, row[FIELDS.index("code")], "isinya berbeda dari riwayatnya")


def _places(lines) -> Iterator[tuple[str, str]]:
    columns = ("estimate__order__number", "estimate__version", "position", "tariff__code")
    for number, version, position, code in lines.order_by("id").values_list(*columns).iterator(CHUNK):
        yield f"{number} versi {version} baris {position}", code
