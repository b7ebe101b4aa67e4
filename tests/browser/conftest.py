"""Four desks in a real browser, on a site of their own. Chromium is the machine's: nothing is downloaded.

Any script error, refused resource, breach of the content security policy or server error fails the test that met it.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

from tests.browser.files import drawing_pdf, phone_photo
from tests.browser.site import CHROMIUM, Site, running_site
from tests.browser.walking import sign_in


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return browser_type_launch_args | CHROMIUM


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(tmp_path_factory.mktemp("balai")) as site:
        yield site
        assert " ERROR " not in site.log, site.log


@pytest.fixture(scope="session")
def session_of(browser: Browser, site: Site) -> Callable[[str], dict]:
    """`session_of("bengkel")`: the cookies of that user, signed in once by the sign-in page."""
    sessions: dict[str, dict] = {}

    def session_of(user: str) -> dict:
        if user not in sessions:
            context = browser.new_context(base_url=site.url)
            page = context.new_page()
            assert page.goto("/masuk/").status == 200, site.log
            sign_in(page, user)
            page.wait_for_url(lambda url: "/masuk/" not in url)
            sessions[user] = context.storage_state()
            context.close()
        return sessions[user]

    return session_of


class Watch:
    """What went wrong in a browser besides what its test looks at."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("response", self._answered)

    def taken(self) -> list[str]:
        """The faults since the last time."""
        faults, self.faults = self.faults, []
        return faults

    def _heard(self, message: ConsoleMessage) -> None:
        # Chromium also writes the status of each refused answer; `_answered` judges those.
        # A page that is left gives up what htmx was asking for; a request that failed says "htmx:sendError", too.
        harmless = ("Failed to load resource", "htmx:afterRequest", "htmx:sendAbort")
        if message.type in ("error", "warning") and not message.text.startswith(harmless):
            self.faults.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        is_page = response.request.is_navigation_request()
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.faults.append(f"{response.status} {response.url}")


@pytest.fixture(scope="session")
def watch() -> Watch:
    return Watch()


@pytest.fixture(scope="session")
def opened(browser: Browser, site: Site, session_of: Callable[[str], dict], watch: Watch) -> Callable[..., Page]:
    """`opened("keuangan")` is a signed-in page of that user, which stays open. Options go to the browser context."""

    def opened(user: str, **options) -> Page:
        session = {"storage_state": session_of(user)} if user else {}
        context = browser.new_context(
            base_url=site.url, locale="id-ID", timezone_id="Asia/Jakarta", **session, **options
        )
        context.set_default_timeout(10_000)
        watch.over(context)
        return context.new_page()

    return opened


@pytest.fixture
def desk(opened: Callable[..., Page], watch: Watch) -> Iterator[Callable[..., Page]]:
    """As `opened`, until the test ends."""
    pages = []

    def desk(user: str, **options) -> Page:
        pages.append(opened(user, **options))
        return pages[-1]

    yield desk
    for page in pages:
        page.context.close()
    assert watch.taken() == []


@pytest.fixture(scope="session")
def drawings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """`foto` and `pdf`: files on the clerk's computer."""
    folder = tmp_path_factory.mktemp("gambar")
    files = {"foto": folder / "foto-poros.jpg", "pdf": folder / "gambar-kerja.pdf"}
    files["foto"].write_bytes(phone_photo())
    files["pdf"].write_bytes(drawing_pdf())
    return files
