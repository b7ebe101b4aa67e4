"""The states an order can be in, and what may be done in each: the table of DESIGN.md section 2, copied by hand."""

from orders.stages import Stage

VARIANTS = {
    "produksi, tertunda": ("produksi", {"on_hold": True}),
    "produksi, perubahan ditawarkan": ("produksi", {"open_change": True}),
    "produksi, tertunda, perubahan ditawarkan": ("produksi", {"on_hold": True, "open_change": True}),
    "siap_diambil, sebagian diserahkan": ("siap_diambil", {"partly_handed": True}),
    "siap_diambil, pembatalan diminta": ("siap_diambil", {"reversal_asked": True}),
    "pembayaran, dikurangi": ("pembayaran", {"reduced": True}),
    "siap_diambil, dibebaskan": ("siap_diambil", {"exempt": True}),
    "siap_diambil, dibebaskan, sebagian diserahkan": ("siap_diambil", {"exempt": True, "partly_handed": True}),
}
STATES = {stage.value: (stage.value, {}) for stage in Stage} | VARIANTS

# A state in which the verb is allowed, and by whom.
ALLOWED_IN = {
    "note_contact": ("konfirmasi", "pelayanan"),
    "renew_link": ("konfirmasi", "pelayanan"),
    "revoke_link": ("konfirmasi", "pelayanan"),
    "edit": ("draf", "pelayanan"),
    "submit": ("draf", "pelayanan"),
    "discard": ("draf", "pelayanan"),
    "add_drawings": ("draf", "pelayanan"),
    "phone_link": ("draf", "pelayanan"),
    "revise_drawing": ("estimasi", "pelayanan"),
    "see_drawing": ("estimasi", "bengkel"),
    "accept": ("permohonan", "pelayanan"),
    "return_to_customer": ("permohonan", "pelayanan"),
    "save_estimate": ("estimasi", "bengkel"),
    "offer": ("estimasi", "bengkel"),
    "decline": ("estimasi", "bengkel"),
    "agree": ("konfirmasi", "pelayanan"),
    "revise": ("konfirmasi", "pelayanan"),
    "disagree": ("konfirmasi", "pelayanan"),
    "start": ("pesanan", "bengkel"),
    "hold": ("produksi", "bengkel"),
    "resume": ("produksi, tertunda", "bengkel"),
    "finish_step": ("produksi", "bengkel"),
    "note_left": ("produksi", "bengkel"),
    "add_photo": ("produksi", "bengkel"),
    "replan": ("pesanan", "bengkel"),
    "offer_change": ("produksi", "bengkel"),
    "agree_change": ("produksi, perubahan ditawarkan", "pelayanan"),
    "refuse_change": ("produksi, perubahan ditawarkan", "pelayanan"),
    "finish": ("produksi", "bengkel"),
    "cancel": ("pesanan", "pimpinan"),
    "settle": ("pembayaran", "keuangan"),
    "remind": ("pembayaran", "keuangan"),
    "waive": ("pembayaran", "pimpinan"),
    "exempt": ("pembayaran", "pimpinan"),
    "withdraw_waiver": ("pembayaran, dikurangi", "pimpinan"),
    "withdraw_exemption": ("siap_diambil, dibebaskan", "pimpinan"),
    "refund": ("siap_diambil", "pimpinan"),
    "ask_reversal": ("siap_diambil", "keuangan"),
    "unsettle": ("siap_diambil, pembatalan diminta", "pimpinan"),
    "decline_reversal": ("siap_diambil, pembatalan diminta", "pimpinan"),
    "hand_over_part": ("siap_diambil", "pelayanan"),
    "hand_over": ("siap_diambil", "pelayanan"),
}

