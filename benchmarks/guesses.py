"""What guessing at tracking links is worth, from one address and from many: `GUESSES=100000 bin/bench`."""

import logging
import os

from django.test import Client
from django.urls import reverse

from balai.verification import TRIES
from benchmarks.figure import at_least, at_most, seconds_of
from orders.actions.tracking import new_token

GUESSES = int(os.environ.get("GUESSES", "5000"))
ADDRESSES = GUESSES // 100
CLIENT = Client(SERVER_NAME="127.0.0.1")


def measure() -> None:
    """Pages opened (none), and how many of the guesses were looked at at all."""
    logging.getLogger("django.request").setLevel(logging.ERROR)  # each wrong guess would be a line
    answers: dict[int, int] = {}
    seconds = seconds_of(lambda: _guess(["192.0.2.1"] * GUESSES, answers))
    at_most("guesses from one address: pages opened", answers.get(200, 0), "pages", 0)
    at_most("guesses from one address: looked at", answers.get(404, 0), "guesses", _windows(seconds) * TRIES)
    at_least(
        "guesses from one address: slowed down", answers.get(429, 0), "guesses", GUESSES - _windows(seconds) * TRIES
    )
    spread: dict[int, int] = {}
    _guess([f"10.0.{place // 250}.{place % 250}" for place in range(ADDRESSES) for _ in range(TRIES + 1)], spread)
    at_most("guesses from many addresses: pages opened", spread.get(200, 0), "pages", 0)
    at_least("guesses from many addresses: slowed down", spread.get(429, 0), "guesses", ADDRESSES)


def _guess(addresses: list[str], answers: dict[int, int]) -> None:
    for address in addresses:
        status = CLIENT.get(reverse("lacak", args=[new_token()]), REMOTE_ADDR=address).status_code
        answers[status] = answers.get(status, 0) + 1


def _windows(seconds: float) -> int:
    """How often the ten minutes of the limit began anew meanwhile."""
    return int(seconds // 600) + 1
