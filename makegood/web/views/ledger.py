"""The ledger as a reader sees it: its head, its newest entries, one entry."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from makegood.kernel.ledger.trace import entries, entries_about, latest_head
from makegood.people.queries import signed_in
from makegood.web.queries.trace import kept_back, record_behind

PAGE = 50


@login_not_required
def ledger(request: HttpRequest) -> HttpResponse:
    """Show the root of the tree and the newest entries."""
    page = Paginator(entries(), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "head": latest_head(), "kept_back": kept_back(page)}
    return render(request, "web/ledger.html", context)


@login_not_required
def entry(request: HttpRequest, stream: str, seq: int) -> HttpResponse:
    """Show one entry, and the others about the same thing."""
    shown = get_object_or_404(entries(), stream=stream, seq=seq)
    others = list(entries_about(shown.subject))
    hidden = kept_back({shown, *others})
    if shown.pk in hidden:
        return render(request, "web/entry_kept_back.html", {"entry": shown})
    context = {
        "entry": shown,
        "others": [each for each in others if each.pk not in hidden],
        "behind": record_behind(shown, person=signed_in(request.user)),
    }
    return render(request, "web/entry.html", context)
