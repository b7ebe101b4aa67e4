"""The states an order can be in: each stage, and what a stage can hold besides."""

from orders.stages import Stage

VARIANTS = {
    "produksi, tertunda": ("produksi", {"on_hold": True}),
    "produksi, perubahan ditawarkan": ("produksi", {"open_change": True}),
    "siap_diambil, sebagian diserahkan": ("siap_diambil", {"partly_handed": True}),
}
STATES = {stage.value: (stage.value, {}) for stage in Stage} | VARIANTS

# A state in which the verb is allowed, and by whom.
ALLOWED_IN = {
    "edit": ("draf", "pelayanan"),
    "submit": ("draf", "pelayanan"),
    "discard": ("draf", "pelayanan"),
    "revise_drawing": ("estimasi", "pelayanan"),
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
    "offer_change": ("produksi", "bengkel"),
    "agree_change": ("produksi, perubahan ditawarkan", "pelayanan"),
    "refuse_change": ("produksi, perubahan ditawarkan", "pelayanan"),
    "finish": ("produksi", "bengkel"),
    "cancel": ("pesanan", "pimpinan"),
    "settle": ("pembayaran", "keuangan"),
    "unsettle": ("siap_diambil", "pimpinan"),
    "hand_over_part": ("siap_diambil", "pelayanan"),
    "hand_over": ("siap_diambil", "pelayanan"),
}
