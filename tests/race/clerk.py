"""A clerk in a process of his own: reads jobs, one JSON line for each round, and answers with one line.

`tests.race.crowd` starts it with Django set up.
"""

import json
import sys
import time
import uuid

from django.db import transaction

from balai.models import User
from finance.ledger import PaymentData, record_payment
from orders.actions import ActionRefused, Intent, Outcome, accept, return_to_customer
from orders.models import Order


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
    intent = Intent(User.objects.get(pk=job["user"]), uuid.UUID(job["key"]), job["version"])
    try:
        with transaction.atomic():
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


VERBS = {
    "pay": _pay,
    "accept": accept,
    "return": lambda order_id, intent: return_to_customer(order_id, intent, reason="Mesin tidak ada."),
}
