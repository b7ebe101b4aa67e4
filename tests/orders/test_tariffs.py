"""The price list: added to, replaced from a day on, ended; what an estimate has used stays, whoever asks."""

import importlib
import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from balai import checks, clock, documents
from balai.idempotency import KeyReused
from balai.models import AuditEntry
from orders.actions import ActionRefused, Intent
from orders.actions.pricelist import Changed, list_version
from orders.actions.tariffs import add_tariff, correct_tariff, delete_tariff, end_tariff, new_version
from orders.checks import price_list, used_tariffs
from orders.models import Tariff
from orders.permissions import Because
from orders.tariffs import TariffData, as_data
from tests.factories import act, clerk, make_order, make_work_centre
from tests.unguarded import unguarded

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def bubut(office) -> Tariff:
    return Tariff.objects.get(code="J-01")


def data(**fields) -> TariffData:
    standard = {
        "code": "J-20",
        "kind": "jasa",
        "service": "logam",
        "name": "Krom CONTOH",
        "unit": "jam",
        "price": 80_000,
        "account_code": "4.1.02.02.01.CONTOH",
        "legal_basis": "Perda CONTOH",
        "valid_from": clock.today(),
    }
    return TariffData(**standard | fields)


def by_pimpinan(tariff: Tariff | None = None, key: uuid.UUID | None = None) -> Intent:
    return Intent(clerk("pimpinan"), key or uuid.uuid4(), list_version(tariff.code) if tariff else 0)


def replaced(tariff: Tariff, **fields) -> Tariff:
    """A version that follows it, from tomorrow unless told otherwise."""
    wanted = replace(as_data(tariff), **{"valid_from": clock.today() + DAY, "price": 50_000} | fields)
    return Tariff.objects.get(pk=new_version(tariff.pk, by_pimpinan(tariff), wanted).tariff_id)


def fresh(tariff: Tariff) -> Tariff:
    return Tariff.objects.get(pk=tariff.pk)


def entry(verb: str) -> AuditEntry:
    return AuditEntry.objects.get(verb=verb)


def run(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_tariff_is_added_with_history_and_a_sentence(office):
    centre = make_work_centre("Krom")
    added = add_tariff(by_pimpinan(), data(work_centre=centre.pk, minutes_per_unit=60))

    tariff = Tariff.objects.get(pk=added.tariff_id)
    assert (tariff.work_centre, tariff.minutes_per_unit, tariff.is_sample) == (centre, 60, False)
    history = tariff.history.get()
    assert (history.history_user, history.history_type, history.price) == (clerk("pimpinan"), "+", 80_000)
    said = entry("tariff.add")
    assert said.note.startswith("Tarif baru J-20 Krom CONTOH, Rp80.000 per jam mulai ")
    assert (said.subject_kind, said.subject_id, said.role, said.after["price"]) == (
        "tariff",
        "J-20",
        "pimpinan",
        80_000,
    )


def test_a_form_sent_twice_adds_once(office):
    key = uuid.uuid4()

    assert add_tariff(by_pimpinan(key=key), data()) == add_tariff(by_pimpinan(key=key), data())
    assert Tariff.objects.filter(code="J-20").count() == 1
    with pytest.raises(KeyReused):
        add_tariff(by_pimpinan(key=key), data(price=1))


@pytest.mark.parametrize("role", ["pelayanan", "bengkel", "keuangan"])
def test_only_pimpinan_writes(bubut, role):
    intent = Intent(clerk(role), uuid.uuid4(), list_version("J-01"))
    attempts = (
        lambda: add_tariff(intent, data()),
        lambda: new_version(bubut.pk, intent, data()),
        lambda: end_tariff(bubut.pk, intent, clock.today()),
        lambda: correct_tariff(bubut.pk, intent, data()),
        lambda: delete_tariff(bubut.pk, intent),
    )

    for attempt in attempts:
        with pytest.raises(ActionRefused, match="hanya diubah oleh pimpinan") as refused:
            attempt()
        assert refused.value.because == Because.ROLE
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"code": "J-01"}, "Kode J-01 sudah ada"),
        ({"valid_from": date(2020, 1, 2)}, "tidak mundur"),
        ({"valid_until": date(2020, 1, 2)}, "sebelum hari mulainya"),
        ({"minutes_per_unit": 60}, "bersama-sama"),
        ({"work_centre": 1}, "bersama-sama"),
        ({"kind": "bahan", "work_centre": 1, "minutes_per_unit": 60}, "Bahan tidak dikerjakan"),
    ],
)
def test_a_tariff_that_breaks_a_rule_is_refused(office, fields, why):
    with pytest.raises(ActionRefused, match=why):
        add_tariff(by_pimpinan(), data(**fields))

    assert not Tariff.objects.filter(code="J-20").exists()


