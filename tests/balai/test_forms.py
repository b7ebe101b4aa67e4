"""The base of all forms: what it says, what it marks, where its summary leads."""

import uuid

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.validators import MinLengthValidator, RegexValidator
from django.template.loader import render_to_string

from balai.forms import BalaiForm, Fault, KeyedForm, RowForm, SignInForm, label_with_note, summarise
from balai.money import QuantityField, RupiahField

STALE_PAGE = "Halaman ini terlalu lama terbuka. Muat ulang halaman, lalu isi lagi."


class Sample(BalaiForm):
    nama = forms.CharField(label="Nama barang", max_length=10)
    nik = forms.CharField(
        label="NIK", validators=[MinLengthValidator(16, "NIK terdiri atas 16 angka.")], required=False
    )
    jenis = forms.ChoiceField(label="Jenis pelanggan", choices=[("", "Pilih jenis"), ("i", "IKM")])
    cara = forms.ChoiceField(
        label="Cara pembayaran",
        choices=[("t", "Tunai"), ("q", "QRIS")],
        widget=forms.RadioSelect,
        help_text="Tanyakan.",
    )
    hari = forms.IntegerField(label="Lama pengerjaan", min_value=1, help_text="Hari kerja.")
    tanggal = forms.DateField(label="Tanggal dibutuhkan", required=False)
    uang = RupiahField(label="Uang diterima")
    alamat = forms.CharField(label="Alamat", required=False, widget=forms.Textarea)
    gambar = forms.FileField(label="Gambar")
    setuju = forms.BooleanField(label="Pelanggan setuju")
    kabari = forms.BooleanField(label="Kabari lewat WhatsApp", required=False)


class Item(RowForm):
    row_name = "barang"
    nama = forms.CharField(label="Nama barang")
    jumlah = QuantityField(label="Banyaknya")
    bahan = forms.CharField(label="Bahan", required=False)


def refused(**data: str) -> Sample:
    form = Sample(data)
    assert not form.is_valid()
    return form


def messages(form: forms.BaseForm) -> dict[str, str]:
    return {field: " ".join(errors) for field, errors in form.errors.items()}


def test_what_is_missing_is_asked_for_by_name():
    assert messages(refused()) == {
        "nama": "Isi nama barang.",
        "jenis": "Pilih jenis pelanggan.",
        "cara": "Pilih cara pembayaran.",
        "hari": "Isi lama pengerjaan.",
        "uang": "Isi uang diterima.",
        "gambar": "Pilih berkas gambar.",
        "setuju": "Tanyakan dulu, lalu centang.",
    }


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("nama", "Poros pencacah", "Terlalu panjang: paling banyak 10 huruf, sekarang 14."),
        ("nama", "a\0b", "Ada tanda yang tidak dapat disimpan. Tulis ulang tanpa menyalin."),
        ("jenis", "x", "Pilihan ini tidak ada. Pilih lagi dari daftar."),
        ("hari", "dua", "Tulis angka bulat tanpa titik, misalnya 12."),
        ("hari", "1.000", "Tulis angka bulat tanpa titik, misalnya 12."),
        ("hari", "0", "Tulis angka 1 atau lebih."),
        ("tanggal", "2026-02-30", "Tulis tanggal yang ada, misalnya 30-11-2026."),
    ],
)
def test_what_is_wrong_is_said_plainly(field, typed, message):
    assert messages(refused(**{field: typed}))[field] == message


def test_words_given_on_the_field_or_its_validator_or_its_class_stand():
    class Own(BalaiForm):
        nama = forms.CharField(error_messages={"required": "Siapa namanya?"})
        nip = forms.CharField(validators=[RegexValidator(r"^\d{18}$", "NIP terdiri atas 18 angka.")])

    form = Own({"nip": "1"})
    assert messages(form) == {"nama": "Siapa namanya?", "nip": "NIP terdiri atas 18 angka."}
    form = refused(nik="3374", uang="1,500")
    assert form.errors["nik"] == ["NIK terdiri atas 16 angka."]
    assert form.errors["uang"] == ["Pisahkan setiap tiga angka dengan titik, misalnya 1.500.000, atau tulis 1500000."]


def test_messages_of_one_form_do_not_leak_into_the_class():
    refused()
    assert Sample.base_fields["nama"].error_messages["required"] != "Isi nama barang."


def test_optional_fields_say_so_and_ticks_need_not():
    form = Sample()
    note = ' <span class="optional">(boleh kosong)</span>'
    assert form["alamat"].label == f"Alamat{note}"
    assert form["alamat"].plain_label == "Alamat"
    assert [name for name in form.fields if note in str(form[name].label)] == ["nik", "tanggal", "alamat"]


def test_a_label_with_its_own_note_keeps_it_and_is_escaped():
    class Own(BalaiForm):
        catatan = forms.CharField(label=label_with_note("Catatan", "wajib bila <ragu>"), required=False)

    bound = Own()["catatan"]
    assert bound.label == 'Catatan <span class="optional">(wajib bila &lt;ragu&gt;)</span>'
    assert bound.plain_label == "Catatan"


