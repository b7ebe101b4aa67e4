"""The order and its state machine: the whole table of DESIGN.md section 2, declared once.

A transition only says what is legal. `orders.actions` runs it: permission, lock, version, rows, papers, audit.
The library's `refresh_from_db` lifts the protection of `stage` for all threads; read a fresh row instead.
"""

from django.db import models
from django.db.models import Q
from django_fsm import ConcurrentTransitionMixin, FSMField, FSMModelMixin

from balai.models import User
from balai.roles import Role
from orders.models.customer import Customer
from orders.models.estimate import Estimate
from orders.models.moneysteps import MoneySteps
from orders.models.rules import (
    action,
    has_customer,
    has_drawing_or_reason,
    has_items,
    has_link,
    has_open_step,
    no_open_change,
    no_reversal_asked,
    not_on_hold,
    on_hold,
    open_change,
)
from orders.models.workcentre import Service
from orders.stages import CHOICES, EDITABLE, FINAL, Stage

P, B, K, L = Role.PELAYANAN, Role.BENGKEL, Role.KEUANGAN, Role.PIMPINAN
NUMBERED = tuple(stage for stage in Stage if stage != Stage.DRAF)
OPEN = tuple(stage for stage in NUMBERED if stage not in FINAL)
ON_THE_WAY = (Stage.ESTIMASI, Stage.KONFIRMASI, Stage.PESANAN, Stage.PRODUKSI)


