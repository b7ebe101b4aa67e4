"""What the workshop can do is kept by bengkel and admin: once for each form, recorded, refused in plain words."""

import uuid
from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.html import strip_tags

from balai import clock
from balai.clock import WIB
from balai.models import AuditEntry, User
from orders.actions import ActionRefused, Intent
from orders.actions.workshop import (
    CentreData,
    KindData,
    OutageData,
    keep_centre,
    keep_kind,
    keep_outage,
    version_of,
)
from orders.capacitypage import SENTENCES
from orders.models import Estimate, JobKind, Outage, WorkCentre
from orders.stages import Stage
from tests.copies import copies_of
from tests.factories import act, make_order, make_work_centre
from tests.orders.workshop import finished_order, out_of_service, promised_order
from tests.pages import typed_in

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def monday_morning():
    with clock.at(datetime.combine(MONDAY, time(8), WIB)):
        yield


@pytest.fixture
def bor(office) -> WorkCentre:
    return make_work_centre("Bor", places=2)


def by(user: User, version: int = 0) -> Intent:
    return Intent(user, uuid.uuid4(), version)


def centre_data(**fields) -> CentreData:
    return CentreData(**{"name": "Bor", "service": "logam", "places": 2, "minutes_per_day": 420} | fields)


def outage_data(centre: WorkCentre, **fields) -> OutageData:
    standard = {"places": 1, "first_day": MONDAY, "last_day": None, "reason": "Mesin rusak"}
    return OutageData(centre.pk, **standard | fields)


# Who may


@pytest.mark.parametrize(("who", "role"), [("bengkel", "bengkel"), ("admin", "admin")])
def test_bengkel_and_admin_keep_the_capacity(request, office, who, role):
    user = request.getfixturevalue(who)
    saved = keep_centre(by(user), centre_data())
    entry = AuditEntry.objects.get(verb="work_centre.create")

    assert WorkCentre.objects.get(pk=saved.pk).places == 2
    assert (entry.subject_id, entry.actor, entry.role, entry.before) == (str(saved.pk), user, role, {})
    assert entry.after["minutes_per_day"] == 420


@pytest.mark.parametrize("who", ["pelayanan", "keuangan", "pimpinan", "no_role"])
def test_nobody_else_does(request, bor, who):
    user = request.getfixturevalue(who)
    for action in (
        lambda: keep_centre(by(user), centre_data(name="Baru")),
        lambda: keep_outage(by(user), outage_data(bor)),
        lambda: keep_kind(by(user), KindData("Baru", "logam")),
    ):
        with pytest.raises(ActionRefused, match="hanya untuk bagian bengkel dan admin"):
            action()
    assert not AuditEntry.objects.filter(subject_kind__in=("work_centre", "outage", "job_kind")).exists()


# Once, against the state the page was made from


def test_a_form_sent_twice_has_its_effect_once(bengkel, bor):
    intent = by(bengkel)

    assert keep_outage(intent, outage_data(bor)) == keep_outage(intent, outage_data(bor))
    assert Outage.objects.count() == 1


def test_a_page_made_before_another_change_is_refused(bengkel, admin, bor):
    version = version_of("work_centre", bor.pk)
    keep_centre(by(bengkel, version), centre_data(places=3), bor.pk)
    with pytest.raises(ActionRefused, match=r"Agus Contohadi sudah mengubah data ini pada 23 Nov 2026 08\.00"):
        keep_centre(by(admin, version), centre_data(places=4), bor.pk)

    keep_centre(by(admin, version_of("work_centre", bor.pk)), centre_data(places=4), bor.pk)
    assert WorkCentre.objects.get(pk=bor.pk).places == 4


def test_a_change_tells_what_was_and_what_is_and_by_whom(bengkel, bor):
    keep_centre(by(bengkel), centre_data(minutes_per_day=390), bor.pk)
    entry = AuditEntry.objects.get(verb="work_centre.change")

    assert (entry.before, entry.after) == ({"minutes_per_day": 420}, {"minutes_per_day": 390})
    former, first = bor.history.order_by("-history_id")
    assert (former.minutes_per_day, former.history_user, first.minutes_per_day) == (390, bengkel, 420)


def test_a_form_that_changes_nothing_leaves_no_trace(bengkel, bor):
    keep_centre(by(bengkel), centre_data(), bor.pk)

    assert not AuditEntry.objects.filter(subject_kind="work_centre").exists()
    assert bor.history.count() == 1


