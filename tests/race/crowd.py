"""Many clerks at once, each a process with its own connection to the database of the test."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.conf import settings
from django.db import connection

CLERKS = 8
HEAD_START = 0.2  # seconds, so that all have read their jobs when the first begins
MORTALS = 2
_PROGRAM = "import django; django.setup(); from tests.race import {0}; {0}.serve()"


class Crowd:
    """Eight processes. They wait between rounds, so starting them is paid for once."""

    def __init__(self, processes: list[subprocess.Popen]):
        self.processes = processes
        for process in processes:
            assert self._answer(process) == "ready"

    def run(self, jobs: Iterable[dict]) -> list[dict]:
        """Deal the jobs out in turn, start all processes at one moment, and collect what came of each job."""
        jobs = list(jobs)
        start_at = time.time() + HEAD_START
        for turn, process in enumerate(self.processes):
            process.stdin.write(json.dumps({"start_at": start_at, "jobs": jobs[turn :: len(self.processes)]}) + "\n")
            process.stdin.flush()
        return [result for process in self.processes for result in self._answer(process)]

    @staticmethod
    def _answer(process: subprocess.Popen):
        line = process.stdout.readline()
        assert line, f"a clerk's process ended:\n{process.stderr.read()}"
        return json.loads(line)


@contextmanager
def crowd() -> Iterator[Crowd]:
    """Clerks on the test database, which must hold committed rows (`django_db(transaction=True)`)."""
    with _started("clerk", CLERKS) as processes:
        yield Crowd(processes)


def mortals(jobs: Iterable[dict]) -> list[dict]:
    """The jobs done by clerks who are killed at any moment; which of them were answered before."""
    jobs = list(jobs)
    with _started("mortal", MORTALS) as processes:
        for process in processes:
            assert json.loads(process.stdout.readline()) == "ready"
        told = []
        for turn in range(0, len(jobs), MORTALS):
            for process, job in zip(processes, jobs[turn : turn + MORTALS], strict=False):
                process.stdin.write(json.dumps(job) + "\n")
                process.stdin.flush()
            pairs = zip(processes, jobs[turn : turn + MORTALS], strict=False)
            told += [json.loads(process.stdout.readline()) for process, _ in pairs]
    return told


@contextmanager
def _started(program: str, count: int) -> Iterator[list[subprocess.Popen]]:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "balai.settings", "DATABASE_URL": _database_url()}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _PROGRAM.format(program)],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(count)
    ]
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def _database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    user, password, host = (quote(str(database[part]), safe="") for part in ("USER", "PASSWORD", "HOST"))
    port = f":{database['PORT']}" if database["PORT"] else ""
    return f"postgres://{user}:{password}@{host}{port}/{database['NAME']}"
