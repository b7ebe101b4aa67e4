"""The first real set-up: everything or nothing, once, and by the rules that the screen keeps too."""

import io

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from balai import clock
from balai.models import AuditEntry, Emblem, Office, Signatory, User
from balai.office import head, treasurer
from balai.roles import Role
from tests.factories import make_image, make_office, make_order

pytestmark = pytest.mark.django_db
PASSWORD = "panjang-dan-rahasia-2026"
GIVEN = {
    "government": "PEMERINTAH PROVINSI CONTOH",
    "department": "DINAS CONTOH",
    "unit": "BALAI NYATA CONTOH",
    "short_name": "Balai Nyata",
    "address": "Jalan Contoh 1",
    "city": "Kota Contoh",
    "verify_base": "https://pesanan.balai.example",
    "material_account": "4.1.02.02.11",
    "head_title": "Kepala Balai",
    "head_name": "Orang Pertama Contoh",
    "head_nip": "000000000000000001",
    "treasurer_title": "Bendahara",
    "treasurer_name": "Orang Kedua Contoh",
    "admin": "kepala-admin",
    "admin_name": "Orang Ketiga Contoh",
}


@pytest.fixture(autouse=True)
def password(monkeypatch):
    monkeypatch.setenv("BALAI_ADMIN_PASSWORD", PASSWORD)


def setup(**changes) -> str:
    said = io.StringIO()
    call_command("setup_office", stdout=said, **GIVEN | changes)
    return said.getvalue()


def nothing_was_made() -> bool:
    return not any(model.objects.exists() for model in (Office, User, Signatory, Emblem, Group, AuditEntry))


def test_it_makes_an_office_that_can_issue_papers(client):
    assert "kepala-admin" in setup()
    office = Office.objects.get()
    assert (office.unit, office.is_sample, office.version) == ("BALAI NYATA CONTOH", False, 1)
    assert head(office)["nip"] == "000000000000000001"
    assert treasurer(office)["name"] == "Orang Kedua Contoh"
    assert set(Group.objects.values_list("name", flat=True)) == set(Role)
    client.post("/masuk/", {"username": "kepala-admin", "password": PASSWORD})
    page = client.get("/kantor/")
    assert page.status_code == 200
    assert "Kantor disiapkan" in page.content.decode()
    paper = make_order("permohonan").papers.get().document
    assert (paper.payload["office"]["unit"], paper.payload["sample"]) == ("BALAI NYATA CONTOH", False)


def test_the_environment_gives_what_the_command_line_does_not(monkeypatch):
    monkeypatch.setenv("BALAI_OFFICE_UNIT", "BALAI DARI LINGKUNGAN")
    call_command(
        "setup_office", **{name: value for name, value in GIVEN.items() if name != "unit"}, stdout=io.StringIO()
    )
    assert Office.objects.get().unit == "BALAI DARI LINGKUNGAN"


def test_it_refuses_where_there_is_an_office(db):
    make_office()
    with pytest.raises(CommandError, match="There is an office already"):
        setup()
    assert Office.objects.get().is_sample


def test_it_refuses_where_there_are_people(db):
    User.objects.create_user("orang", full_name="Orang Contoh")
    with pytest.raises(CommandError, match="There is an office already"):
        setup()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"unit": ""}, "Missing: --unit"),
        ({"treasurer_name": ""}, "Missing: --treasurer-name"),
        ({"verify_base": "pesanan.balai"}, "verify_base"),
        ({"email": "bukan surel"}, "email"),
        ({"head_nip": "123"}, "18 angka"),
        ({"short_name": "x" * 61}, "short_name"),
        ({"number": ["surat_pesanan={urut}"]}, "harus memuat"),
        ({"number": ["lain={urut}/{tahun}"]}, "no register"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_made(changes, reason):
    with pytest.raises(CommandError, match=reason):
        setup(**changes)
    assert nothing_was_made()


@pytest.mark.parametrize("weak", ["pendek", "kepala-admin1"])
def test_a_weak_password_is_refused(monkeypatch, weak):
    monkeypatch.setenv("BALAI_ADMIN_PASSWORD", weak)
    with pytest.raises(CommandError, match="Password"):
        setup()
    assert nothing_was_made()


def test_without_a_terminal_the_password_must_be_given(monkeypatch):
    monkeypatch.delenv("BALAI_ADMIN_PASSWORD")
    with pytest.raises(CommandError, match="BALAI_ADMIN_PASSWORD"):
        setup()


def test_numbers_and_emblem_may_be_given(tmp_path):
    picture = tmp_path / "lambang.png"
    picture.write_bytes(make_image("LAMBANG"))
    setup(number=["surat_pesanan=SP/{urut:03}/{tahun}"], emblem=picture)
    paper = make_order("pesanan").papers.get(document__kind="surat_pesanan").document
    assert paper.printed_number == f"SP/001/{clock.today():%Y}"
    assert paper.payload["office"]["emblem"]


def test_a_file_that_is_no_emblem_is_refused(tmp_path):
    with pytest.raises(CommandError, match="--emblem"):
        setup(emblem=tmp_path / "tidak-ada.png")
    assert nothing_was_made()
