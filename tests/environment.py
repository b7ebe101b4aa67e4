"""Loaded by pytest (`-p tests.environment`) before Django reads its settings, which come from the environment.

Every run, and every worker of a parallel run, has a data folder of its own that goes away with it.
"""

import atexit
import os
import tempfile
from pathlib import Path


def _data_folder() -> Path:
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        return Path(os.environ["BALAI_VAR"]) / worker
    folder = tempfile.TemporaryDirectory(prefix="balai-test-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


def _prepare() -> None:
    folder = _data_folder()
    (folder / "static").mkdir(parents=True)  # whitenoise warns when it is missing
    os.environ["BALAI_VAR"] = str(folder)
    os.environ["BALAI_SECRET_KEY"] = "only-for-tests"
    for name in ("BALAI_DEBUG", "BALAI_HTTPS", "BALAI_HOSTS"):
        os.environ.pop(name, None)


_prepare()
