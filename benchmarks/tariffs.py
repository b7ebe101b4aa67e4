"""A price list of five thousand rows brought as Excel: how long it is read, checked and taken over."""

import io
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from xlsxwriter import Workbook

from balai import clock
from balai.roles import Role
from benchmarks.figure import at_most, seconds_of
from benchmarks.pages import browser
from orders.tariffsheet import COLUMNS
from tests.pages import typed_in

ROWS = 5_000
GOAL = 10  # seconds for each step; whoever brings a list waits for it, once a year
UPLOAD = "/tarif/impor/"


def measure() -> None:
    """Upload, check and confirm new services, through the pages; taken back afterwards."""
    client = browser(Role.PIMPINAN)
    with transaction.atomic():
        page = typed_in(client.get(UPLOAD)) | {"file": SimpleUploadedFile("tarif.xlsx", _file())}
        answers = []
        _report("read", lambda: answers.append(client.post(UPLOAD, page)))
        url = answers[0].url
        _report("checked", lambda: _check(client, url))
        page = typed_in(client.get(url)) | {"langkah": "terapkan"}
        _report("taken over", lambda: answers.append(client.post(url, page)))
        assert answers[1].status_code == 302
        transaction.set_rollback(True)


def _report(what: str, work) -> None:
    at_most(f"tariff import {what}, {ROWS} rows", seconds_of(work), "s", GOAL)


def _check(client: Client, url: str) -> None:
    while b"Sedang diperiksa" in client.get(url).content:
        continue


def _file() -> bytes:
    start = clock.today() + timedelta(days=1)
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "default_date_format": "dd-mm-yyyy"}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [column.title for column in COLUMNS])
        for n in range(ROWS):
            named = (f"T-{n:04}", "Jasa", "Logam", f"Layanan CONTOH {n}", "jam", 45_000, "4.1.CONTOH", "Perda CONTOH")
            sheet.write_row(n + 1, 0, (*named, start, None, "Bubut", 60, "CONTOH"))
    return out.getvalue()
