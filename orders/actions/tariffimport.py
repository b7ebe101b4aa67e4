"""A price list comes as a file: kept, checked piece by piece, shown, and taken over whole or not at all.

Checking writes what was found beside the file and changes no tariff; whoever asks for the page moves it on, so leaving
it is safe. It is confirmed against the very price list and on the very day that it was checked.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from balai import audit, clock
from balai.changes import once
from balai.formats import angka, waktu
from orders.actions.frame import ActionRefused, Intent
from orders.actions.pricelist import USED_TODAY, Reason, insist_on_writer, list_version, lock_price_list
from orders.models import EstimateLine, Tariff, TariffImport, WorkCentre
from orders.permissions import Because
from orders.tariffreview import NEW, VERSION, WRONG, Review
from orders.tariffs import TariffData, out_of_use
from orders.tariffsheet import read_row

SUBJECT = "tariff_import"
PIECE = 1000  # rows checked for one request: about half a second
BATCH = 500
GONE = "Impor ini sudah tidak ada. Unggah berkasnya lagi."
DONE = "Impor ini sudah diterapkan."
NOT_CHECKED = "Berkas ini belum selesai diperiksa. Tunggu sebentar."
FAULTY = "Masih ada baris yang salah, jadi belum ada yang diubah. Perbaiki berkasnya, lalu unggah lagi."
NOTHING = "Tidak ada yang berubah di berkas ini."
OTHER_CENTRES = "Bagian kerja sudah diubah sejak berkas ini diperiksa. Periksa lagi."
OTHER_DAY = "Hari sudah berganti sejak berkas ini diperiksa. Periksa lagi."


@dataclass(frozen=True)
class Imported:
    """The import that an action was about. It issues no paper."""

    import_id: int
    paper_ids: tuple[str, ...] = ()


def keep_upload(intent: Intent, name: str, rows: list[list]) -> Imported:
    """Keep the rows of a file (`tariffsheet.stored`). Raises ActionRefused for another role, idempotency.KeyReused."""

    def effect() -> dict:
        insist_on_writer(intent.by)
        kept = TariffImport.objects.create(name=name, rows=rows, uploaded_at=clock.now(), uploaded_by=intent.by)
        return {"import_id": kept.pk}

    return Imported(**once("tariff.upload", by=intent.by, key=intent.key, data=[name, rows], effect=effect))


@transaction.atomic
def check_more(import_id: int) -> TariffImport:
    """Check the next rows, from the first again when the price list or the day is another one since.

    Raises TariffImport.DoesNotExist.
    """
    kept = TariffImport.objects.select_for_update().get(pk=import_id)
    done = len(kept.results)
    if kept.applied_at or (done == len(kept.rows) and kept.checked_on):
        return kept
    if (kept.checked_on, kept.list_version) != (clock.today(), list_version()):
        kept.checked_on, kept.list_version, kept.results, done = clock.today(), list_version(), [], 0
    review = Review.begun(kept.rows[done : done + PIECE], kept.results, kept.checked_on)
    kept.results += [review.judge(*row) for row in kept.rows[done : done + PIECE]]
    kept.save(update_fields=["results", "checked_on", "list_version"])
    return kept


def check_again(import_id: int, intent: Intent) -> Imported:
    """Begin checking anew. Raises ActionRefused for another role and for an import that was applied."""

    def effect() -> dict:
        kept = _waiting(import_id, intent)
        kept.results, kept.checked_on, kept.list_version = [], None, None
        kept.save(update_fields=["results", "checked_on", "list_version"])
        return {"import_id": import_id}

    return Imported(**once("tariff.recheck", by=intent.by, key=intent.key, data=import_id, effect=effect))


def discard(import_id: int, intent: Intent) -> Imported:
    """Throw the file away. Raises ActionRefused for another role and for an import that was applied."""

    def effect() -> dict:
        _waiting(import_id, intent).delete()
        return {"import_id": import_id}

    return Imported(**once("tariff.discard", by=intent.by, key=intent.key, data=import_id, effect=effect))


def apply_import(import_id: int, intent: Intent) -> Imported:
    """Take all changes of a checked file over, at once.

    Raises ActionRefused for another role, while any row is wrong, when nothing changes, and when the price list, a work
    centre or the day is another one than the file was checked against; idempotency.KeyReused.
    """

    def effect() -> dict:
        role = insist_on_writer(intent.by)
        lock_price_list()
        kept = _waiting(import_id, intent)
        counted = Counter(result["change"] for result in kept.results)
        _refuse_unready(kept, counted)
        at = clock.now()
        _write(kept, {"default_user": intent.by, "default_date": at, "batch_size": BATCH})
        kept.applied_at, kept.applied_by = at, intent.by
        kept.save(update_fields=["applied_at", "applied_by"])
        audit.record(
            "tariff.import",
            subject=(SUBJECT, import_id),
            by=intent.by,
            role=role,
            after={"file": kept.name, "new": counted[NEW], "versions": counted[VERSION]},
            note=f"Impor {kept.name}: {angka(counted[NEW])} tarif baru, {angka(counted[VERSION])} versi baru.",
        )
        return {"import_id": import_id}

    return Imported(**once("tariff.import", by=intent.by, key=intent.key, data=import_id, effect=effect))


def _waiting(import_id: int, intent: Intent) -> TariffImport:
    insist_on_writer(intent.by)
    kept = TariffImport.objects.select_for_update().filter(pk=import_id).first()
    if kept is None:
        raise ActionRefused(GONE, Because.STAGE)
    if kept.applied_at:
        raise ActionRefused(DONE, Because.STAGE)
    return kept


def _refuse_unready(kept: TariffImport, counted: Counter) -> None:
    if kept.checked_on is None or len(kept.results) < len(kept.rows):
        raise ActionRefused(NOT_CHECKED, Because.STAGE)
    if counted[WRONG]:
        raise ActionRefused(FAULTY)
    if list_version() != kept.list_version:
        last = Tariff.history.select_related("history_user").latest("history_id")
        who = last.history_user.full_name if last.history_user else "Orang lain"
        raise ActionRefused(
            f"{who} sudah mengubah daftar tarif pada {waktu(last.history_date)}. Periksa lagi.", Because.STAGE
        )
    if clock.today() != kept.checked_on:
        raise ActionRefused(OTHER_DAY, Because.STAGE)
    if not (counted[NEW] or counted[VERSION]):
        raise ActionRefused(NOTHING)


def _write(kept: TariffImport, signed: dict) -> None:
    wanted = {NEW: [], VERSION: []}
    centres = {centre.name.lower(): centre.pk for centre in WorkCentre.objects.all()}
    unused = out_of_use()
    for (_, cells, formulas), result in zip(kept.rows, kept.results, strict=True):
        if result["change"] in wanted:
            fields, faults = read_row(cells, formulas, centres)
            if faults or fields["work_centre"] in unused:
                raise ActionRefused(OTHER_CENTRES, Because.STAGE)
            wanted[result["change"]].append(TariffData(**fields))
    _close_former({data.code: data for data in wanted[VERSION]}, signed)
    for change, reason in ((NEW, Reason.ADDED), (VERSION, Reason.NEW_VERSION)):
        rows = [Tariff(**data.columns) for data in wanted[change]]
        bulk_create_with_history(rows, Tariff, default_change_reason=reason, **signed)


def _close_former(versions: dict[str, TariffData], signed: dict) -> None:
    """The last version of each code ends on the day before the new one. Raises ActionRefused when today used it."""
    last = {row.code: row for row in _of_codes(versions)}
    _refuse_used_today([row for row in last.values() if versions[row.code].valid_from <= clock.today()])
    ending = [row for row in last.values() if row.valid_until is None or row.valid_until >= _before(versions, row)]
    for row in ending:
        row.valid_until = _before(versions, row)
    bulk_update_with_history(ending, Tariff, ["valid_until"], default_change_reason=Reason.REPLACED, **signed)


def _of_codes(codes: Iterable[str]) -> list[Tariff]:
    return list(Tariff.objects.select_for_update().filter(code__in=codes).order_by("valid_from"))


def _before(versions: dict[str, TariffData], row: Tariff):
    return versions[row.code].valid_from - timedelta(days=1)


def _refuse_used_today(former: list[Tariff]) -> None:
    midnight = datetime.combine(clock.today(), time(), clock.WIB)
    lines = EstimateLine.objects.filter(tariff__in=former, estimate__offered_at__gte=midnight)
    if used := lines.select_related("tariff").first():
        raise ActionRefused(USED_TODAY.format(code=used.tariff.code))
