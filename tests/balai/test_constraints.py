"""Rules that the database itself keeps: each is broken by a raw write that goes past forms, actions and models."""

import uuid
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Model, QuerySet

from balai import clock
from balai.models import (
    Document,
    DocumentFile,
    Emblem,
    Holiday,
    IdempotencyKey,
    NumberSeries,
    Office,
    Reprint,
    Signatory,
    User,
)
from finance.ledger import record_payment
from finance.models import (
    BankFormat,
    CashDay,
    Decision,
    Deposit,
    DepositCorrection,
    DepositInForce,
    DepositItem,
    MonthClosing,
    Payment,
    PaymentLine,
    ReconciledPayment,
    Reconciliation,
    ReversalRequest,
    Statement,
    StatementLine,
    StatementPart,
    Target,
)
from orders.actions import leave_message
from orders.actions.intake import LeftGoodsData
from orders.models import (
    ContactEntry,
    Customer,
    Drawing,
    Estimate,
    EstimateLine,
    EstimateStep,
    HandOver,
    HandOverLine,
    JobKind,
    JobStep,
    LeftGoods,
    MaterialUse,
    Order,
    OrderItem,
    OrderPaper,
    OrderWord,
    Outage,
    QualityCheck,
    Tariff,
    TariffImport,
    TrackingLink,
    UploadLink,
    WorkCentre,
)
from tests.copies import copy_row
from tests.deposited import close_day, correct, make_deposit
from tests.factories import act, clerk, intent, make_order, payment_data, take_back
from tests.reconciled import line_of, make_reconciliation, make_statement
from tests.unguarded import unguarded

FLOORS = ("balai", "orders", "finance")


def raw(model: type[Model], **which) -> QuerySet:
    """Rows of a book too, without its refusal to change them."""
    return QuerySet(model).filter(**which)


def change(model: type[Model], which: dict | None = None, **values) -> Callable[[], None]:
    """Write these values into one row."""

    def write() -> None:
        row = raw(model, **which or {}).order_by("pk").first()
        assert row is not None, f"no {model.__name__} to break"
        raw(model, pk=row.pk).update(**values)

    return write


def double(model: type[Model], which: dict | None = None, **values) -> Callable[[], None]:
    """Write one row a second time, changed only where another constraint would speak first."""

    def write() -> None:
        row = raw(model, **which or {}).order_by("pk").first()
        assert row is not None, f"no {model.__name__} to double"
        given = {name: value() if callable(value) else value for name, value in values.items()}
        model.objects.bulk_create([copy_row(row, **given)])

    return write


def other_paper(**which) -> Callable[[], uuid.UUID]:
    return lambda: raw(Document, **which).order_by("-pk").values_list("pk", flat=True).first()


def _second_open_request() -> None:
    answered = raw(ReversalRequest).first()
    open_again = {"answered_at": None, "answered_by_id": None, "approved": None, "answer": ""}
    ReversalRequest.objects.bulk_create(copy_row(answered, **open_again) for _ in range(2))


def _other_deposit() -> int:
    """One that nothing is in force of yet."""
    deposit = copy_row(Deposit.objects.get(), paper_id=other_paper(kind="surat_pesanan")())
    deposit.save()
    return deposit.pk


OTHER_PAPERS = {"book_id": other_paper(kind="surat_jalan"), "report_id": other_paper(kind="surat_pesanan")}

