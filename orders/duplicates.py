"""Is a new customer in the register already? Same telephone number, or very like in name and place. People decide."""

from django.db.models import Q
from rapidfuzz import fuzz

from balai.phone import normalise_phone
from balai.spelling import sounds_of
from orders.customer_search import POOL
from orders.models import Customer

STANDING = Customer.objects.filter(merged_into=None)
IDENTIFYING = ("name", "business", "phone", "address")
SHOWN = 5
LIKE_NAME, LIKE_PLACE = 85, 80  # of 100
# They stand in every address and tell no place from another.
_COMMON = frozenset(
    sounds_of("desa dusun dukuh jalan jln gang kampung kelurahan kecamatan kabupaten kota blok nomor no rt rw kec kab")
)


def likely_duplicates(name: str, business: str, phone: str, address: str) -> list[Customer]:
    """Customers who may be this one, those with the same number first. A fact may be missing or unfinished."""
    number = _number(phone)
    same_number = list(STANDING.filter(phone=number)[:SHOWN]) if number else []
    names, place = [" ".join(sounds_of(text)) for text in (name, business)], _place(address)
    alike = Q(pk__in=[])
    for word in " ".join(names).split():
        alike |= Q(search_key__contains=f" {word[:3]}")
    near = Q(pk__in=[])
    for word in place.split():
        near |= Q(search_key__contains=f" {word[:4]}")
    pool = STANDING.filter(alike & near).exclude(pk__in=[found.pk for found in same_number])
    scores = {other: _likeness(names, place, other) for other in pool.order_by("-pk")[:POOL]}
    likely = sorted((other for other, score in scores.items() if score), key=scores.get, reverse=True)
    return (same_number + likely)[:SHOWN]


def _likeness(names: list[str], place: str, other: Customer) -> float:
    """0 when they are hardly the same; else the higher, the more alike in name or business."""
    if fuzz.token_set_ratio(place, _place(other.address)) < LIKE_PLACE:
        return 0
    others = (" ".join(sounds_of(text)) for text in (other.name, other.business))
    best = max(fuzz.token_sort_ratio(own, its) for own, its in zip(names, others, strict=True) if own or its)
    return best if best >= LIKE_NAME else 0


def _place(address: str) -> str:
    return " ".join(word for word in sounds_of(address) if word not in _COMMON and not word.isdigit())


def _number(phone: str) -> str:
    try:
        return normalise_phone(phone)
    except ValueError:
        return ""
