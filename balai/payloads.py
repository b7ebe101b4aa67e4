"""What a payload is, for those who freeze it and those who draw it."""

import json
from collections.abc import Mapping
from typing import Any

# The schema of payloads issued now; docs/surat.md tells how the next one begins.
SCHEMA = 2


def canonical(payload: Mapping[str, Any]) -> str:
    """The one JSON text of a payload, the same on every database: what is hashed, drawn and attached to the PDF."""
    return json.dumps(payload, sort_keys=True, separators=(",", ":"))