BROKEN = {
    "office_is_one_row": lambda: Office.objects.bulk_create([copy_row(Office.objects.get(), id=2)]),
    "signatory_begins_alone": double(Signatory),
    "signatory_ends_after_beginning": change(Signatory, valid_until=date(1999, 12, 31)),
    "one_series_per_register_year": double(NumberSeries),
    "document_number_once": double(Document, {"replaces__isnull": True}, printed_number="X", code="AAAA-0001"),
    "document_printed_number_once": double(Document, {"replaces__isnull": True}, number=999, code="AAAA-0002"),
    "document_number_positive": change(Document, number=0),
    "document_void_complete": change(Document, void_reason="Setengah."),
    "reprint_ordinal_once": double(Reprint),
    "reprint_says_why": change(Reprint, reason=""),
    "one_file_per_variant": double(DocumentFile, {"variant": "asli"}),
    "copy_belongs_to_reprint": change(DocumentFile, {"variant": "asli"}, variant="salinan"),
    "order_stage_is_legal": change(Order, {"stage": "pesanan"}, stage="lunas"),
    "order_has_number_once_submitted": change(Order, {"stage": "pesanan"}, number=None),
    "order_has_customer_once_submitted": change(Order, {"stage": "pesanan"}, customer=None),
    "order_on_hold_only_in_production": change(Order, {"stage": "pesanan"}, hold_reason="Menunggu."),
    "order_reduced_only_once_it_owes": change(Order, {"stage": "pesanan"}, reduction=1),
    "order_reversal_asked_only_when_paid": change(Order, {"stage": "pesanan"}, reversal_reason="Salah."),
    "customer_can_be_found": change(Customer, search_key=""),
    "customer_not_merged_into_self": change(Customer, merged_into=F("id")),
    "order_word_once": double(OrderWord),
    "item_position_once": double(OrderItem),
    "item_quantity_positive": change(OrderItem, quantity=0),
    "left_goods_position_once": double(LeftGoods),
    "left_goods_quantity_positive": change(LeftGoods, quantity=-1),
    "left_goods_accounted_with_words": change(LeftGoods, given_back=True),
    "upload_link_ends_after_it_begins": lambda: change(UploadLink, expires_at=UploadLink.objects.get().made_at)(),
    "one_open_upload_link_an_order": double(UploadLink, id=uuid.uuid4, token_hash="0" * 64),
    "estimate_version_once": double(Estimate, {"status": "disepakati"}),
    "one_draft_estimate": double(Estimate, {"status": "draf"}, version=9),
    "one_open_offer": double(Estimate, {"status": "ditawarkan"}, version=9),
    "estimate_total_not_negative": change(Estimate, total=-1),
    "estimate_days_positive": change(Estimate, days=0),
    "estimate_dates_in_order": lambda: change(
        Estimate, finish_on=Estimate.objects.order_by("pk").first().starts_on - timedelta(days=1)
    )(),
    "estimate_offer_dated": change(Estimate, {"status": "ditawarkan"}, valid_until=None),
    "estimate_line_position_once": double(EstimateLine),
    "estimate_line_quantity_positive": change(EstimateLine, quantity=0),
    "estimate_line_money_not_negative": change(EstimateLine, {"kind": "jasa"}, amount=-1),
    "service_has_tariff": change(EstimateLine, {"kind": "jasa"}, tariff=None),
    "customer_material_is_free": change(EstimateLine, {"kind": "bahan_pelanggan"}, price=1),
    "handover_photo_has_its_hash": change(HandOver, photo_sha256="0" * 64),
    "one_tracking_link_in_force": double(TrackingLink, token="x" * 26),
    "contact_is_noted_or_a_message": change(ContactEntry, {"way": "telepon"}, spoke_with=""),
    "deputy_has_relation": change(HandOver, collector="wakil"),
    "item_once_per_handover": double(HandOverLine),
    "handed_quantity_positive": change(HandOverLine, quantity=0),
    "estimate_step_position_once": double(EstimateStep),
    "estimate_step_has_minutes": change(EstimateStep, minutes=0),
    "work_centre_has_places": change(WorkCentre, places=0),
    "work_centre_day_has_minutes": change(WorkCentre, minutes_per_day=24 * 60 + 1),
    "outage_has_places": change(Outage, places=0),
    "outage_days_in_order": change(Outage, last_day=date(2026, 11, 1)),
    "job_step_position_once": double(JobStep),
    "job_step_has_minutes": change(JobStep, minutes=0),
    "job_step_done_with_minutes": change(JobStep, {"done_at__isnull": True}, actual_minutes=60),
    "job_step_left_while_open": change(JobStep, {"done_at__isnull": False}, left_minutes=60),
    "quality_check_all_right": change(QualityCheck, measured=False),
    "material_use_position_once": double(MaterialUse),
    "material_use_not_negative": change(MaterialUse, quantity=-1),
    "only_customers_material_is_left": change(MaterialUse, {"from_customer": False}, left=1),
    "tariff_code_once_per_start": double(Tariff, {"code": "J-00"}),
    "tariff_code_open_once": double(Tariff, {"valid_until": None}, valid_from=date(2026, 1, 1)),
    "tariff_work_centre_with_minutes": change(Tariff, {"work_centre__isnull": False}, minutes_per_unit=None),
    "tariff_price_not_negative": change(Tariff, price=-1),
    "tariff_validity_in_order": change(Tariff, {"code": "J-00"}, valid_until=date(2019, 12, 31)),
    "tariff_import_applied_by_somebody": change(TariffImport, applied_at=clock.now()),
    "decision_positive": change(Decision, amount=0),
    "decision_complete": change(Decision, authority=""),
    "only_withdrawals_withdraw": change(Decision, kind="pencabutan"),
    "only_refunds_name_a_payment": change(Decision, kind="pengembalian"),
    "finance.Decision.withdraws": double(Decision, {"kind": "pencabutan"}),
    "one_open_reversal_request": _second_open_request,
    "reversal_request_says_why": change(ReversalRequest, reason=""),
    "reversal_answer_complete": change(ReversalRequest, answered_by=None),
    "reversal_approved_by_another": change(ReversalRequest, answered_by=F("asked_by")),
    "one_payment_per_turn": double(Payment, {"kind": "bayar"}, receipt_id=other_paper(kind="surat_jalan")),
    "one_payment_per_receipt": double(Payment, {"kind": "bayar"}, turn=9),
    "reference_once": double(
        Payment,
        {"method": "transfer"},
        turn=9,
        receipt_id=other_paper(kind="surat_jalan"),
        method="qris",
        reference="trx 1",
    ),
    "payment_sign_follows_kind": change(Payment, {"kind": "balik"}, amount=1),
    "cash_adds_up_and_others_have_reference": change(Payment, {"kind": "bayar", "method": "tunai"}, received=1),
    "change_not_negative": change(Payment, {"kind": "bayar", "method": "tunai"}, received=619_999, change_given=-1),
    "settled_day_but_for_cash": change(Payment, {"method": "tunai", "kind": "bayar"}, settled_on=date(2026, 11, 20)),
    "account_once_per_payment": double(PaymentLine),
    "deposit_positive": change(Deposit, amount=0),
    "cash_day_adds_up": change(CashDay, opening=1),
    "cash_difference_explained": change(CashDay, counted=1),
    "cash_counted_not_negative": change(CashDay, counted=-1, explanation="Kurang."),
    "statement_part_once": double(StatementPart),
    "statement_line_once": double(StatementLine, {"verdict": "tercatat"}, payment_id=None, verdict="bank"),
    "payment_once_per_statement": double(StatementLine, {"verdict": "tercatat"}, number=999),
    "read_lines_are_whole": change(StatementLine, {"verdict": "tercatat"}, day=None),
    "matched_lines_have_payment": change(StatementLine, {"verdict": "tercatat"}, payment=None),
    "reconciliation_holds_something": change(Reconciliation, count=0),
    "reconciliation_period_in_order": change(Reconciliation, last_day=date(2000, 1, 1)),
    "reconciled_positive": change(ReconciledPayment, amount=0),
    "month_has_days": change(MonthClosing, last_day=date(2020, 1, 1)),
    "one_target_per_account_and_year": double(Target),
    "target_not_negative": change(Target, amount=-1),
    "target_has_code_and_name": change(Target, name=""),
    # unique fields
    "balai.User.username": double(User),
    "balai.Holiday.day": double(Holiday),
    "balai.Emblem.sha256": double(Emblem),
    "balai.Document.code": double(Document, {"replaces__isnull": True}, number=999, printed_number="X"),
    "balai.Document.replaces": double(
        Document, {"replaces__isnull": False}, number=999, printed_number="X", code="AAAA-0003"
    ),
    "balai.DocumentFile.reprint": double(DocumentFile, {"variant": "salinan"}),
    "balai.IdempotencyKey.key": double(IdempotencyKey),
    "orders.Order.number": double(Order, {"stage": "pesanan"}),
    "orders.Drawing.replaces": double(Drawing, {"replaces__isnull": False}),
    "orders.ContactEntry.key": double(ContactEntry, {"way": "lacak"}),
    "orders.TrackingLink.token": double(TrackingLink, revoked_at=clock.now()),
    "orders.UploadLink.token_hash": double(UploadLink, id=uuid.uuid4, closed_at=clock.now),
    "orders.HandOver.paper": double(HandOver),
    "orders.OrderPaper.document": double(OrderPaper),
    "orders.QualityCheck.order": double(QualityCheck),
    "orders.WorkCentre.name": double(WorkCentre),
    "orders.JobKind.name": double(JobKind),
    "finance.Payment.reverses": double(Payment, {"kind": "balik"}, turn=9),
    "deposit_correction_says_why": change(DepositCorrection, reason=""),
    "finance.DepositCorrection.paper": double(DepositCorrection),
    "finance.DepositInForce.deposit": double(DepositInForce, sts_number="X", paper_id=other_paper(kind="surat_jalan")),
    "finance.DepositInForce.sts_number": double(
        DepositInForce, deposit_id=_other_deposit, paper_id=other_paper(kind="surat_jalan")
    ),
    "finance.DepositInForce.paper": double(DepositInForce, deposit_id=_other_deposit, sts_number="X"),
    "finance.Deposit.paper": double(Deposit, sts_number="X"),
    "finance.DepositItem.payment": double(DepositItem),
    "finance.CashDay.day": double(CashDay, paper_id=other_paper(kind="surat_jalan")),
    "finance.BankFormat.name": double(BankFormat),
    "finance.Statement.sha256": double(Statement),
    "finance.ReconciledPayment.payment": double(
        ReconciledPayment, line_id=lambda: StatementLine.objects.filter(verdict="bank").first().pk
    ),
    "finance.ReconciledPayment.line": double(
        ReconciledPayment, payment_id=lambda: raw(Payment, kind="balik").first().pk
    ),
    "finance.MonthClosing.first_day": double(MonthClosing, last_day=date(2020, 2, 29), **OTHER_PAPERS),
    "finance.MonthClosing.last_day": double(MonthClosing, first_day=date(2019, 12, 1), **OTHER_PAPERS),
    "finance.MonthClosing.book": double(
        MonthClosing, first_day=date(2020, 2, 1), last_day=date(2020, 2, 29), report_id=OTHER_PAPERS["report_id"]
    ),
    "finance.MonthClosing.report": double(
        MonthClosing, first_day=date(2020, 2, 1), last_day=date(2020, 2, 29), book_id=OTHER_PAPERS["book_id"]
    ),
    "finance.CashDay.paper": double(CashDay, day="2020-01-02"),
}


