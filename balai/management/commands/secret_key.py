"""`manage.py secret_key`: the key that signs sessions and links, made once per data folder."""

import os
import secrets

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Writes BALAI_VAR/secret_key, readable by its owner only. An existing key is left alone."
    requires_system_checks = []  # they need a key already

    def handle(self, *args, **options) -> None:
        key_file = settings.BALAI_VAR / "secret_key"
        key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            descriptor = os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        self.stdout.write(f"Secret key written to {key_file}")
