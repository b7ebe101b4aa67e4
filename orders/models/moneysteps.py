"""SOP 6 of the order's state machine: pembayaran. Run by finance only, money in the same transaction."""

from balai.roles import Role
from orders.models.rules import (
    action,
    has_reduction,
    no_reversal_asked,
    nothing_handed_over,
    reversal_asked,
    was_exempted,
    was_paid,
)
from orders.stages import Stage

K, L = Role.KEUANGAN, Role.PIMPINAN


class MoneySteps:
    """What moves an order between owing and paid, and what is noted about its bill."""

    @action(Stage.PEMBAYARAN, Stage.SIAP_DIAMBIL, K, sop=6, label="Terima pembayaran")
    def settle(self) -> None: ...

    @action(Stage.PEMBAYARAN, None, K, sop=6, label="Terbitkan teguran")
    def remind(self) -> None: ...

    @action(
        Stage.SIAP_DIAMBIL,
        None,
        K,
        sop=6,
        label="Minta pembatalan pembayaran",
        conditions=[was_paid, nothing_handed_over, no_reversal_asked],
    )
    def ask_reversal(self) -> None: ...

    @action(
        Stage.SIAP_DIAMBIL,
        Stage.PEMBAYARAN,
        L,
        sop=6,
        label="Setujui pembatalan pembayaran",
        conditions=[reversal_asked],
    )
    def unsettle(self) -> None: ...

    @action(
        Stage.SIAP_DIAMBIL,
        None,
        L,
        sop=6,
        label="Tolak pembatalan pembayaran",
        conditions=[reversal_asked],
    )
    def decline_reversal(self) -> None: ...

    # SOP 6: decisions of those who may reduce, waive or refund a levy (DOMAIN.md a); entered by pimpinan

    @action(Stage.PEMBAYARAN, None, L, sop=6, label="Catat pengurangan atau pembebasan")
    def waive(self) -> None: ...

    @action(Stage.PEMBAYARAN, Stage.SIAP_DIAMBIL, L, sop=6, label="Bebaskan dari pembayaran")
    def exempt(self) -> None: ...

    @action(Stage.PEMBAYARAN, None, L, sop=6, label="Cabut keputusan", conditions=[has_reduction])
    def withdraw_waiver(self) -> None: ...

    @action(
        Stage.SIAP_DIAMBIL,
        Stage.PEMBAYARAN,
        L,
        sop=6,
        label="Cabut pembebasan",
        conditions=[was_exempted, nothing_handed_over],
    )
    def withdraw_exemption(self) -> None: ...

    @action(
        (Stage.SIAP_DIAMBIL, Stage.SELESAI),
        None,
        L,
        sop=6,
        label="Catat pengembalian uang",
        conditions=[was_paid, no_reversal_asked],
    )
    def refund(self) -> None: ...
