"""One way to write what people write in several: for finding, never for showing.

Old and new spelling (oe u, dj j, tj c, j y, sj sy), Arabic sounds (ch kh h, sh sy s), doubled letters, accents.
"""

import re
import unicodedata

# In this order: what a rule writes is read by those after it.
_SOUNDS = (
    *(("oe", "u"), ("oo", "u"), ("dj", "j"), ("tj", "c"), ("nj", "ny"), ("sj", "sy"), ("ch", "kh"), ("kh", "h")),
    *(("sy", "s"), ("sh", "s"), ("th", "t"), ("dh", "d"), ("bh", "b"), ("gh", "g"), ("ph", "f")),
    *(("v", "f"), ("f", "p"), ("z", "s"), ("q", "k"), ("x", "ks"), ("j", "y"), ("y", "i")),
)
_DOUBLED = re.compile(r"([^\W\d])\1+")
_SILENT = re.compile(r"['’‘ʼ`´]")
_BETWEEN = re.compile(r"[\W_]+")


def sounds_of(text: str) -> list[str]:
    """The words of `text` in the one spelling: `Soetjipto, Ma'ruf & Achmad` -> `sucipto`, `marup`, `ahmad`."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return [sound for word in _BETWEEN.split(_SILENT.sub("", plain)) if (sound := _sound(word))]


def _sound(word: str) -> str:
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    word = _DOUBLED.sub(r"\1", word)
    return word.removesuffix("h") or word
