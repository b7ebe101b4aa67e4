"""One module per SOP step, one function per verb. Views call these and nothing else that writes."""

from orders.actions.confirmation import agree, agree_change, disagree, refuse_change, revise
from orders.actions.contacts import note_contact
from orders.actions.drawings import (
    add_by_link,
    add_drawings,
    close_phone_link,
    count_try,
    open_phone_link,
    remove_drawing,
    revise_drawing,
    see_drawing,
)
from orders.actions.estimate import decline, offer, offer_change, save_estimate
from orders.actions.frame import ActionRefused, Intent, Outcome, StaleOrder
from orders.actions.handover import hand_over
from orders.actions.intake import discard, edit, open_draft, submit
from orders.actions.production import cancel, finish, hold, resume, start
from orders.actions.progress import add_photo, finish_step, note_left, replan
from orders.actions.review import accept, return_to_customer
from orders.actions.settlement import settle, unsettle
from orders.actions.tracking import leave_message, renew_link, revoke_link

__all__ = [
    "ActionRefused",
    "Intent",
    "Outcome",
    "StaleOrder",
    "accept",
    "add_by_link",
    "add_drawings",
    "add_photo",
    "agree",
    "agree_change",
    "cancel",
    "close_phone_link",
    "count_try",
    "decline",
    "disagree",
    "discard",
    "edit",
    "finish",
    "finish_step",
    "hand_over",
    "hold",
    "leave_message",
    "note_contact",
    "note_left",
    "offer",
    "offer_change",
    "open_draft",
    "open_phone_link",
    "refuse_change",
    "remove_drawing",
    "renew_link",
    "replan",
    "resume",
    "return_to_customer",
    "revise",
    "revise_drawing",
    "revoke_link",
    "save_estimate",
    "see_drawing",
    "settle",
    "start",
    "submit",
    "unsettle",
]
