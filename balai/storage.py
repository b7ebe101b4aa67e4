"""Private files: kept outside every public folder under random names, handed out only by authorised views."""

import errno
import secrets
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.db import OperationalError
from django.http import FileResponse
from django.utils.deconstruct import deconstructible

from balai.uploads import clean_name

_CONTENT_TYPES = {
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".pdf": "application/pdf",
    ".dxf": "image/vnd.dxf",
}
# Kept as it came and shown by no browser: only ever downloaded.
_DOWNLOADED = {".dxf"}
# The file may run nothing, load nothing and stand in no frame. Browsers style a bare image by inline style.
_FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"

# No room on the disk, in the quota, or for a file of this size.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class StorageFull(OSError):
    """There is no room left for files."""


def is_full(error: BaseException | None) -> bool:
    """Whether this error says that no room is left, for a file or for the database."""
    if isinstance(error, OperationalError):  # SQLite says so in words, PostgreSQL by its code
        return "disk is full" in str(error) or getattr(error.__cause__, "sqlstate", "") == "53100"
    return isinstance(error, OSError) and error.errno in FULL


@deconstructible(path="balai.storage.PrivateStorage")
class PrivateStorage(FileSystemStorage):
    """Files under settings.BALAI_FILES, readable by this program only. They have no URL.

    A name given to `save` lends only its ending: `denah.jpg` is kept as `3f/a0/3fa0….jpg`.
    """

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @property
    def base_location(self) -> Path:
        return settings.BALAI_FILES

    @property
    def location(self) -> str:
        return str(settings.BALAI_FILES)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """A fresh random path. Raises ValueError for an ending that is never stored."""
        suffix = PurePosixPath(name).suffix
        if suffix not in _CONTENT_TYPES:
            raise ValueError(f"Not a kind of file that is stored: {name!r}")
        stem = secrets.token_hex(16)
        return f"{stem[:2]}/{stem[2:4]}/{stem}{suffix}"

    def _save(self, name: str, content: File) -> str:
        """Write all of it or nothing. Raises StorageFull, or another OSError."""
        try:
            return super()._save(name, content)
        except BaseException as error:
            Path(self.path(name)).unlink(missing_ok=True)
            if is_full(error):
                raise StorageFull(error.errno, "No room for the file") from error
            raise

    def url(self, name: str | None) -> str:
        raise ValueError("Private files have no URL")


def private_storage() -> PrivateStorage:
    """For `FileField(storage=private_storage)`."""
    return PrivateStorage()


def file_response(stored: File, name: str, *, inline: bool, max_age: int = 0) -> FileResponse:
    """The response that shows or downloads a stored file, or an issued paper as a ContentFile.

    Its kind and its ending are those of `stored.name`, which we gave, never those of `name`, which the user gave.
    `max_age` in seconds lets the user's own browser keep it (a thumbnail); 0 means it keeps nothing.
    """
    suffix = PurePosixPath(stored.name).suffix
    response = FileResponse(
        stored,
        as_attachment=not inline or suffix in _DOWNLOADED,
        filename=PurePosixPath(clean_name(name)).with_suffix(suffix).name,
        content_type=_CONTENT_TYPES[suffix],
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _FILE_POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = f"private, max-age={max_age}" if max_age else "private, no-store"
    return response
