"""One search for the whole office: an order by its number, any of its papers, its customer, or the things it asks for.

Numbers and codes are found by their own indexes, things by ranges of the index of words (`orders.words`), customers by
their keys (`orders.customer_search`), so nothing reads through all orders. Exact numbers come first, then open orders
before closed ones, the newest first.
"""

import re
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from rapidfuzz.distance import OSA

from balai.documents import KINDS, find_by_code
from balai.kinds import Kind
from balai.models import NumberSeries
from balai.phone import normalise_phone
from balai.text import single_line
from orders.actions.tracking import LENGTH, LETTERS
from orders.customer_search import find_customers
from orders.models import Customer, Order, OrderPaper, OrderWord, TrackingLink
from orders.models.word import LONGEST
from orders.queries import for_lists
from orders.stages import FINAL
from orders.words import words_of

MOST = 20  # results of one search
MOST_WORDS = 8
REGISTERS = sorted({info.register for info in KINDS.values()})
OWN = KINDS[Kind.APPLICATION_FORM].register  # its numbers are the orders' numbers

_CODE = re.compile(r"([A-Z0-9]{4})[-\s]?([A-Z0-9]{4})[^A-Z0-9]?$", re.IGNORECASE)
_TOKEN = re.compile(rf"([{LETTERS}]{{{LENGTH}}})[^A-Z0-9]?$", re.IGNORECASE)
_PART = re.compile(r"[0-9]+|[^\W\d_]+")
_SPOKEN = {"no", "nomor", "nomer"}  # before a number
_PHONE = re.compile(r"[0-9+()\-./\s]{4,}")
_LONGEST_NUMBER = 7  # digits, with zeros before it; a longer one is a telephone number


@dataclass(frozen=True)
class Hit:
    """An order that was found; `why` names the paper that led to it."""

    order: Order
    why: str = ""


@dataclass(frozen=True)
class Found:
    """What a search led to. `direct` is the one order that an exact number or code means; `alike` says that only
    words of a similar spelling were found."""

    hits: list[Hit]
    direct: Order | None = None
    alike: bool = False


NOTHING = Found([])


