"""Statements of a bank: the file that keuangan brings, what its columns mean, its rows as lines, step by step.

A file of a hundred thousand rows is worked on in small transactions, so that nobody waits for it and nothing is lost
when the page is left: `advance` goes on where it stopped.
"""

import hashlib
import time
import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from balai import audit, clock
from balai.changes import Refused, once
from balai.formats import waktu
from balai.models import User
from balai.roles import Role, acting_role
from balai.sheets import Cell, Sheet
from finance.matching import NOT_FOUND
from finance.models import BankFormat, Reconciliation, Statement, StatementLine, StatementPart
from finance.reconciling import GONE, is_fresh, match_lines
from finance.statementcolumns import HEAD_ROWS, Columns, heads_of, read_row
from finance.till import lock_till

SUBJECT = "statement"
ONLY_TREASURER = "Rekonsiliasi hanya dikerjakan oleh bagian keuangan."
CONFIRMED = "Rekonsiliasi dari berkas ini sudah dikonfirmasi. Berkasnya tidak dapat diubah atau dihapus lagi."
PART = 2_000  # rows
SECONDS = 0.7  # of work in one request
SAMPLE = 30  # rows that are looked at when the columns are chosen


@dataclass(frozen=True)
class Intent:
    """Who asks, under which one-use form key."""

    by: User
    key: uuid.UUID


def upload(intent: Intent, sheet: Sheet, name: str, content: bytes) -> Statement:
    """Keep what a bank's file says. Raises Refused for a file that is here already, PermissionDenied."""
    _insist_on_treasurer(intent.by)
    sha256 = hashlib.sha256(content).hexdigest()

    def effect() -> dict:
        lock_till()  # two pages may bring the same file at the same moment
        if known := Statement.objects.select_related("uploaded_by").filter(sha256=sha256).first():
            told = f"{known.name}, {waktu(known.uploaded_at)} oleh {known.uploaded_by}"
            raise Refused(f"Berkas dengan isi yang sama sudah diunggah ({told}). Buka dari daftar di bawah.", 409)
        statement = Statement.objects.create(
            name=name,
            sha256=sha256,
            uploaded_at=clock.now(),
            uploaded_by=intent.by,
            row_count=len(sheet.rows) + 1,
        )
        rows = [[1, list(sheet.heads)], *([row.number, [_packed(cell) for cell in row.cells]] for row in sheet.rows)]
        StatementPart.objects.bulk_create(
            StatementPart(statement=statement, place=place, rows=rows[start : start + PART])
            for place, start in enumerate(range(0, len(rows), PART))
        )
        facts = {"name": name, "sha256": sha256, "rows": statement.row_count}
        _record("upload_statement", statement, intent.by, facts)
        return {"statement": statement.pk}

    done = once("upload_statement", by=intent.by, key=intent.key, data={"sha256": sha256}, effect=effect)
    return Statement.objects.get(pk=done["statement"])


def choose_columns(intent: Intent, statement_id: int, columns: Columns, bank: str) -> Statement:
    """Say what the columns mean, and keep it for the next file of this bank; the lines are read anew.

    Raises Refused once anything of the file was confirmed, or when no row can be read so; PermissionDenied.
    """
    _insist_on_treasurer(intent.by)

    def effect() -> dict:
        statement = _unconfirmed(statement_id)
        rows = first_rows(statement)
        _insist_on_readable(rows, columns)
        bank_format, _ = BankFormat.objects.update_or_create(
            name=bank,
            defaults={
                "heads": heads_of(rows, columns.head_row),
                "columns": columns.as_json,
                "changed_at": clock.now(),
                "changed_by": intent.by,
            },
        )
        statement.lines.all().delete()
        statement.bank_format, statement.columns = bank_format, columns.as_json
        statement.imported, statement.seen = 0, ""
        statement.save(update_fields=["bank_format", "columns", "imported", "seen"])
        _record("choose_columns", statement, intent.by, {"name": statement.name, "bank": bank})
        return {"statement": statement.pk}

    data = {"statement": statement_id, "bank": bank} | columns.as_json
    done = once("choose_columns", by=intent.by, key=intent.key, data=data, effect=effect)
    return Statement.objects.get(pk=done["statement"])


def discard(intent: Intent, statement_id: int) -> str:
    """Take a file back that was brought by mistake; returns its name. Raises Refused once anything was confirmed."""
    _insist_on_treasurer(intent.by)

    def effect() -> dict:
        statement = _unconfirmed(statement_id)
        _record("discard_statement", statement, intent.by, {"name": statement.name, "sha256": statement.sha256})
        statement.delete()
        return {"name": statement.name}

    data = {"statement": statement_id}
    return once("discard_statement", by=intent.by, key=intent.key, data=data, effect=effect)["name"]


