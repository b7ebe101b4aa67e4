"""Private files: random names, closed folders, and a response that runs nothing."""

import re
import stat

import pytest
from django.core.files.base import ContentFile
from django.db.models import FileField

from balai.storage import file_response, private_storage


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.BALAI_FILES = tmp_path / "files"


def test_a_file_is_kept_under_a_random_name_for_this_program_only(settings):
    storage = private_storage()
    name = storage.save("denah.jpg", ContentFile(b"isi"))
    assert re.fullmatch(r"([0-9a-f]{2})/([0-9a-f]{2})/\1\2[0-9a-f]{28}\.jpg", name)
    kept = settings.BALAI_FILES / name
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(kept.parent.parent.stat().st_mode) == 0o700
    with storage.open(name) as file:
        assert file.read() == b"isi"
    assert storage.save("denah.jpg", ContentFile(b"isi")) != name


def test_a_file_has_no_public_address():
    with pytest.raises(ValueError, match="no URL"):
        private_storage().url("ab/cd/x.jpg")


@pytest.mark.parametrize("name", ["denah.svg", "denah.html", "denah", "denah.jpg.exe"])
def test_only_known_endings_are_stored(name):
    with pytest.raises(ValueError, match="Not a kind"):
        private_storage().save(name, ContentFile(b"isi"))


def test_a_migration_names_the_storage_without_its_folder():
    _, path, _, kwargs = FileField(storage=private_storage).deconstruct()
    assert path == "django.db.models.FileField"
    assert kwargs["storage"] is private_storage


def test_the_response_tells_the_kind_and_runs_nothing():
    stored = private_storage()
    name = stored.save("denah.png", ContentFile(b"isi"))
    response = file_response(stored.open(name), "virus.html", inline=True)
    assert b"".join(response) == b"isi"
    assert response["Content-Type"] == "image/png"
    assert response["Content-Length"] == "3"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"].startswith("inline")


def test_a_thumbnail_may_stay_in_the_users_own_browser():
    response = file_response(ContentFile(b"isi", name="x.jpg"), "x.jpg", inline=True, max_age=3600)
    assert response["Cache-Control"] == "private, max-age=3600"


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("denah.pdf", 'attachment; filename="denah.pdf"'),
        ('de"nah\\x.pdf', 'attachment; filename="x.pdf"'),
        ('de"nah.pdf', 'attachment; filename="de\\"nah.pdf"'),
        ("denah é.pdf", "attachment; filename*=utf-8''denah%20%C3%A9.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", 'attachment; filename="a Set-Cookie: x=1.pdf"'),
        ("../../\u202efdp.exe", 'attachment; filename="fdp.pdf"'),
        ("a;filename=b.html", 'attachment; filename="a;filename=b.pdf"'),
        ("tanpa akhiran", 'attachment; filename="tanpa akhiran.pdf"'),
        ("..", 'attachment; filename="berkas.pdf"'),
    ],
)
def test_names_are_safe_in_the_header(name, header):
    response = file_response(ContentFile(b"%PDF-", name="paper.pdf"), name, inline=False)
    assert response["Content-Disposition"] == header
    assert response["Content-Type"] == "application/pdf"
