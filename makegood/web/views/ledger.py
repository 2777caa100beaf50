"""The ledger as a reader sees it: its newest checkpoint, its newest entries, one entry, how to check."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from makegood.kernel.ledger.trace import entries, entries_about, latest_head
from makegood.people.queries import signed_in
from makegood.web.queries.log import log_as_it_stands, shown_proof
from makegood.web.queries.trace import kept_back, record_behind

PAGE = 50
VERIFIER = settings.ROOT / "docs" / "verify_ledger.py"


@login_not_required
def ledger(request: HttpRequest) -> HttpResponse:
    """Show the newest checkpoint, how to keep and check it, and the newest entries."""
    page = Paginator(entries(), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "head": latest_head(),
        "log": log_as_it_stands(),
        "address": settings.ADDRESS,
        "kept_back": kept_back(page),
    }
    return render(request, "web/ledger.html", context)


@login_not_required
def entry(request: HttpRequest, stream: str, seq: int) -> HttpResponse:
    """Show one entry, its proof, and the others about the same thing."""
    shown = get_object_or_404(entries(), stream=stream, seq=seq)
    others = Paginator(entries_about(shown.subject), PAGE).get_page(request.GET.get("page"))
    hidden = kept_back({shown, *others})
    said = {"entry": shown, "proof": shown_proof(shown), "address": settings.ADDRESS}
    if shown.pk in hidden:
        return render(request, "web/entry_kept_back.html", said)
    context = {
        **said,
        "others": others,
        "kept_back": hidden,
        "behind": record_behind(shown, person=signed_in(request.user)),
    }
    return render(request, "web/entry.html", context)


@login_not_required
def verifier(_: HttpRequest) -> HttpResponse:
    """Give the program that checks the ledger, one file of Python."""
    response = HttpResponse(VERIFIER.read_bytes(), "text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{VERIFIER.name}"'
    return response
