"""A clerk in a process of his own: reads jobs, one JSON line for each round, and answers with one line.

`tests.race.crowd` starts it with Django set up.
"""

import hashlib
import json
import sys
import time
import uuid

from django.db import transaction

from balai.documents import pdf_bytes
from balai.kinds import Kind
from balai.models import Document, User
from balai.reprints import reprint
from finance.ledger import PaymentData, record_payment
from orders.actions import ActionRefused, Intent, Outcome, accept, return_to_customer
from orders.models import Order, OrderPaper


class Crash(Exception):
    """Stands for whatever ends a transaction after its work was done: power, network, a bug."""


def serve() -> None:
    """Work until the input ends. A round is `{"start_at": seconds since 1970, "jobs": [...]}`."""
    _say("ready")
    for line in sys.stdin:
        job_round = json.loads(line)
        time.sleep(max(0.0, job_round["start_at"] - time.time()))
        _say([_work(job) for job in job_round["jobs"]])


def _say(answer: str | list) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _work(job: dict) -> dict:
    if job["verb"] == "draw":  # outside any transaction, as in the office
        return {"order": job["order"], "sha256": hashlib.sha256(pdf_bytes(_letter(job["order"]))).hexdigest()}
    intent = Intent(User.objects.get(pk=job["user"]), uuid.UUID(job["key"]), job["version"])
    try:
        with transaction.atomic():
            if job["verb"] == "copy":
                return {"order": job["order"], "copy": _copy(job["order"], intent)}
            outcome = VERBS[job["verb"]](job["order"], intent)
            if job.get("crash"):
                raise Crash
    except ActionRefused as refused:
        return {"order": job["order"], "refused": type(refused).__name__, "reason": refused.reason}
    except Crash:
        return {"order": job["order"], "crashed": True}
    return {"order": job["order"], "papers": list(outcome.paper_ids)}


def _pay(order_id: int, intent: Intent) -> Outcome:
    bill = Order.objects.values_list("estimate__total", flat=True).get(pk=order_id)
    return record_payment(order_id, intent, PaymentData("tunai", bill, received=bill))


def _letter(order_id: int) -> Document:
    return OrderPaper.objects.get(order=order_id, document__kind=Kind.ORDER_LETTER).document


def _copy(order_id: int, intent: Intent) -> int:
    return reprint(_letter(order_id).pk, by=intent.by, key=intent.key, reason="Hilang.")


VERBS = {
    "pay": _pay,
    "accept": accept,
    "return": lambda order_id, intent: return_to_customer(order_id, intent, reason="Mesin tidak ada."),
}
