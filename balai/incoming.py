"""What is sent to us: a file grows no larger than is read, a full disk is told, half a body is refused."""

import io
import tempfile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from balai.storage import is_full
from balai.uploads import MAX_BYTES

CUT_OFF = "balai.cut_off"  # in the environment of a request whose body ended before its announced end


class IncomingFile(UploadedFile):
    """A file as far as it was taken. `no_room` says that the disk was full: then it is empty."""

    no_room = False

    def take(self, chunk: bytes) -> None:
        """Add to it, up to one byte more than may be kept: enough to see that it is too large."""
        chunk = chunk[: MAX_BYTES + 1 - self.size]
        if self.no_room or not chunk:
            return
        try:
            self.file.write(chunk)
        except OSError as error:
            if not is_full(error):
                raise
            self.file.close()
            self.file, self.size, self.no_room = io.BytesIO(), 0, True
        else:
            self.size += len(chunk)


class IncomingFiles(FileUploadHandler):
    """Small files wait in memory, larger ones in a temporary file."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        waiting = tempfile.SpooledTemporaryFile(settings.FILE_UPLOAD_MAX_MEMORY_SIZE)  # noqa: SIM115 - closed with the request
        self.file = IncomingFile(waiting, self.file_name, self.content_type, 0, self.charset, self.content_type_extra)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.file.take(raw_data)

    def file_complete(self, file_size: int) -> IncomingFile:
        self.file.seek(0)
        return self.file

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()


class WholeBody:
    """The body of a request that says when its sender stopped half-way; Django would take the half for a whole."""

    def __init__(self, environ: dict) -> None:
        self._environ = environ
        self._stream = environ["wsgi.input"]
        self._left = int(environ.get("CONTENT_LENGTH") or 0)

    def read(self, size: int = -1) -> bytes:
        """So many bytes; fewer only at the end (PEP 3333)."""
        asked = self._left if size < 0 else min(size, self._left)
        return self._counted(self._stream.read(asked), asked)

    def readline(self, size: int = -1) -> bytes:
        return self._counted(self._stream.readline(self._left if size < 0 else size), min(self._left, 1))

    def _counted(self, data: bytes, least: int) -> bytes:
        self._left -= len(data)
        if len(data) < least:
            self._environ[CUT_OFF] = True
            raise OSError("The sender stopped half-way")  # Django makes it an UnreadablePostError
        return data


def whole_bodies(application: Any) -> Any:
    """The WSGI application, which gets whole bodies or none."""

    def checked(environ: dict, start_response: Any) -> Any:
        environ["wsgi.input"] = WholeBody(environ)
        return application(environ, start_response)

    return checked
