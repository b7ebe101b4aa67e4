"""The first real set-up: the office, who signs for it, how its papers are numbered, and its admin."""

import os
import sys
from argparse import ArgumentParser
from getpass import getpass
from pathlib import Path

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction

from balai import audit, clock
from balai.emblem import check_emblem
from balai.models import Emblem, Office, Signatory, User
from balai.numbering import check_template
from balai.office import NUMBER_TEMPLATES, SERVICE_DAYS
from balai.roles import Role
from balai.uploads import UploadRefused

OFFICE = {
    "government": "first line of the head of papers, e.g. PEMERINTAH PROVINSI ...",
    "department": "second line, e.g. DINAS ...",
    "unit": "third line: the office's own name",
    "short_name": "the office's name on screen",
    "address": "street, town, postal code",
    "city": "town that stands before the date of a signature",
    "verify_base": "address of this site from outside, where QR codes lead, e.g. https://pesanan.balai.example",
    "material_account": "kode rekening of material that the office supplies",
}
OPTIONAL = {"phone": "telephone", "website": "web site", "email": "e-mail"}
SIGNERS = {"head": Signatory.Role.HEAD, "treasurer": Signatory.Role.TREASURER}
SIGNER = {"title": "title on papers", "name": "name with titles", "rank": "pangkat", "nip": "NIP, 18 digits"}
MAY_LACK = ("rank", "nip")


class Command(BaseCommand):
    help = (
        "Sets up the office and its first admin. Each option may also come from the environment: --short-name from "
        "BALAI_OFFICE_SHORT_NAME. The admin's password comes from BALAI_ADMIN_PASSWORD or is asked for."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name, text in {**OFFICE, **OPTIONAL}.items():
            _add(parser, name, text)
        for signer in SIGNERS:
            for name, text in SIGNER.items():
                _add(parser, f"{signer}_{name}", f"{signer}: {text}")
        _add(parser, "admin", "user name of the first admin")
        _add(parser, "admin_name", "full name of the first admin")
        parser.add_argument("--emblem", type=Path, help="PNG or JPEG for the head of papers")
        parser.add_argument(
            "--number",
            action="append",
            default=[],
            metavar="REGISTER=TEMPLATE",
            help=f"how numbers of a register are printed; registers: {', '.join(NUMBER_TEMPLATES)}",
        )

    def handle(self, *args, **options) -> None:
        if Office.objects.exists() or User.objects.exists():
            raise CommandError("There is an office already; its admin changes it on screen, at /kantor/.")
        needed = [*OFFICE, "admin", "admin_name"]
        needed += [f"{signer}_{name}" for signer in SIGNERS for name in SIGNER if name not in MAY_LACK]
        if missing := [_flag(name) for name in needed if not options[name]]:
            raise CommandError(f"Missing: {', '.join(missing)}")
        templates = NUMBER_TEMPLATES | dict(map(_template, options["number"]))
        with transaction.atomic():
            admin = _admin(options)
            office = _office(options, templates, admin)
            for signer, role in SIGNERS.items():
                given = {name: options[f"{signer}_{name}"] for name in SIGNER}
                _checked(Signatory(role=role, valid_from=clock.today(), **given)).save()
            for role in Role:
                Group.objects.get_or_create(name=role)
            audit.record("setup_office", subject=("office", office.pk), by=admin, role="admin")
        self.stdout.write(f"{office.unit} is set up. Sign in as {admin.username}.")


def _add(parser: ArgumentParser, name: str, text: str) -> None:
    parser.add_argument(_flag(name), default=os.environ.get(f"BALAI_OFFICE_{name.upper()}", "").strip(), help=text)


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _template(given: str) -> tuple[str, str]:
    register, _, template = given.partition("=")
    if register not in NUMBER_TEMPLATES:
        raise CommandError(f"--number {given}: there is no register {register!r}.")
    try:
        check_template(template)
    except ValueError as error:
        raise CommandError(f"--number {given}: {error}") from error
    return register, template


def _office(options: dict, templates: dict[str, str], admin: User) -> Office:
    given = {name: options[name] for name in {**OFFICE, **OPTIONAL}}
    emblem = _emblem(options["emblem"], admin) if options["emblem"] else None
    office = Office(pk=1, **given, number_templates=templates, service_days=SERVICE_DAYS, emblem=emblem)
    _checked(office).save()
    return office


def _emblem(path: Path, admin: User) -> Emblem:
    try:
        with path.open("rb") as file:
            new = check_emblem(file, path.name)
    except (OSError, UploadRefused) as error:
        raise CommandError(f"--emblem: {error}") from error
    return Emblem.objects.create(png=new.png, sha256=new.sha256, added_at=clock.now(), added_by=admin)


def _admin(options: dict) -> User:
    admin = User(
        username=options["admin"],
        full_name=options["admin_name"],
        jabatan="Admin",
        is_superuser=True,
        is_staff=True,
    )
    password = os.environ.get("BALAI_ADMIN_PASSWORD") or _asked_password()
    try:
        validate_password(password, admin)
    except ValidationError as error:
        raise CommandError(f"Password: {' '.join(error.messages)}") from error
    admin.set_password(password)
    _checked(admin).save()
    return admin


def _asked_password() -> str:
    if not sys.stdin.isatty():
        raise CommandError("Set BALAI_ADMIN_PASSWORD, or run this at a terminal to be asked.")
    return getpass("Password of the admin: ")


def _checked(row: models.Model) -> models.Model:
    # Fields left empty on purpose (terms, sizes) are no fault of whoever types the command.
    try:
        row.full_clean(exclude=["order_terms", "page_sizes", "footers", "emblem", "valid_until"])
    except ValidationError as error:
        faults = [f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items()]
        raise CommandError("; ".join(faults)) from error
    return row
