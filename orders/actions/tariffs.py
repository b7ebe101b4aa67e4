"""The price list, changed by pimpinan alone: tariffs are added, replaced from a day on, ended; never edited once used.

What an estimate has used stays as it was, whoever asks (orders.guards). Who changed what, from what to what, is kept by
the history of the model; the audit says it in a sentence.
"""

from dataclasses import asdict, replace
from datetime import date

from balai.formats import rupiah, tanggal, waktu
from orders.actions.frame import ActionRefused, Intent
from orders.actions.pricelist import Changed, Changing, Reason, change_list, close_before, list_version
from orders.models import EstimateLine, Tariff
from orders.permissions import Because
from orders.tariffs import ENDS_BEFORE, STARTED, TariffData, as_data, faults_of_new, out_of_use

GONE = "Tarif ini sudah tidak ada; mungkin sudah dihapus orang lain."
EXISTS = "Kode {code} sudah ada di daftar tarif. Buka tarif itu, lalu buat versi baru."
NOT_LAST = "Tarif {code} sudah mempunyai versi sesudah ini. Ubah versi yang terakhir."
ENDS_LATER = "Hari terakhir berlaku paling awal hari ini."
ENDED = "Tarif {code} sudah berakhir pada {day}. Buat versi baru."
USED = "Tarif {code} sudah dipakai estimasi, jadi isinya tetap. Buat versi baru, atau akhiri."


def add_tariff(intent: Intent, data: TariffData) -> Changed:
    """A code that is not in the list yet, from today on or later.

    Raises ActionRefused for another role and against a rule, also for a work centre out of use; idempotency.KeyReused.
    """

    def effect(change: Changing) -> int:
        _check(data, change.today)
        if Tariff.objects.filter(code=data.code).exists():
            raise ActionRefused(EXISTS.format(code=data.code))
        tariff = Tariff(**data.columns)
        change.keep(tariff, Reason.ADDED)
        change.record("tariff.add", tariff, f"Tarif baru {_of(tariff)}, {_price(tariff)} mulai {_start(tariff)}.")
        return tariff.pk

    return change_list("tariff.add", intent, asdict(data), effect)


def new_version(tariff_id: int, intent: Intent, data: TariffData) -> Changed:
    """Replace a tariff from a day on; it is in force until the day before, and its price stays what it was.

    Raises ActionRefused for another role, a stale page, a day in the past or before the current version's, and when
    that version was used on such a day already; idempotency.KeyReused.
    """

    def effect(change: Changing) -> int:
        former = _last_version(tariff_id, intent)
        wanted = replace(data, code=former.code, kind=former.kind)
        _check(wanted, change.today)
        before = as_data(former)
        close_before(former, wanted.valid_from)
        if former.valid_until != before.valid_until:
            change.keep(former, Reason.REPLACED)
        tariff = Tariff(**wanted.columns)
        change.keep(tariff, Reason.NEW_VERSION)
        prices = f"{rupiah(former.price)} menjadi {_price(tariff)}"
        sentence = f"Versi baru {_of(tariff)}: {prices} mulai {_start(tariff)}."
        change.record("tariff.version", tariff, sentence, before)
        return tariff.pk

    return change_list("tariff.version", intent, [tariff_id, asdict(data)], effect)


def end_tariff(tariff_id: int, intent: Intent, last_day: date) -> Changed:
    """Let a tariff be in force until this day (WIB, included), today or later.

    Raises ActionRefused for another role, a stale page, a day in the past, a tariff that is over already.
    """

    def effect(change: Changing) -> int:
        tariff = _last_version(tariff_id, intent)
        if tariff.valid_until and tariff.valid_until < change.today:
            raise ActionRefused(ENDED.format(code=tariff.code, day=tanggal(tariff.valid_until)))
        if last_day < change.today:
            raise ActionRefused(ENDS_LATER)
        if last_day < tariff.valid_from:
            raise ActionRefused(ENDS_BEFORE)
        before = as_data(tariff)
        tariff.valid_until = last_day
        change.keep(tariff, Reason.ENDED)
        change.record("tariff.end", tariff, f"Tarif {_of(tariff)} berakhir {tanggal(last_day)}.", before)
        return tariff.pk

    return change_list("tariff.end", intent, [tariff_id, last_day], effect)


