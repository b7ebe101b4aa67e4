"""All matters of the settings by the word in their address, and the one that came last: what papers say at the foot."""

from typing import Any

from balai.kinds import KINDS
from balai.officeforms import EmblemForm, IdentityForm, NumbersForm, PapersForm, RulesForm, SectionForm
from balai.text import LineField

MAX_FOOTER = 160  # two lines at the foot of a page


class FootersForm(SectionForm):
    """A sentence at the foot of every page, one for each kind of paper."""

    title, button = "Kaki surat", "Simpan kaki surat"
    note = "Satu kalimat di kaki setiap halaman, misalnya jam layanan. Kosongkan bila tidak perlu."

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.add_fields(
            {kind: LineField(label=info.title, max_length=MAX_FOOTER, required=False) for kind, info in KINDS.items()}
        )

    @property
    def stored(self) -> dict[str, Any]:
        return {kind: self.office.footers.get(kind, "") for kind in KINDS}

    @property
    def values(self) -> dict[str, Any]:
        return {"footers": {str(kind): said for kind in KINDS if (said := self.cleaned_data[kind])}}


SECTIONS: dict[str, type[SectionForm]] = {
    "kop": IdentityForm,
    "lambang": EmblemForm,
    "nomor": NumbersForm,
    "kertas": PapersForm,
    "kaki": FootersForm,
    "aturan": RulesForm,
}
