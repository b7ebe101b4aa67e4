"""SOP 4 and after: clerk and customer spoke. What was said is written down; the order does not move."""

from orders.actions.frame import Acting, ActionRefused, Intent, Outcome, perform
from orders.actions.wording import required
from orders.models import ContactEntry

# How customers answer and are spoken to; only they themselves use the link.
VIA = dict(ContactEntry.Way.choices)
SPOKEN = {way: label for way, label in VIA.items() if way != ContactEntry.Way.LINK}


def note_contact(order_id: int, intent: Intent, *, via: str, who: str, said: str) -> Outcome:
    """Write down whom the clerk spoke with, by which way, and what was said.

    Raises ActionRefused without a name or words, or for a way that clerks do not use.
    """
    who = required(who, "Tulis dengan siapa Anda berbicara.")
    said = required(said, "Tulis isi pembicaraan.")
    if via not in SPOKEN:
        raise ActionRefused("Pilih lewat apa pembicaraan itu.")

    def effect(acting: Acting) -> None:
        ContactEntry.objects.create(
            order=acting.order,
            estimate=acting.order.open_offer,
            way=via,
            spoke_with=who,
            said=said,
            at=acting.at,
            noted_by=acting.by,
        )
        acting.facts |= {"via": via, "who": who}

    return perform("note_contact", order_id, intent, {"via": via, "who": who, "said": said}, effect, note=said)
