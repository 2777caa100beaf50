"""Screens that show which figures are due, and which are late."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from makegood.capture import queries
from makegood.capture.forms import DueFilter
from makegood.capture.permissions import can_give_figures
from makegood.capture.queries import FigureDue
from makegood.contract.queries import contracts_visible_to
from makegood.kernel.exports import table
from makegood.people.queries import organisations, signed_in

COLUMNS = (
    "promise", "measure", "unit", "contract", "owed by", "from", "to", "due by", "how it stands",
    "days late", "figure", "why there is none", "found wrong",
)  # fmt: skip
HEAD = ("Figure", "For", "Owed by", "Due by", "How it stands")


@login_not_required
def organisation_figures(request: HttpRequest, slug: str) -> HttpResponse:
    """Show which figures an organisation owes, or is owed, and which are late."""
    person = signed_in(request.user)
    shown = get_object_or_404(organisations(), slug=slug)
    rows = queries.figures_of(shown, today=timezone.localdate())
    gives = can_give_figures(person, organisation=shown)
    context = {
        "title": f"Figures of {shown}",
        "organisation": shown,
        "back": (reverse("organisation", args=[slug]), str(shown)),
        "give_url": reverse("give_figures", args=[slug]) if gives else "",
        "list_url": reverse("organisation_figures", args=[slug]),
        "table_url": reverse("organisation_figures_table", args=[slug]),
    }
    return _listed(request, rows, context=context)


@login_not_required
def organisation_figures_table(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the same as a table, safe to open in a spreadsheet."""
    shown = get_object_or_404(organisations(), slug=slug)
    rows = queries.figures_of(shown, today=timezone.localdate())
    return _taken(request, rows, name=f"figures-{slug}.csv")


@login_not_required
def contract_figures(request: HttpRequest, reference: str) -> HttpResponse:
    """Show which figures are due under a contract, and which are late."""
    person = signed_in(request.user)
    shown = get_object_or_404(contracts_visible_to(person), reference=reference)
    rows = queries.figures_under(shown, today=timezone.localdate())
    house = shown.provider
    gives = can_give_figures(person, organisation=house)
    context = {
        "title": f"Figures of “{shown.name}”",
        "back": (reverse("contract", args=[reference]), shown.name),
        "give_url": reverse("give_figures", args=[house.slug]) if gives else "",
        "list_url": reverse("contract_figures", args=[reference]),
        "table_url": reverse("contract_figures_table", args=[reference]),
    }
    return _listed(request, rows, context=context)


@login_not_required
def contract_figures_table(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the same as a table, safe to open in a spreadsheet."""
    person = signed_in(request.user)
    shown = get_object_or_404(contracts_visible_to(person), reference=reference)
    rows = queries.figures_under(shown, today=timezone.localdate())
    return _taken(request, rows, name=f"figures-{reference}.csv")


def _listed(
    request: HttpRequest, rows: Sequence[FigureDue], *, context: dict[str, object]
) -> HttpResponse:
    form = DueFilter(request.GET, rows=rows)
    listed = form.listed(form.found(rows))
    lines = [_line(row) for row in listed["page"].object_list]
    context |= listed | {"lines": lines, "head": HEAD, "tally": queries.tally_of(rows)}
    return render(request, "capture/figures.html", context)


def _taken(request: HttpRequest, rows: Sequence[FigureDue], *, name: str) -> HttpResponse:
    form = DueFilter(request.GET, rows=rows)
    form.require_all()
    return table(name, COLUMNS, map(_cells, form.found(rows)))


def _line(row: FigureDue) -> list[object]:
    owed, stands = row.commitment, row.words
    if row.came:
        month = f"{row.came.period:%Y-%m}"
        href = reverse("figure", args=[owed.reference, month])
        return [*_named(row), {"text": stands, "href": href}]
    return [*_named(row), stands]


def _named(row: FigureDue) -> list[object]:
    owed = row.commitment
    return [
        {"text": f"{owed.measure} ({owed.name})", "href": owed.get_absolute_url()},
        row.span.name,
        str(row.owed_by),
        f"{row.span.due_on:%-d %B %Y}",
    ]


def _cells(row: FigureDue) -> tuple[object, ...]:
    owed, came = row.commitment, row.came
    return (
        owed.name,
        owed.measure,
        owed.measure and owed.measure.unit,
        owed.contract.reference,
        row.owed_by,
        row.span.first,
        row.span.last,
        row.span.due_on,
        row.state,
        row.days_late or None,
        came and came.value,
        came.note if came and came.value is None else None,
        "not corrected" if row.is_found_wrong else None,
    )