def correct_tariff(tariff_id: int, intent: Intent, data: TariffData) -> Changed:
    """Write a version anew, all but its days, while no estimate has used it; its code while it is the only one.

    Raises ActionRefused for another role, a stale page, a version that was used or has a later one.
    """

    def effect(change: Changing) -> int:
        tariff = _last_version(tariff_id, intent)
        _refuse_used(tariff)
        before = as_data(tariff)
        days = {"valid_from": tariff.valid_from, "valid_until": tariff.valid_until}
        versions = Tariff.objects.filter(code=tariff.code).count()
        wanted = replace(data, **days) if versions == 1 else replace(data, **days, code=tariff.code, kind=tariff.kind)
        _check(wanted)
        if Tariff.objects.filter(code=wanted.code).exclude(code=tariff.code).exists():
            raise ActionRefused(EXISTS.format(code=wanted.code))
        for name, value in wanted.columns.items():
            setattr(tariff, name, value)
        change.keep(tariff, Reason.CORRECTED)
        change.record("tariff.correct", tariff, f"Tarif {_of(tariff)} mulai {_start(tariff)} diperbaiki.", before)
        return tariff.pk

    return change_list("tariff.correct", intent, [tariff_id, asdict(data)], effect)


def delete_tariff(tariff_id: int, intent: Intent) -> Changed:
    """Take away a version that no estimate has used; the one before it lasts as if it had not been replaced.

    Raises ActionRefused for another role, a stale page, a version that was used or has a later one.
    """

    def effect(change: Changing) -> int | None:
        tariff = _last_version(tariff_id, intent)
        _refuse_used(tariff)
        before = as_data(tariff)
        former = Tariff.objects.filter(code=tariff.code).exclude(pk=tariff.pk).order_by("valid_from").last()
        sentence = f"Tarif {_of(tariff)} mulai {_start(tariff)} dihapus."
        change.remove(tariff)
        change.record("tariff.delete", tariff, sentence, before)
        if former and _was_replaced(former):
            former.valid_until = former.history.all()[1].valid_until
            change.keep(former, Reason.REOPENED)
        return former.pk if former else None

    return change_list("tariff.delete", intent, tariff_id, effect)


def _last_version(tariff_id: int, intent: Intent) -> Tariff:
    """The tariff, as long as it is the last of its code and as the page showed it."""
    tariff = Tariff.objects.select_for_update().filter(pk=tariff_id).first()
    if tariff is None:
        raise ActionRefused(GONE, Because.STAGE)
    if list_version(tariff.code) != intent.version:
        last = Tariff.history.filter(code=tariff.code).select_related("history_user").latest("history_id")
        who = last.history_user.full_name if last.history_user else "Orang lain"
        raise ActionRefused(
            f"{who} sudah mengubah tarif ini pada {waktu(last.history_date)}. "
            "Periksa keadaan terbaru, lalu kirim lagi bila masih perlu.",
            Because.STAGE,
        )
    if Tariff.objects.filter(code=tariff.code, valid_from__gt=tariff.valid_from).exists():
        raise ActionRefused(NOT_LAST.format(code=tariff.code), Because.STAGE)
    return tariff


def _check(data: TariffData, today: date | None = None) -> None:
    """Raises ActionRefused for the first rule that is broken; with `today` (WIB) also for a start before it."""
    if today and data.valid_from < today:
        raise ActionRefused(STARTED)
    for _, sentence in faults_of_new(data, out_of_use()):
        raise ActionRefused(sentence)


def _refuse_used(tariff: Tariff) -> None:
    if EstimateLine.objects.filter(tariff=tariff).exists():
        raise ActionRefused(USED.format(code=tariff.code))


def _was_replaced(tariff: Tariff) -> bool:
    """Whether the last that happened to a version was that another came after it."""
    return tariff.history.first().history_change_reason == Reason.REPLACED


def _of(tariff: Tariff) -> str:
    return f"{tariff.code} {tariff.name}"


def _price(tariff: Tariff) -> str:
    return f"{rupiah(tariff.price)} per {tariff.unit}"


def _start(tariff: Tariff) -> str:
    return tanggal(tariff.valid_from)