# Work centres


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"name": "bOR"}, "Sudah ada bagian kerja dengan nama ini."),
        ({"name": "Baru", "places": 0}, "paling sedikit satu mesin atau orang"),
        ({"name": "Baru", "minutes_per_day": 0}, "lebih dari 0 dan paling banyak 24 jam"),
        ({"name": "Baru", "minutes_per_day": 25 * 60}, "lebih dari 0 dan paling banyak 24 jam"),
    ],
)
def test_what_a_work_centre_cannot_be(bengkel, bor, fields, reason):
    with pytest.raises(ActionRefused, match=reason):
        keep_centre(by(bengkel), centre_data(**fields))


@pytest.mark.parametrize("wrong", [{"places": 0}, {"minutes_per_day": 0}, {"minutes_per_day": 1441}])
def test_the_database_refuses_it_too(bor, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkCentre.objects.filter(pk=bor.pk).update(**wrong)


def test_a_work_centre_that_promised_work_needs_is_not_switched_off(bengkel, bor):
    order = promised_order([(bor, 60)])
    with pytest.raises(ActionRefused, match=f"Bor masih diperlukan oleh pesanan {order.number}."):
        keep_centre(by(bengkel), centre_data(is_active=False), bor.pk)

    act("cancel", order)
    keep_centre(by(bengkel), centre_data(is_active=False), bor.pk)
    assert not WorkCentre.objects.get(pk=bor.pk).is_active


def test_nor_one_that_an_open_offer_needs(bengkel, bor):
    offered = make_order(Stage.KONFIRMASI)
    step = Estimate.objects.get(order=offered).steps.first()
    centre = step.work_centre
    with pytest.raises(ActionRefused, match=offered.number):
        keep_centre(by(bengkel), centre_data(name=centre.name, places=1, is_active=False), centre.pk)

    act("disagree", offered)
    keep_centre(by(bengkel), centre_data(name=centre.name, places=1, is_active=False), centre.pk)


def test_finished_work_keeps_no_work_centre_in_use(bengkel, bor):
    finished_order([(bor, 60, 60)])
    keep_centre(by(bengkel), centre_data(is_active=False), bor.pk)


def test_a_refusal_names_three_orders_and_counts_the_rest(bengkel, bor):
    copies_of(promised_order([(bor, 60)]), 4)
    with pytest.raises(ActionRefused, match=", dan 2 lainnya"):
        keep_centre(by(bengkel), centre_data(is_active=False), bor.pk)


def test_a_work_centre_cannot_have_less_than_is_out_of_service(bengkel, bor):
    out_of_service(bor, MONDAY - 9 * DAY, MONDAY - DAY, places=2)  # is over
    keep_centre(by(bengkel), centre_data(places=1), bor.pk)
    keep_centre(by(bengkel, version_of("work_centre", bor.pk)), centre_data(places=2), bor.pk)

    out_of_service(bor, MONDAY - DAY, places=2)
    with pytest.raises(ActionRefused, match="Pada 23 Nov 2026 yang tidak dapat dipakai menjadi 2"):
        keep_centre(by(bengkel, version_of("work_centre", bor.pk)), centre_data(places=1), bor.pk)


# Outages


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"places": 3}, "Bor hanya memiliki 2 mesin atau orang. Pada 23 Nov 2026 yang tidak dapat dipakai menjadi 3."),
        ({"places": 0}, "Isi paling sedikit satu mesin atau orang."),
        ({"last_day": MONDAY - DAY}, "Hari terakhir tidak boleh sebelum hari pertama."),
        ({"reason": " "}, "Tulis alasannya"),
    ],
)
def test_what_an_outage_cannot_be(bengkel, bor, fields, reason):
    with pytest.raises(ActionRefused, match=reason):
        keep_outage(by(bengkel), outage_data(bor, **fields))
    assert not Outage.objects.exists()


