"""The main menu: what each role finds in it, never more than fits a screen, and a way to the rest."""

import pytest
from django.test import Client

from balai.roles import Role
from tests.factories import clerk

MOST = 7


def entries(browser: Client, url: str = "/pesanan/") -> list[str]:
    return [entry["label"] for entry in browser.get(url).context["nav"]]


@pytest.mark.parametrize("role", Role)
def test_no_menu_is_longer_than_a_screen_of_1366_px(office, sign_in, role):
    assert 0 < len(entries(sign_in(clerk(role)))) <= MOST


def test_pimpinan_finds_what_is_not_in_the_menu(as_pimpinan):
    assert not {"Pengalaman", "Buku pesanan"} & set(entries(as_pimpinan))
    assert 'href="/bengkel/pengalaman/"' in as_pimpinan.get("/bengkel/beban/").content.decode()
    assert 'href="/buku/pesanan/"' in as_pimpinan.get("/buku/penerimaan/").content.decode()


def test_pelayanan_is_not_led_where_it_may_not_go(as_pelayanan):
    assert 'href="/bengkel/pengalaman/"' not in as_pelayanan.get("/bengkel/beban/").content.decode()