def advance(statement: Statement) -> Statement:
    """Go on with reading and matching for a moment; whoever calls at the same time does no harm.

    A file that is ready is matched anew when payments came since. Raises Statement.DoesNotExist once it was taken back.
    """
    until = time.monotonic() + SECONDS
    while statement.bank_format_id and not _is_done(statement) and time.monotonic() < until:
        if statement.imported < _parts(statement):
            _import_part(statement)
        else:
            match_lines(statement)
        statement = Statement.objects.select_related("bank_format", "uploaded_by").get(pk=statement.pk)
    return statement


def progress(statement: Statement) -> int | None:
    """Percent of the work that is done; None when all is. The matching counts as one part."""
    if _is_done(statement):
        return None
    return round(100 * statement.imported / (_parts(statement) + 1))


def first_rows(statement: Statement) -> list[list[Cell]]:
    """The rows among which the heads stand, and some below, as they were read; none once the file is confirmed."""
    part = statement.parts.filter(place=0).first()
    return [_unpacked(cells) for _, cells in part.rows[: HEAD_ROWS + SAMPLE]] if part else []


def known_format(rows: list[list[Cell]]) -> BankFormat | None:
    """The bank whose statement has these heads."""
    for known in BankFormat.objects.order_by("-changed_at"):
        head_row = known.columns["head_row"]
        if head_row <= len(rows) and heads_of(rows, head_row) == known.heads:
            return known
    return None


def _import_part(statement: Statement) -> None:
    with transaction.atomic():
        locked = Statement.objects.select_for_update().get(pk=statement.pk)
        if (locked.imported, locked.columns) != (statement.imported, statement.columns):
            return
        columns = Columns.of_json(locked.columns)
        part = locked.parts.get(place=locked.imported)
        lines = [
            _line(locked, number, _unpacked(cells), columns)
            for number, cells in part.rows
            if number > columns.head_row and any(cell is not None for cell in cells)
        ]
        StatementLine.objects.bulk_create(lines, batch_size=500)
        locked.imported += 1
        locked.save(update_fields=["imported"])


def _line(statement: Statement, number: int, cells: list[Cell], columns: Columns) -> StatementLine:
    read = read_row(cells, columns)
    return StatementLine(
        statement=statement,
        number=number,
        day=read.day,
        reference=read.reference,
        description=read.description,
        amount=read.amount,
        verdict=read.verdict,
        why=NOT_FOUND if read.verdict == StatementLine.Verdict.UNKNOWN else read.why,
    )


def _parts(statement: Statement) -> int:
    """How many there were at first; confirmed ones are gone, but then all have been imported."""
    return -(-statement.row_count // PART)


def _is_done(statement: Statement) -> bool:
    return statement.bank_format_id is not None and statement.imported >= _parts(statement) and is_fresh(statement)


def _insist_on_readable(rows: list[list[Cell]], columns: Columns) -> None:
    below = [row for row in rows[columns.head_row :] if any(cell is not None for cell in row)]
    if not below:
        raise Refused("Di bawah judul kolom tidak ada baris. Periksa baris judulnya.")
    reads = [read_row(row, columns) for row in below]
    if all(read.day is None for read in reads):
        raise Refused(
            f"Tidak ada baris yang terbaca. Baris pertama: {reads[0].why}. Periksa kolom dan bentuk angkanya."
        )


def _unconfirmed(statement_id: int) -> Statement:
    statement = Statement.objects.select_for_update().filter(pk=statement_id).first()
    if statement is None:
        raise Refused(GONE, 409)
    if Reconciliation.objects.filter(statement=statement).exists():
        raise Refused(CONFIRMED, 409)
    return statement


def _packed(cell: Cell) -> object:
    """A cell as JSON keeps it, told apart from its text."""
    if isinstance(cell, Decimal):
        return {"n": str(cell)}
    return {"d": cell.isoformat()} if isinstance(cell, date) else cell


def _unpacked(cells: list) -> list[Cell]:
    return [_cell(cell) if isinstance(cell, dict) else cell for cell in cells]


def _cell(tagged: dict[str, str]) -> Cell:
    return Decimal(tagged["n"]) if "n" in tagged else date.fromisoformat(tagged["d"])


def _insist_on_treasurer(user: User) -> None:
    if acting_role(user, [Role.KEUANGAN]) is None:
        raise PermissionDenied(ONLY_TREASURER)


def _record(verb: str, statement: Statement, by: User, facts: dict) -> None:
    audit.record(verb, subject=(SUBJECT, statement.pk), by=by, role=Role.KEUANGAN, after=facts)
