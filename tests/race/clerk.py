"""A clerk in a process of his own: reads jobs, one JSON line for each round, and answers with one line.

`tests.race.crowd` starts it with Django set up.
"""

import hashlib
import json
import sys
import time
import uuid
from dataclasses import replace
from functools import partial

from django.db import transaction

from balai import clock, sheets
from balai.changes import Refused
from balai.documents import pdf_bytes
from balai.kinds import Kind
from balai.models import Document, User
from balai.reprints import reprint
from finance.corrections import CorrectionData, correct_deposit
from finance.deposits import Intent as DepositIntent
from finance.ledger import PaymentData, record_payment
from finance.models import Statement
from finance.reconciling import Confirmation, confirm
from finance.statements import Intent as TreasurersIntent
from finance.statements import advance, progress, upload
from orders.actions import ActionRefused, Intent, Outcome, accept, finish_step, offer, return_to_customer
from orders.actions.pricelist import Changed, list_version
from orders.actions.tariffs import new_version
from orders.models import Order, OrderPaper, Tariff
from orders.tariffs import as_data
from tests.typed import estimate_data


class Crash(Exception):
    """Stands for whatever ends a transaction after its work was done: power, network, a bug."""


def serve() -> None:
    """Work until the input ends. A round is `{"start_at": seconds since 1970, "jobs": [...]}`."""
    say("ready")
    for line in sys.stdin:
        job_round = json.loads(line)
        time.sleep(max(0.0, job_round["start_at"] - time.time()))
        say([work(job) for job in job_round["jobs"]])


def say(answer: str | list | dict) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def work(job: dict) -> dict:
    """Do one job; what came of it."""
    if job["verb"] == "draw":  # outside any transaction, as in the office
        return {"order": job["order"], "sha256": hashlib.sha256(pdf_bytes(_letter(job["order"]))).hexdigest()}
    if job["verb"] in STATEMENTS:  # these open their own transactions
        return _with_statement(job)
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


def _pay_by_bank(method: str, reference: str, order_id: int, intent: Intent) -> Outcome:
    bill = Order.objects.values_list("estimate__total", flat=True).get(pk=order_id)
    return record_payment(order_id, intent, PaymentData(method, bill, None, reference, clock.today()))


def _replace(tariff_id: int, intent: Intent) -> Changed:
    tariff = Tariff.objects.get(pk=tariff_id)
    data = replace(as_data(tariff), price=tariff.price + 1_000, valid_from=clock.today())
    return new_version(tariff_id, replace(intent, version=list_version(tariff.code)), data)


def _finish_step(order_id: int, intent: Intent) -> Outcome:
    """The first step as the phone showed it, which may be done meanwhile."""
    first = Order.objects.get(pk=order_id).steps.first()
    return finish_step(order_id, intent, step=first.pk, minutes=90)


def _letter(order_id: int) -> Document:
    return OrderPaper.objects.get(order=order_id, document__kind=Kind.ORDER_LETTER).document


def _copy(order_id: int, intent: Intent) -> int:
    return reprint(_letter(order_id).pk, by=intent.by, key=intent.key, reason="Hilang.")


def _with_statement(job: dict) -> dict:
    user, key = User.objects.get(pk=job["user"]), uuid.UUID(job["key"])
    try:
        return {"order": job["order"], "made": STATEMENTS[job["verb"]](job, user, key)}
    except Refused as refused:
        return {"order": job["order"], "refused": "Refused", "reason": refused.reason}


def _bring(job: dict, user: User, key: uuid.UUID) -> int:
    content = job["content"].encode()
    return upload(TreasurersIntent(user, key), sheets.read(content, "satu.csv"), "satu.csv", content).pk


def _advance(job: dict, user: User, key: uuid.UUID) -> int:
    statement = Statement.objects.get(pk=job["order"])
    while progress(statement) is not None:
        statement = advance(statement)
    return statement.pk


def _correct(job: dict, user: User, key: uuid.UUID) -> int:
    data = CorrectionData(job["number"], "Bank Contoh", clock.today(), "Salah ketik (CONTOH).", job["seen"])
    return correct_deposit(DepositIntent(user, key), job["order"], data).pk


STATEMENTS = {
    "correct": _correct,
    "bring": _bring,
    "advance": _advance,
    "reconcile": lambda job, user, key: confirm(user, key, Confirmation(job["order"], job["seen"], False)).pk,
}
VERBS = {
    "pay": _pay,
    "pay_qris": partial(_pay_by_bank, "qris", "trx 0.1"),
    "pay_transfer": partial(_pay_by_bank, "transfer", "TRX-01"),
    "accept": accept,
    "offer": lambda order_id, intent: offer(order_id, intent, estimate_data()),
    "replace": _replace,
    "finish_step": _finish_step,
    "return": lambda order_id, intent: return_to_customer(order_id, intent, reason="Mesin tidak ada."),
}
