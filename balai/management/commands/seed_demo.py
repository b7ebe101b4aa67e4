"""Sample data: an invented office with orders in every stage."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from balai import clock
from balai.models import Office, User
from orders.models import Order

from ._sample_bulk import make_bulk
from ._sample_cash import make_targets
from ._sample_imports import make_imports
from ._sample_office import has_real_data, make_holidays, make_office, make_people, make_signatories, make_tariffs
from ._sample_walk import walk
from ._sample_workshop import note_outages

WALKED_PAID = 16  # of the walked orders are paid
DEFAULT_ADDRESS = "http://127.0.0.1:8000"


class Command(BaseCommand):
    help = "Makes sample data. Refuses a database that holds real data."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--orders", type=int, help="make this many orders in bulk instead of walking about forty")
        parser.add_argument("--seed", type=int, default=2026, help="seed of the random choices")
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there is an office already")
        parser.add_argument("--address", default=DEFAULT_ADDRESS, help="where the papers' QR codes lead")

    def handle(self, *args, **options) -> None:
        if options["if_empty"] and Office.objects.exists():
            return
        if has_real_data():
            raise CommandError("This database holds real data; sample data does not go into it.")
        if Order.objects.exists() and options["orders"] is None:
            raise CommandError("The sample orders are there already. Begin with an empty database.")
        with transaction.atomic():
            seed, orders = options["seed"], options["orders"]
            people = self._people(options["address"], paid=orders // 2 if orders else WALKED_PAID)
            made = make_bulk(people, orders, seed) if orders else walk(people, seed)
            note_outages(people["bengkel"])
        self.stdout.write(f"{made} sample orders made.")

    def _people(self, address: str, paid: int) -> dict[str, User]:
        """The sample office's people; the office is made with them on the first call."""
        if Office.objects.exists():
            return {user.username: user for user in User.objects.all()}
        year = clock.today().year
        make_office(address)
        make_signatories(date(year - 3, 1, 1))
        make_targets(range(year - 2, year + 1), paid)
        for each in range(year - 3, year + 2):
            make_holidays(each)
        people = make_people()
        make_tariffs(date(year - 4, 1, 2), people["pimpinan"])
        make_imports(people["pimpinan"])
        return people
