"""What can be seen of a page: the rules of the design that a browser can measure."""

import re
from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

DESKTOP = {"width": 1366, "height": 768}
NARROW = {"width": 1024, "height": 768}
PHONE = {"width": 390, "height": 844}

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
# Only the colours change in the dark.
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}

# Words that a form library, a browser text or a slip of ours would show. None of them is Indonesian.
_AXE = Axe().axe_script
_ENGLISH = re.compile(
    r"""\b(
        submit | errors? | invalid | required | search | next | previous | ok | save | cancel | delete | update | edit
        | login | logout | sign | home | page | yes | choose | choice | select | please | sorry | warning | success
        | loading | file | upload | download | date | time | note | draft | name | phone | address | customer | payment
        | receipt | estimate | none | true | false | null | undefined | this | field | the | and | or | of | is | not
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)

_MEASURE = """() => {
  const seen = (e) => e.checkVisibility({ checkVisibilityCSS: true }) && !e.closest(".visually-hidden, .skip-link");
  const all = (query) => [...document.querySelectorAll(query)].filter(seen);
  const name = (e) => (e.getAttribute("aria-label") || e.innerText || e.name || e.outerHTML).trim().slice(0, 60);
  // A tick is made on its whole label; a number plate is pressed on a wider area than its frame.
  const target = (e) => e.matches("[type=checkbox], [type=radio]") ? e.closest(".form-check, label") : e;
  const low = all("button, .btn, input, select, textarea, summary, .app-nav a, .pagination a")
    .map((e) => [name(e), target(e).getBoundingClientRect().height]).filter(([, height]) => height < 43.5);
  const texts = all("[placeholder], [aria-label], [title], [alt]").flatMap((e) =>
    ["placeholder", "aria-label", "title", "alt"].map((attribute) => e.getAttribute(attribute) ?? ""));
  const root = document.scrollingElement;
  const cut = all("table").filter((e) => !e.closest(".scroller"))
    .filter((e) => e.getBoundingClientRect().right > e.parentElement.getBoundingClientRect().right + 1)
    .map((e) => e.caption?.textContent ?? e.className);
  // What begins in the upper three quarters of the screen is done there, without scrolling to its button.
  const below = all(".next-card .btn-primary").filter((e) => e.getBoundingClientRect().bottom > innerHeight)
    .filter((e) => (e.form ?? e.parentElement).getBoundingClientRect().top < 0.75 * innerHeight);
  return {
    cut,
    below: below.map(name),
    h1: all("h1").length,
    primary: all(".btn-primary").map(name),
    low: low.map(([what, height]) => `${what}: ${height} px`),
    wide: root.scrollWidth - innerWidth,
    words: [document.title, document.body.innerText, ...texts].join("\\n"),
    buttons: all("button, a.btn, summary").filter((one) => !one.closest("[data-scripted]")).map(name),
    dead: all("button[type=button], a:not([href])").map(name),
  };
}"""


@dataclass(frozen=True)
class Seen:
    """A page as it was measured at one width. `buttons` are the names of all that can be pressed, but for those that
    only scripts need, or make needless."""

    faults: list[str]
    buttons: list[str]


def measured(page: Page, *, scripts: bool = True) -> Seen:
    """The page's breaches of the design at its present width."""
    found = page.evaluate(_MEASURE)
    faults = [f"lower than 44 px: {control}" for control in found["low"]]
    if found["h1"] != 1:
        faults.append(f"{found['h1']} h1")
    if len(found["primary"]) > 1:
        faults.append(f"several timber buttons: {found['primary']}")
    if found["wide"] > 0:
        faults.append(f"{found['wide']} px wider than the window of {page.viewport_size['width']}")
    if page.viewport_size == DESKTOP:
        faults += [f"the next step is below the screen: {button}" for button in found["below"]]
    faults += [f"table wider than its card: {table}" for table in found["cut"]]
    faults += [f"English: {_around(found['words'], match)}" for match in _ENGLISH.finditer(found["words"])]
    if not scripts:
        faults += [f"does nothing without scripts: {control}" for control in found["dead"]]
    return Seen(faults, found["buttons"])


def axe(page: Page, options: dict = WCAG) -> list[str]:
    """Each violation that axe finds, with the elements concerned."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    violations = page.evaluate("async (options) => (await axe.run(options)).violations", options)
    return [f"axe {found['id']}: {[node['html'][:160] for node in found['nodes']]}" for found in violations]


def faults_everywhere(page: Page) -> list[str]:
    """All that is wrong with the open page on a desktop and on a phone, in light and in dark, nothing folded away; and
    what does not fit a narrow screen."""
    page.evaluate("() => document.querySelectorAll('details:not(.menu)').forEach((folded) => { folded.open = true; })")
    faults = []
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme="light")
        page.evaluate("scrollTo(0, 0)")
        found = measured(page).faults + axe(page)
        page.emulate_media(color_scheme="dark")
        found += [f"dark: {fault}" for fault in axe(page, CONTRAST)]
        faults += [f"at {size['width']} px: {fault}" for fault in found]
    page.set_viewport_size(NARROW)
    return faults + [f"at {NARROW['width']} px: {fault}" for fault in measured(page).faults]


def _around(text: str, match: re.Match) -> str:
    return " ".join(text[max(0, match.start() - 30) : match.end() + 30].split())
