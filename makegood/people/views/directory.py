"""The public directory of organisations: found on a page, taken away as a table."""

import csv

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from makegood.kernel.answers import words_sought
from makegood.kernel.exports import harmless
from makegood.people.directory import organisations_found, with_what_they_say
from makegood.people.directory_forms import DirectoryFilter
from makegood.people.states import OfferSide

PAGE = 20
COLUMNS = (
    "name", "kind", "legal form", "summary", "website", "identifiers", "areas", "area codes",
    "offers", "needs", "closed on", "why it closed", "page",
)  # fmt: skip


@login_not_required
def directory(request: HttpRequest) -> HttpResponse:
    """Find an organisation."""
    words_sought(request.GET)
    form = DirectoryFilter(request.GET)
    form.is_valid()
    found = with_what_they_say(organisations_found(form.sought()))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    for name in ("page", *form.errors):
        asked.pop(name, None)
    context = {
        "form": form,
        "page": page,
        "asked": asked.urlencode(),
        "is_narrowed": any(asked.values()),
    }
    return render(request, "people/directory.html", context)


@login_not_required
def directory_as_table(request: HttpRequest) -> HttpResponse:
    """Give the organisations found as a table, safe to open in a spreadsheet."""
    form = DirectoryFilter(request.GET)
    if not form.is_valid():
        wrong = ", ".join(form.left_out)
        raise BadRequest(f"These filters hold an answer that is not in their lists: {wrong}.")
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="organisations.csv"'
    lines = csv.writer(response)
    lines.writerow(COLUMNS)
    for each in with_what_they_say(organisations_found(form.sought())):
        areas = [workplace.area for workplace in each.workplaces.all()]
        said = {side: [o.words for o in each.offers.all() if o.side == side] for side in OfferSide}
        cells = (
            each.name,
            each.get_kind_display(),
            each.legal_form,
            each.summary,
            each.website,
            "; ".join(map(str, each.identifiers.all())),
            "; ".join(area.name for area in areas),
            "; ".join(area.code for area in areas),
            "; ".join(said[OfferSide.OFFER]),
            "; ".join(said[OfferSide.NEED]),
            each.closed_on.isoformat() if each.closed_on else "",
            each.closing_reason,
            request.build_absolute_uri(reverse("organisation", args=[each.slug])),
        )
        lines.writerow(map(harmless, cells))
    return response
