"""What the order page and the workshop's own small pages tell of the work: its steps, photos, check and materials."""

from django.urls import reverse

from balai.formats import waktu
from balai.models import User
from orders.models import JobStep, MaterialUse, Order, QualityCheck, ResultPhoto
from orders.permissions import can


def work_of(order: Order, user: User) -> dict | None:
    """The work of an agreed order; None before. At most 4 queries."""
    if not order.agreed_at:
        return None
    steps = list(order.steps.select_related("work_centre", "done_by"))
    photos = list(order.result_photos.select_related("step__work_centre", "taken_by"))
    check = QualityCheck.objects.filter(order=order).select_related("checked_by").first() if order.finished_at else None
    return {
        "steps": steps,
        "current": next((step for step in steps if step.done_at is None), None),
        "done": sum(step.done_at is not None for step in steps),
        "planned": sum(step.minutes for step in steps),
        "actual": sum(step.actual_minutes or 0 for step in steps),
        "photos": [_photo(photo) for photo in photos],
        "check": check,
        "materials": list(MaterialUse.objects.filter(order=order)) if order.finished_at else [],
        "may_add_photo": can(user, "add_photo", order).ok,
    }


def current_of(order: Order) -> JobStep | None:
    """The first step that is not done; None when all are."""
    return order.steps.filter(done_at=None).select_related("work_centre").first()


def _photo(photo: ResultPhoto) -> dict:
    what = photo.step.label if photo.step else "Hasil pekerjaan"
    return {
        "name": what,
        "url": reverse("foto", args=[photo.pk]),
        "key": f"foto-{photo.pk}",
        "thumbnail_url": reverse("foto-kecil", args=[photo.pk]),
        "note": f"{waktu(photo.taken_at)}, {photo.taken_by}",
    }
