"""Has an untrusted file opened by a program of its own (`pdf_reader`, `dxf_reader`), never by the web process.

A small file can ask for hours of drawing or for all memory; in a process with limits the worst end is that this
process is killed. Only a few run at once, so that pages stay quick whatever is sent.
"""

import json
import logging
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 9
READERS = 2  # at once in one web process
PATIENCE = 5  # seconds that a caller waits for its turn
# No key and no database address; numpy would start a thread per core, and ezdxf would keep a list of fonts.
ENVIRONMENT = {"LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "XDG_CACHE_HOME": "/dev/null"}

_turns = BoundedSemaphore(READERS)


class ReadersBusy(Exception):
    """Enough files are being read already."""


@dataclass(frozen=True)
class Reading:
    """What a reader said of a file, and the picture it made (JPEG). Both are empty when it was stopped before."""

    facts: dict = field(default_factory=dict)
    picture: bytes = b""


def read(program: str, content: bytes, page: int, pixels: int) -> Reading:
    """Let `program` look into a file and draw a page (from 1), `pixels` on its longer side. Raises ReadersBusy."""
    if not _turns.acquire(timeout=PATIENCE):
        raise ReadersBusy
    try:
        said = _run([sys.executable, "-s", "-m", f"balai.{program}", str(page), str(pixels)], content)
    finally:
        _turns.release()
    line, _, picture = said.partition(b"\n")
    return Reading(json.loads(line), picture) if line else Reading()


def _run(command: list[str], content: bytes) -> bytes:
    """What the program printed. When it failed after its first line, that line alone: its picture is no picture."""
    try:
        reader = subprocess.run(  # noqa: S603 - our own program with fixed arguments
            command, input=content, capture_output=True, timeout=SECONDS, check=False, cwd=ROOT, env=ENVIRONMENT
        )
    except subprocess.TimeoutExpired as late:
        logger.warning("%s was stopped after %s seconds", command[3], SECONDS)
        return _first_line(late.stdout)
    if reader.returncode:
        reason = reader.stderr.decode(errors="replace").strip()[-300:]
        logger.warning("%s ended with %s: %s", command[3], reader.returncode, reason)
        return _first_line(reader.stdout)
    return reader.stdout


def _first_line(said: bytes | None) -> bytes:
    return (said or b"").partition(b"\n")[0]
