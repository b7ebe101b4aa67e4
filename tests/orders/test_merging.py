"""Two entries of one customer become one: by a person, with a reason, and both histories stay."""

import uuid

import pytest

from balai.models import AuditEntry
from orders import actions
from orders.actions import ActionRefused
from orders.actions.customers import change_customer, customer_version
from orders.actions.intake import CustomerData
from orders.actions.merging import merge_customers
from orders.customer_search import find_customers
from orders.duplicates import likely_duplicates
from orders.models import Customer
from tests.factories import clerk, fresh, intent, make_customer, make_order, make_user, request_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(office) -> tuple[Customer, Customer]:
    """The entry that goes, and the one that is kept."""
    return (
        make_customer(name="Sitti Tjontoh", phone="6285700001111", address="Desa Pilang"),
        make_customer(name="Siti Contoh", phone="6281200001122", address="Desa Pilang"),
    )


def merge(pair, by=None, reason="Orang yang sama.", **changes):
    gone, kept = pair
    sent = intent(by or clerk("pelayanan"), **changes)
    sent = type(sent)(sent.by, sent.key, customer_version(gone))
    return merge_customers(gone.pk, sent, kept_id=kept.pk, reason=reason)


def test_orders_go_over_and_everything_else_stays(pair):
    gone, kept = pair
    order = make_order("konfirmasi", customer=gone.pk)
    papers = [paper.document.payload for paper in order.papers.all()]

    merge(pair)

    gone.refresh_from_db()
    assert gone.merged_into == kept
    assert (gone.name, gone.phone) == ("Sitti Tjontoh", "6285700001111")
    assert fresh(order).customer == kept
    assert [paper.document.payload for paper in order.papers.all()] == papers
    told = AuditEntry.objects.filter(verb="customer.merge").order_by("id")
    assert [(entry.subject_id, entry.after, entry.note) for entry in told] == [
        (str(gone.pk), {"into": kept.pk, "orders": [order.pk]}, "Orang yang sama."),
        (str(kept.pk), {"from": gone.pk, "orders": [order.pk]}, "Orang yang sama."),
    ]


def test_the_kept_one_is_found_by_the_old_name_and_number(pair):
    merge(pair)

    assert find_customers("Sitti Tj") == [pair[1]]
    assert find_customers("0857 0000 1111") == [pair[1]]
    assert likely_duplicates("Siti Contoh", "", "", "Desa Pilang") == [pair[1]]


def test_a_page_that_still_knows_the_old_entry_orders_for_the_kept_one(pair):
    merge(pair)

    outcome = actions.open_draft(intent(clerk("pelayanan")), request_data(customer=pair[0].pk))

    assert pair[1].orders.get().pk == outcome.order_id


def test_who_was_merged_once_leads_to_the_last(pair):
    third = make_customer()
    merge(pair)

    merge((pair[1], third))

    assert set(third.merged.all()) == set(pair)
    assert find_customers("Sitti Tj") == [third]


@pytest.mark.parametrize("role", ["bengkel", "keuangan", "pimpinan"])
def test_only_pelayanan_merges(pair, role):
    with pytest.raises(ActionRefused, match="hanya untuk bagian pelayanan"):
        merge(pair, by=clerk(role))


def test_a_merge_needs_a_reason(pair):
    with pytest.raises(ActionRefused, match="Tulis alasan"):
        merge(pair, reason=" ")


@pytest.mark.parametrize("which", ["again", "back", "itself"])
def test_what_was_merged_is_not_merged_again(pair, which):
    if which != "itself":
        merge(pair)
    pairs = {"again": pair, "back": pair[::-1], "itself": (pair[0], pair[0])}

    with pytest.raises(ActionRefused, match="sudah digabung"):
        merge(pairs[which])


def test_a_merged_entry_is_not_changed_any_more(pair):
    merge(pair)
    sent = intent(clerk("pelayanan"))
    facts = CustomerData("Lain", "ikm", "6281200001122", "Desa Lain")

    with pytest.raises(ActionRefused, match="sudah digabung"):
        change_customer(pair[0].pk, type(sent)(sent.by, sent.key, customer_version(pair[0])), facts)


def test_sent_twice_it_is_one_merge(pair):
    key = uuid.uuid4()

    assert merge(pair, key=key) == merge(pair, key=key)
    assert AuditEntry.objects.filter(verb="customer.merge").count() == 2


def test_the_page_offers_who_is_alike_and_who_is_searched_for(as_pelayanan, pair):
    gone, kept = pair
    other = make_customer(name="Wagiman", address="Desa Lain")
    url = f"/pelanggan/{gone.pk}/gabung/"

    assert as_pelayanan.get(url).context["form"].candidates == [kept]
    assert as_pelayanan.get(f"{url}?q=wagiman").context["form"].candidates == [other]
    form = as_pelayanan.get(url).context["form"]
    sent = {name: str(form[name].value()) for name in ("kunci", "versi")}
    refused = as_pelayanan.post(url, sent | {"kept": str(other.pk), "reason": "Sama."})
    assert refused.status_code == 422
    answer = as_pelayanan.post(url, sent | {"kept": str(kept.pk), "reason": "Sama."})
    assert answer.url == f"/pelanggan/{kept.pk}/"


def test_both_pages_tell_of_each_other(as_pelayanan, pair):
    gone, kept = pair
    merge(pair)

    assert f'href="/pelanggan/{kept.pk}/"' in as_pelayanan.get(f"/pelanggan/{gone.pk}/").content.decode()
    assert "Juga tercatat sebagai" in as_pelayanan.get(f"/pelanggan/{kept.pk}/").content.decode()
    assert as_pelayanan.get(f"/pelanggan/{gone.pk}/gabung/").status_code == 302
    assert list(as_pelayanan.get("/pelanggan/").context["page"]) == [kept]


def test_a_merge_from_an_old_page_is_told_who_was_faster(as_pelayanan, pair):
    gone, kept = pair
    url = f"/pelanggan/{gone.pk}/gabung/"
    form = as_pelayanan.get(url).context["form"]
    sent = intent(make_user("pelayanan", full_name="Budi Contohnya"))
    change_customer(gone.pk, sent, CustomerData("Siti Contoh", "ikm", gone.phone, gone.address))

    answer = as_pelayanan.post(
        url, {"kunci": str(form["kunci"].value()), "versi": "0", "kept": str(kept.pk), "reason": "Sama."}
    )

    assert answer.status_code == 409
    assert "Budi Contohnya sudah mengubah" in answer.content.decode()
