"""Papers: a frozen payload in, the bytes of its PDF out.

What is drawn is decided here; the drawing itself is done by processes of their own, which know neither database
nor settings (`renderer`). A caller waits for its paper, but holds no lock, and never longer than two tries.
"""

import atexit
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from balai.formats import tanggal_panjang
from balai.payloads import canonical
from balai.render_pool import Pool, RenderBusy, RenderError

__all__ = ["Copy", "Marking", "RenderBusy", "RenderError", "Void", "mark_of", "render", "warm_up"]

_pool = Pool()


@dataclass(frozen=True)
class Void:
    """Marks a paper BATAL: who voided it, on which WIB date, why, and the number of the paper that replaces it."""

    by: str
    on: date
    reason: str
    replaced_by: str = ""
    word: ClassVar = "BATAL"
    asset: ClassVar = "cap-batal.svg"

    @property
    def notice(self) -> str:
        """The boxed sentence under the kop."""
        said = [f"Dibatalkan {tanggal_panjang(self.on)} oleh {self.by}", f"Alasan: {self.reason}"]
        return _sentences(*said, *([f"Pengganti: Nomor {self.replaced_by}"] if self.replaced_by else []))


@dataclass(frozen=True)
class Copy:
    """Marks a reprint SALINAN: its ordinal (2 for the second reprint), its WIB date and who made it."""

    ordinal: int
    on: date
    by: str
    word: ClassVar = "SALINAN"
    asset: ClassVar = "cap-salinan.svg"

    @property
    def notice(self) -> str:
        """The boxed sentence under the kop."""
        printed = f"Cetak ulang ke-{self.ordinal}, {tanggal_panjang(self.on)} oleh {self.by}"
        return _sentences(printed, "Isi sama dengan lembar asli")


Marking = Void | Copy


def render(payload: Mapping[str, Any], marking: Marking | None = None, *, seconds: float | None = None) -> bytes:
    """The PDF/A-3b of one paper, the same bytes for the same payload and marking; `seconds` for an unusually long one.

    Raises RenderError when it cannot be drawn and RenderBusy when too many wait already. The payload stays as it
    is, so both may be tried again.
    """
    return _pool.draw(json.dumps({"payload": canonical(payload), "mark": mark_of(marking)}).encode(), seconds)


def mark_of(marking: Marking | None) -> dict[str, str] | None:
    """What the renderer is told of a marking."""
    return marking and {"word": marking.word, "notice": marking.notice, "asset": marking.asset}


def warm_up() -> None:
    """Start a drawing process now, so that the first paper need not wait for it. Returns at once."""
    _pool.warm_up()


def _sentences(*texts: str) -> str:
    # A name such as "Sari, S.E." or a typed reason may bring its own full stop.
    return " ".join(f"{text.rstrip('.')}." for text in texts)


def _forget_pool() -> None:
    global _pool
    _pool = Pool()


# The pipes to the drawing processes belong to one process: a forked child begins with none.
os.register_at_fork(after_in_child=_forget_pool)
atexit.register(lambda: _pool.close())