@pytest.mark.parametrize("wrong", [{"places": 0}, {"last_day": MONDAY - DAY}])
def test_the_database_refuses_such_an_outage_too(bor, wrong):
    outage = out_of_service(bor, MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Outage.objects.filter(pk=outage.pk).update(**wrong)


def test_outages_together_are_not_more_than_there_is(bengkel, bor):
    out_of_service(bor, MONDAY, MONDAY + 2 * DAY)
    out_of_service(bor, MONDAY + 2 * DAY, MONDAY + 4 * DAY)
    with pytest.raises(ActionRefused, match="Pada 25 Nov 2026 yang tidak dapat dipakai menjadi 3"):
        keep_outage(by(bengkel), outage_data(bor))

    keep_outage(by(bengkel), outage_data(bor, last_day=MONDAY + DAY))
    keep_outage(by(bengkel), outage_data(bor, first_day=MONDAY + 3 * DAY))


def test_an_outage_is_ended_by_its_last_day(bengkel, bor):
    saved = keep_outage(by(bengkel), outage_data(bor, places=2))
    keep_outage(by(bengkel, version_of("outage", saved.pk)), outage_data(bor, places=2, last_day=MONDAY), saved.pk)

    assert Outage.objects.get(pk=saved.pk).last_day == MONDAY
    assert AuditEntry.objects.get(verb="outage.change").after == {"last_day": "2026-11-23"}


def test_an_outage_stays_in_its_work_centre(bengkel, bor):
    saved = keep_outage(by(bengkel), outage_data(bor))
    with pytest.raises(ActionRefused, match="Pilih bagian kerja"):
        keep_outage(by(bengkel, version_of("outage", saved.pk)), outage_data(make_work_centre("Las")), saved.pk)


# Kinds of jobs


def test_kinds_of_jobs_are_kept_by_name(bengkel, office):
    saved = keep_kind(by(bengkel), KindData("Poros", "logam"))
    with pytest.raises(ActionRefused, match="Sudah ada jenis pekerjaan dengan nama ini"):
        keep_kind(by(bengkel), KindData("POROS", "kayu"))

    keep_kind(by(bengkel, version_of("job_kind", saved.pk)), KindData("Poros", "logam", is_active=False), saved.pk)
    assert not JobKind.objects.get(pk=saved.pk).is_active


# The pages


def test_an_outage_noted_on_the_page_says_which_promises_it_endangers(as_bengkel, bor):
    order = promised_order([(bor, 840)], starts_on=MONDAY, finish_on=MONDAY)
    form = typed_in(as_bengkel.get("/bengkel/kapasitas/gangguan/baru/"))
    assert form["first_day"] == "2026-11-23"

    page = as_bengkel.post(
        "/bengkel/kapasitas/gangguan/baru/",
        form | {"work_centre": bor.pk, "places": "1", "last_day": "2026-11-24", "reason": "Spindel aus"},
        follow=True,
    )

    text = " ".join(strip_tags(page.content.decode()).split())
    assert page.redirect_chain == [(f"/bengkel/kapasitas/gangguan/{Outage.objects.get().pk}/", 302)]
    assert "Janji yang terancam oleh gangguan ini 1 pesanan" in text
    assert order.number in text
    assert "1 hari sesudah janji" in text


def test_an_outage_that_endangers_nothing_says_so(as_bengkel, bor):
    outage = out_of_service(bor, MONDAY)

    page = as_bengkel.get(f"/bengkel/kapasitas/gangguan/{outage.pk}/").content.decode()
    assert "Tidak ada janji yang terancam oleh gangguan ini." in page


@pytest.mark.parametrize(
    ("address", "typed", "says"),
    [
        ("bagian/baru", {"hours": "0"}, "harus lebih dari 0"),
        ("bagian/baru", {"hours": "25"}, "Sehari paling lama 24 jam."),
        ("bagian/baru", {"hours": "tujuh"}, "Jam kerja sehari"),
        ("bagian/baru", {"hours": "0,001"}, "Paling sedikit satu menit."),
        ("bagian/baru", {"places": "0"}, "1"),
        ("bagian/baru", {"name": "BOR"}, "Sudah ada bagian kerja dengan nama ini."),
        ("gangguan/baru", {"last_day": "2026-11-22"}, "Hari terakhir tidak boleh sebelum hari pertama."),
        ("gangguan/baru", {"places": "3"}, "Bor hanya memiliki 2 mesin atau orang."),
        ("gangguan/baru", {"work_centre": "999"}, "Bagian kerja"),
        ("jenis/baru", {"service": "batu"}, "Bengkel"),
    ],
)
def test_bad_input_is_refused_in_words_and_stays_on_the_page(as_bengkel, bor, address, typed, says):
    url = f"/bengkel/kapasitas/{address}/"
    right = {"name": "Baru", "service": "logam", "places": "2", "hours": "7,5", "reason": "Rusak"}
    form = typed_in(as_bengkel.get(url)) | right | {"work_centre": bor.pk} | typed
    page = as_bengkel.post(url, form)

    assert page.status_code == 422
    assert says in page.content.decode()
    assert "error-summary" in page.content.decode()
    chosen = {"work_centre", "service"}  # a choice that does not exist cannot stay chosen
    assert {name: typed_in(page)[name] for name in typed if name not in chosen} == {
        name: value for name, value in typed.items() if name not in chosen
    }
    assert not AuditEntry.objects.filter(subject_kind__in=("work_centre", "outage", "job_kind")).exists()


def test_hours_become_whole_minutes_and_come_back(as_bengkel, office):
    url = "/bengkel/kapasitas/bagian/baru/"
    form = typed_in(as_bengkel.get(url)) | {"name": "Bor", "service": "logam", "places": "2", "hours": "6,5"}
    assert as_bengkel.post(url, form).status_code == 302

    centre = WorkCentre.objects.get(name="Bor")
    assert (centre.minutes_per_day, centre.is_active) == (390, True)
    assert typed_in(as_bengkel.get(f"/bengkel/kapasitas/bagian/{centre.pk}/"))["hours"] == "6,5"


def test_a_stale_page_is_409_and_can_be_sent_again(as_bengkel, admin, bor):
    url = f"/bengkel/kapasitas/bagian/{bor.pk}/"
    form = typed_in(as_bengkel.get(url)) | {"places": "5"}
    keep_centre(by(admin), centre_data(places=3), bor.pk)

    page = as_bengkel.post(url, form)
    assert page.status_code == 409
    assert typed_in(page)["places"] == "5"

    assert as_bengkel.post(url, typed_in(page)).status_code == 302
    assert WorkCentre.objects.get(pk=bor.pk).places == 5


def test_every_change_is_told_in_words(as_bengkel, bengkel, bor):
    kind = keep_kind(by(bengkel), KindData("Poros", "logam"))
    keep_kind(by(bengkel, version_of("job_kind", kind.pk)), KindData("Poros", "kayu"), kind.pk)
    outage = keep_outage(by(bengkel), outage_data(bor))
    keep_outage(by(bengkel, version_of("outage", outage.pk)), outage_data(bor, last_day=MONDAY + DAY), outage.pk)
    centre = keep_centre(by(bengkel), centre_data(name="Ketam"))
    keep_centre(
        by(bengkel, version_of("work_centre", centre.pk)),
        centre_data(name="Ketam", minutes_per_day=390, is_active=False),
        centre.pk,
    )
    events = as_bengkel.get("/bengkel/kapasitas/").context["events"]

    assert [(event["sentence"], event["why"]) for event in events] == [
        ("Bagian kerja Ketam diubah", "jam kerja sehari: 7 jam → 6,5 jam; dipakai: ya → tidak"),
        ("Bagian kerja Ketam dicatat", "nama: Ketam; bengkel: Logam; jumlah: 2; jam kerja sehari: 7 jam"),
        ("Gangguan di Bor diubah", "hari terakhir: belum tahu → 24 Nov 2026"),
        (
            "Gangguan di Bor dicatat",
            "jumlah: 1; mulai: 23 Nov 2026; hari terakhir: belum tahu; alasan: Mesin rusak",
        ),
        ("Jenis pekerjaan Poros diubah", "bengkel: Logam → Kayu"),
        ("Jenis pekerjaan Poros dicatat", "nama: Poros; bengkel: Logam"),
    ]
    assert {entry.verb for entry in AuditEntry.objects.filter(actor=bengkel)} == set(SENTENCES)


@pytest.mark.parametrize("address", ["", "gangguan/{outage}/"])
def test_the_pages_cost_the_same_with_5_and_200_rows(as_bengkel, count_queries, bor, address):
    outage = out_of_service(bor, MONDAY)
    order = promised_order([(bor, 100)], starts_on=MONDAY, finish_on=MONDAY)
    url = f"/bengkel/kapasitas/{address.format(outage=outage.pk)}"
    copies_of(order, 4)
    few = count_queries(as_bengkel, url)
    copies_of(order, 195)
    for number in range(30):
        out_of_service(make_work_centre(f"Bagian {number}"), MONDAY)
        JobKind.objects.create(name=f"Jenis {number}", service="kayu")

    assert count_queries(as_bengkel, url) == few
