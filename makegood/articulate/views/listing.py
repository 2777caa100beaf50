"""Screens that list somebody’s own proposals."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from makegood.articulate import queries
from makegood.articulate.forms import ProposalFilter
from makegood.kernel.exports import table
from makegood.people.queries import acting

COLUMNS = (
    "reference", "title", "provider", "need", "commissioner", "state", "begun", "sent",
    "need closes", "page",
)  # fmt: skip


def proposals(request: HttpRequest) -> HttpResponse:
    """See the proposals of one’s own organisations: drafts, sent, decided."""
    form = ProposalFilter(request.GET)
    own = queries.own_proposals(acting(request.user))
    found = queries.proposals_found(own, sought=form.sought())
    return render(request, "articulate/proposals.html", form.listed(found))


def proposals_table(request: HttpRequest) -> HttpResponse:
    """Give them as a table, safe to open in a spreadsheet."""
    form = ProposalFilter(request.GET)
    form.require_all()
    own = queries.own_proposals(acting(request.user))
    found = queries.proposals_found(own, sought=form.sought())
    site = request.build_absolute_uri
    rows = (_cells(each, page=site(reverse("proposal", args=[each.code]))) for each in found)
    return table("proposals.csv", COLUMNS, rows)


def _cells(each: Any, *, page: str) -> tuple[object, ...]:
    times = (each.written_at, each.submitted_at, each.need.closes_at)
    return (
        each.reference,
        each.title,
        each.provider,
        each.need,
        each.need.commissioner,
        each.state,
        *(at and timezone.localtime(at).isoformat(timespec="minutes") for at in times),
        page,
    )
