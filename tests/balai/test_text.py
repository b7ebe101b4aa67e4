"""What people write is kept as they meant it, without what nobody can see."""

import pytest
from django import forms

from balai.text import LineField, NoteField, several_lines, single_line

RIGHT_TO_LEFT = "\u202e"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Siti   Contoh ", "Siti Contoh"),
        ("Siti\tContoh\r\nBaru", "Siti Contoh Baru"),
        ("Siti\u00a0Contoh", "Siti Contoh"),
        (f"gambar{RIGHT_TO_LEFT}fdp.exe", "gambarfdp.exe"),
        ("nol\x00 dan \x1b[31m merah", "nol dan [31m merah"),
        ("tanpa\u200blebar\ufeff", "tanpalebar"),
        ("Andre\u0301", "André"),
        ("O'Brien & <script>alert(1)</script>", "O'Brien & <script>alert(1)</script>"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("Ø38 × 620 mm, m²", "Ø38 × 620 mm, m²"),
        ("", ""),
    ],
)
def test_a_line(typed, kept):
    assert single_line(typed) == kept


def test_a_note_keeps_its_lines_and_blanks():
    assert several_lines(f"satu\r\n  dua {RIGHT_TO_LEFT}\x07\n\ntiga  \n\n") == "satu\n  dua\n\ntiga"


def test_fields_clean_what_they_take():
    class Form(forms.Form):
        line = LineField(max_length=5)
        note = NoteField(required=False)

    form = Form({"line": " a\u200b  bc\x00 ", "note": "x\r\ny"})

    assert form.is_valid()
    assert form.cleaned_data == {"line": "a bc", "note": "x\ny"}
    assert not Form({"line": " \u200b "}).is_valid()
