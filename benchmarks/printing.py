"""What printing does to everybody else: a served site, eight clerks who print at once, and one who reads pages."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from django.urls import reverse

from balai.models import Document
from balai.roles import Role
from benchmarks.figure import at_least, at_most, p50_and_p95
from benchmarks.pages import browser

ROOT = Path(__file__).resolve().parent.parent
CLERKS = 8
PAGES = 150
TRY_AGAIN = 1  # seconds
SLOWER = 2  # times as long as with nobody printing
PAPERS_GOAL = 5  # papers a second; a desk prints one in five minutes
# As bin/run starts it.
GUNICORN = [sys.executable, "-m", "gunicorn", "balai.wsgi:application", "--worker-class", "gthread"]
GUNICORN += ["--workers", "2", "--threads", "12", "--no-control-socket", "--log-level", "warning"]


def measure() -> None:
    """The p95 of a desk with nobody printing and with eight clerks who print papers that were never drawn."""
    undrawn = Document.objects.filter(files__isnull=True, voided_at__isnull=True).order_by("-issued_at")
    papers = [reverse("dokumen", args=[pk]) for pk in undrawn.values_list("pk", flat=True)[:1000]]
    cookie = "; ".join(f"{name}={each.value}" for name, each in browser(Role.PELAYANAN).cookies.items())
    with served() as port:
        for address in (reverse("meja"), papers.pop(), papers.pop()) * 3:
            ask(port, cookie, address)
        idle = desk_times(port, cookie)
        stopped, answers = Event(), Counter()
        with ThreadPoolExecutor(CLERKS) as clerks:
            begun = time.perf_counter()
            for place in range(CLERKS):
                clerks.submit(_print, port, cookie, papers[place::CLERKS], stopped, answers)
            busy = desk_times(port, cookie)
            seconds = time.perf_counter() - begun
            printed = answers[200]
            stopped.set()
    at_most("desk p95, nobody prints", p50_and_p95(idle)[1], "ms", 200)
    at_most(f"desk p95, {CLERKS} clerks print", p50_and_p95(busy)[1], "ms", 400)
    at_most("desk p95, printing / nobody", p50_and_p95(busy)[1] / p50_and_p95(idle)[1], "times", SLOWER)
    at_least(f"papers drawn for {CLERKS} clerks", printed / seconds, "papers/s", PAPERS_GOAL)
    at_most("prints told to try again", 100 * answers[503] / sum(answers.values()), "%", 0)


def desk_times(port: int, cookie: str) -> list[float]:
    times = []
    for _ in range(PAGES):
        begun = time.perf_counter()
        if ask(port, cookie, reverse("meja")) != http.HTTPStatus.OK:
            raise RuntimeError("the desk did not answer 200")
        times.append(1000 * (time.perf_counter() - begun))
    return times


def _print(port: int, cookie: str, papers: list[str], stopped: Event, answers: Counter) -> None:
    for paper in papers:
        while (status := ask(port, cookie, paper)) == http.HTTPStatus.SERVICE_UNAVAILABLE:
            answers[status] += 1
            if stopped.wait(TRY_AGAIN):
                return
        answers[status] += 1
        if stopped.is_set():
            return


def ask(port: int, cookie: str, address: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", address, headers={"Cookie": cookie})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status


@contextmanager
def served() -> Iterator[int]:
    """The site by gunicorn on a free port, on the data of this run."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = subprocess.Popen(
            [*GUNICORN, "--bind", f"fd://{listener.fileno()}"],
            cwd=ROOT,
            env=os.environ,
            pass_fds=[listener.fileno()],
            stderr=subprocess.DEVNULL,  # it tells of every print that was put off
        )
        try:
            yield listener.getsockname()[1]
        finally:
            server.terminate()
            server.wait(timeout=30)
