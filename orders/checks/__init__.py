"""Proofs of the orders' books, order by order: each agrees with its audit trail, papers, estimates and goods."""

from collections.abc import Iterator

from orders.checks import goods, papers, production, trail
from orders.checks.customers import customers
from orders.checks.orderfile import order_files
from orders.checks.search import search_words
from orders.checks.strays import drawing_files, photo_files, stray_papers, stray_trails
from orders.checks.tariffs import price_list, used_tariffs

PROOFS = (
    trail.steps,
    trail.milestones,
    papers.application,
    papers.offers,
    papers.returns,
    papers.letters,
    papers.work_orders,
    papers.agreement,
    papers.delivery_notes,
    goods.request,
    goods.estimates,
    goods.handed_over,
    goods.left_goods,
    production.job_steps,
    production.agreed_steps,
    production.quality,
    production.materials,
)

__all__ = [
    "customers",
    "drawing_files",
    "orders",
    "photo_files",
    "price_list",
    "search_words",
    "stray_papers",
    "stray_trails",
    "used_tariffs",
]


def orders() -> Iterator[str]:
    """Every proof of every order."""
    for file in order_files():
        for proof in PROOFS:
            yield from proof(file)