def test_the_page_shows_no_star_no_required_and_no_form_tag():
    html = render_crispy_form(Sample())
    assert " required" not in html.replace("requiredField", "")
    assert "<form" not in html
    assert "csrfmiddlewaretoken" not in html


def test_numbers_are_typed_as_text_and_dates_are_picked():
    html = render_crispy_form(Sample(initial={"tanggal": "2026-11-23"}))
    assert 'type="number"' not in html
    assert 'class="num textinput form-control"' in html
    assert 'inputmode="numeric"' in html
    assert '<input type="date" name="tanggal" value="2026-11-23"' in html


def test_djangos_decimal_field_is_refused_for_it_reads_a_thousand_as_one():
    class Wrong(BalaiForm):
        berat = forms.DecimalField()

    with pytest.raises(TypeError, match="QuantityField"):
        Wrong()


def test_a_wrong_field_is_marked_and_describes_its_fault_and_its_hint():
    html = render_crispy_form(refused(hari="0"))
    assert '<div id="div_id_hari" class="mb-3 field-error">' in html
    assert 'aria-invalid="true" aria-describedby="id_hari_helptext id_hari_error" id="id_hari"' in html
    assert 'id="id_hari_error" class="invalid-feedback"' in html
    assert '<fieldset aria-describedby="id_cara_helptext id_cara_error">' in html


def test_the_summary_leads_to_each_field_and_to_the_first_of_a_group():
    form = refused(nama="Poros pencacah")
    form.add_error(None, "Nomor HP ini sudah dipakai.")
    summary = form.error_summary
    assert summary[0] == Fault("", "", "Nomor HP ini sudah dipakai.")
    assert Fault("id_nama", "Nama barang", "terlalu panjang: paling banyak 10 huruf, sekarang 14.") in summary
    assert Fault("id_cara_0", "", "Pilih cara pembayaran.") in summary
    html = render_crispy_form(form)
    assert all(f'id="{fault.id}"' in html for fault in summary if fault.id)


def test_faults_of_the_whole_form_stand_in_the_summary_only():
    form = refused()
    form.add_error(None, "Nomor HP ini sudah dipakai.")
    assert "sudah dipakai" not in render_crispy_form(form)
    assert "sudah dipakai" in render_to_string("components/error_summary.html", {"errors": form.error_summary})


def test_the_summary_escapes_what_was_typed():
    html = render_to_string("components/error_summary.html", {"errors": [Fault("id_a", "Nama", "<script>")]})
    assert "&lt;script&gt;" in html
    assert "<script>" not in html


def test_a_refused_form_leaves_the_focus_to_its_summary():
    assert "autofocus" in render_crispy_form(SignInForm(None))
    form = SignInForm(None, {"username": "", "password": ""})
    assert "autofocus" not in render_crispy_form(form)
    assert [fault.message for fault in form.error_summary] == ["Isi nama pengguna.", "Isi kata sandi."]


def test_rows_are_numbered_in_the_summary_of_the_page():
    rows = forms.formset_factory(Item, extra=0, min_num=2)(
        {
            "barang-TOTAL_FORMS": "2",
            "barang-INITIAL_FORMS": "0",
            "barang-0-nama": "Poros",
            "barang-0-jumlah": "dua",
            "barang-1-jumlah": "2",
        },
        prefix="barang",
    )
    assert not rows.is_valid()
    summary = summarise(refused(), rows)
    assert summary[-2:] == [
        Fault("id_barang-0-jumlah", "Banyaknya barang 1", "tulis jumlah dengan angka, misalnya 4 atau 2,5."),
        Fault("id_barang-1-nama", "Barang 2", "isi nama barang."),
    ]


def test_a_row_has_no_notes_in_its_labels_and_its_faults_stand_above_it():
    row = Item({"nama": "", "jumlah": "2"}, prefix="barang-0")
    assert not row.is_valid()
    assert row["bahan"].label == "Bahan"
    assert "Isi nama barang." not in render_crispy_form(row)
    above = render_to_string("components/row_errors.html", {"form": row})
    assert '<div class="invalid-feedback" id="id_barang-0-nama_error">Isi nama barang.</div>' in above


def test_each_page_gets_a_key_of_its_own_and_keeps_it_while_shown():
    one, other = KeyedForm(version=7), KeyedForm(version=7)
    assert uuid.UUID(one["kunci"].value())
    assert one["kunci"].value() == one["kunci"].value() != other["kunci"].value()
    assert one["versi"].value() == 7


def test_the_key_and_the_version_come_back_as_they_were_sent():
    key = uuid.uuid4()
    form = KeyedForm({"kunci": str(key), "versi": "7"}, version=9)
    assert form.is_valid()
    assert form.cleaned_data == {"kunci": key, "versi": 7}
    assert f'value="{key}"' in render_crispy_form(form)
    assert KeyedForm({"kunci": str(key)}).is_valid()


@pytest.mark.parametrize("data", [{}, {"kunci": "x"}, {"kunci": str(uuid.uuid4()), "versi": "x"}])
def test_a_broken_key_or_version_is_a_fault_of_the_page(data):
    form = KeyedForm(data)
    assert not form.is_valid()
    assert form.error_summary == [Fault("", "", STALE_PAGE)]
