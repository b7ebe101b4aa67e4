"""Whatever stands in a field stays text; nothing outside the program is read."""

import re
import sys
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

import pytest
import tinyhtml5
from django.template import Engine

from balai import renderer
from balai.kinds import KINDS, Register
from tests.print.attacks import ATTACKS
from tests.print.bodies import BODIES
from tests.print.drawn import assert_says, draw
from tests.print.payloads import EVERYTHING, NUMBERS, payload
from tests.print.reading import reader, text

TEMPLATES = sorted(renderer.TEMPLATE_DIR.glob("*.html"))
WHERE_PROGRAMS_LIE = (str(renderer.ASSET_DIR), str(renderer.TEMPLATE_DIR), sys.prefix, sys.base_prefix)

_seen: list[tuple[str, str]] | None = None


def _watch(event: str, args: tuple) -> None:
    if _seen is not None and event in ("open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen"):
        _seen.append((event, str(args[0])))


sys.addaudithook(_watch)  # for good: Python knows no way to take one out


@pytest.fixture(scope="module", autouse=True)
def loaded():
    """What a drawing process reads before its first paper."""
    renderer.warm_up()


@contextmanager
def watched():
    """The files opened, addresses asked for and programs started inside the block that are not the program's own."""
    global _seen
    _seen, strange = [], []
    try:
        yield strange
    finally:
        strange += [each for each in _seen if each[0] != "open" or not each[1].startswith(WHERE_PROGRAMS_LIE)]
        _seen = None


def assert_harmless(kind: str, paper: bytes) -> None:
    attached = [renderer.ATTACHMENT] if kind in NUMBERS else []
    root = reader(paper).root_object
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(root)
    assert set(root.get("/Names", ())) == set(["/EmbeddedFiles"] * len(attached))
    assert list(reader(paper).attachments) == attached
    assert all("/Annots" not in page for page in reader(paper).pages)


def attacked(kind: str, *attacks: str) -> dict:
    """The sample of this kind with an attack in every text of body, office and envelope, one after the other."""
    content, following = payload(kind), cycle(attacks)
    said = [name for name in ("number", "code", "verify_url") if content[name]]
    spoilt = {name: next(following) for name in [*said, "footer"]}
    return content | spoilt | {part: _with_every_text(content[part], following) for part in ("body", "office")}


def _with_every_text(value, attacks):
    """`value` with every text replaced that is no date, no number and no picture, which we make ourselves."""
    if isinstance(value, dict):
        return {key: item if key == "picture" else _with_every_text(item, attacks) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_every_text(item, attacks) for item in value]
    is_free = isinstance(value, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d.*|[\d.]+", value)
    return next(attacks) if is_free else value


@pytest.mark.parametrize(("attack", "kind"), list(zip(ATTACKS, cycle(EVERYTHING), strict=False)))
def test_an_attack_alone_in_every_field_stays_text(attack, kind):
    with watched() as strange:
        paper = draw(attacked(kind, attack))
    assert strange == []
    assert_says(paper, renderer.printable(attack))
    assert_harmless(kind, paper)


@pytest.mark.parametrize(("kind", "start"), list(zip(EVERYTHING, cycle(range(0, 38, 3)), strict=False)))
def test_all_attacks_on_one_paper_stay_text(kind, start):
    with watched() as strange:
        paper = draw(attacked(kind, *ATTACKS[start:], *ATTACKS[:start]))
    assert strange == []
    assert_harmless(kind, paper)


@pytest.mark.parametrize("kind", EVERYTHING)
def test_no_attack_changes_the_build_of_any_paper(kind):
    expected = skeleton(attacked(kind, "kata"))
    assert len(expected) > 50
    assert [attack for attack in ATTACKS if skeleton(attacked(kind, attack)) != expected] == []


def skeleton(content: dict) -> list[tuple[str, dict]]:
    """Every element in order with its attributes, but for the QR code and the texts of the running head and foot."""
    [form, *_] = renderer.forms(content["kind"], content["page"])
    tree = tinyhtml5.parse(renderer.source(content, form), namespace_html_elements=False)
    return [
        (element.tag, {name: value for name, value in element.items() if not _said_by_payload(name, value)})
        for element in tree.iter()
    ]


def _said_by_payload(attribute: str, value: str) -> bool:
    running_head_and_foot = {
        "data-judul",
        "data-nomor",
        "data-kode",
        "data-tautan",
        "data-tanda",
        "data-dicetak",
        "data-kaki",
        "data-atas",
    }
    return attribute in running_head_and_foot or (attribute == "src" and value.startswith("gambar:"))


def test_the_watch_sees_what_it_is_there_for():
    with watched() as strange:
        Path("/etc/hostname").read_text()
    assert strange == [("open", "/etc/hostname")]


def test_controls_and_bidirectional_overrides_are_left_out():
    name = "Siti\x00\x1b[31m \u202egnp.exe\u2066 \ud800\ufffe\u200bAli\u2028Baba"
    customer = BODIES["surat_jalan"]["customer"] | {"name": name}
    assert_says(draw(payload("surat_jalan", {"customer": customer})), "Siti[31m gnp.exe Ali Baba")


def test_right_to_left_letters_are_drawn():
    customer = BODIES["surat_jalan"]["customer"] | {"name": "רחמה 123 שלום"}
    assert "123" in text(draw(payload("surat_jalan", {"customer": customer})))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "https://balai.example/a.png",
        "ftp://127.0.0.1/a",
        "data:text/html,<b>x</b>",
        "data:image/png;base64,AAAA",
        "print.css",
        "../print.css",
        "asset:../print.css",
        "asset:../../balai/settings.py",
        "asset:/etc/passwd",
        "asset:print.css?x",
        "asset://print.css",
        "asset:",
        "gambar:../print.css",
        "gambar:<svg/>",
    ],
)
def test_the_fetcher_serves_packaged_assets_and_pictures_of_the_payload_only(url):
    with pytest.raises(ValueError, match=r"packaged asset|base64"):
        renderer.looks(renderer.SCHEMA).fetcher.fetch(url)


@pytest.mark.parametrize("name", renderer.ASSETS)
def test_every_asset_is_packaged(name):
    assert renderer.looks(renderer.SCHEMA).fetcher.fetch(f"asset:{name}").read()


def test_a_template_that_asks_for_anything_else_fails_loudly(monkeypatch):
    template = Engine().from_string('<img src="file:///etc/passwd">')
    monkeypatch.setattr(Engine, "get_template", lambda engine, name: template)
    with pytest.raises(renderer.DrawingError, match="file:///etc/passwd"):
        draw(payload("surat_jalan"))


@pytest.mark.parametrize("spoilt", [{"date": "kapan-kapan"}, {"kind": "surat_cinta"}, {"verify_url": None}])
def test_whatever_fails_names_the_paper(spoilt):
    with pytest.raises(renderer.DrawingError, match="0107/SJ/X/2026"):
        draw(payload("surat_jalan") | spoilt)


# The templates


def test_every_kind_that_is_issued_can_be_drawn():
    assert set(renderer.TITLES) == {*KINDS, *Register}
    assert set(renderer.REGISTERS) == set(Register)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_trust_no_data_and_name_no_address(template):
    source = template.read_text()
    assert re.findall(r"\|\s*safe|autoescape|<script|url\(|\bload\b", source) == []
    assert set(re.findall(r'(?:src|href)="([^"{]*)', source)) <= {
        "asset:",
        "gambar:",
        *(f"asset:{name}" for name in renderer.ASSETS),
    }
