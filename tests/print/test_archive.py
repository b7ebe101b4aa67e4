"""The files are fit for the archive and the same bytes everywhere."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from balai import pdf, renderer
from balai.documents import payload_hash
from balai.payloads import SCHEMA, canonical
from tests.print.books import BOOKS, CLOSED_BOOKS
from tests.print.drawn import draw, short
from tests.print.payloads import EVERYTHING, payload
from tests.print.reading import embedded_fonts, reader, text

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("kind", EVERYTHING)
def test_the_file_says_what_it_is(kind):
    paper = reader(short(kind))
    assert paper.metadata.title == f"{renderer.TITLES[kind]} {payload(kind)['number']}"
    assert paper.metadata.creation_date.date().isoformat() == payload(kind)["date"]
    assert paper.root_object["/Lang"] == "id"
    xmp = paper.root_object["/Metadata"].get_data()
    assert b'pdfaid:part="3"' in xmp
    assert b'pdfaid:conformance="B"' in xmp
    assert set(embedded_fonts(short(kind)).values()) == {True}


@pytest.mark.parametrize("kind", EVERYTHING)
def test_the_tools_of_an_archive_find_it_sound(kind, tmp_path):
    file = tmp_path / "surat.pdf"
    file.write_bytes(short(kind))
    checked = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=True)
    assert "No syntax or stream encoding errors found" in checked.stdout
    listed = subprocess.run(["pdffonts", file], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    # From the end: two numbers of the object, mapped to Unicode, a subset, embedded.
    assert {tuple(line.split()[-5:-2]) for line in listed} == {("yes", "yes", "yes")}


@pytest.mark.parametrize("kind", EVERYTHING)
def test_the_file_is_tagged_and_its_pictures_are_told(kind):
    root = reader(short(kind)).root_object
    assert root["/MarkInfo"]["/Marked"]
    elements = list(_elements(root["/StructTreeRoot"]))
    assert {"/Document", "/Table", "/TR", "/TH", "/TD"} <= {element["/S"] for element in elements}
    told = [element.get("/Alt") for element in elements if element["/S"] == "/Figure"]
    of_the_form = ["Pratinjau gambar 1", "Pratinjau gambar 2", "Kode QR lacak pesanan"]
    pictures = [] if kind in BOOKS else ["Kode QR verifikasi data"] + ["Lambang"] * (kind not in CLOSED_BOOKS)
    assert sorted(told) == sorted(pictures + of_the_form * (kind == "formulir_permohonan"))


def _elements(node):
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object()
        if hasattr(child, "get") and "/S" in child:
            yield child
            yield from _elements(child)


def test_the_payload_is_attached_as_it_was_frozen():
    content = payload("surat_pesanan")
    paper = reader(short("surat_pesanan"))
    [(name, [data])] = paper.attachments.items()
    assert (name, json.loads(data)) == (renderer.ATTACHMENT, content)
    assert hashlib.sha256(data).hexdigest() == payload_hash(content)
    [attached] = {reference.idnum: reference.get_object() for reference in paper.root_object["/AF"]}.values()
    assert attached["/AFRelationship"] == "/Source"
    assert attached["/EF"]["/F"]["/Params"]["/CreationDate"] == "D:20261008000000Z"


@pytest.mark.real_pdf
def test_the_same_payload_gives_the_same_bytes_in_another_process_on_another_day():
    script = (
        "import hashlib, json, sys\n"
        "from datetime import datetime\n"
        "import weasyprint\n"
        "weasyprint.datetime = type('Later', (datetime,), {'now': lambda *zone: datetime(2031, 2, 3)})\n"
        "from balai import renderer\n"
        "drawn = [renderer.draw(payload) for payload in json.load(sys.stdin)]\n"
        "print(json.dumps([hashlib.sha256(paper).hexdigest() for paper in drawn]))"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps([canonical(payload(kind)) for kind in EVERYTHING]),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "1", "TZ": "America/New_York", "LC_ALL": "C"},
    )
    here = [hashlib.sha256(short(kind)).hexdigest() for kind in EVERYTHING]
    assert json.loads(elsewhere.stdout) == here
    assert [hashlib.sha256(pdf.render(payload(kind))).hexdigest() for kind in EVERYTHING] == here


# Papers of an older schema


@pytest.fixture
def next_schema(tmp_path, monkeypatch):
    """The program after its templates changed again, the present ones kept under their number."""
    for name in ("TEMPLATE_DIR", "ASSET_DIR"):
        now = getattr(renderer, name)
        shutil.copytree(now, tmp_path / name)
        shutil.copytree(now, tmp_path / name / str(SCHEMA), ignore=shutil.ignore_patterns("[0-9]"))
        monkeypatch.setattr(renderer, name, tmp_path / name)
    base = tmp_path / "TEMPLATE_DIR" / "_base.html"
    base.write_text(base.read_text().replace("Nomor {{ number }}", "No. {{ number }}"))
    stylesheet = tmp_path / "ASSET_DIR" / "print.css"
    stylesheet.write_text(stylesheet.read_text().replace("13pt", "20pt"))
    monkeypatch.setattr(renderer, "SCHEMA", SCHEMA + 1)
    renderer.looks.cache_clear()
    yield
    renderer.looks.cache_clear()


def test_a_paper_of_an_older_schema_keeps_its_looks(next_schema):
    assert draw(payload("surat_jalan")) == short("surat_jalan")
    later = draw(payload("surat_jalan", schema=SCHEMA + 1))
    assert "No. 0107/SJ/X/2026" in text(later)


@pytest.mark.parametrize("schema", [0, SCHEMA + 1, "1", None, "../print"])
def test_a_schema_that_never_was_is_refused(schema):
    with pytest.raises(renderer.DrawingError, match="no templates for schema"):
        draw(payload("surat_jalan", schema=schema))
