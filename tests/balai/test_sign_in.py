"""Signing in and out. Nobody learns which of the two was wrong; guessing is slowed per account and address."""

import pytest
from django.conf import settings
from django.test import Client

from balai import settings as shipped
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def sign_in(client: Client, user: str, password: str = PASSWORD, **more):
    return client.post("/masuk/", {"username": user, "password": password, **more})


@pytest.mark.parametrize(
    ("role", "desk"),
    [("pelayanan", "/meja/"), ("bengkel", "/bengkel/"), ("keuangan", "/kasir/"), ("pimpinan", "/meja/")],
)
def test_each_role_begins_at_its_desk(client, office, role, desk):
    make_user(role, username="orang")

    answer = sign_in(client, "orang")

    assert (answer.status_code, answer.url) == (302, "/")
    assert client.get("/").url == desk


def test_whoever_wears_two_hats_begins_at_the_common_desk(client, office):
    make_user("keuangan", "pelayanan", username="orang")
    sign_in(client, "orang")

    assert client.get("/").url == "/meja/"


def test_sign_in_goes_on_to_the_page_that_was_asked_for(client, pelayanan):
    assert client.get("/pesanan/").url == "/masuk/?next=/pesanan/"
    assert sign_in(client, "pelayanan", next="/pesanan/").url == "/pesanan/"


@pytest.mark.parametrize("elsewhere", ["https://jahat.example/", "//jahat.example/", "javascript:alert(1)"])
def test_sign_in_never_leads_elsewhere(client, pelayanan, elsewhere):
    assert sign_in(client, "pelayanan", next=elsewhere).url == "/"


def test_a_wrong_password_and_an_unknown_name_read_the_same(client, pelayanan):
    known = sign_in(client, "pelayanan", "salah-salah-salah").content.decode()
    unknown = sign_in(client, "tidak-ada", "salah-salah-salah").content.decode()

    assert "tidak cocok" in known
    assert "tidak cocok" in unknown
    assert "_auth_user_id" not in client.session


def test_a_disabled_account_is_refused(client, pelayanan):
    pelayanan.is_active = False
    pelayanan.save()

    assert sign_in(client, "pelayanan").status_code == 200
    assert "_auth_user_id" not in client.session


def test_the_session_of_before_is_not_the_session_of_after(client, pelayanan):
    session = client.session
    session["a"] = 1
    session.save()
    before = session.session_key

    sign_in(client, "pelayanan")

    assert client.session.session_key != before


def test_guessing_is_stopped_even_with_the_right_password(client, pelayanan):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = sign_in(client, "pelayanan", "salah-salah-salah")
    assert answer.status_code == 429

    answer = sign_in(client, "pelayanan")

    assert answer.status_code == 429
    assert "_auth_user_id" not in client.session
    assert "menit" in answer.content.decode()


def test_guessing_locks_neither_other_accounts_nor_other_addresses(client, pelayanan, bengkel):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, "pelayanan", "salah-salah-salah")

    assert sign_in(client, "bengkel").status_code == 302
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9"), "pelayanan").status_code == 302


def test_sign_out_is_a_button_not_a_link(as_pelayanan):
    assert as_pelayanan.get("/keluar/").status_code == 405
    assert as_pelayanan.post("/keluar/").url == "/masuk/"
    assert as_pelayanan.get("/meja/").status_code == 302


def test_a_form_without_its_token_is_refused_in_plain_words(pelayanan):
    client = Client(enforce_csrf_checks=True)

    answer = sign_in(client, "pelayanan")

    assert answer.status_code == 403
    assert "perlu dibuka ulang" in answer.content.decode()


def test_a_password_is_kept_by_argon2_and_is_long_enough():
    assert shipped.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    lengths = [each.get("OPTIONS", {}).get("min_length") for each in shipped.AUTH_PASSWORD_VALIDATORS]
    assert 12 in lengths
