"""How long one surat pesanan of ten rows takes to draw, beside what WeasyPrint takes for an empty page.

The papers are drawn as in the office: by a drawing process, through its pipes. The empty page is drawn in this one.
"""

import gc
import json
import resource
from itertools import cycle, islice

from weasyprint import HTML

from balai import renderer
from balai.kinds import Kind
from balai.models import Document
from balai.payloads import canonical
from balai.render_pool import COMMAND, DrawingProcess
from benchmarks.figure import at_most, p50_and_p95, seconds_of

ROWS, GOODS = 10, 3
DRAWN, WARM_UP = 60, 3
EMPTY = "<html lang='id'><title>kosong</title><body>"
SECONDS = 60
EMPTY_GOAL, PAPER_GOAL, P95_GOAL = 10, 76, 114  # milliseconds; 1.1 times the quickest faktur ever measured, 69
MEMORY_GOAL = 150  # megabytes


def measure() -> None:
    """An empty page and the paper by turns, so that both meet the same load; then the memory of the process."""
    job = _job()
    renderer.warm_up()
    gc.collect()
    gc.freeze()
    process = DrawingProcess(COMMAND)
    for _ in range(WARM_UP):
        _draw(process, job)
        _empty_page()
    empty, paper = [], []
    for _ in range(DRAWN):
        empty.append(1000 * seconds_of(_empty_page))
        paper.append(1000 * seconds_of(lambda: _draw(process, job)))
    process.end()
    p50, p95 = p50_and_p95(paper)
    at_most("empty page p50", p50_and_p95(empty)[0], "ms", EMPTY_GOAL)
    at_most(f"surat pesanan, {ROWS} rows p50", p50, "ms", PAPER_GOAL)
    at_most(f"surat pesanan, {ROWS} rows p95", p95, "ms", P95_GOAL)
    kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    at_most(f"memory of a drawing process after {DRAWN} papers", kilobytes / 1024, "MB", MEMORY_GOAL)


def _empty_page() -> None:
    current = renderer.looks(renderer.SCHEMA)
    HTML(string=EMPTY, url_fetcher=current.fetcher).write_pdf(
        font_config=current.fonts, stylesheets=[current.stylesheet], **renderer.PDF_OPTIONS
    )


def _draw(process: DrawingProcess, job: bytes) -> None:
    sign, body = process.answer(job, SECONDS)
    if sign != b"+":
        raise RuntimeError(body.decode())


def _job() -> bytes:
    payload = Document.objects.filter(kind=Kind.ORDER_LETTER).latest("issued_at").payload
    body = payload["body"]
    body["lines"] = list(islice(cycle(body["lines"]), ROWS))
    body["goods"] = list(islice(cycle(body["goods"]), GOODS))
    return json.dumps({"payload": canonical(payload), "mark": None}).encode()