def declared() -> set[str]:
    models = [model for floor in FLOORS for model in apps.get_app_config(floor).get_models()]
    fields = {
        f"{model._meta.label}.{field.name}"
        for model in models
        for field in model._meta.concrete_fields
        if field.unique and not field.primary_key
    }
    return fields | {constraint.name for model in models for constraint in model._meta.constraints}


def workshop_rows(order: Order) -> None:
    """What a workshop has and keeps beside its orders."""
    centre, who = WorkCentre.objects.first(), {"noted_by": clerk("bengkel"), "noted_at": clock.now()}
    Outage.objects.create(work_centre=centre, first_day=date(2026, 11, 2), reason="Rusak.", **who)
    JobKind.objects.create(name="Poros", service="logam")
    former = Tariff.objects.first()
    former.pk, former.code, former.valid_until = None, "J-00", date(2020, 12, 31)
    former.save()
    TariffImport.objects.create(name="a.xlsx", uploaded_at=clock.now(), uploaded_by=clerk("pimpinan"), rows=[])
    checked = {"order": order, "checked_by": clerk("bengkel"), "checked_at": clock.now()}
    QualityCheck.objects.get_or_create(
        order=order, defaults=checked | {"fits_drawing": True, "measured": True, "complete": True}
    )
    MaterialUse.objects.create(order=order, position=9, name="Baja", from_customer=False, unit="kg", quantity=1)


