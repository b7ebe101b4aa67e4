"""A clerk who dies at work: each payment is made by a process of its own, killed at some moment or in time to answer.

`tests.race.crowd.mortals` starts it with Django set up. It reads jobs, one JSON line each, and says of each whether the
payment was answered. It has no connection of its own: every child opens one, as a web process does after it was forked.
"""

import json
import os
import random
import select
import signal
import sys
import time

from tests.race.clerk import say, work

FIRST = 6  # payments that are let live, to learn how long one takes


def serve() -> None:
    """Work until the input ends."""
    say("ready")
    chance, longest = random.Random(2026), 0.0
    for number, line in enumerate(sys.stdin):
        job = json.loads(line)
        begun = time.monotonic()
        limit = None if number < FIRST else chance.uniform(0, longest * 1.1)
        answer = _pay_and_die(job, limit)
        if limit is None:
            longest = max(longest, time.monotonic() - begun)
        say({"order": job["order"], "answer": answer})


def _pay_and_die(job: dict, limit: float | None) -> dict | None:
    """What the child answered before it was killed after `limit` seconds; None when it had not answered."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        os.write(write, json.dumps(work(job)).encode())
        os._exit(0)
    os.close(write)
    if limit is None:
        os.waitpid(child, 0)
    else:
        select.select([read], [], [], limit)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    with os.fdopen(read) as pipe:
        said = pipe.read()
    return json.loads(said) if said else None
