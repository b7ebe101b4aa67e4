"""Every page of every role: nothing sideways, nothing that axe finds, no script error, and it works without scripts."""

from collections.abc import Callable
from functools import cache

import pytest
from django.urls import get_resolver
from playwright.sync_api import Page

from tests.browser.addresses import NO_PAGE, PAGES, Shown
from tests.browser.looking import DESKTOP, faults_everywhere, measured

VISITS = [pytest.param(user, shown, id=f"{user or 'tamu'}-{shown.name}") for shown in PAGES for user in shown.users]


@pytest.fixture(scope="module")
def kept_open(opened) -> Callable[[str, bool], Page]:
    """`kept_open("bengkel", False)`: that user's page without scripts, the same for every test."""
    return cache(lambda user, scripts: opened(user, java_script_enabled=scripts))


def test_every_address_is_looked_at():
    named = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert named == NO_PAGE | {shown.url for shown in PAGES}


@pytest.mark.parametrize(("user", "shown"), VISITS)
def test_page(kept_open, watch, site, user: str, shown: Shown):
    address = shown.address(site)
    plain, page = kept_open(user, False), kept_open(user, True)
    for each in (plain, page):
        each.set_viewport_size(DESKTOP)
        assert each.goto(address).status == shown.status
    without_scripts = measured(plain, scripts=False)
    assert measured(page).buttons == without_scripts.buttons
    assert without_scripts.faults + faults_everywhere(page) + watch.taken() == []
