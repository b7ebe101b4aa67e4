"""The steps of the work: what was agreed becomes what the workshop is to do."""

from orders.models import JobStep, Order


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
