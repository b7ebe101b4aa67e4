"""What hostile drawings do to everybody else: bombs sent without pause by phones, and one who reads pages."""

import http.client
import resource
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from django.urls import reverse

from balai import reading
from balai.models import User
from balai.roles import Role
from benchmarks.figure import at_least, at_most, p50_and_p95
from benchmarks.pages import browser
from benchmarks.printing import ask, desk_times, served
from orders import actions
from orders.actions import Intent
from orders.actions.intake import RequestData
from orders.phonelinks import open_link_of, token_of
from tests import hostile_files

SENDERS = 6
BOMBS = (
    ("dxf_reader", "bom.dxf", hostile_files.dxf_of_nested_blocks()),
    ("dxf_reader", "salinan.dxf", hostile_files.dxf_of_copies()),
    ("dxf_reader", "garis.dxf", hostile_files.dxf_of_endless_lines(250_000)),
    ("pdf_reader", "garis.pdf", hostile_files.pdf_of_endless_lines(20_000_000)),
    ("pdf_reader", "lapis.pdf", hostile_files.pdf_of_nested_forms()),
)
P95_GOAL, SECONDS_GOAL, MEGABYTES_GOAL = 1000, 10, 512


def measure() -> None:
    """Each bomb by itself; then the desk's p95 while six phones send them, and what those are told."""
    slowest = max(_seconds(program, content) for program, _, content in BOMBS)
    at_most("hostile drawing given up", slowest, "s", SECONDS_GOAL)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    at_most("hostile drawing, memory", peak, "MB", MEGABYTES_GOAL)
    links = [_link() for _ in range(SENDERS)]
    cookie = "; ".join(f"{name}={each.value}" for name, each in browser(Role.PELAYANAN).cookies.items())
    with served() as port:
        for _ in range(9):
            ask(port, cookie, reverse("meja"))
        idle = desk_times(port, cookie)
        stopped, answers = Event(), []
        with ThreadPoolExecutor(SENDERS) as phones:
            for place, link in enumerate(links):
                phones.submit(_bombard, port, link, place, stopped, answers)
            time.sleep(2)
            busy = desk_times(port, cookie)
            stopped.set()
    at_most("desk p95, no hostile drawings", p50_and_p95(idle)[1], "ms", 200)
    at_most(f"desk p95, {SENDERS} phones send bombs", p50_and_p95(busy)[1], "ms", P95_GOAL)
    at_least("bombs answered meanwhile", len(answers), "files", 1)
    at_most("bombs answered with an error of the server", sum(status >= 500 for status in answers), "files", 0)


def _seconds(program: str, content: bytes) -> float:
    begun = time.perf_counter()
    reading.read(program, content, 1, 480)
    return time.perf_counter() - begun


def _link() -> str:
    """The address by which a phone sends files to a draft of its own."""
    clerk = User.objects.get(username=Role.PELAYANAN)
    draft = actions.open_draft(Intent(clerk, uuid.uuid4(), 0), RequestData(None, (), service=""))
    actions.open_phone_link(draft.order_id, Intent(clerk, uuid.uuid4(), draft.version))
    return reverse("unggah-gambar", args=[token_of(open_link_of(draft.order_id))])


def _bombard(port: int, link: str, place: int, stopped: Event, answers: list[int]) -> None:
    while not stopped.is_set():
        _, name, content = BOMBS[place % len(BOMBS)]
        place += 1
        answers.append(_send(port, link, name, content))


def _send(port: int, link: str, name: str, content: bytes) -> int:
    line = uuid.uuid4().hex
    parts = f'--{line}\r\nContent-Disposition: form-data; name="kunci"\r\n\r\n{uuid.uuid4()}\r\n--{line}\r\n'
    parts += f'Content-Disposition: form-data; name="drawings"; filename="{name}"\r\n\r\n'
    body = parts.encode() + content + f"\r\n--{line}--\r\n".encode()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("POST", link, body, {"Content-Type": f"multipart/form-data; boundary={line}"})
        return connection.getresponse().status
    finally:
        connection.close()
