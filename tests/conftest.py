"""Fixtures of every test: people, signed-in browsers, a file database, papers without the cost of drawing them."""

import hashlib
import json
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from balai import pdf
from balai.models import Office, User
from balai.roles import Role
from tests.factories import clerk, make_office, make_tariffs, make_user
from tests.unguarded import statements

# Argon2 costs a tenth of a second for each person made; the manifest of static files needs `collectstatic`.
django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
django_settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

DATABASE = {"db", "transactional_db"}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "real_pdf: issued papers are really drawn, not replaced by a stub")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches a database runs; the rest, which pytest-django keeps off it, ran on SQLite."""
    if connection.vendor == "sqlite":
        return
    touching = {item for item in items if item.get_closest_marker("django_db") or DATABASE & {*item.fixturenames}}
    config.hook.pytest_deselected(items=[item for item in items if item not in touching])
    items[:] = [item for item in items if item in touching]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix) -> None:
    """SQLite in a file, as in the office: a database in memory knows no other process."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(django_settings.BALAI_VAR / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def emptied_past_the_guards() -> Iterator[None]:
    """After a test with transactions of its own SQLite empties its tables row by row, which the guards refuse."""
    plainly = connection.ops.sql_flush

    def past_the_guards(*args, **how) -> list[str]:
        away, back = statements() if connection.vendor == "sqlite" else ([], [])
        return [*away, *plainly(*args, **how), *back]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection.ops, "sql_flush", past_the_guards)
        yield


@pytest.fixture(autouse=True)
def drawn_papers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Issued papers get stub bytes that still depend on every value, except where a test asks for real ones."""
    if request.node.get_closest_marker("real_pdf") or "browser" in request.path.parts:
        return
    monkeypatch.setattr(pdf, "render", _stub_pdf)


def _stub_pdf(payload: dict, marking: pdf.Marking | None = None, **how) -> bytes:
    text = json.dumps([payload, repr(marking)], sort_keys=True)
    return b"%PDF-1.7 stub " + hashlib.sha256(text.encode()).hexdigest().encode()


@pytest.fixture
def office(db) -> Office:
    """The office with its tariffs."""
    make_tariffs()
    return make_office()


@pytest.fixture
def pelayanan(office) -> User:
    return clerk(Role.PELAYANAN)


@pytest.fixture
def bengkel(office) -> User:
    return clerk(Role.BENGKEL)


@pytest.fixture
def keuangan(office) -> User:
    return clerk(Role.KEUANGAN)


@pytest.fixture
def pimpinan(office) -> User:
    return clerk(Role.PIMPINAN)


@pytest.fixture
def admin(office) -> User:
    return make_user(username="admin", superuser=True)


@pytest.fixture
def no_role(office) -> User:
    return make_user(username="tanpa-bagian")


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """`sign_in(user)` is that user's browser."""

    def browser_of(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return browser_of


@pytest.fixture
def as_pelayanan(sign_in, pelayanan) -> Client:
    return sign_in(pelayanan)


@pytest.fixture
def as_bengkel(sign_in, bengkel) -> Client:
    return sign_in(bengkel)


@pytest.fixture
def as_keuangan(sign_in, keuangan) -> Client:
    return sign_in(keuangan)


@pytest.fixture
def as_pimpinan(sign_in, pimpinan) -> Client:
    return sign_in(pimpinan)


@pytest.fixture
def as_admin(sign_in, admin) -> Client:
    return sign_in(admin)


@pytest.fixture
def count_queries() -> Callable[[Client, str], int]:
    """`count_queries(client, url)`: the queries of one page that answers 200, its session being under way."""

    def count(client: Client, url: str) -> int:
        client.get(url)  # the first page of a session writes its times
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        assert response.status_code == 200, f"{url} answered {response.status_code}"
        return len(queries)

    return count
