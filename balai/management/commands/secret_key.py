"""Make the secret key of this installation, once."""

import os

from django.conf import settings
from django.core.management.base import BaseCommand
from django.core.management.utils import get_random_secret_key


class Command(BaseCommand):
    help = "Writes BALAI_VAR/secret_key (readable by its owner only) unless it exists."
    requires_system_checks = ()

    def handle(self, *args, **options) -> None:
        key_file = settings.BALAI_VAR / "secret_key"
        if key_file.exists():
            return
        settings.BALAI_VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            stream.write(get_random_secret_key())
