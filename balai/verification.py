"""What anybody may learn of a paper: that it is one of the office's, whether it holds, and its one figure.

Nothing personal: no name, no address, no list of goods. Whoever guesses codes is slowed down (ASVS 2.4).
"""

import hashlib
import ipaddress
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from balai import clock
from balai.formats import rupiah
from balai.kinds import KINDS
from balai.models import Document, DocumentFile, VerificationTry

TRIES = 30
WINDOW = timedelta(minutes=10)
Found = TypeVar("Found")


class TooManyTries(Exception):
    """This address guesses. `wait` is how long until it may try again."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait


def figure(paper: Document) -> dict[str, str]:
    """The paper's amount or number of things as `label` and `value`; empty for a paper that has neither."""
    info, body = KINDS[paper.kind], paper.payload["body"]
    if info.amount:
        return {"label": "Jumlah", "value": rupiah(body[info.amount])}
    if info.items and body[info.items]:
        return {"label": "Isi", "value": f"{len(body[info.items])} macam barang"}
    return {}


def find_by_file(file: UploadedFile) -> DocumentFile | None:
    """The archived file with these very bytes, of whichever paper."""
    sha256 = hashlib.sha256()
    for chunk in file.chunks():
        sha256.update(chunk)
    files = DocumentFile.objects.select_related("document__replaced_by", "document__voided_by", "reprint")
    return files.defer("pdf").filter(sha256=sha256.hexdigest()).first()


def guarded(request: HttpRequest, find: Callable[[], Found | None]) -> Found | None:
    """What `find` finds, for an address that does not guess. Raises TooManyTries.

    Each try is counted before it is looked up, in the database, so that the limit holds over all processes. Who
    finds a paper holds one, and does not guess: that try is not counted any more.
    """
    mine = _admit(_network_of(client_address(request)))
    found = find()
    if found:
        mine.delete()
    return found


def client_address(request: HttpRequest) -> str:
    """The caller's address. Behind BALAI_PROXIES own proxies it is what the outermost of them saw; a header that the
    caller wrote is not believed.
    """
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").replace(",", " ").split()
    if 0 < settings.BALAI_PROXIES <= len(hops):
        return hops[-settings.BALAI_PROXIES]
    return request.META.get("REMOTE_ADDR", "")


def _admit(address: str) -> VerificationTry:
    now = clock.now()
    VerificationTry.objects.filter(at__lte=now - WINDOW).delete()
    tries = VerificationTry.objects.filter(address=address).order_by("at")
    if tries.count() < TRIES:
        mine = VerificationTry.objects.create(address=address, at=now)
        if tries.count() <= TRIES:
            return mine
        # Others tried at the same moment: too few pass rather than too many.
        mine.delete()
    oldest = tries.values_list("at", flat=True).first() or now
    raise TooManyTries(oldest + WINDOW - now)


def _network_of(address: str) -> str:
    """What stands for the address in the table: it can be compared, but not read back."""
    try:
        host = ipaddress.ip_address(address)
    except ValueError:
        network = "unknown"
    else:
        # One IPv6 customer has a whole /64 to change addresses in.
        network = str(ipaddress.ip_network((host, 64 if host.version == 6 else 32), strict=False))
    return salted_hmac("balai.verification", network, algorithm="sha256").hexdigest()
