"""Has an untrusted file opened by a program of its own (`pdf_reader`, `dxf_reader`, `sheet_reader`).

Never by the web process: a small file can ask for hours of work or for all memory; in a process with limits the worst
end is that this process is killed. Only a few run at once, so that pages stay quick whatever is sent.
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
    """What a reader said of a file, and what it made of it: a picture (JPEG), or the rows of a table.

    Both are empty when it was stopped before.
    """

    facts: dict = field(default_factory=dict)
    made: bytes = b""


def read(program: str, content: bytes, *arguments: int, seconds: int | None = None) -> Reading:
    """Let `program` look into a file, for at most `seconds` (SECONDS). Raises ReadersBusy.

    What the arguments say, the program tells: for a drawing the page (from 1) and the pixels of its longer side.
    """
    if not _turns.acquire(timeout=PATIENCE):
        raise ReadersBusy
    try:
        command = [sys.executable, "-s", "-m", f"balai.{program}", *map(str, arguments)]
        said = _run(command, content, seconds or SECONDS)
    finally:
        _turns.release()
    line, _, made = said.partition(b"\n")
    return Reading(json.loads(line), made) if line else Reading()


def _run(command: list[str], content: bytes, seconds: int) -> bytes:
    """What the program printed. When it failed after its first line, that line alone: half a picture is none."""
    try:
        reader = subprocess.run(  # noqa: S603 - our own program with fixed arguments
            command, input=content, capture_output=True, timeout=seconds, check=False, cwd=ROOT, env=ENVIRONMENT
        )
    except subprocess.TimeoutExpired as late:
        logger.warning("%s was stopped after %s seconds", command[3], seconds)
        return _first_line(late.stdout)
    if reader.returncode:
        reason = reader.stderr.decode(errors="replace").strip()[-300:]
        logger.warning("%s ended with %s: %s", command[3], reader.returncode, reason)
        return _first_line(reader.stdout)
    return reader.stdout


def _first_line(said: bytes | None) -> bytes:
    return (said or b"").partition(b"\n")[0]
