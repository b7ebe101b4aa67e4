"""Papers are drawn by other processes: a hung one is killed, the next one works, nobody else waits."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from balai import documents, pdf
from balai.documents import pending_count
from balai.models import Document
from balai.payloads import canonical
from balai.render_pool import COMMAND, Pool, RenderBusy, RenderError
from tests.factories import act, make_order
from tests.print.payloads import payload

ROOT = Path(__file__).resolve().parents[2]
JOB = json.dumps({"payload": canonical(payload("bukti_pembayaran")), "mark": None}).encode()

pytestmark = pytest.mark.real_pdf


@pytest.fixture
def make_pool(monkeypatch):
    """`make_pool(...)` is a pool of the test's own, which also draws the papers of the application."""
    pools = []

    def make(*command: str, **limits) -> Pool:
        pools.append(Pool(command or COMMAND, **limits))
        monkeypatch.setattr(pdf, "_pool", pools[-1])
        return pools[-1]

    yield make
    for pool in pools:
        pool.close()


@pytest.fixture
def stand_in(tmp_path):
    """`stand_in(code)` is the command of a process that runs `code` and then answers every job with a stub.

    `stand_in.told` is a file for its notes; every start is noted.
    """

    def command(code: str = "") -> tuple[str, ...]:
        return sys.executable, "-c", BEGIN.format(told=str(command.told)) + code + ANSWER

    command.told = tmp_path / "told"
    command.told.touch()
    return command


BEGIN = """
import os, pathlib, signal, struct, sys, time
told = pathlib.Path({told!r})
starts = told.read_text().count("started")
told.open("a").write("started ")
"""
ANSWER = """
while head := sys.stdin.buffer.read(8):
    sys.stdin.buffer.read(*struct.unpack(">Q", head))
    sys.stdout.buffer.write(b"+" + struct.pack(">Q", 4) + b"%PDF")
    sys.stdout.buffer.flush()
"""
HANGS = "time.sleep(600)"
HANGS_FIRST = "starts or time.sleep(600)"
DIES_FIRST = "starts or os.kill(os.getpid(), signal.SIGKILL)"


def test_a_paper_comes_back_from_another_process(make_pool):
    assert make_pool().draw(JOB).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("code", [HANGS_FIRST, DIES_FIRST])
def test_a_lost_process_is_replaced_and_the_paper_tried_again(make_pool, stand_in, code):
    pool = make_pool(*stand_in(code), processes=1)
    assert pool.draw(JOB, seconds=2) == b"%PDF"
    assert stand_in.told.read_text().split() == ["started", "started"]


def test_a_process_that_always_hangs_is_tried_twice(make_pool, stand_in):
    pool = make_pool(*stand_in(HANGS), processes=1)
    with pytest.raises(RenderError, match="no answer in 2 tries"):
        pool.draw(JOB, seconds=0.5)
    assert stand_in.told.read_text().split() == ["started", "started"]


def test_a_process_that_cannot_be_started_is_a_render_error_every_time(make_pool):
    pool = make_pool("/no/such/program", processes=1)
    for _ in range(3):
        with pytest.raises(RenderError, match="could be started"):
            pool.draw(JOB)


def test_a_payload_that_cannot_be_drawn_is_said_so_and_the_next_one_works(make_pool):
    pool = make_pool(processes=1)
    spoilt = json.dumps({"payload": canonical(payload("surat_jalan", date="kapan-kapan")), "mark": None})
    with pytest.raises(RenderError, match="0107/SJ/X/2026"):
        pool.draw(spoilt.encode())
    assert pool.draw(JOB).startswith(b"%PDF-1.7")


def test_a_process_is_replaced_after_its_share_of_papers(make_pool, stand_in):
    pool = make_pool(*stand_in(), processes=1, papers=2)
    assert {pool.draw(JOB) for _ in range(3)} == {b"%PDF"}
    assert stand_in.told.read_text().split() == ["started", "started"]


def test_a_process_knows_neither_database_nor_key(make_pool, stand_in, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://rahasia")
    pool = make_pool(*stand_in("told.open('a').write(' '.join(os.environ))"), processes=1)
    pool.draw(JOB)
    told = stand_in.told.read_text()
    assert "PATH" in told
    assert not {"DATABASE_URL", "BALAI_SECRET_KEY", "DJANGO_SETTINGS_MODULE", "BALAI_VAR"} & set(told.split())


def test_the_application_itself_never_loads_the_renderer():
    script = "import django, sys; django.setup(); import balai.urls; assert 'weasyprint' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=os.environ, check=False).returncode == 0


def test_a_forked_process_gets_a_pool_of_its_own(make_pool):
    assert pdf.render(payload("bukti_pembayaran")).startswith(b"%PDF-1.7")
    child = os.fork()
    if not child:
        drawn = b""
        try:
            drawn = pdf.render(payload("bukti_pembayaran"))
            pdf._pool.close()
        finally:
            os._exit(not drawn.startswith(b"%PDF"))  # never on into the tests of the parent
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert pdf.render(payload("bukti_pembayaran"))


# Nobody else waits


@pytest.fixture
def gate(tmp_path):
    """Drawing processes stand still until the gate is opened."""
    return tmp_path / "gate"


def waiting_for(gate: Path) -> str:
    return f"while not pathlib.Path({str(gate)!r}).exists(): time.sleep(0.05)"


def test_eight_prints_at_once_leave_the_pages_alone(make_pool, stand_in, gate, office, client):
    pool = make_pool(*stand_in(waiting_for(gate)), callers=8)
    with ThreadPoolExecutor(8) as clerks:
        prints = [clerks.submit(pool.draw, JOB) for _ in range(8)]
        assert [client.get("/masuk/").status_code for _ in range(5)] == [200] * 5
        assert client.get("/sehat/").json()["ok"]
        assert not any(each.done() for each in prints)
        gate.touch()
    assert {each.result() for each in prints} == {b"%PDF"}
    assert stand_in.told.read_text().split() == ["started", "started"]


def test_who_comes_when_enough_wait_is_told_so_at_once(make_pool, stand_in, gate):
    pool = make_pool(*stand_in(waiting_for(gate)), processes=1, callers=1)
    with ThreadPoolExecutor(1) as clerks:
        first = clerks.submit(pool.draw, JOB)
        while not stand_in.told.read_text():
            pass
        with pytest.raises(RenderBusy):
            pool.draw(JOB)
        gate.touch()
    assert first.result() == pool.draw(JOB) == b"%PDF"


def test_a_killed_drawing_loses_neither_number_nor_paper(make_pool, stand_in, office):
    order = make_order("permohonan")
    form = Document.objects.get()
    make_pool(*stand_in(HANGS), processes=1, seconds=0.5)
    documents.render_pending([form.pk])
    assert (Document.objects.get().printed_number, pending_count()) == (form.printed_number, 1)
    with pytest.raises(RenderError):
        documents.pdf_bytes(form)
    make_pool()
    assert documents.pdf_bytes(form).startswith(b"%PDF")
    assert pending_count() == 0
    assert act("accept", order).number == form.printed_number
