"""Measures the figures of this project in a data folder of its own: `SCALE=20000 bin/bench`.

On PostgreSQL with `BENCH_DATABASE_URL`, an empty database; never on the DATABASE_URL of an office.
Figures are those of the machine they are measured on. Nothing here decides about a test.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.figure import at_least, at_most, seconds_of

ROOT = Path(__file__).resolve().parent.parent
SCALE = int(os.environ.get("SCALE", "2000"))
SEED_GOAL = 1000  # orders a second
CHECK_GOAL = 0.003  # seconds an order: a minute for 20,000


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="balai-bench-") as folder:
        os.environ |= {"BALAI_VAR": folder, "BALAI_SECRET_KEY": "only-for-benchmarks"}
        for name in ("DATABASE_URL", "BALAI_DEBUG", "BALAI_HTTPS", "BALAI_HOSTS"):
            os.environ.pop(name, None)
        if "BENCH_DATABASE_URL" in os.environ:
            os.environ["DATABASE_URL"] = os.environ["BENCH_DATABASE_URL"]
        manage("migrate", "--verbosity=0")
        manage("collectstatic", "--noinput", "--verbosity=0")
        seeding = seconds_of(lambda: manage("seed_demo", f"--orders={SCALE}"))
        at_least("seed_demo", SCALE / seeding, "orders/s", SEED_GOAL)
        at_most("check_books", seconds_of(lambda: manage("check_books")), "s", max(5, CHECK_GOAL * SCALE))
        for figures in (
            "pages",
            "customers",
            "schedule",
            "tariffs",
            "books",
            "papers",
            "drawing",
            "printing",
            "hostile",
            "guesses",
            "payments",
        ):
            manage(
                "shell", "--no-imports", "--command", f"from benchmarks.{figures} import measure; measure()", out=None
            )


def manage(*arguments: str, out: int | None = subprocess.DEVNULL) -> None:
    """Run a command of manage.py; raises CalledProcessError when it fails."""
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, stdout=out, check=True)


if __name__ == "__main__":
    main()
