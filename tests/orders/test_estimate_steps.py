"""The worksheet's steps, days, earlier jobs and versions, in a browser without scripts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from balai import clock
from balai.office import holidays
from balai.workdays import add_workdays
from orders.actions.intake import ItemData
from orders.models import Estimate, JobKind, JobStep, Tariff, WorkCentre
from orders.worktime import StepData
from tests.factories import act, audit_of, clerk, estimate_data, fresh, make_order, make_tariffs
from tests.pages import typed_in

pytestmark = pytest.mark.django_db


def url(order) -> str:
    return f"/pesanan/{order.pk}/estimasi/"


@pytest.fixture
def order(office):
    return make_order("estimasi")


@pytest.fixture
def sheet(order, as_bengkel):
    """`sheet(**changes)` is the opened worksheet with ten hours of Bubut in five days, ready to be sent."""

    def filled(**changes) -> dict[str, str]:
        typed = typed_in(as_bengkel.get(url(order)))
        typed |= {"jasa-0-tariff": str(make_tariffs()[0].pk), "jasa-0-description": "poros", "jasa-0-quantity": "10"}
        return typed | {"days": "5"} | changes

    return filled


def centre(name: str) -> WorkCentre:
    return WorkCentre.objects.get(name=name)


def tomorrow() -> date:
    """The next working day after today."""
    return add_workdays(clock.today(), 1, holidays())


def steps_of(order) -> list[tuple[str, str, int]]:
    steps = fresh(order).estimate.steps.select_related("work_centre")
    return [(step.work_centre.name, step.description, step.minutes) for step in steps]


def typed_steps(*rows: tuple[str, str, str]) -> dict[str, str]:
    typed = {"langkah-TOTAL_FORMS": str(len(rows))}
    for place, (name, what, hours) in enumerate(rows):
        typed |= {f"langkah-{place}-centre": str(centre(name).pk) if name else ""}
        typed |= {f"langkah-{place}-what": what, f"langkah-{place}-minutes": hours}
    return typed


def test_the_steps_come_from_the_services(as_bengkel, order, sheet):
    shown = as_bengkel.post(url(order), sheet(langkah="hitung")).content.decode()
    assert "10 jam" in shown

    as_bengkel.post(url(order), sheet(langkah="kirim"))

    assert steps_of(order) == [("Bubut", "poros", 600)]


def test_steps_are_edited_in_rows_of_their_own_and_given_back_to_the_services(as_bengkel, order, sheet):
    edited = typed_in(as_bengkel.post(url(order), sheet(**{"ubah-langkah": "1"})))
    assert (edited["langkah-TOTAL_FORMS"], edited["langkah-0-minutes"]) == ("1", "10")

    back = typed_in(as_bengkel.post(url(order), edited | {"langkah-dari-jasa": "1"}))
    assert back["langkah-TOTAL_FORMS"] == "0"

    as_bengkel.post(url(order), edited | {"langkah-0-minutes": "12,5", "langkah": "kirim"})
    assert steps_of(order) == [("Bubut", "poros", 750)]


def test_steps_are_moved_up_and_keep_what_was_typed(as_bengkel, order, sheet):
    two = sheet(**typed_steps(("Bubut", "poros", "3"), ("Las", "rangka", "2")))

    moved = typed_in(as_bengkel.post(url(order), two | {"naik-langkah": "1"}))

    assert [moved[f"langkah-{n}-what"] for n in (0, 1)] == ["rangka", "poros"]
    assert typed_in(as_bengkel.post(url(order), two | {"naik-langkah": "0"}))["langkah-0-what"] == "poros"
    as_bengkel.post(url(order), moved | {"langkah": "kirim"})
    assert steps_of(order) == [("Las", "rangka", 120), ("Bubut", "poros", 180)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("Bubut", "", "0"), "lebih dari 0"),
        (("Bubut", "", ""), "Isi jam"),
        (("Bubut", "", "1.000"), "bisa dibaca dua cara"),
        (("Bubut", "", "2001"), "paling banyak 2000 jam"),
        (("", "poros", "2"), "Pilih bagian kerja"),
    ],
)
def test_a_faulty_step_is_refused_and_kept(as_bengkel, order, sheet, row, reason):
    typed = sheet(**typed_steps(row), langkah="kirim")

    answer = as_bengkel.post(url(order), typed)

    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert typed_in(answer)["langkah-0-minutes"] == row[2]
    assert not Estimate.objects.exists()


def test_an_estimate_without_any_hours_is_refused(as_bengkel, order, sheet):
    Tariff.objects.update(work_centre=None, minutes_per_unit=None)

    answer = as_bengkel.post(url(order), sheet(langkah="kirim"))

    assert answer.status_code == 422
    assert "Isi paling sedikit satu langkah kerja beserta jamnya." in answer.content.decode()
    assert "daftar tarif tidak menyebut jamnya" in answer.content.decode()


def test_the_proposed_days_are_taken_by_a_button(as_bengkel, order, sheet):
    taken = typed_in(as_bengkel.post(url(order), sheet(days="", **{"pakai-usulan": "1"})))

    assert (taken["days"], taken["starts_on"]) == ("2", tomorrow().isoformat())


def test_a_day_that_breaks_a_promise_wants_a_word_that_is_kept(as_bengkel, order, sheet):
    steps = (StepData(centre("Bubut").pk, 600),)
    tight = replace(estimate_data(), steps=steps, starts_on=tomorrow(), days=2)
    other = make_order("pesanan", estimate=tight)
    early = sheet(days="1", langkah="kirim", **typed_steps(("Bubut", "", "7")))

    refused = as_bengkel.post(url(order), early)

    assert refused.status_code == 422
    page = refused.content.decode()
    assert "mendahului antrean" in page
    assert other.number in page
    assert typed_in(refused)["days"] == "1"

    assert as_bengkel.post(url(order), typed_in(refused) | {"langkah": "kirim", "is_forced": "on"}).status_code == 302
    assert fresh(order).estimate.is_forced
    assert audit_of(order)[-1].after["forced"] is True
    assert "selesainya mendahului antrean" in as_bengkel.get(f"/pesanan/{order.pk}/").content.decode()


def test_a_day_in_its_turn_wants_no_word(as_bengkel, order, sheet):
    assert as_bengkel.post(url(order), sheet(langkah="kirim")).status_code == 302
    assert not fresh(order).estimate.is_forced


def test_a_draft_keeps_its_steps_and_kind(as_bengkel, order, sheet):
    kind = JobKind.objects.create(name="Poros CONTOH", service="logam")
    JobKind.objects.create(name="Mebel CONTOH", service="kayu")
    typed = sheet(**typed_steps(("Las", "rangka", "2,5")), job_kind=str(kind.pk), langkah="draf")
    assert as_bengkel.post(url(order), typed).status_code == 302

    page = as_bengkel.get(url(order))

    again = typed_in(page)
    assert (again["langkah-0-what"], again["langkah-0-minutes"]) == ("rangka", "2,5")
    assert again["job_kind"] == str(kind.pk)
    assert "Mebel CONTOH" not in page.content.decode()


def test_derived_steps_stay_with_the_services_when_a_draft_is_opened_again(as_bengkel, order, sheet):
    as_bengkel.post(url(order), sheet(langkah="draf"))

    assert typed_in(as_bengkel.get(url(order)))["langkah-TOTAL_FORMS"] == "0"


def test_a_worksheet_is_filled_in_like_an_earlier_job(as_bengkel, office):
    rows = (ItemData("Ram pagar", Decimal(3), "buah"),)
    steps = (StepData(centre("Las").pk, 90, "rangka"),)
    earlier = make_order("produksi", items=rows, estimate=replace(estimate_data(), steps=steps))
    order = make_order("estimasi", items=rows)
    page = as_bengkel.get(url(order))
    assert [each.order for each in page.context["similar"]] == [earlier]

    for chosen in ({"contoh": str(earlier.pk)}, {"contoh": "", "nomor-contoh": earlier.number}):
        filled = typed_in(as_bengkel.post(url(order), typed_in(page) | chosen))
        assert (filled["jasa-0-quantity"], filled["jasa-1-quantity"]) == ("10", "4,25")
        assert (filled["langkah-0-what"], filled["langkah-0-minutes"]) == ("rangka", "1,5")
        assert filled["bahan-0-description"] == "Plat 4 mm"
    unknown = as_bengkel.post(url(order), typed_in(page) | {"contoh": "", "nomor-contoh": "9999/I/2020"})
    assert "Tidak ada pesanan bernomor “9999/I/2020” yang sudah diestimasi." in unknown.content.decode()


def test_what_like_jobs_took_stands_beside_the_guess(as_bengkel, order, sheet):
    for _ in range(3):
        make_order("pembayaran")
    took = {"actual_minutes": 720, "done_at": clock.now(), "done_by": clerk("bengkel")}
    JobStep.objects.filter(work_centre=centre("Bubut")).update(**took)

    shown = as_bengkel.post(url(order), sheet(langkah="hitung")).content.decode()

    assert "12 jam, dari 3 pekerjaan" in shown


def test_listed_material_takes_its_price_from_the_list(as_bengkel, order, sheet):
    steel = Tariff.objects.create(
        code="B-01",
        kind="bahan",
        name="Baja CONTOH",
        unit="kg",
        price=22_000,
        account_code="4.1.02.02.11.CONTOH",
        legal_basis="CONTOH",
        valid_from=clock.today(),
    )
    row = {"description": "", "origin": f"tarif:{steel.pk}", "quantity": "24", "unit": "", "price": "1"}
    typed = sheet(**{"bahan-TOTAL_FORMS": "1"}, **{f"bahan-0-{name}": value for name, value in row.items()})

    assert as_bengkel.post(url(order), typed | {"langkah": "kirim"}).status_code == 302

    line = fresh(order).estimate.lines.get(kind="bahan_balai")
    assert (line.description, line.unit, line.price, line.amount) == ("Baja CONTOH", "kg", 22_000, 528_000)
    assert (line.tariff, line.price_source) == (steel, "Daftar tarif B-01")


def test_a_material_is_no_service_and_a_service_no_material(as_bengkel, order, sheet):
    bubut = make_tariffs()[0]
    row = {"origin": f"tarif:{bubut.pk}", "quantity": "1"}
    typed = sheet(**{"bahan-TOTAL_FORMS": "1"}, **{f"bahan-0-{name}": value for name, value in row.items()})

    assert as_bengkel.post(url(order), typed | {"langkah": "kirim"}).status_code == 422


def test_versions_stand_side_by_side_with_the_words_between_them(as_bengkel, office):
    order = make_order("konfirmasi")
    order = act("revise", order)
    typed = typed_in(as_bengkel.get(url(order))) | {"hapus-jasa": "1"}

    page = as_bengkel.post(url(order), typed)

    assert [row.estimate.version for row in page.context["version_rows"]] == [1]
    assert page.context["version_rows"][0].words == "Minta lebih cepat."
    [gone] = page.context["changes"]
    assert (gone.label, gone.before, gone.after) == ("Las CONTOH, braket siku", "4,25 jam, 170.000", "")


def test_the_load_of_the_work_centres_that_the_steps_use_is_shown_with_what_this_job_adds(as_bengkel, order, sheet):
    assert "Belum ada langkah kerja." in as_bengkel.get(url(order)).content.decode()

    page = as_bengkel.post(
        url(order), sheet(**typed_steps(("Las", "rangka", "3"), ("Bubut", "poros", "2")))
    ).content.decode()

    assert "Beban bagian kerja yang dipakai" in page
    picture = page[page.index('class="chart lines"') :]
    assert picture.index(">Las</text>") < picture.index(">Bubut</text>")
    assert "3 jam pekerjaan ini" in picture
    assert "Frais" not in picture[: picture.index("</svg>")]
