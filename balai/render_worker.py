"""A drawing process: jobs come in on stdin, PDFs go out on stdout, one after the other until stdin ends.

A job is its length (8 bytes) and JSON: the payload's canonical text and the mark. An answer is one byte, `+` for a
PDF or `-` for a reason, a length, and that.
"""

import gc
import json
import os
import resource
import struct
import sys

from balai import renderer

MEMORY_BYTES = 2 * 1024**3
NICE = 10  # pages go first
LENGTH = struct.Struct(">Q")


def main() -> None:
    """Serve until the other end is gone."""
    jobs = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a stray print must not look like an answer
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    _warm_up()
    while head := jobs.read(LENGTH.size):
        sign, body = _answer(json.loads(jobs.read(*LENGTH.unpack(head))))
        answers.write(sign + LENGTH.pack(len(body)) + body)
        answers.flush()
        gc.collect()


def _answer(job: dict) -> tuple[bytes, bytes]:
    try:
        return b"+", renderer.draw(job["payload"], job["mark"])
    except renderer.DrawingError as error:
        return b"-", str(error).encode(errors="replace")


def _warm_up() -> None:
    """Load everything, then keep it out of the garbage collector's way."""
    renderer.warm_up()
    os.nice(NICE)
    gc.collect()
    gc.freeze()
    gc.disable()  # collected between papers


if __name__ == "__main__":
    main()