def test_a_new_version_ends_the_former_the_day_before_and_leaves_its_price(bubut):
    start = clock.today() + 30 * DAY
    later = replaced(bubut, valid_from=start, price=50_000)

    former = fresh(bubut)
    assert (former.price, former.valid_until) == (45_000, start - DAY)
    assert (later.code, later.kind, later.price, later.valid_until) == ("J-01", "jasa", 50_000, None)
    assert [Tariff.objects.valid_on(day).get(code="J-01").price for day in (start - DAY, start)] == [45_000, 50_000]
    assert "Rp45.000 menjadi Rp50.000 per jam" in entry("tariff.version").note
    assert entry("tariff.version").before == {
        "price": 45_000,
        "valid_from": "2020-01-01",
    }


def test_a_version_may_begin_today_unless_today_used_the_former(bubut):
    make_order("konfirmasi")

    with pytest.raises(ActionRefused, match="sudah dipakai estimasi hari ini"):
        replaced(bubut, valid_from=clock.today())
    oven = Tariff.objects.get(code="J-09")
    assert replaced(oven, valid_from=clock.today()).valid_from == clock.today()
    assert fresh(oven).valid_until == clock.today() - DAY


def test_a_version_that_would_go_back_in_time_is_refused(bubut):
    with pytest.raises(ActionRefused, match="tidak mundur"):
        replaced(bubut, valid_from=clock.today() - DAY)
    later = replaced(bubut)
    with pytest.raises(ActionRefused, match="mulai berlaku sesudah"):
        replaced(later, valid_from=later.valid_from)
    assert fresh(bubut).valid_until == clock.today()


def test_only_the_last_version_is_followed_ended_corrected_or_deleted(bubut):
    replaced(bubut)

    for attempt in (
        lambda: replaced(bubut, valid_from=clock.today() + 2 * DAY),
        lambda: end_tariff(bubut.pk, by_pimpinan(bubut), clock.today()),
        lambda: correct_tariff(bubut.pk, by_pimpinan(bubut), as_data(bubut)),
        lambda: delete_tariff(bubut.pk, by_pimpinan(bubut)),
    ):
        with pytest.raises(ActionRefused, match="mempunyai versi sesudah ini"):
            attempt()


def test_a_page_made_before_another_change_is_told_who_was_faster(bubut):
    old_page = by_pimpinan(bubut)
    replaced(bubut)

    with pytest.raises(ActionRefused, match="Endah Contohningrum sudah mengubah tarif ini") as refused:
        end_tariff(bubut.pk, old_page, clock.today())
    assert refused.value.because == Because.STAGE


def test_a_tariff_ends_on_a_day_that_may_still_be_moved_until_it_is_over(bubut):
    make_order("konfirmasi")
    end_tariff(bubut.pk, by_pimpinan(bubut), clock.today() + DAY)
    end_tariff(bubut.pk, by_pimpinan(bubut), clock.today())

    assert fresh(bubut).valid_until == clock.today()
    with pytest.raises(ActionRefused, match="paling awal hari ini"):
        end_tariff(bubut.pk, by_pimpinan(bubut), clock.today() - DAY)
    with clock.at(clock.now() + DAY), pytest.raises(ActionRefused, match="sudah berakhir pada"):
        end_tariff(bubut.pk, by_pimpinan(bubut), clock.today())


