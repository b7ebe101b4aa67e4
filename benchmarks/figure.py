"""One measured figure as `bin/bench` prints it: name, value, unit, goal, ok or short."""

import time
from collections.abc import Callable
from statistics import quantiles


def at_least(name: str, value: float, unit: str, goal: float) -> None:
    """Print a figure that should be large."""
    _print(name, value, unit, f">={goal:g}", value >= goal)


def at_most(name: str, value: float, unit: str, goal: float) -> None:
    """Print a figure that should be small."""
    _print(name, value, unit, f"<={goal:g}", value <= goal)


def seconds_of(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def p50_and_p95(milliseconds: list[float]) -> tuple[float, float]:
    """The median, and what nineteen of twenty stay below."""
    cuts = quantiles(milliseconds, n=20, method="inclusive")
    return cuts[9], cuts[18]


def _print(name: str, value: float, unit: str, goal: str, ok: bool) -> None:
    print(name, f"{value:.1f}", unit, goal, "ok" if ok else "short", sep="\t", flush=True)
