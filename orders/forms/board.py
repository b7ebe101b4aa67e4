"""A tap on the production board: one button says all of it, so the page needs one form and no key of its own."""

import uuid

from django import forms

from balai.forms import STALE_PAGE, KeyedForm
from balai.models import User

DONE = {"start": "Pekerjaan dimulai.", "resume": "Pekerjaan dilanjutkan."}
_SPACE = uuid.UUID("6b1f0a3e-6d5b-4c0e-9a53-5f7a1f6f0d11")


def tap(verb: str, order: int, version: int) -> str:
    """What the button sends: `start-12-5`."""
    return f"{verb}-{order}-{version}"


class TapForm(KeyedForm):
    """`ketuk` names the verb, the order and the version that the board showed.

    The one-use key follows from it and from who tapped: an order has each version once, so the same tap is the same
    wish, whoever sends it again and however often. A board drawn anew thus stays the same where nothing changed.
    """

    ketuk = forms.RegexField(
        rf"^({'|'.join(DONE)})-[1-9][0-9]{{0,17}}-[0-9]{{1,9}}$", error_messages={"invalid": STALE_PAGE}
    )

    def __init__(self, data: dict, *, user: User) -> None:
        said = data.get("ketuk", "")
        key = uuid.uuid5(_SPACE, f"{user.pk} {said}")
        version = said.rpartition("-")[2]
        super().__init__({"ketuk": said, "kunci": str(key), "versi": version})

    @property
    def verb(self) -> str:
        """The name of the action in `orders.actions`."""
        return self.cleaned_data["ketuk"].split("-")[0]

    @property
    def order(self) -> int:
        return int(self.cleaned_data["ketuk"].split("-")[1])

    @property
    def done(self) -> str:
        """What to say when it has happened."""
        return DONE[self.verb]
