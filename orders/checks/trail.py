"""The audit trail leads from the empty draft to the order as it stands, by legal steps alone."""

from collections.abc import Iterator

from balai.checks import fault
from balai.models import AuditEntry
from orders.checks.orderfile import OrderFile, Row
from orders.permissions import ACTIONS, roles_for, sources_of, target_of
from orders.stages import FINAL, ORDERED, Stage

# The moments an order must have in a stage, and must not have in the others.
ALL = frozenset(Stage)
MILESTONES = {
    "submitted_at": ALL - {Stage.DRAF},
    "agreed_at": ORDERED | {Stage.DIBATALKAN},
    "finished_at": ORDERED - {Stage.PESANAN, Stage.PRODUKSI},
    "settled_at": frozenset({Stage.SIAP_DIAMBIL, Stage.SELESAI}),
    "closed_at": FINAL,
}


def steps(file: OrderFile) -> Iterator[str]:
    """Versions without a gap, each step from where the last one ended, the last one ending at the order's stage."""
    order, version, stage = file.order, 0, Stage.DRAF
    for entry in file.trail:
        if entry.before.get("version") != version:
            yield fault(AuditEntry, file, f"catatan versi {version + 1} hilang atau tidak urut")
        elif entry.before.get("stage") != stage:
            yield fault(AuditEntry, file, f"versi {version + 1} mulai dari tahap lain daripada {stage}")
        yield from _legal(file, entry)
        version, stage = entry.after.get("version"), entry.after.get("stage")
    if version != order.version:
        yield file.fault(f"versi {order.version}, catatan terakhir versi {version}")
    if stage != order.stage:
        yield file.fault(f"tahap {order.stage}, catatan terakhir di tahap {stage}")


def milestones(file: OrderFile) -> Iterator[str]:
    """The order has the moments of what it has been through, and no others."""
    for name, stages in MILESTONES.items():
        if (getattr(file.order, name) is not None) != (file.order.stage in stages):
            yield file.fault(f"{name} tidak sesuai dengan tahap {file.order.stage}")


def _legal(file: OrderFile, entry: Row) -> Iterator[str]:
    verb, before, after = entry.verb, entry.before, entry.after
    if verb not in ACTIONS:
        yield fault(AuditEntry, file, f"tindakan {verb} tidak dikenal")
        return
    stage = before.get("stage")
    if stage not in sources_of(verb) or after.get("stage") != (target_of(verb) or stage):
        yield fault(AuditEntry, file, f"{verb} dari tahap {stage} ke {after.get('stage')} tidak sah")
    if entry.role not in roles_for(verb):
        yield fault(AuditEntry, file, f"{verb} oleh bagian {entry.role or 'tanpa nama'} tidak sah")
