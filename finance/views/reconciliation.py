"""Rekonsiliasi: the bank's file is brought, its columns named, what matches is confirmed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from balai.roles import Role, roles_of
from balai.views.attempt import attempt
from finance import statementlists as lists
from finance.models import Statement
from finance.reconciling import GONE, Confirmation, confirm, to_confirm
from finance.statementcolumns import Columns, guess
from finance.statementforms import ColumnsForm, ConfirmForm, UploadForm
from finance.statements import Intent, advance, choose_columns, discard, first_rows, known_format, progress, upload
from finance.views.access import insist_on_reader, insist_on_treasurer

WHAT = "Rekonsiliasi"


@require_http_methods(["GET", "POST"])
def statements(request: HttpRequest) -> HttpResponse:
    """The files that were brought, and the next one."""
    insist_on_reader(request.user, WHAT)
    if request.method == "POST":
        insist_on_treasurer(request.user, WHAT)
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if saved := attempt(form, lambda key: upload(Intent(request.user, key), form.sheet, form.name, form.content)):
        return redirect("rekonsiliasi-kolom", saved.pk)
    context = {
        "form": form if Role.KEUANGAN in roles_of(request.user) else None,
        "errors": form.error_summary if form.is_bound else [],
        "rows": [{"statement": each, "tag": lists.file_tag(each)} for each in lists.files()],
        "unreconciled": lists.unreconciled(),
    }
    return render(request, "finance/statements.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What the columns of a file mean, with its first rows as they are read so."""
    insist_on_treasurer(request.user, WHAT)
    found = get_object_or_404(Statement, pk=pk)
    rows = first_rows(found)
    if not rows:
        return redirect("rekonsiliasi-satu", pk)
    form = _columns_form(request, found, rows)
    if request.POST.get("langkah") == "lihat":
        form.is_valid()
    elif attempt(form, lambda key: choose_columns(Intent(request.user, key), pk, form.columns, form.bank_name)):
        return redirect("rekonsiliasi-satu", pk)
    context = {"statement": found, "form": form, "errors": form.error_summary if form.is_bound else []}
    context |= {"preview": lists.preview(rows, form.shown, form.head_row_shown), "read": form.shown is not None}
    return render(request, "finance/statement_columns.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """What matches and what does not; keuangan confirms what does, or takes the file back."""
    insist_on_reader(request.user, WHAT)
    found = get_object_or_404(Statement.objects.select_related("bank_format", "uploaded_by"), pk=pk)
    works = Role.KEUANGAN in roles_of(request.user)
    if request.method == "POST":
        insist_on_treasurer(request.user, WHAT)
    if works and found.bank_format_id is None:
        return redirect("rekonsiliasi-kolom", pk)
    found = _advanced(found) if works else found
    percent = progress(found)
    if percent is not None and (works or not (found.seen or found.reconciliations.exists())):
        context = {"statement": found, "percent": percent if works else None}
        return render(request, "finance/statement_progress.html", context)
    if request.htmx:
        return HttpResponseClientRefresh()
    form = ConfirmForm(request.POST if request.method == "POST" else None, seen=found.seen)
    return _answer(request, found, form) or _lists_page(request, found, form)


def _advanced(found: Statement) -> Statement:
    try:
        return advance(found)
    except Statement.DoesNotExist as gone:
        raise Http404(GONE) from gone


def _answer(request: HttpRequest, found: Statement, form: ConfirmForm) -> HttpResponse | None:
    """What a sent form leads to; None for the lists, which show why it was refused."""
    step = request.POST.get("langkah", "periksa")
    if step == "hapus":
        if attempt(form, lambda key: discard(Intent(request.user, key), found.pk)):
            messages.success(request, f"Berkas {found.name} dihapus.")
            return redirect("rekonsiliasi")
    elif step == "konfirmasi":
        if made := attempt(form, lambda key: confirm(request.user, key, _confirmation(found, form))):
            messages.success(request, f"{made.count} pembayaran tercatat cocok dengan {made.bank}.")
            return redirect("rekonsiliasi-satu", found.pk)
    elif step == "periksa" and attempt(form, lambda key: True):
        lines = to_confirm(found, with_other_days=form.cleaned_data["with_other_days"])
        context = {"statement": found, "form": form, "total": lists.total(lines)}
        return render(request, "finance/statement_check.html", context)
    return None


def _lists_page(request: HttpRequest, found: Statement, form: ConfirmForm) -> HttpResponse:
    headings = lists.headings(found)
    current = lists.current(headings, request.GET.get("daftar"))
    context = {
        "statement": found,
        "form": form if Role.KEUANGAN in roles_of(request.user) else None,
        "errors": form.error_summary if form.is_bound else [],
        "headings": headings,
        "current": current,
        "page": lists.rows(found, current.name, request.GET.get("halaman")),
        "total": lists.total(to_confirm(found, with_other_days=False)),
        "other_days": lists.other_days(found),
        "confirmations": lists.confirmations(found),
    }
    return render(request, "finance/statement.html", context, status=form.status)


def _columns_form(request: HttpRequest, found: Statement, rows: list) -> ColumnsForm:
    """Begins with what was chosen before, else with what this bank's files had, else with a guess."""
    known = found.bank_format or known_format(rows)
    kept = found.columns or (known.columns if known else None)
    begins = Columns.of_json(kept) if kept else guess(rows)
    data = request.POST if request.method == "POST" else None
    return ColumnsForm(data, rows=rows, known=begins, bank=known.name if known else "")


def _confirmation(found: Statement, form: ConfirmForm) -> Confirmation:
    return Confirmation(found.pk, form.cleaned_data["seen"], form.cleaned_data["with_other_days"])