def test_a_version_is_corrected_or_deleted_until_an_estimate_used_it(bubut):
    correct_tariff(bubut.pk, by_pimpinan(bubut), replace(as_data(bubut), code="J-99", price=46_000))
    assert (fresh(bubut).code, fresh(bubut).price, fresh(bubut).valid_from) == ("J-99", 46_000, date(2020, 1, 1))
    correct_tariff(bubut.pk, by_pimpinan(fresh(bubut)), replace(as_data(bubut), code="J-01"))

    make_order("konfirmasi")

    for attempt in (
        lambda: correct_tariff(bubut.pk, by_pimpinan(bubut), replace(as_data(bubut), price=1)),
        lambda: delete_tariff(bubut.pk, by_pimpinan(bubut)),
    ):
        with pytest.raises(ActionRefused, match="sudah dipakai estimasi, jadi isinya tetap"):
            attempt()
    assert fresh(bubut).price == 45_000


def test_a_code_is_corrected_only_to_one_that_is_free_and_while_there_is_one_version(bubut):
    with pytest.raises(ActionRefused, match="Kode J-04 sudah ada"):
        correct_tariff(bubut.pk, by_pimpinan(bubut), replace(as_data(bubut), code="J-04"))

    later = replaced(bubut)
    correct_tariff(later.pk, by_pimpinan(later), replace(as_data(later), code="J-99", kind="bahan", price=51_000))

    assert (fresh(later).code, fresh(later).kind, fresh(later).price) == ("J-01", "jasa", 51_000)


@pytest.mark.parametrize("ended", [False, True])
def test_deleting_a_version_lets_the_one_before_last_as_long_as_it_would_have(bubut, ended):
    end = clock.today() + 60 * DAY if ended else None
    if end:
        end_tariff(bubut.pk, by_pimpinan(bubut), end)
    later = replaced(bubut)
    assert fresh(bubut).valid_until == clock.today()

    assert delete_tariff(later.pk, by_pimpinan(bubut)) == Changed(bubut.pk)

    assert fresh(bubut).valid_until == end
    assert not Tariff.objects.filter(pk=later.pk).exists()
    assert "dihapus" in entry("tariff.delete").note
    assert list(checks_of_list()) == []


def test_a_version_that_began_after_a_pause_leaves_the_pause(bubut):
    end_tariff(bubut.pk, by_pimpinan(bubut), clock.today())
    later = replaced(bubut, valid_from=clock.today() + 9 * DAY)
    assert fresh(bubut).valid_until == clock.today()

    delete_tariff(later.pk, by_pimpinan(bubut))

    assert fresh(bubut).valid_until == clock.today()


def test_a_deleted_tariff_is_gone_in_plain_words(bubut):
    page = by_pimpinan(bubut)
    assert delete_tariff(bubut.pk, page) == Changed(None)

    with pytest.raises(ActionRefused, match="sudah tidak ada"):
        delete_tariff(bubut.pk, by_pimpinan())


def test_the_database_keeps_a_used_tariff_but_for_its_last_day(bubut):
    make_order("konfirmasi")
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, "orders_tariff")]
    frozen = [name for name in columns if name not in ("id", "valid_until")]
    other = {"price": "price + 1", "minutes_per_unit": "30", "is_sample": "NOT is_sample", "kind": "'bahan'"}
    attacks = [f"UPDATE orders_tariff SET {name} = {other.get(name, 'NULL')} WHERE id = %s" for name in frozen]
    attacks.append("DELETE FROM orders_tariff WHERE id = %s")

    for attack in attacks:
        with pytest.raises(IntegrityError, match="this tariff was used"):
            run(attack, bubut.pk)
    run("UPDATE orders_tariff SET valid_until = %s WHERE id = %s", date(2099, 1, 1), bubut.pk)
    run("UPDATE orders_tariff SET price = 1 WHERE code = %s", "J-09")
    run("DELETE FROM orders_tariff WHERE code = %s", "J-09")

    assert fresh(bubut).valid_until == date(2099, 1, 1)


