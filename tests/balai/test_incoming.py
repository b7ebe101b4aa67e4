"""What is sent to us: too large, cut off half-way, or with no room left; never a 500 and nothing half-written."""

import io
import resource
import uuid

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client, RequestFactory

from balai.incoming import CUT_OFF, IncomingFiles, WholeBody, whole_bodies
from balai.uploads import MAX_BYTES, UploadRefused, check_upload
from orders.forms.drawings import SendForm
from orders.phonelinks import token_of
from orders.views.flow import NO_ROOM, attempt
from tests.factories import PASSWORD, act, clerk, make_order
from tests.hostile_files import drawing_pdf
from tests.typed import make_image

MIB = 1024 * 1024


def sent_in_chunks(content: bytes):
    handler = IncomingFiles()
    handler.new_file("drawings", "denah.png", "image/png", len(content), None, None)
    for place in range(0, len(content), MIB):
        handler.receive_data_chunk(content[place : place + MIB], place)
    return handler.file_complete(len(content))


def test_a_file_arrives_as_it_was_sent():
    file = sent_in_chunks(bytes(range(256)) * 30_000)

    assert (file.size, file.read()) == (7_680_000, bytes(range(256)) * 30_000)


def test_of_a_huge_file_no_more_is_taken_than_shows_that_it_is_too_large():
    file = sent_in_chunks(bytes(30 * MIB))

    assert file.size == MAX_BYTES + 1
    with pytest.raises(UploadRefused, match="lebih dari 20 MB"):
        check_upload(file, file.name)


def test_no_room_for_a_file_is_told_by_the_file():
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (6 * MIB, former[1]))
    try:
        file = sent_in_chunks(bytes(9 * MIB))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)

    with pytest.raises(UploadRefused, match=r"denah\.png: penyimpanan komputer balai penuh"):
        check_upload(file, file.name)


def breaks_off(client: Client, missing: int) -> Client:
    """The same browser, whose bodies from now on end so many bytes before their announced end."""
    serve = client.handler

    def handler(environ: dict):
        body = environ["wsgi.input"].read()
        environ["wsgi.input"] = io.BytesIO(body[: len(body) - missing])
        environ["wsgi.input"] = WholeBody(environ)
        return serve(environ)

    client.handler = handler
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("missing", [1, 30, 900])
@pytest.mark.parametrize("with_token", [True, False])
def test_an_upload_cut_off_half_way_stores_nothing_and_says_so(pelayanan, missing, with_token):
    order = make_order()
    client = Client(enforce_csrf_checks=not with_token)
    client.force_login(pelayanan)
    client.get(f"/pesanan/{order.pk}/permohonan/")
    typed = {"kunci": str(uuid.uuid4()), "versi": str(order.version)}
    file = SimpleUploadedFile("a.pdf", drawing_pdf())

    answer = breaks_off(client, missing).post(
        f"/pesanan/{order.pk}/permohonan/", typed | {"drawings": file, "unggah": "1"}
    )

    assert answer.status_code == 400
    assert "Kiriman terputus di tengah jalan" in answer.content.decode()
    assert order.drawings.count() == 1


@pytest.mark.django_db
def test_the_same_body_in_one_piece_is_taken(as_pelayanan, office):
    order = make_order()
    typed = {
        "kunci": str(uuid.uuid4()),
        "versi": str(order.version),
        "drawings": SimpleUploadedFile("a.pdf", drawing_pdf()),
    }

    answer = breaks_off(as_pelayanan, 0).post(f"/pesanan/{order.pk}/permohonan/gambar/", typed)

    assert (answer.status_code, order.drawings.count()) == (200, 2)


@pytest.mark.django_db
def test_a_phone_that_loses_its_network_breaks_nothing(client, office):
    order = act("phone_link", make_order())
    url = f"/unggah/{token_of(order.upload_links.get())}/"

    answer = breaks_off(client, 99).post(
        url, {"kunci": str(uuid.uuid4()), "drawings": SimpleUploadedFile("a.png", make_image())}
    )

    assert (answer.status_code, order.drawings.count()) == (400, 1)


def test_a_body_in_one_piece_is_left_alone():
    seen = []
    app = whole_bodies(lambda environ, start: seen.append((environ["wsgi.input"].read(), CUT_OFF in environ)))

    app({"wsgi.input": io.BytesIO(b"a=1 and the next request"), "CONTENT_LENGTH": "3"}, None)

    assert seen == [(b"a=1", False)]


@pytest.mark.django_db
def test_a_full_database_is_told(office):
    request = RequestFactory().post("/")
    request.user = clerk("pelayanan")
    typed = {"kunci": "0c0a2a2e-5a5a-4a4a-9a9a-000000000001"}

    def full(intent):
        raise OperationalError("database or disk is full")

    def locked(intent):
        raise OperationalError("database is locked")

    form = SendForm(typed, files=[make_image()])
    assert attempt(request, form, full) is None
    assert (form.status, form.non_field_errors()) == (507, [NO_ROOM])
    with pytest.raises(OperationalError, match="locked"):
        attempt(request, SendForm(typed, files=[make_image()]), locked)


@pytest.mark.django_db
@pytest.mark.parametrize(("said", "status"), [("database or disk is full", 507), ("database is locked", 500)])
def test_a_full_disk_is_told_wherever_it_is_noticed(office, monkeypatch, said, status):
    def fail(self, must_create=False):
        raise OperationalError(said)

    clerk("pelayanan")
    monkeypatch.setattr(SessionStore, "save", fail)
    client = Client(raise_request_exception=False)

    answer = client.post("/masuk/", {"username": "pelayanan", "password": PASSWORD})

    assert answer.status_code == status
    assert ("Penyimpanan komputer balai penuh" in answer.content.decode()) == (status == 507)
