"""Draws every page of every role as PNG, on a desktop and on a phone, from sample data of its own: bin/screenshots."""

import argparse
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.addresses import PAGES
from tests.browser.looking import DESKTOP, PHONE
from tests.browser.site import CHROMIUM, ROOT, Site, running_site
from tests.browser.walking import sign_in

PDF_VIEWER_STARTS = 4000  # milliseconds; nothing tells when Chromium's viewer has drawn a paper
README_PICTURE = ROOT / "docs" / "meja-pelayanan.png"


def main() -> None:
    arguments = argparse.ArgumentParser(description="Draws pages as PNG.")
    arguments.add_argument("words", nargs="*", help="only pages whose name contains one of these")
    arguments.add_argument("--readme", action="store_true", help="only the picture of the README")
    asked = arguments.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="balai-screenshots-") as folder,
        running_site(Path(folder)) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(**CHROMIUM)
        if asked.readme:
            _signed_in(browser, site, "pelayanan").screenshot(path=README_PICTURE)
        else:
            _draw(browser, site, asked.words)
        browser.close()


def _draw(browser: Browser, site: Site, words: Iterable[str]) -> None:
    target = settings.BALAI_VAR / "screenshots"
    target.mkdir(parents=True, exist_ok=True)
    users = dict.fromkeys(user for shown in PAGES for user in shown.users)
    for user in users:
        page = _signed_in(browser, site, user)
        for shown in PAGES:
            name = f"{user or 'tamu'}-{shown.name}"
            if user not in shown.users or (words and not any(word in name for word in words)):
                continue
            page.goto(shown.address(site))
            if page.locator("iframe").count():
                page.wait_for_timeout(PDF_VIEWER_STARTS)
            for size in (DESKTOP, PHONE):
                page.set_viewport_size(size)
                page.screenshot(path=target / f"{name}-{size['width']}.png", full_page=True)
    print(f"Drawn under {target}")  # noqa: T201


def _signed_in(browser: Browser, site: Site, user: str) -> Page:
    page = browser.new_context(base_url=site.url, viewport=DESKTOP, locale="id-ID").new_page()
    if user:
        page.goto("/masuk/")
        sign_in(page, user)
        page.wait_for_url(lambda url: "/masuk/" not in url)
    return page
