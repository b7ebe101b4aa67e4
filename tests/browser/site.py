"""The whole site as an office runs it, by gunicorn on SQLite, with sample data in a folder of its own; and Chromium."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "contoh-balai-2026"
# What an own shell may have set for its site must not reach this one.
FOREIGN = ("DATABASE_URL", "BALAI_DEBUG", "BALAI_HTTPS", "BALAI_HOSTS")

# The machine's own: nothing is downloaded.
CHROMIUM = {
    "executable_path": shutil.which("chromium"),
    "args": [
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ],
}
# As bin/run starts it.
GUNICORN = [sys.executable, "-m", "gunicorn", "balai.wsgi:application", "--worker-class", "gthread"]
GUNICORN += ["--workers", "2", "--threads", "12", "--no-control-socket", "--log-level", "warning"]


@dataclass(frozen=True)
class Site:
    """A running site. It is known by its pages; the database is only read, to find orders and papers."""

    url: str
    folder: Path

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    def ask(self, query: str, *values: object) -> list[tuple]:
        """Rows of the site's database, which this connection cannot change."""
        with closing(sqlite3.connect(f"file:{self.folder / 'balai.sqlite3'}?mode=ro", uri=True)) as database:
            return database.execute(query, values).fetchall()

    def stage(self, order: int) -> str:
        return self.ask("SELECT stage FROM orders_order WHERE id = ?", order)[0][0]

    def newest_order(self) -> int:
        return self.ask("SELECT max(id) FROM orders_order")[0][0]

    def orders(
        self,
        stage: str,
        *,
        on_hold: bool = False,
        open_change: bool = False,
        reversal_asked: bool = False,
        reduced: bool = False,
        exempt: bool = False,
    ) -> list[int]:
        """Ids of the orders in this stage, oldest first; without those of which a part was handed over."""
        rows = self.ask(
            """SELECT o.id FROM orders_order o LEFT JOIN orders_estimate e ON e.id = o.estimate_id
               WHERE stage = ? AND (hold_reason != '') = ? AND (change_id IS NOT NULL) = ?
               AND (reversal_reason != '') = ? AND (reduction > 0 AND reduction < ifnull(total, 1)) = ?
               AND (reduction > 0 AND reduction = ifnull(total, 1)) = ?
               AND (stage = 'selesai' OR NOT EXISTS (SELECT 1 FROM orders_handover WHERE order_id = o.id))
               ORDER BY o.id""",
            stage,
            on_hold,
            open_change,
            reversal_asked,
            reduced,
            exempt,
        )
        return [pk for (pk,) in rows]


@contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    """The site on a free port until the block ends."""
    environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    environment |= {"BALAI_VAR": str(folder), "BALAI_SECRET_KEY": "only-for-tests"}
    with socket.create_server(("127.0.0.1", 0)) as listener, (folder / "log").open("w") as log:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        for command in (["migrate", "--noinput"], ["collectstatic", "--noinput"], ["seed_demo", "--address", url]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, stdout=log, check=True)
        # The socket is handed over open, so the first page waits for the server and nobody can take the port.
        server = subprocess.Popen(
            [*GUNICORN, "--bind", f"fd://{listener.fileno()}"],
            cwd=ROOT,
            env=environment,
            pass_fds=[listener.fileno()],
            stdout=log,
            stderr=log,
        )
        try:
            yield Site(url, folder)
        finally:
            server.terminate()
            server.wait(timeout=30)
