"""Derives the words that orders are found by anew: the way out when check_books names a fault in them."""

from django.core.management.base import BaseCommand

from orders.actions.words import rebuild


class Command(BaseCommand):
    help = "Derives the words of the search anew ."

    def handle(self, *args, **options) -> None:
        rebuild()
        self.stdout.write("Kata pencarian sudah disusun ulang.")
