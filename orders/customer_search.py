"""Finding customers by what people know of them: a name, the business, the village, a telephone number. Never by NIK.

A customer's `search_key` holds the words of name, business and address in one spelling (balai.spelling), each after a
blank. One look through 20,000 keys takes the database some milliseconds, so there is no index of words to keep.
"""

import re
from heapq import nlargest

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from rapidfuzz.distance import OSA

from balai.spelling import sounds_of
from balai.text import single_line
from orders.models import Customer

MATCHES = 8
# As many candidates are compared; of a text that fits more customers than this, more letters must be typed anyway.
POOL = 3_000
# Words of so many letters may hold one slip, or two.
ONE_SLIP, TWO_SLIPS = 4, 8
_PHONE = re.compile(r"[0-9+()\-. ]{4,}")


def search_customers(text: str) -> QuerySet[Customer]:
    """Customers who have every word of `text` or the digits of a number, by name; all of them for no text.

    Each has `order_count`. When nobody fits, those who would if the text had a slip.
    """
    text = single_line(text)
    if not text:
        wanted = Q()
    elif _PHONE.fullmatch(text):
        wanted = _has_number(text)
    else:
        words = sounds_of(text)
        wanted = _has_words(words)
        if not Customer.objects.filter(wanted).exists():
            wanted = Q(pk__in=_ranked(text, _near(words)))
    return _kept(wanted).order_by("name", "pk")


def find_customers(text: str, limit: int = MATCHES) -> list[Customer]:
    """The customers most likely meant by `text`, best first; nobody for no text. Each has `order_count`."""
    text = single_line(text)
    words = sounds_of(text)
    if not words:
        return []
    if _PHONE.fullmatch(text):
        return list(_kept(_has_number(text)).order_by("-order_count", "name")[:limit])
    best = _ranked(text, _has_words(words))
    if len(best) < limit:
        best = _ranked(text, _near(words)) | best
    found = _kept(Q(pk__in=nlargest(8 * limit, best, key=best.get)))
    return sorted(found, key=lambda customer: (best[customer.pk], customer.order_count), reverse=True)[:limit]


def _kept(wanted: Q) -> QuerySet[Customer]:
    """These customers; for one who was merged the one who was kept."""
    kept = Customer.objects.filter(wanted).values(kept=Coalesce("merged_into", "pk"))
    return Customer.objects.filter(pk__in=kept).annotate(order_count=Count("orders"))


def _has_number(text: str) -> Q:
    digits = re.sub(r"[^0-9]", "", text)
    return Q(phone__contains=re.sub(r"^(62|0+)", "", digits))


def _has_words(words: list[str]) -> Q:
    """Every word begins a word of the key, or all of them, written as one, do."""
    wanted = Q(search_key__contains=f" {''.join(words)}")
    each = Q(pk__isnull=not words)  # text without a letter or digit fits nobody
    for word in words:
        each &= Q(search_key__contains=f" {word}")
    return each | wanted if words else each


def _near(words: list[str]) -> Q:
    """As `_has_words`, but a long word may hold a slip: one half of it is right, or two letters changed places."""
    wanted = Q(pk__isnull=not words)
    for word in words:
        if len(word) < ONE_SLIP:
            wanted &= Q(search_key__contains=f" {word}")
            continue
        half = len(word) // 2
        first, second = word[:half], word[half:]
        swapped = first[:-1] + second[0] + first[-1] + second[1:]
        wanted &= (
            Q(search_key__contains=f" {first}") | Q(search_key__contains=second) | Q(search_key__contains=f" {swapped}")
        )
    return wanted


def _ranked(text: str, wanted: Q) -> dict[int, float]:
    """How well the customers fit, by key; those with more than the allowed slips are left out."""
    typed, written = sounds_of(text), text.casefold().split()
    candidates = (
        Customer.objects.filter(wanted)
        .order_by("-pk")
        .values_list(Coalesce("merged_into", "pk"), "search_key", "name", "business")
    )
    ranked = {}
    for pk, key, name, business in candidates[:POOL]:
        names = f"{name} {business}".casefold().split()
        score = _score(typed, key.split(), len(names))
        if score is not None:
            score += sum(any(name.startswith(word) for name in names) for word in written) / 10
            ranked[pk] = max(score, ranked.get(pk, score))
    return ranked


def _score(typed: list[str], words: list[str], names: int) -> float | None:
    """0 for a perfect fit, less for slips, and a little for a word not typed to its end or behind the `names` first.

    None when it does not fit.
    """
    total = 0.0
    as_one = "".join(typed)
    for sound in [as_one] if any(word.startswith(as_one) for word in words) else typed:
        allowed = (len(sound) >= ONE_SLIP) + (len(sound) >= TWO_SLIPS)
        best = min(
            (
                _slips(sound, word, allowed) + (word != sound) / 50 + (place >= names) / 50
                for place, word in enumerate(words)
            ),
            default=allowed + 1,
        )
        if best >= allowed + 1:
            return None
        total -= best
    return total


def _slips(sound: str, word: str, allowed: int) -> int:
    """How many letters stand between what was typed and the beginning of a word."""
    if word.startswith(sound):
        return 0
    if not allowed:
        return 1
    size = len(sound)
    return min(OSA.distance(sound, word[:cut], score_cutoff=allowed) for cut in (size, size - 1, size + 1))
