"""The papers of the day: what was issued, and one PDF to print them together."""

import re

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from balai import clock, pdf
from balai.batch import joined, papers_of, part_of, piles_of
from balai.kinds import KINDS
from balai.roles import insist_on_role
from balai.views.papers import logger, not_drawn, pdf_response

PER_PAGE = 50


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """The papers issued today that are in force, by kind and one by one."""
    insist_on_role(request.user)
    day = clock.today()
    piles = piles_of(day, request.user)
    papers = papers_of(day, request.user).select_related("issued_by", "replaced_by").defer("payload").reverse()
    page = Paginator(papers, PER_PAGE).get_page(request.GET.get("halaman"))
    rows = [{"paper": paper, "title": KINDS[paper.kind].title} for paper in page]
    return render(request, "balai/hari_ini.html", {"day": day, "piles": piles, "page": page, "rows": rows})


@require_GET
def today_pdf(request: HttpRequest) -> HttpResponse:
    """The day's papers, or those of one kind (`jenis`), as one PDF; of many papers the `bagian`-th part."""
    insist_on_role(request.user)
    day, kind, part = clock.today(), request.GET.get("jenis", ""), request.GET.get("bagian", "1")
    if kind not in ("", *KINDS) or not re.fullmatch("[1-9][0-9]{0,3}", part):
        raise Http404("Tidak ada surat seperti itu.")
    papers = list(part_of(day, request.user, kind, int(part)).select_related("replaced_by"))
    if not papers:
        raise Http404("Belum ada surat yang terbit hari ini.")
    try:
        data = joined(papers)
    except pdf.RenderError:
        logger.exception("the papers of %s cannot be drawn", day)
        return not_drawn(request)
    return pdf_response(data, f"{kind or 'surat'}-{day:%Y-%m-%d}-{part}")
