"""What stylesheets, scripts and page templates must not contain: offices keep Chromium 109 and Firefox 115, the
security policy forbids inline style and script, and nothing is fetched from elsewhere. DESIGN.md 7."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CSS = sorted((ROOT / "static/css").glob("*.css"))
JS = sorted((ROOT / "static/js").glob("*.js"))
# Papers are drawn by WeasyPrint, not by a browser.
PAGES = [page for page in sorted((ROOT / "templates").rglob("*.html")) if "print" not in page.parts]
LAYERS = ["reset", "tokens", "base", "layout", "components", "forms", "utilities"]

# What a browser of 2023 does not know, with the version that brought it.
TOO_NEW = {
    r"light-dark\(": "Chromium 123, Firefox 120",
    r"color-mix\(": "Chromium 111",
    r"oklch\(|oklab\(": "Chromium 111",
    r":has\(": "Firefox 121",
    r":popover-open|::backdrop": "popover: Chromium 114, Firefox 125",
    r"subgrid": "Chromium 117",
    r"text-wrap": "Chromium 114, Firefox 121",
    r"field-sizing|interpolate-size|@starting-style|@scope|@property|anchor-name": "after 2023",
    r"@import": "a chain of requests; base.html links each file",
    r"!important": "layers decide",
}
FORBIDDEN_IN_PAGES = {
    r"\sstyle\s*=": "inline style",
    r"<style\b": "inline stylesheet",
    r"<script(?![^>]*\ssrc=)": "inline script",
    r"\son[a-z]+\s*=": "inline event handler",
    r"javascript:": "script in an address",
    r"\spopover\b|\spopovertarget": "popover",
    r"<(?:script|img|iframe|source|embed|audio|video)\b[^>]*\ssrc=[\"']?(?:https?:)?//": "fetched from elsewhere",
    r"<link\b[^>]*\shref=[\"']?(?:https?:)?//": "fetched from elsewhere",
    r"\shref=[\"']http:": "link without https",
    r"\srequired(?=[\s>])": "the server says in words what is missing",
}


def without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def rules(css: str) -> Iterator[tuple[list[str], str]]:
    """Each block of a stylesheet: the preludes of the blocks around it, and its own."""
    around: list[str] = []
    for text, mark in re.findall(r"([^{};]*)([{};])", without_comments(css)):
        if mark == "{":
            yield list(around), text.strip()
            around.append(text.strip())
        elif mark == "}":
            around.pop()


def tokens_of(prelude: str) -> dict[str, str]:
    css = without_comments((ROOT / "static/css/tokens.css").read_text())
    block = css.split(f"{prelude} {{", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"(--[\w-]+|color-scheme):\s*([^;]+);", block))


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2 between two colours like #fff or #17242d."""

    def luminance(colour: str) -> float:
        digits = colour.lstrip("#")
        digits = digits if len(digits) == 6 else "".join(d * 2 for d in digits)
        channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def faults_of_page(template: str) -> set[str]:
    template = re.sub(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", "", template, flags=re.DOTALL)
    html = re.sub(r"{%.*?%}|{{.*?}}", "", template, flags=re.DOTALL)
    found = {why for pattern, why in FORBIDDEN_IN_PAGES.items() if re.search(pattern, html, re.IGNORECASE)}
    return found | ({"text marked as safe"} if re.search(r"\|\s*safe\b|autoescape off", template) else set())


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("sheet", CSS, ids=name)
def test_stylesheet_has_nothing_too_new(sheet):
    css = without_comments(sheet.read_text())
    found = {why for pattern, why in TOO_NEW.items() if re.search(pattern, css)}
    assert not found


@pytest.mark.parametrize("sheet", CSS, ids=name)
def test_stylesheet_does_not_nest(sheet):
    nested = [own for around, own in rules(sheet.read_text()) if any(not a.startswith("@") for a in around)]
    assert not nested


@pytest.mark.parametrize("sheet", CSS, ids=name)
def test_stylesheet_fetches_nothing_from_elsewhere(sheet):
    addresses = re.findall(r"url\(\s*[\"']?([^\"')]+)", sheet.read_text())
    assert all(address.startswith("../img/") for address in addresses)
    assert all((sheet.parent / address).is_file() for address in addresses)


def test_each_layer_is_one_file_in_the_declared_order():
    declared = re.search(r"@layer ([\w, ]+);", (ROOT / "static/css/theme.css").read_text())[1].split(", ")
    assert declared == LAYERS
    for layer in LAYERS:
        outermost = {own for around, own in rules((ROOT / f"static/css/{layer}.css").read_text()) if not around}
        assert outermost == {f"@layer {layer}"}


def test_the_frame_links_each_stylesheet_once_the_order_first():
    links = re.findall(r"static 'css/(\w+)\.css'", (ROOT / "templates/base.html").read_text())
    assert links == ["theme", *LAYERS]
    assert {sheet.stem for sheet in CSS} == set(links)


def test_the_stylesheet_stays_small():
    text = "".join(sheet.read_text() for sheet in CSS)
    assert text.count("\n") <= 1000
    assert len(text.encode()) <= 40_000


def test_dark_is_told_twice_alike_and_completely():
    light = tokens_of(":root")
    by_choice = tokens_of(':root[data-theme="dark"]')
    by_device = tokens_of(':root:not([data-theme="light"])')
    assert by_choice == by_device
    same_in_both = {"--brass"}
    assert {token for token, value in light.items() if value.startswith("#")} == set(by_choice) - {
        "color-scheme"
    } | same_in_both


def test_every_used_token_is_defined():
    css = "".join(sheet.read_text() for sheet in CSS)
    assert set(re.findall(r"var\((--[\w-]+)\)", css)) <= set(re.findall(r"(--[\w-]+):", css))


def test_colours_stand_in_the_tokens_only():
    """The ruler of the bar, its white and its focus ring are ornament of one place."""
    allowed = {"layout": {"#fff", "#ffd48a", "#5d3209", "#8a5a28"}, "base": {"#fff"}, "components": {"#fff"}}
    for sheet in CSS:
        if sheet.stem != "tokens":
            colours = set(re.findall(r"#[0-9a-f]{3,8}\b", without_comments(sheet.read_text())))
            assert colours <= allowed.get(sheet.stem, set()), sheet.name


@pytest.mark.parametrize("prelude", [":root", ':root[data-theme="dark"]'])
def test_words_are_readable_on_every_ground_they_stand_on(prelude):
    token = tokens_of(":root") | tokens_of(prelude)
    pairs = [("ink", ground) for ground in ("page", "paper", "shade", "steel-soft", "timber-soft")]
    pairs += [("muted", ground) for ground in ("page", "paper", "shade", "steel-soft", "timber-soft")]
    pairs += [(f"{mood}", f"{mood}-soft") for mood in ("late", "warn", "ok")]
    pairs += [("late", "paper"), ("late", "timber-soft"), ("timber-text", "timber-soft"), ("timber-text", "paper")]
    pairs += [("timber-ink", "timber"), ("timber-ink", "timber-hover"), ("steel-ink", "steel"), ("bar-muted", "bar")]
    pairs += [("steel-ink", "rule"), ("steel", "steel-soft"), ("steel", "paper"), ("ink", "line")]
    pairs += [("link", ground) for ground in ("page", "paper", "steel-soft", "timber-soft")]
    faint = {pair: contrast(token[f"--{pair[0]}"], token[f"--{pair[1]}"]) for pair in pairs}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}
    for shape in ("edge", "focus", "wrong"):
        assert min(contrast(token[f"--{shape}"], token[f"--{g}"]) for g in ("page", "paper", "timber-soft")) >= 3


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_page_has_no_inline_code_and_fetches_nothing_from_elsewhere(page):
    assert not faults_of_page(page.read_text())


