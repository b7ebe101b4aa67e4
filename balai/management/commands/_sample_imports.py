"""Two sample files of tariffs that wait for pimpinan's decision: one right, one with faults."""

import uuid
from dataclasses import replace
from datetime import date

from balai import clock
from balai.models import User
from balai.sheets import Cell, Row, Sheet
from orders.actions import Intent
from orders.actions.tariffimport import keep_upload
from orders.models import Tariff, WorkCentre
from orders.tariffs import as_data
from orders.tariffsheet import COLUMNS, TITLES, cells_of, stored

# What is written over the cells of a tariff, by its code.
RIGHT = {
    "J-03": {"price": 130_000},
    "J-05": {"price": 62_500, "legal_basis": "Pergub CONTOH"},
    "J-12": {"price": 20_000},
}
WRONG = {
    "J-03": {"price": "1,500"},
    "J-05": {"unit": "karung"},
    "J-06": {"work_centre": "Galvanis"},
    "J-07": {"valid_from": date(2020, 1, 1)},
}
NEW_NAME = "Rol plat"


def make_imports(by: User) -> None:
    """Both files, as if they had just been brought."""
    for name, changes in (("tarif-benar.xlsx", RIGHT), ("tarif-salah.xlsx", WRONG)):
        rows = [Row(line, _cells(*change), frozenset()) for line, change in enumerate(changes.items(), start=2)]
        sheet = Sheet(tuple(TITLES.values()), rows)
        keep_upload(Intent(by, uuid.uuid4(), 0), name, stored(sheet))


def _cells(code: str, changes: dict[str, Cell]) -> tuple[Cell, ...]:
    known = Tariff.objects.filter(code=code).order_by("valid_from").last()
    like = known or Tariff.objects.get(code="J-06")
    data = replace(as_data(like), code=code, name=like.name if known else NEW_NAME)
    starts = {"valid_from": date(clock.today().year + 1, 2, 1)}
    cells = dict(zip(TITLES, cells_of(data, dict(WorkCentre.objects.values_list("pk", "name"))), strict=True))
    return tuple((cells | starts | changes)[column.field] for column in COLUMNS)