class Order(MoneySteps, ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    Service = Service

    stage = FSMField("tahap", default=Stage.DRAF.value, choices=CHOICES, protected=True, max_length=16)
    version = models.PositiveIntegerField(default=0)
    number = models.CharField("nomor", max_length=60, unique=True, null=True)
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="orders")
    title = models.CharField("pekerjaan", max_length=300, blank=True)
    service = models.CharField("jenis layanan", max_length=5, choices=Service, default=Service.METAL)
    needed_on = models.DateField("tanggal dibutuhkan", null=True, blank=True)
    note = models.CharField("catatan", max_length=1000, blank=True)
    no_drawing_reason = models.CharField("alasan tanpa gambar", max_length=300, blank=True)
    estimate = models.ForeignKey(Estimate, null=True, on_delete=models.PROTECT, related_name="+")
    change = models.ForeignKey(Estimate, null=True, on_delete=models.PROTECT, related_name="+")
    hold_reason = models.CharField("alasan tertunda", max_length=300, blank=True)
    # Why keuangan asks to take the payment back; empty unless pimpinan is to decide on it. Finance writes it.
    reversal_reason = models.CharField("alasan pembatalan pembayaran", max_length=500, blank=True)
    # What decisions take off the agreed total (rupiah), and these: id, number, date, kind and amount of each that is in
    # force, the oldest first. Finance writes both.
    reduction = models.BigIntegerField("pengurangan (rupiah)", default=0)
    decisions = models.JSONField("keputusan", default=list, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    stage_since = models.DateTimeField("di tahap ini sejak")
    submitted_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["stage", "stage_since"], name="order_by_duty"),
            models.Index(fields=["agreed_at"], name="order_by_agreement"),
            models.Index(fields=["finished_at"], name="order_by_completion"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=[s.value for s in Stage]), name="order_stage_is_legal"),
            models.CheckConstraint(
                condition=Q(stage="draf", number__isnull=True) | (~Q(stage="draf") & Q(number__isnull=False)),
                name="order_has_number_once_submitted",
            ),
            models.CheckConstraint(
                condition=Q(stage="draf") | Q(customer__isnull=False),
                name="order_has_customer_once_submitted",
            ),
            models.CheckConstraint(
                condition=Q(stage="produksi") | Q(hold_reason="", change__isnull=True),
                name="order_on_hold_only_in_production",
            ),
            models.CheckConstraint(
                condition=Q(reduction=0) | Q(reduction__gt=0, stage__in=("pembayaran", "siap_diambil", "selesai")),
                name="order_reduced_only_once_it_owes",
            ),
            models.CheckConstraint(
                condition=Q(stage="siap_diambil") | Q(reversal_reason=""), name="order_reversal_asked_only_when_paid"
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"draf {self.pk}"

    @property
    def open_offer(self) -> Estimate | None:
        """The estimate that waits for the customer's answer; None when none does."""
        return self.change or (self.estimate if self.stage == Stage.KONFIRMASI else None)

    @property
    def bill(self) -> int:
        """What is owed in rupiah: the agreed total less the decisions in force; 0 before there is an estimate."""
        return self.estimate.total - self.reduction if self.estimate else 0

    @property
    def is_exempt(self) -> bool:
        """Whether decisions have taken the whole bill away, so that nothing is ever paid."""
        return self.reduction > 0 and self.bill == 0

    # With the customer, at any step

    @action(OPEN, None, P, sop=4, label="Catat pembicaraan")
    def note_contact(self) -> None: ...

    @action(NUMBERED, None, P, sop=1, label="Buat tautan lacak baru")
    def renew_link(self) -> None: ...

    @action(NUMBERED, None, P, sop=1, label="Cabut tautan lacak", conditions=[has_link])
    def revoke_link(self) -> None: ...

    # SOP 1: permohonan

    @action(EDITABLE, None, P, sop=1, label="Ubah permohonan")
    def edit(self) -> None: ...

    @action(
        Stage.DRAF,
        Stage.PERMOHONAN,
        P,
        sop=1,
        label="Ajukan permohonan",
        conditions=[has_customer, has_items, has_drawing_or_reason],
    )
    def submit(self) -> None: ...

    @action(Stage.DRAF, None, P, sop=1, label="Hapus draf")
    def discard(self) -> None: ...

    @action(EDITABLE, None, P, sop=1, label="Tambah gambar")
    def add_drawings(self) -> None: ...

    @action(EDITABLE, None, P, sop=1, label="Tambah gambar dari HP")
    def phone_link(self) -> None: ...

    @action(ON_THE_WAY, None, P, sop=1, label="Ganti gambar dengan versi baru")
    def revise_drawing(self) -> None: ...

    @action(ON_THE_WAY, None, B, sop=3, label="Lihat gambar baru")
    def see_drawing(self) -> None: ...

    # SOP 2: identifikasi

    @action(Stage.PERMOHONAN, Stage.ESTIMASI, P, sop=2, label="Bisa dikerjakan")
    def accept(self) -> None: ...

    @action(Stage.PERMOHONAN, Stage.DIKEMBALIKAN, P, sop=2, label="Kembalikan ke pelanggan")
    def return_to_customer(self) -> None: ...

    # SOP 3: estimasi waktu dan biaya

    @action(
        (Stage.ESTIMASI, Stage.PRODUKSI),
        None,
        B,
        sop=3,
        label="Simpan draf estimasi",
        conditions=[no_open_change],
    )
    def save_estimate(self) -> None: ...

    @action(Stage.ESTIMASI, Stage.KONFIRMASI, B, sop=3, label="Kirim estimasi ke pelayanan")
    def offer(self) -> None: ...

    @action(Stage.ESTIMASI, Stage.PERMOHONAN, B, sop=3, label="Tidak sanggup, kembalikan ke pelayanan")
    def decline(self) -> None: ...

    # SOP 4: konfirmasi

    @action(Stage.KONFIRMASI, Stage.PESANAN, P, sop=4, label="Sepakat")
    def agree(self) -> None: ...

    @action(Stage.KONFIRMASI, Stage.ESTIMASI, P, sop=4, label="Minta revisi")
    def revise(self) -> None: ...

    @action(Stage.KONFIRMASI, Stage.DIKEMBALIKAN, P, sop=4, label="Tidak sepakat")
    def disagree(self) -> None: ...

    # SOP 5: produksi

    @action(Stage.PESANAN, Stage.PRODUKSI, B, sop=5, label="Mulai kerjakan")
    def start(self) -> None: ...

    @action(Stage.PRODUKSI, None, B, sop=5, label="Tunda", conditions=[not_on_hold, no_open_change])
    def hold(self) -> None: ...

    @action(Stage.PRODUKSI, None, B, sop=5, label="Lanjutkan", conditions=[on_hold])
    def resume(self) -> None: ...

    @action(
        Stage.PRODUKSI,
        None,
        B,
        sop=5,
        label="Selesai tahap",
        conditions=[not_on_hold, no_open_change, has_open_step],
    )
    def finish_step(self) -> None: ...

    @action(
        Stage.PRODUKSI,
        None,
        B,
        sop=5,
        label="Catat sisa jam",
        conditions=[not_on_hold, no_open_change, has_open_step],
    )
    def note_left(self) -> None: ...

    @action(Stage.PRODUKSI, None, B, sop=5, label="Tambah foto hasil")
    def add_photo(self) -> None: ...

    @action(
        (Stage.PESANAN, Stage.PRODUKSI),
        None,
        B,
        sop=5,
        label="Ubah rencana kerja",
        conditions=[no_open_change, has_open_step],
    )
    def replan(self) -> None: ...

    @action(Stage.PRODUKSI, None, B, sop=5, label="Tawarkan perubahan", conditions=[no_open_change])
    def offer_change(self) -> None: ...

    @action(Stage.PRODUKSI, None, P, sop=4, label="Sepakat dengan perubahan", conditions=[open_change])
    def agree_change(self) -> None: ...

    @action(Stage.PRODUKSI, None, P, sop=4, label="Tolak perubahan", conditions=[open_change])
    def refuse_change(self) -> None: ...

    @action(
        Stage.PRODUKSI,
        Stage.PEMBAYARAN,
        B,
        sop=5,
        label="Selesai dikerjakan",
        conditions=[not_on_hold, no_open_change],
    )
    def finish(self) -> None: ...

    @action((Stage.PESANAN, Stage.PRODUKSI), Stage.DIBATALKAN, L, sop=5, label="Batalkan pesanan")
    def cancel(self) -> None: ...

    # SOP 7: pengambilan; nothing leaves while its payment may be taken back

    @action(Stage.SIAP_DIAMBIL, None, P, sop=7, label="Serahkan sebagian", conditions=[no_reversal_asked])
    def hand_over_part(self) -> None: ...

    @action(Stage.SIAP_DIAMBIL, Stage.SELESAI, P, sop=7, label="Serahkan barang", conditions=[no_reversal_asked])
    def hand_over(self) -> None: ...