@pytest.mark.parametrize("script", JS, ids=name)
def test_script_is_a_small_module_of_our_own(script):
    text = script.read_text()
    assert not re.search(r"https?://|\beval\(|innerHTML|document\.write|\.style\b", text)
    assert text.count("\n") <= 60
    imported = re.findall(r"(?:from|import) \"([^\"]+)\"", text)
    assert all((script.parent / module).is_file() for module in imported)


def test_every_script_is_reached_from_the_main_one():
    seen, waiting = set(), ["main.js"]
    while waiting:
        script = waiting.pop()
        seen.add(script)
        text = (ROOT / "static/js" / script).read_text()
        waiting += [m for m in re.findall(r"(?:from|import) \"\./([^\"]+)\"", text) if m not in seen]
    assert seen == {script.name for script in JS}


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("@layer a { .b { color: red } }", False),
        ("@layer a { @media (width < 1rem) { .b { color: red } } }", False),
        ("@layer a { .b { color: red; .c { color: blue } } }", True),
        ("@layer a { .b { @media print { color: blue } } }", True),
        ("@layer a { /* { */ .b { content: '' } }", False),
    ],
)
def test_nesting_is_noticed(css, expected):
    assert any(not a.startswith("@") for around, _ in rules(css) for a in around) is expected


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color: red">',
        "<style>",
        "<script>alert(1)</script>",
        '<button onclick="x()">',
        '<script src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="//cdn.example/x.css">',
        "<div popover>",
        '<a href="javascript:x()">',
        "{{ text|safe }}",
    ],
)
def test_a_forbidden_thing_in_a_page_is_noticed(html):
    assert faults_of_page(html)


def test_what_a_page_may_have_is_not_noticed():
    assert not faults_of_page(
        """{% comment %}<style>{% endcomment %}{% include "x.html" with one=1 %}<a href="https://wa.me/628">WhatsApp</a>
        <script type="module" src="{% static 'js/main.js' %}"></script>"""
    )
