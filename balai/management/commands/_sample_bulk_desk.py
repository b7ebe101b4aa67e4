"""Where bulk orders are made: what an order is while it is under way, and the tables, numbers and papers it needs."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from random import Random
from uuid import UUID

from balai import clock, documents, numbering
from balai.kinds import KINDS, Kind
from balai.models import AuditEntry, Document, NumberSeries, User
from balai.office import get_office
from balai.payloads import SCHEMA
from balai.roles import Role
from finance.models import Deposit, DepositInForce, DepositItem, Payment, PaymentLine
from orders.actions import tracking
from orders.models import (
    Customer,
    Estimate,
    EstimateLine,
    EstimateStep,
    HandOver,
    HandOverLine,
    JobStep,
    MaterialUse,
    Order,
    OrderItem,
    OrderPaper,
    OrderWord,
    QualityCheck,
    TrackingLink,
)

from ._sample_bulk_jobs import Job, jobs
from ._sample_bulk_rows import Preparers, Table, finish
from ._sample_bulk_till import Till
from ._sample_bulk_time import OfficeTime
from ._sample_words import CUSTOMERS

ORDERS_PER_CUSTOMER = 12
ANY_CODE = "XXXX-XXXX"
ANY_TOKEN = "x" * 26
MODELS = (
    Customer,
    Order,
    OrderItem,
    OrderWord,
    Estimate,
    EstimateLine,
    EstimateStep,
    JobStep,
    QualityCheck,
    MaterialUse,
    Document,
    OrderPaper,
    TrackingLink,
    Payment,
    PaymentLine,
    Deposit,
    DepositInForce,
    DepositItem,
    HandOver,
    HandOverLine,
    AuditEntry,
    NumberSeries,
)


@dataclass
class Case:
    """An order under way. Rows that may still change are kept here until its last step."""

    row: dict
    job: Job
    customer: Customer
    item_ids: tuple[int, ...]
    left: list[Decimal]
    estimates: list[dict] = field(default_factory=list)
    papers: list[dict] = field(default_factory=list)
    steps: list[dict] = field(default_factory=list)
    payment: dict = field(default_factory=dict)
    turn: int = 0

    @property
    def estimate(self) -> dict:
        """The newest version."""
        return self.estimates[-1]

    def paper(self, kind: Kind) -> dict:
        """The newest paper of this kind."""
        return next(paper for paper in reversed(self.papers) if paper["kind"] == kind)

    def sheet(self) -> dict | None:
        """The newest lembar estimasi, if there is one."""
        return self.paper(Kind.ESTIMATE_SHEET) if self.estimates else None


@dataclass(frozen=True)
class Now:
    """The moment of a step, its WIB date, and its place in office time."""

    at: datetime
    today: date
    seconds: int


class Desk:
    """Everything the steps of bulk orders share. Sample people are named after their role."""

    def __init__(self, people: dict[str, User], orders: int, rng: Random):
        self.people = people
        self.rng = rng
        self.office = get_office()
        self.time = OfficeTime()
        self.till = Till()
        self.jobs = jobs(self.office)
        preparers = Preparers()
        self.tables = {model: Table(model, preparers) for model in MODELS}
        # What every paper says alike is put together once.
        self._frame = documents.sheet(Kind.RECEIPT, {}, number="", on=clock.today(), code=ANY_CODE, office=self.office)
        self._tracking_url = tracking.address(TrackingLink(token=ANY_TOKEN), self.office)
        self._customers: dict[int, Customer] = {}
        self._customer_count = max(1, orders // ORDERS_PER_CUSTOMER)
        self._last: Counter[tuple[str, int]] = Counter()
        self._codes: set[str] = set()

    def now(self, seconds: int) -> Now:
        return Now(self.time.moment(seconds), self.time.day(seconds), seconds)

    def customer(self, now: Now) -> Customer:
        """Any customer, entered into the register when they first come."""
        number = self.rng.randrange(self._customer_count)
        if number not in self._customers:
            self._customers[number] = self._new_customer(number, now)
        return self._customers[number]

    def issue(self, case: Case, kind: Kind, body: dict, by: User, now: Now, replaces: dict | None = None) -> dict:
        """The row of an order's paper with the next number, kept until the order is closed."""
        paper = self.paper(kind, body, by, now, replaces)
        case.papers.append(paper)
        self.tables[OrderPaper].add(order_id=case.row["id"], document_id=paper["id"])
        return paper

    def paper(self, kind: Kind, body: dict, by: User, now: Now, replaces: dict | None = None) -> dict:
        """The row of a paper with the next number, as documents.issue makes it."""
        register = KINDS[kind].register
        self._last[register, now.today.year] += 1
        number = self._last[register, now.today.year]
        printed = numbering.printed(register, number, now.today, self.office)
        code = self._new_code()
        content = self._frame | {
            "kind": kind,
            "number": printed,
            "date": now.today.isoformat(),
            "code": code,
            "verify_url": self._frame["verify_url"].replace(ANY_CODE, code),
            "body": body,
        }
        payload = documents.canonical(content)
        return {
            "id": UUID(int=self.rng.getrandbits(128), version=4),
            "kind": kind,
            "register": register,
            "year": now.today.year,
            "number": number,
            "printed_number": printed,
            "payload": payload,
            "payload_version": SCHEMA,
            "payload_sha256": hashlib.sha256(payload.encode()).hexdigest(),
            "code": code,
            "issued_at": now.at,
            "issued_by_id": by.pk,
            "replaces_id": replaces and replaces["id"],
        }

    def tracking_url(self, case: Case, now: Now) -> str:
        """The address of a new tracking link of the order."""
        token = tracking.new_token(self.rng.choice)
        self.tables[TrackingLink].add(order_id=case.row["id"], token=token, made_at=now.at)
        return self._tracking_url.replace(ANY_TOKEN, token)

    def void(self, paper: dict, by: User, now: Now, reason: str) -> None:
        """Mark a paper BATAL."""
        paper.update(voided_at=now.at, voided_by_id=by.pk, void_reason=reason)

    def audit(self, verb: str, subject: tuple[str, int], role: Role, now: Now, **facts) -> None:
        """Write one entry about what the clerk of this role did."""
        by = self.people[role]
        kind, subject_id = subject
        self.tables[AuditEntry].add(
            at=now.at,
            actor_id=by.pk,
            actor_name=by.full_name,
            role=role,
            verb=verb,
            subject_kind=kind,
            subject_id=str(subject_id),
            **facts,
        )

    def close(self, case: Case) -> None:
        """Hand over the rows of an order that will not change any more."""
        self.tables[Order].add(**case.row)
        for estimate in case.estimates:
            self.tables[Estimate].add(**estimate)
        for paper in case.papers:
            self.tables[Document].add(**paper)
        for step in case.steps:
            self.tables[JobStep].add(**step)

    def finish(self) -> None:
        """Write the rest and the registers' counters."""
        for (register, year), last in self._last.items():
            self.tables[NumberSeries].add(register=register, year=year, last=last)
        finish(list(self.tables.values()))

    def _new_customer(self, number: int, now: Now) -> Customer:
        name, kind, business, _, address = CUSTOMERS[number % len(CUSTOMERS)]
        customer = Customer(
            name=f"{name} {number + 1}",
            kind=kind,
            business=business and f"{business} {number + 1}",
            phone=f"628120{number:07}",
            address=address,
            created_at=now.at,
        )
        customer.search_key = customer.sounds
        columns = {field.attname: getattr(customer, field.attname) for field in Customer._meta.concrete_fields}
        customer.pk = self.tables[Customer].add(**columns)
        self.audit("customer.create", ("customer", customer.pk), Role.PELAYANAN, now)
        return customer

    def _new_code(self) -> str:
        code = documents.new_code(self.rng.choice)
        while code in self._codes:  # among 80,000 codes two alike are not so rare
            code = documents.new_code(self.rng.choice)
        self._codes.add(code)
        return code
