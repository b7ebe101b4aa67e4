"""How long pages take to be made, through the whole stack but the network."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from django.test import Client
from django.urls import reverse

from balai.models import User
from balai.roles import Role
from benchmarks.figure import at_least, at_most, p50_and_p95, seconds_of
from orders.models import Order
from orders.search import find
from orders.stages import FINAL, Stage
from tests.orders.searches import searches

ASKED_AGAIN_GOAL = 20  # milliseconds
PAGES = 40  # measured of each kind
WARM_UP = 3
MANY = 500
P50_GOAL, P95_GOAL, SEARCH_GOAL = 100, 200, 300  # milliseconds
RECEIPTS_P95_GOAL = 100  # some days of a month, however full it is
LOAD_P50_GOAL, LOAD_P95_GOAL = 300, 500  # the whole queue is planned anew, or all that was finished is read
BOOK_P50_GOAL, BOOK_P95_GOAL = 500, 1000  # the order book shows a whole month: 800 rows at 20,000 orders


def measure() -> None:
    """Desk of every role, list, search, order page, cashier, workshop, books."""
    for role in Role:
        _report(f"desk {role}", role, [reverse("meja")])
    clerk = Role.PELAYANAN
    _asked_again(clerk)
    orders = reverse("pesanan")
    _report("list", clerk, [f"{orders}?halaman={page}" for page in range(1, PAGES + 1)])
    _search(clerk)
    keys = Order.objects.filter(stage=Stage.SELESAI).order_by("-id").values_list("pk", flat=True)[:PAGES]
    _report("order page", clerk, [reverse("pesanan-satu", args=[key]) for key in keys])
    _report("cashier", Role.KEUANGAN, [reverse("kasir")])
    _report("order book", clerk, [reverse("buku-pesanan")], BOOK_P50_GOAL, BOOK_P95_GOAL)
    _report("board of the workshop", Role.BENGKEL, [reverse("bengkel")], LOAD_P50_GOAL, LOAD_P95_GOAL)
    _report("load of the workshop", Role.BENGKEL, [reverse("bengkel-beban")], LOAD_P50_GOAL, LOAD_P95_GOAL)
    learnt = f"{reverse('bengkel-pengalaman')}?bulan=24"
    _report("two years learnt", Role.BENGKEL, [learnt], LOAD_P50_GOAL, LOAD_P95_GOAL)
    for book in ("penerimaan", "pembantu", "harian", "setoran"):
        _report(f"buku {book}", Role.KEUANGAN, [reverse(f"buku-{book}")], P50_GOAL, RECEIPTS_P95_GOAL)


def _asked_again(role: str) -> None:
    """What an open desk costs every twenty seconds while nothing is done."""
    client, url = browser(role), reverse("meja")
    headers = {"HX-Request": "true", "If-None-Match": client.get(url)["ETag"]}
    p50, p95 = p50_and_p95([1000 * seconds_of(lambda: client.get(url, headers=headers)) for _ in range(PAGES)])
    at_most("desk asked again p50", p50, "ms", ASKED_AGAIN_GOAL)
    at_most("desk asked again p95", p95, "ms", ASKED_AGAIN_GOAL)


def browser(role: str) -> Client:
    """A signed-in browser of the sample person with this role."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username=role), backend="django.contrib.auth.backends.ModelBackend")
    return client


def milliseconds(client: Client, urls: Iterable[str]) -> list[float]:
    """The time of each page; raises RuntimeError for a page that neither answers 200 nor leads on."""
    times = []
    for url in urls:
        answers = []
        times.append(1000 * seconds_of(lambda url=url, answers=answers: answers.append(client.get(url))))
        if answers[0].status_code not in (200, 302):
            raise RuntimeError(f"{url} answered {answers[0].status_code}")
    return times


def _report(name: str, role: str, urls: Sequence[str], p50_goal: int = P50_GOAL, p95_goal: int = P95_GOAL) -> None:
    client = browser(role)
    milliseconds(client, urls[:1] * WARM_UP)
    repeated = [urls[n % len(urls)] for n in range(max(PAGES, len(urls)))]
    p50, p95 = p50_and_p95(milliseconds(client, repeated))
    at_most(f"{name} p50", p50, "ms", p50_goal)
    at_most(f"{name} p95", p95, "ms", p95_goal)


def _search(role: str) -> None:
    """While somebody types, and the list narrowed by the same texts: sixty for one order, and words of very many."""
    closed = Order.objects.filter(stage=Stage.SELESAI).select_related("customer").order_by("-id")
    order = next(each for each in closed[:MANY] if each.customer.business and _is_first_of_its_customer(each))
    texts = [
        quote(text) for text in [*searches(order), "poros", "contoh", "siti poros", "si", "tidak ada", "poroz utana"]
    ]
    _report("search", role, [f"{reverse('cari')}?q={text}" for text in texts], SEARCH_GOAL, SEARCH_GOAL)
    _report("list searched", role, [f"{reverse('pesanan')}?q={text}" for text in texts], SEARCH_GOAL, SEARCH_GOAL)
    first = sum(order in [hit.order for hit in find(text).hits[:3]] for text in searches(order))
    at_least("order among the first 3", first, "of 60", 60)


def _is_first_of_its_customer(order: Order) -> bool:
    """Nothing newer or open is asked for by the same name: a name then means this order."""
    others = order.customer.orders.exclude(pk=order.pk)
    return not others.exclude(stage__in=FINAL).exists() and not others.filter(pk__gt=order.pk).exists()
