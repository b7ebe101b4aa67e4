"""The steps of the work: what was agreed becomes what the workshop is to do, and the surat perintah kerja says so."""

from balai.kinds import Kind
from balai.models import Document
from orders import papers
from orders.actions.frame import Acting
from orders.models import JobStep, Order
from orders.queries import current_work_order


def plan_steps(order: Order) -> None:
    """The steps of the estimate in force are to be done now; those done already stay, all others go."""
    order.steps.filter(done_at=None).delete()
    done = order.steps.count()
    order.steps.bulk_create(
        JobStep(
            order=order,
            position=done + step.position,
            work_centre_id=step.work_centre_id,
            description=step.description,
            minutes=step.minutes,
        )
        for step in order.estimate.steps.all()
    )


def issue_work_order(acting: Acting, letter: Document) -> Document:
    """The surat perintah kerja for the surat pesanan `letter`; it replaces the one in force, if there is any."""
    order = acting.order
    ordinal = order.papers.filter(document__kind=Kind.WORK_ORDER).count()
    former = current_work_order(order) if ordinal else None
    body = papers.work_order(order, order.estimate, letter, former, ordinal)
    return acting.issue(Kind.WORK_ORDER, body, replaces=former)
