"""Papers of a schema that was in use keep their looks for good: its templates, stylesheet and pictures stay.

To release the present schema, write what `files_of(SCHEMA)` gives into released.json. From then on any change here
begins the next one (docs/surat.md).
"""

import hashlib
import json
from pathlib import Path

import pytest

from balai import renderer
from balai.payloads import SCHEMA
from tests.print.drawn import draw
from tests.print.payloads import payload
from tests.print.reading import text

RELEASED = json.loads((Path(__file__).parent / "released.json").read_text())


def files_of(schema: int) -> dict[str, str]:
    """Each file of a schema with its SHA-256."""
    subfolder = "" if schema == SCHEMA else str(schema)
    folders = (renderer.TEMPLATE_DIR / subfolder, renderer.ASSET_DIR / subfolder)
    files = sorted(path for folder in folders for path in folder.iterdir() if path.is_file())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("schema", RELEASED, ids="schema {}".format)
def test_what_was_in_use_is_not_touched_again(schema):
    assert files_of(int(schema)) == RELEASED[schema], "begin the next schema instead: docs/surat.md says how"


def test_every_former_schema_is_held():
    assert {str(former) for former in range(1, SCHEMA)} <= set(RELEASED)


def test_a_form_from_before_the_tracking_page_is_drawn_without_it():
    now = payload("formulir_permohonan")
    before = now | {"schema": 1, "body": {name: said for name, said in now["body"].items() if name != "tracking_url"}}

    assert "Lacak pesanan" in text(draw(now))
    assert "acak pesanan" not in text(draw(before))