def treasury_rows(transfer: Payment) -> None:
    """What keuangan has beside the ledger: a bank's file, a closed month of long ago, a target."""
    statement = make_statement(line_of(transfer))
    make_reconciliation(statement)
    StatementPart.objects.create(statement=statement, place=9, rows=[])
    book, report = Document.objects.filter(kind="formulir_permohonan")[:2]
    month = {"first_day": date(2020, 1, 1), "last_day": date(2020, 1, 31), "book": book, "report": report}
    sums = {"received": 0, "deposited": 0, "balance": 0, "targets": {}, "excel": b"", "seal": "0" * 64}
    MonthClosing.objects.create(**month, **sums, closed_at=clock.now(), closed_by=clerk("keuangan"))
    Target.objects.create(year=2026, account_code="4.1", name="Contoh", amount=1)


@pytest.fixture(scope="module")
def rows(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Rows of every table, made once."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_order("pesanan", left_goods=(LeftGoodsData("Plat", Decimal(3), "lembar"),))
        act("save_estimate", make_order("estimasi"))
        spoken_with = act("note_contact", make_order("konfirmasi"))
        leave_message(spoken_with.pk, uuid.uuid4(), 1, "sepakat", "")
        act("phone_link", make_order())
        act("revise_drawing", act("agree_change", make_order("produksi", open_change=True)))
        collected = make_order("siap_diambil", partly_handed=True)
        take_back(make_order("siap_diambil"))
        act("withdraw_waiver", make_order("pembayaran", reduced=True))
        correct(make_deposit(collected), bank="Bank Contoh lain")
        owed = make_order("pembayaran")
        transfer = payment_data(owed, method="transfer", reference="TRX-1")
        record_payment(owed.pk, intent(clerk("keuangan"), owed), transfer)
        treasury_rows(Payment.objects.get(order=owed))
        close_day()
        workshop_rows(owed)
        Holiday.objects.create(day="2026-08-17", name="Contoh")
        Emblem.objects.create(png=b"PNG", sha256="0" * 64, added_at=clock.now())
        paper = collected.papers.first().document
        copy = Reprint.objects.create(
            document=paper, ordinal=1, made_at=paper.issued_at, made_by=paper.issued_by, reason="Hilang."
        )
        for variant, reprint in (("asli", None), ("salinan", copy)):
            DocumentFile.objects.create(
                document=paper, variant=variant, reprint=reprint, pdf=b"%PDF", sha256="", rendered_at=paper.issued_at
            )
        yield
        transaction.set_rollback(True)


def test_every_constraint_is_tried():
    assert set(BROKEN) == declared()


@pytest.mark.django_db
@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(rows, name):
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), unguarded():
        BROKEN[name]()

    message = str(refused.value)
    if connection.vendor == "postgresql" or "CHECK" in message:
        assert name.rpartition(".")[2] in message
    else:  # SQLite names the columns, not the constraint
        assert message.startswith("UNIQUE constraint failed")