def test_a_lost_guard_of_the_price_list_is_named(bubut):
    with unguarded():
        named = list(checks.guards(Tariff))

    if connection.vendor == "sqlite":
        assert named
        assert named[0].startswith("orders_tariff: penjaga di basis data hilang")
    assert list(checks.guards(Tariff)) == []


MIDNIGHT = datetime.fromisoformat("2026-11-30T17:00:00+00:00")  # 1 Dec 2026 in WIB


@pytest.mark.real_pdf
def test_at_midnight_the_new_price_begins_and_papers_keep_the_old_one(bubut):
    with clock.at(MIDNIGHT - 5 * DAY):
        before, after = make_order("estimasi"), make_order("estimasi")
        replaced(bubut, valid_from=date(2026, 12, 1), price=50_000)
    with clock.at(MIDNIGHT - timedelta(seconds=1)):
        before = act("offer", before)
        sheet = before.papers.get(document__kind="lembar_estimasi").document
        said, drawn = dict(sheet.payload), bytes(documents.pdf_bytes(sheet))
    with clock.at(MIDNIGHT):
        after = act("offer", after)
        before = act("agree", before)

    prices = [order.estimate.lines.get(position=1).price for order in (before, after)]
    assert prices == [45_000, 50_000]
    letter = before.papers.get(document__kind="surat_pesanan").document
    assert before.estimate.total in letter.payload["body"].values()
    sheet.refresh_from_db()
    assert (sheet.payload, bytes(documents.pdf_bytes(sheet))) == (said, drawn)
    assert documents.payload_hash(sheet.payload) == sheet.payload_sha256
    assert list(checks_of_list()) == []


def checks_of_list() -> list[str]:
    return [*price_list(), *used_tariffs()]


def test_a_price_list_from_before_there_was_a_history_gets_one(bubut):
    migration = importlib.import_module("orders.migrations.0009_tariff_imports_and_guards")
    with unguarded():
        bubut.history.all().delete()
    assert [line for line in price_list() if "J-01: isinya berbeda dari riwayatnya" in line]

    migration.begin_history(apps, None)

    assert (bubut.history.get().price, bubut.history.get().history_user) == (45_000, None)
    assert list(price_list()) == []


def unused(name: str) -> int:
    return make_work_centre(name, is_active=False).pk


def test_a_tariff_is_not_written_for_a_work_centre_out_of_use(bubut):
    gone = data(work_centre=unused("Krom"), minutes_per_unit=60)
    later = replace(gone, code="J-01", valid_from=clock.today() + DAY)
    why = "“Krom” sudah tidak dipakai. Pilih bagian kerja lain, atau kosongkan bersama menitnya."

    for write in (
        lambda: add_tariff(by_pimpinan(), gone),
        lambda: new_version(bubut.pk, by_pimpinan(bubut), later),
        lambda: correct_tariff(bubut.pk, by_pimpinan(bubut), replace(gone, code="J-01")),
    ):
        with pytest.raises(ActionRefused, match=why):
            write()

    assert as_data(fresh(bubut)) == as_data(bubut)
    assert not Tariff.objects.filter(work_centre__name="Krom").exists()


def test_what_stands_in_the_list_stays_when_its_work_centre_goes_out_of_use(bubut):
    order = make_order("konfirmasi")
    bubut.work_centre.is_active = False
    bubut.work_centre.save()

    with pytest.raises(ActionRefused, match="sudah tidak dipakai"):
        replaced(bubut)
    elsewhere = replaced(bubut, work_centre=None, minutes_per_unit=None)
    delete_tariff(elsewhere.pk, by_pimpinan(elsewhere))
    end_tariff(bubut.pk, by_pimpinan(bubut), clock.today())

    assert as_data(fresh(bubut)) == replace(as_data(bubut), valid_until=clock.today())
    assert order.estimate.lines.get(tariff=bubut).price == bubut.price
    assert list(price_list()) == list(used_tariffs()) == []
