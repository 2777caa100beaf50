"""The public directory of organisations: found on a page, taken away as a table."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from makegood.kernel.exports import table
from makegood.people.directory import organisations_found, with_what_they_say
from makegood.people.directory_forms import DirectoryFilter
from makegood.people.states import OfferSide

COLUMNS = (
    "name", "kind", "legal form", "summary", "website", "identifiers", "areas", "area codes",
    "offers", "needs", "closed on", "why it closed", "page",
)  # fmt: skip


@login_not_required
def directory(request: HttpRequest) -> HttpResponse:
    """Find an organisation."""
    form = DirectoryFilter(request.GET)
    found = with_what_they_say(organisations_found(form.sought()))
    return render(request, "people/directory.html", form.listed(found))


@login_not_required
def directory_as_table(request: HttpRequest) -> HttpResponse:
    """Give the organisations found as a table, safe to open in a spreadsheet."""
    form = DirectoryFilter(request.GET)
    form.require_all()
    found = with_what_they_say(organisations_found(form.sought()))
    site = request.build_absolute_uri
    rows = (_cells(each, page=site(reverse("organisation", args=[each.slug]))) for each in found)
    return table("organisations.csv", COLUMNS, rows)


def _cells(each: Any, *, page: str) -> tuple[object, ...]:
    areas = [workplace.area for workplace in each.workplaces.all()]
    said = {side: [o.words for o in each.offers.all() if o.side == side] for side in OfferSide}
    return (
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
        each.closed_on,
        each.closing_reason,
        page,
    )
