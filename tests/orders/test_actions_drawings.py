"""Drawings are stored whole or not at all, spoil no open page, and a phone's link opens little and not for long."""

import io
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from PIL import Image

from balai import audit, clock
from balai.storage import private_storage
from balai.uploads import Checked, check_upload
from orders import actions, previews
from orders.actions import ActionRefused, StaleOrder
from orders.models import Order, UploadLink
from orders.phonelinks import LIFETIME, MAX_FILES, MAX_TRIES, find_open, hash_of, token_of
from tests.factories import act, audit_of, clerk, fresh, intent, make_drawing, make_order, make_user, request_data
from tests.hostile_files import drawing_pdf, dxf, dxf_that_holds_itself

pytestmark = pytest.mark.django_db


@pytest.fixture
def rina(office):
    return clerk("pelayanan")


def stored_files() -> set:
    return {file for file in private_storage().base_location.rglob("*") if file.is_file()}


def large_picture() -> Checked:
    """Some 3 MB that cannot be packed."""
    image = Image.frombytes("RGB", (1000, 1000), os.urandom(3_000_000))
    file = io.BytesIO()
    image.save(file, "PNG")
    return check_upload(file, "besar.png")


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """The operating system refuses to write beyond it, as it does on a full disk."""
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, former[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)


def test_a_full_disk_is_told_and_leaves_nothing_half_written(rina):
    order, large = make_order(), large_picture()
    before, last = stored_files(), audit_of(order)[-1]

    with files_no_larger_than(2_000_000), pytest.raises(ActionRefused, match="Penyimpanan komputer balai penuh"):
        actions.add_drawings(order.pk, intent(rina, order), (make_drawing("MUAT"), large))

    assert stored_files() == before
    assert (order.drawings.count(), audit_of(order)[-1]) == (1, last)


@pytest.mark.django_db(transaction=True)
def test_what_fails_after_the_files_were_written_takes_them_back(rina, monkeypatch):
    order = make_order()
    before = stored_files()

    def fail(*args, **kwargs):
        raise RuntimeError("contoh")

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError, match="contoh"):
        actions.add_drawings(order.pk, intent(rina, order), (make_drawing("SATU"), make_drawing("DUA")))

    assert stored_files() == before
    assert order.drawings.count() == 1


def test_a_page_stays_good_while_drawings_are_added(rina):
    page = make_order()
    act("phone_link", act("add_drawings", page))

    actions.edit(page.pk, intent(rina, page), request_data(note="Diketik sejak tadi."))

    assert fresh(page).note == "Diketik sejak tadi."
    assert [entry.after["version"] for entry in audit_of(page)] == [1, 2, 3, 4]


def test_a_page_is_old_when_somebody_else_typed(rina):
    page = make_order()
    act("add_drawings", act("edit", page))

    with pytest.raises(StaleOrder):
        actions.edit(page.pk, intent(rina, page), request_data())


def test_the_workshop_has_seen_what_it_opened_and_all_when_it_estimates():
    order = act("revise_drawing", make_order("estimasi", drawings=2))
    first, second = order.drawings.filter(replaced_by=None).order_by("-version")

    actions.see_drawing(order.pk, intent(clerk("bengkel"), order), first.pk)
    assert [order.drawings.get(pk=d.pk).seen_at is not None for d in (first, second)] == [True, False]

    act("save_estimate", fresh(order))
    assert not order.drawings.filter(seen_at=None).exists()


def opened_link(order: Order) -> UploadLink:
    act("phone_link", order)
    return order.upload_links.get(closed_at=None)


def test_a_token_stands_nowhere_and_finds_its_link(rina):
    link = opened_link(make_order())
    token = token_of(link)

    assert len(token) == 32
    assert find_open(token) == link
    assert find_open(hash_of(token)) is None
    assert token not in str(UploadLink.objects.values_list()) + str([entry.after for entry in audit_of(link.order)])


def test_a_link_ends_with_its_time_its_closing_and_the_next_one(rina):
    order = make_order()
    first = opened_link(order)
    second = opened_link(fresh(order))
    assert (find_open(token_of(first)), find_open(token_of(second))) == (None, second)

    with clock.at(second.made_at + LIFETIME):
        assert find_open(token_of(second)) is None
        with pytest.raises(ActionRefused, match="tidak berlaku"):
            actions.add_by_link(second, intent(rina).key, (make_drawing(),))

    actions.close_phone_link(order.pk, intent(rina, fresh(order)))
    assert find_open(token_of(second)) is None
    with pytest.raises(ActionRefused, match="tidak berlaku"):
        actions.add_by_link(second, intent(rina).key, (make_drawing(),))
    assert order.drawings.count() == 1


def test_what_comes_by_a_link_is_said_to_have_come_by_it(rina):
    order = make_order()
    link = opened_link(order)
    actions.edit(order.pk, intent(rina, fresh(order)), request_data())  # the clerk goes on typing

    actions.add_by_link(link, intent(rina).key, (make_drawing("DARI HP"),))

    entry = audit_of(order)[-1]
    assert (entry.verb, entry.actor, entry.after["link"]) == ("add_drawings", link.made_by, str(link.pk))
    assert order.drawings.get(original_name="dari-hp.png").link == link


def test_a_link_takes_so_many_files_and_tries(rina, monkeypatch):
    order = make_order()
    link = opened_link(order)
    monkeypatch.setattr("orders.actions.drawings.MAX_FILES", 2)
    actions.add_by_link(link, intent(rina).key, (make_drawing("SATU"), make_drawing("DUA")))
    with pytest.raises(ActionRefused, match="paling banyak"):
        actions.add_by_link(link, intent(rina).key, (make_drawing("TIGA"),))

    assert [actions.count_try(link) for _ in range(MAX_TRIES + 1)] == [True] * MAX_TRIES + [False]
    assert MAX_FILES < MAX_TRIES


def test_a_clerk_who_left_lends_nobody_a_right(office):
    order, former = make_order(), make_user("pelayanan")
    actions.open_phone_link(order.pk, intent(former, order))
    link = order.upload_links.get()
    former.groups.clear()

    with pytest.raises(ActionRefused, match="hanya untuk bagian"):
        actions.add_by_link(link, intent(former).key, (make_drawing(),))


def test_pages_are_drawn_once_and_go_with_their_drawing(rina, django_capture_on_commit_callbacks, monkeypatch):
    order = make_order(drawings=1)
    paper = check_upload(io.BytesIO(drawing_pdf(pages=2)), "dua.pdf")
    actions.add_drawings(order.pk, intent(rina, order), (paper,))
    drawing = order.drawings.get(kind="pdf")

    page = previews.page(drawing, 2)

    assert max(Image.open(io.BytesIO(page)).size) == previews.PIXELS
    monkeypatch.setattr(previews.reading, "read", None)
    assert previews.page(drawing, 2) == page
    with django_capture_on_commit_callbacks(execute=True):
        act("discard", fresh(order))
    assert not previews._folder(drawing).exists()


def test_a_dxf_is_shown_or_there_are_words(rina):
    order = make_order(drawings=0)
    files = [check_upload(io.BytesIO(make()), "a.dxf") for make in (dxf, dxf_that_holds_itself)]
    actions.add_drawings(order.pk, intent(rina, order), tuple(files))

    pages = [bool(previews.page(drawing, 1)) for drawing in order.drawings.order_by("size")]

    assert sorted(pages) == [False, True]
    assert timedelta(minutes=15) == LIFETIME
