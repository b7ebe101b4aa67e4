"""A bounded set of drawing processes. A caller waits for its own paper, and nobody holds a lock meanwhile.

A process that does not answer in time is killed and the paper tried once more in a new one. A process is replaced
after some papers, so that its memory cannot grow without end.
"""

import logging
import os
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, LifoQueue
from threading import BoundedSemaphore, Timer

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-m", "balai.render_worker")
# Neither the address of the database nor any key.
ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH")

PROCESSES = 2
CALLERS = 8  # who may draw or wait at once; a web process has twelve threads, so four are left for pages
SECONDS = 20
TRIES = 2
PAPERS = 200  # a process draws

_LENGTH = struct.Struct(">Q")


class RenderError(Exception):
    """A paper could not be drawn. Its payload stays as it is, so drawing may be tried again."""


class RenderBusy(RenderError):
    """Enough callers wait for papers already."""


class Lost(Exception):
    """The process ended, or was killed, before it answered."""


class DrawingProcess:
    """One process and the pipes to it, for one thread at a time. `drawn` counts its papers."""

    def __init__(self, command: Sequence[str]) -> None:
        self.drawn = 0
        self._process = subprocess.Popen(  # noqa: S603 - our own program with fixed arguments
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
            start_new_session=True,  # Ctrl-C is for the server; this one ends with its stdin
        )

    def answer(self, job: bytes, seconds: float) -> tuple[bytes, bytes]:
        """The sign and the body of the answer. Raises Lost, after `seconds` at the latest."""
        hung = Timer(seconds, self._process.kill)
        hung.daemon = True
        hung.start()
        try:
            self._process.stdin.write(_LENGTH.pack(len(job)) + job)
            self._process.stdin.flush()
            sign = self._read(1)
            body = self._read(*_LENGTH.unpack(self._read(_LENGTH.size)))
        except BrokenPipeError as error:
            raise Lost from error
        finally:
            hung.cancel()
        self.drawn += 1
        return sign, body

    def end(self) -> None:
        """Kill it, wait for its end and close the pipes."""
        self._process.kill()
        self._process.communicate()

    def _read(self, size: int) -> bytes:
        data = self._process.stdout.read(size)
        if len(data) < size:
            raise Lost
        return data


class Pool:
    """Draws papers in at most `processes` processes, each started when it is first needed."""

    def __init__(
        self,
        command: Sequence[str] = COMMAND,
        *,
        processes: int = PROCESSES,
        callers: int = CALLERS,
        seconds: float = SECONDS,
        papers: int = PAPERS,
    ) -> None:
        self._command, self._seconds, self._papers = command, seconds, papers
        self._callers = BoundedSemaphore(callers)
        # Last in, first out: the process that is warm is used again. None stands for one not started yet.
        self._idle: LifoQueue[DrawingProcess | None] = LifoQueue()
        for _ in range(processes):
            self._idle.put(None)

    def draw(self, job: bytes, seconds: float | None = None) -> bytes:
        """The PDF; a long one may ask for more `seconds` than usual.

        Raises RenderError; RenderBusy, at once, when enough callers wait already.
        """
        if not self._callers.acquire(blocking=False):
            raise RenderBusy("enough callers wait for papers already")
        try:
            sign, body = self._answer(job, seconds or self._seconds)
        except OSError as error:
            raise RenderError(f"no drawing process could be started: {error}") from error
        finally:
            self._callers.release()
        if sign != b"+":
            raise RenderError(body.decode())
        return body

    def warm_up(self) -> None:
        """Have a process ready. Returns at once; the process loads what it needs meanwhile."""
        with suppress(Empty):
            process = self._idle.get_nowait()
            self._idle.put(process or DrawingProcess(self._command))

    def close(self) -> None:
        """End the processes that have no work."""
        with suppress(Empty):
            while True:
                if process := self._idle.get_nowait():
                    process.end()

    def _answer(self, job: bytes, seconds: float) -> tuple[bytes, bytes]:
        for _ in range(TRIES):
            try:
                with self._any_process() as process:
                    return process.answer(job, seconds)
            except Lost:
                logger.warning("a drawing process ended or was killed before it answered")
        raise RenderError(f"no answer in {TRIES} tries")

    @contextmanager
    def _any_process(self) -> Iterator[DrawingProcess]:
        process = self._idle.get()
        try:
            process = process or DrawingProcess(self._command)
            yield process
            kept = process.drawn < self._papers
        except BaseException:
            kept = False
            raise
        finally:
            if process and not kept:
                process.end()
            self._idle.put(process if kept else None)
