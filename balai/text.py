"""What people write, made fit to be kept: composed characters (NFC), nothing invisible that could turn a line around.

Quotes, brackets and signs stay as they are: a page, a PDF and a spreadsheet each write them harmlessly.
"""

import unicodedata

from django import forms


def single_line(text: str) -> str:
    """One line without control and bidi characters, blanks never doubled: names, numbers, units."""
    return " ".join(_visible(text).split())


def several_lines(text: str) -> str:
    """The same for a note: its lines and the blanks within them stay."""
    return "\n".join(_visible(line).rstrip() for line in text.splitlines()).strip("\n")


class LineField(forms.CharField):
    """A text of one line."""

    def to_python(self, value: object) -> str:
        return single_line(super().to_python(value))


class NoteField(forms.CharField):
    """A text of several lines."""

    widget = forms.Textarea

    def to_python(self, value: object) -> str:
        return several_lines(super().to_python(value))


def _visible(text: str) -> str:
    kept = (" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return unicodedata.normalize("NFC", "".join(kept))