# State of the order -> action -> (the one role that may, the stage it leads to). Whatever is not here is refused.
# A discarded draft leads nowhere.
TABLE = {
    "draf": {
        "edit": ("pelayanan", "draf"),
        "add_drawings": ("pelayanan", "draf"),
        "phone_link": ("pelayanan", "draf"),
        "submit": ("pelayanan", "permohonan"),
        "discard": ("pelayanan", None),
    },
    "permohonan": {
        "edit": ("pelayanan", "permohonan"),
        "add_drawings": ("pelayanan", "permohonan"),
        "phone_link": ("pelayanan", "permohonan"),
        "accept": ("pelayanan", "estimasi"),
        "return_to_customer": ("pelayanan", "dikembalikan"),
    },
    "estimasi": {
        "revise_drawing": ("pelayanan", "estimasi"),
        "see_drawing": ("bengkel", "estimasi"),
        "save_estimate": ("bengkel", "estimasi"),
        "offer": ("bengkel", "konfirmasi"),
        "decline": ("bengkel", "permohonan"),
    },
    "konfirmasi": {
        "revise_drawing": ("pelayanan", "konfirmasi"),
        "see_drawing": ("bengkel", "konfirmasi"),
        "agree": ("pelayanan", "pesanan"),
        "revise": ("pelayanan", "estimasi"),
        "disagree": ("pelayanan", "dikembalikan"),
    },
    "pesanan": {
        "revise_drawing": ("pelayanan", "pesanan"),
        "see_drawing": ("bengkel", "pesanan"),
        "start": ("bengkel", "produksi"),
        "replan": ("bengkel", "pesanan"),
        "cancel": ("pimpinan", "dibatalkan"),
    },
    "produksi": {
        "revise_drawing": ("pelayanan", "produksi"),
        "see_drawing": ("bengkel", "produksi"),
        "save_estimate": ("bengkel", "produksi"),
        "hold": ("bengkel", "produksi"),
        "finish_step": ("bengkel", "produksi"),
        "note_left": ("bengkel", "produksi"),
        "add_photo": ("bengkel", "produksi"),
        "replan": ("bengkel", "produksi"),
        "offer_change": ("bengkel", "produksi"),
        "finish": ("bengkel", "pembayaran"),
        "cancel": ("pimpinan", "dibatalkan"),
    },
    "produksi, tertunda": {
        "revise_drawing": ("pelayanan", "produksi"),
        "see_drawing": ("bengkel", "produksi"),
        "save_estimate": ("bengkel", "produksi"),
        "resume": ("bengkel", "produksi"),
        "add_photo": ("bengkel", "produksi"),
        "replan": ("bengkel", "produksi"),
        "offer_change": ("bengkel", "produksi"),
        "cancel": ("pimpinan", "dibatalkan"),
    },
    "produksi, perubahan ditawarkan": {
        "revise_drawing": ("pelayanan", "produksi"),
        "see_drawing": ("bengkel", "produksi"),
        "add_photo": ("bengkel", "produksi"),
        "agree_change": ("pelayanan", "produksi"),
        "refuse_change": ("pelayanan", "produksi"),
        "cancel": ("pimpinan", "dibatalkan"),
    },
    "produksi, tertunda, perubahan ditawarkan": {
        "revise_drawing": ("pelayanan", "produksi"),
        "see_drawing": ("bengkel", "produksi"),
        "resume": ("bengkel", "produksi"),
        "add_photo": ("bengkel", "produksi"),
        "agree_change": ("pelayanan", "produksi"),
        "refuse_change": ("pelayanan", "produksi"),
        "cancel": ("pimpinan", "dibatalkan"),
    },
    "pembayaran": {
        "settle": ("keuangan", "siap_diambil"),
        "remind": ("keuangan", "pembayaran"),
        "waive": ("pimpinan", "pembayaran"),
        "exempt": ("pimpinan", "siap_diambil"),
    },
    "pembayaran, dikurangi": {
        "settle": ("keuangan", "siap_diambil"),
        "remind": ("keuangan", "pembayaran"),
        "waive": ("pimpinan", "pembayaran"),
        "exempt": ("pimpinan", "siap_diambil"),
        "withdraw_waiver": ("pimpinan", "pembayaran"),
    },
    "siap_diambil": {
        "ask_reversal": ("keuangan", "siap_diambil"),
        "refund": ("pimpinan", "siap_diambil"),
        "hand_over_part": ("pelayanan", "siap_diambil"),
        "hand_over": ("pelayanan", "selesai"),
    },
    "siap_diambil, dibebaskan": {
        "withdraw_exemption": ("pimpinan", "pembayaran"),
        "hand_over_part": ("pelayanan", "siap_diambil"),
        "hand_over": ("pelayanan", "selesai"),
    },
    "siap_diambil, dibebaskan, sebagian diserahkan": {
        "hand_over_part": ("pelayanan", "siap_diambil"),
        "hand_over": ("pelayanan", "selesai"),
    },
    "siap_diambil, sebagian diserahkan": {
        "refund": ("pimpinan", "siap_diambil"),
        "hand_over_part": ("pelayanan", "siap_diambil"),
        "hand_over": ("pelayanan", "selesai"),
    },
    "siap_diambil, pembatalan diminta": {
        "unsettle": ("pimpinan", "pembayaran"),
        "decline_reversal": ("pimpinan", "siap_diambil"),
    },
    "selesai": {
        "refund": ("pimpinan", "selesai"),
    },
    "dikembalikan": {},
    "dibatalkan": {},
}

# The front desk speaks with the customer while the order is open, and always looks after the tracking link.
for state, row in TABLE.items():
    stage = state.partition(",")[0]
    if stage not in ("draf", "selesai", "dikembalikan", "dibatalkan"):
        row["note_contact"] = ("pelayanan", stage)
    if stage != "draf":
        row |= {"renew_link": ("pelayanan", stage), "revoke_link": ("pelayanan", stage)}


def stage_of(state: str) -> str:
    """`siap_diambil, sebagian diserahkan` is a state of the stage `siap_diambil`."""
    return state.partition(",")[0]