def find(text: str) -> Found:
    """The orders that this text means, the likeliest first, at most MOST of them.

    Three queries when something is found, whatever is there; one more for what looks like a verification code.
    """
    text = single_line(text)
    papers = _papers(text)
    keys = list(dict.fromkeys(paper.order_id for paper in papers))[: MOST // 2]
    matching = _matching_words(text)
    alike = False
    if matching is not None:
        keys = list(dict.fromkeys(keys + _ranked(text, matching)))
        if not keys:
            keys, alike = _similar(text), True
    found = for_lists(Order.objects.all()).in_bulk(keys[:MOST])
    why = {paper.order_id: paper.title for paper in reversed(papers)}
    hits = [Hit(found[key], why.get(key, "")) for key in keys[:MOST]]
    return Found(hits, found.get(_meant(papers)), alike)


def exact(text: str) -> int | None:
    """The key of the one order that this text names: a scanned code, or a number in any spelling."""
    return _meant(_papers(single_line(text)))


def means(text: str) -> Q:
    """The orders that this text may mean, as a filter of lists; all orders for no text."""
    text = single_line(text)
    if not text:
        return Q()
    named = Q(pk__in={paper.order_id for paper in _papers(text)})
    matching = _matching_words(text)
    return named if matching is None else named | matching


@dataclass(frozen=True)
class _Paper:
    """A paper whose number or code was typed, or the link of the order.

    `rank` 0 is the whole number or the code, 1 the letters that were typed or, without any, the order's own number.
    """

    order_id: int
    title: str
    rank: int = 0
    with_year: bool = True


def _meant(papers: list[_Paper]) -> int | None:
    """The only order with this code, or this number of this year."""
    orders = {paper.order_id for paper in papers if paper.with_year}
    return orders.pop() if len(orders) == 1 else None


def _papers(text: str) -> list[_Paper]:
    """The papers that this text names, the likeliest first."""
    if code := _CODE.search(text):
        document = find_by_code("".join(code.groups()))
        tie = document and OrderPaper.objects.filter(document=document).first()
        if tie:
            return [_Paper(tie.order_id, f"{KINDS[document.kind].title} {document.printed_number}")]
    if token := _TOKEN.search(text):
        link = TrackingLink.objects.filter(token=token[1].lower()).first()
        return [_Paper(link.order_id, "Tautan lacak")] if link else []
    return _numbered(text)


def _numbered(text: str) -> list[_Paper]:
    if _is_mobile(text):
        return []
    typed = _parts(text)
    numbers, years = _number_and_year(re.findall("[0-9]+", text))
    if not numbers:
        return []
    letters = [part for part in typed if isinstance(part, str)]
    ties = OrderPaper.objects.filter(
        document__register__in=REGISTERS,
        document__year__in=years or NumberSeries.objects.values("year"),
        document__number__in=numbers,
    ).values_list("order_id", "document__kind", "document__register", "document__printed_number", "document__year")
    found = []
    for order_id, kind, register, printed, year in ties:
        parts = _parts(printed)
        words = [part for part in parts if isinstance(part, str)]
        if all(any(word.startswith(letter) for word in words) for letter in letters):
            likely = set(letters) <= set(words) if letters else register == OWN
            rank = 0 if parts == typed else 1 if likely else 2
            found.append((rank, -year, -order_id, f"{KINDS[kind].title} {printed}"))
    papers = [_Paper(-order_id, title, rank, bool(years)) for rank, _, order_id, title in sorted(found)]
    return [paper for paper in papers if paper.rank == 0] or papers


def _is_mobile(text: str) -> bool:
    """`0812 2026 0118` is no number 118 of 2026; numbers are written with a stroke, telephone numbers are not."""
    try:
        return "/" not in text and normalise_phone(text).startswith("628")
    except ValueError:
        return False


def _parts(text: str) -> list[int | str]:
    """`No. 0118/SP/2026` -> 118, sp, 2026: equal for all spellings of one number."""
    parts = [int(part) if part.isdecimal() else part.lower() for part in _PART.findall(text)]
    return [part for part in parts if part not in _SPOKEN]


def _number_and_year(figures: list[str]) -> tuple[list[int], list[int]]:
    """Which of the figures may be a running number, and of which years; no years for a number that stands alone."""
    if not figures or max(map(len, figures)) > _LONGEST_NUMBER:
        return [], []
    if len(figures) == 1:
        return [int(figures[0])], []
    years = [figure for figure in figures if re.fullmatch("20[0-9]{2}", figure)] or [
        figure for figure in figures[-1:] if len(figure) == 2
    ]
    numbers = [figure for figure in figures if figure not in years] or years[:1]
    return [int(number) for number in numbers if years], [2000 + int(year) % 100 for year in years]


def _matching_words(text: str) -> Q | None:
    """The orders of which every word of the text is a word's beginning; None for a text without words."""
    words = words_of(text)[:MOST_WORDS]
    if not words:
        return None
    every = Q()
    for word in words:
        begins = Q(word=word) if len(word) == 1 else _range(word)
        every &= _of_orders(begins) | _of_customers(Q(search_key__contains=f" {word}"))
    digits = re.sub(r"^(0062|62|0)?0?", "", re.sub("[^0-9]", "", text))
    if _PHONE.fullmatch(text) and len(digits) > 2:
        every |= _of_customers(Q(phone__startswith=f"62{digits}") | Q(phone__endswith=digits))
    return every


def _range(beginning: str) -> Q:
    # LIKE 'x%' is not read from an index on SQLite. Words have only a-z and 0-9, of which z is the last everywhere.
    return Q(word__gte=beginning, word__lte=beginning.ljust(LONGEST, "z"))


def _of_orders(words: Q) -> Q:
    return Q(pk__in=OrderWord.objects.filter(words).values("order"))


def _of_customers(wanted: Q) -> Q:
    return Q(customer__in=Customer.objects.filter(wanted).values("pk"))


def _ranked(text: str, matching: Q) -> list[int]:
    """Orders with more of the very words first: `poros 12` before `poros 120`."""
    begun = sum((_unless(_whole(word)) for word in words_of(text)[:MOST_WORDS]), Value(0))
    return _newest(Order.objects.filter(matching).alias(begun=begun), "begun")


def _whole(word: str) -> Q:
    key = Q(search_key__contains=f" {word} ") | Q(search_key__endswith=f" {word}")
    return _of_orders(Q(word=word)) | _of_customers(key)


def _newest(orders: QuerySet[Order], *first: str) -> list[int]:
    open_first = orders.alias(closed=_unless(~Q(stage__in=FINAL)))
    return list(open_first.order_by(*first, "closed", "-id").values_list("pk", flat=True)[:MOST])


def _unless(wanted: Q) -> Case:
    """0 where it holds, 1 elsewhere: what holds is sorted first."""
    return Case(When(wanted, then=Value(0)), default=Value(1), output_field=IntegerField())


def _similar(text: str) -> list[int]:
    """The orders of customers with nearly this name, and with things that are called nearly so."""
    every = Q()
    for word in words_of(text)[:MOST_WORDS]:
        every &= _of_orders(Q(word__in=_near(word))) | _of_customers(Q(search_key__contains=f" {word}"))
    likely = [customer.pk for customer in find_customers(text, MOST)]
    if not likely:  # PostgreSQL would read the constant place of all orders as the number of a column
        return _newest(Order.objects.filter(every))
    place = Case(*(When(customer=pk, then=Value(at)) for at, pk in enumerate(likely)), default=Value(MOST))
    return _newest(Order.objects.filter(every | Q(customer__in=likely)).alias(place=place), "place")


def _near(word: str) -> list[str]:
    """The kept words with this first letter that differ by one slip of the finger, long ones by two."""
    slips = 0 if len(word) < 3 or word.isdecimal() else 1 if len(word) < 8 else 2
    kept = OrderWord.objects.filter(_range(word[0])).values_list("word", flat=True).distinct()
    return [each for each in kept if any(OSA.distance(word, it) <= slips for it in (each, each[: len(word)]))]
