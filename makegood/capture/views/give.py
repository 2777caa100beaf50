"""The screens on which an organisation gives all the figures it owes: on a page, or in a file."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from makegood.articulate.queries import reach_of
from makegood.capture import actions, queries
from makegood.capture.analysis import small_charts
from makegood.capture.forms import (
    COLUMNS_TO_FILL,
    WIDTHS_TO_FILL,
    FilledInForm,
    RowForm,
    Sheet,
    cells_to_fill,
    key_of,
    keys_sent,
    not_asked,
    tried_asking,
    typed_in,
)
from makegood.capture.permissions import can_give_figures
from makegood.capture.queries import FigureDue
from makegood.kernel.documents.workbook import Sheet as Page
from makegood.kernel.exports import book, table
from makegood.kernel.filters import PAGE
from makegood.people.queries import acting, organisations_of

NAMED_AT_MOST = 10
"""So many rows of a file are named that were not asked for."""


def give_figures(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the figures that are due, as many as one has; what is right is kept, the rest asked again."""
    person = acting(request.user)
    house, every = _asked_of(slug, person=person)
    sheet, kept = Sheet(rows=_missing(every)[:PAGE]), 0
    if request.method == "POST":
        sent = keys_sent(request.POST)
        sheet = Sheet(request.POST, rows=[row for row in every if key_of(row) in sent])
        kept = _keep(sheet, act=lambda form: _give(form, by=person))
        if kept and not sheet.filled:
            messages.success(request, f"{_figures(kept)} recorded. Thank you.")
            return redirect("give_figures", slug=slug)
        _, every = _asked_of(slug, person=person)
    return _sheet_shown(request, house, every, sheet=sheet, kept=kept)


def figures_to_fill(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Give a file with a row for each figure that is asked for, to be filled in and brought back."""
    _, every = _asked_of(slug, person=acting(request.user))
    open_history = [row for row in every if row.is_history and not row.state.is_answered]
    rows = [cells_to_fill(row) for row in [*_missing(every), *open_history]]
    if form == "csv":
        return table(f"figures-to-give-{slug}.csv", COLUMNS_TO_FILL, rows)
    held = Page(name="Figures", rows=[COLUMNS_TO_FILL, *rows], widths=WIDTHS_TO_FILL)
    return book(f"figures-to-give-{slug}.xlsx", held)


def bring_figures_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Take such a file back: what is right is kept, the rest stands on the page as it was filled in."""
    person = acting(request.user)
    house, every = _asked_of(slug, person=person)
    form = FilledInForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["file"]
        strange = not_asked(said, rows=every)
        sheet = Sheet(typed_in(said), rows=[row for row in every if key_of(row) in said])
        kept = _keep(sheet, act=lambda row: _give(row, by=person))
        if kept and not sheet.filled and not strange:
            messages.success(request, f"{_figures(kept)} recorded. Thank you.")
            return redirect("give_figures", slug=slug)
        _, every = _asked_of(slug, person=person)
        if not sheet.filled:
            sheet = Sheet(rows=_missing(every)[:PAGE])
        return _sheet_shown(request, house, every, sheet=sheet, kept=kept, strange=strange)
    context = {"organisation": house, "form": form}
    return render(request, "capture/bring_figures_back.html", context)


def _asked_of(slug: str, *, person: Any) -> tuple[Any, list[FigureDue]]:
    """Return an organisation of ``person``, who may give its figures, and all that it is asked for."""
    house = get_object_or_404(organisations_of(person), slug=slug)
    can_give_figures(person, organisation=house).require()
    every = queries.figures_asked(
        house, reach=reach_of(person), today=timezone.localdate(), with_history=True
    )
    return house, every


def _missing(every: Sequence[FigureDue]) -> list[FigureDue]:
    return [row for row in every if row.is_missing and not row.is_history]


def _sheet_shown(
    request: HttpRequest,
    house: Any,
    every: Sequence[FigureDue],
    *,
    sheet: Sheet,
    kept: int,
    strange: Sequence[str] = (),
) -> HttpResponse:
    """Show what is missing, or what was given and could not be kept."""
    asked = [row for row in every if not row.is_history]
    missing = _missing(every)
    context = {
        "organisation": house,
        "sheet": sheet,
        "groups": _grouped(sheet),
        "tally": queries.tally_of(asked),
        "missing": len(missing),
        "late": sum(row.is_late for row in missing),
        "next": next((row for row in asked if not row.is_missing and not row.came), None),
        "kept": _figures(kept) if kept else "",
        "to_correct": queries.figures_to_correct(every),
        "histories": queries.histories_missing(every),
        "strange": strange[:NAMED_AT_MOST],
        "strange_count": len(strange),
    }
    return render(request, "capture/give.html", context)


def _give(form: RowForm, *, by: Any) -> object:
    period = form.row.kept_for
    return actions.give_figure(form.row.commitment, period=period, given=form.given(), by=by)


def _keep(sheet: Sheet, *, act: Callable[[RowForm], object]) -> int:
    """Keep each row that is right; return how many. The others say what is wrong, or what is asked."""
    if not sheet.filled:
        sheet.nothing = "Give at least one figure, or say why there is none."
    kept = [form for form in sheet.filled if form.is_valid() and _is_kept(form, act=act)]
    sheet.leave_out(kept)
    return len(kept)


def _is_kept(form: RowForm, *, act: Callable[[RowForm], object]) -> bool:
    return tried_asking(form, lambda: act(form)) is not None


def _grouped(sheet: Sheet) -> list[dict[str, object]]:
    """Return the rows by their series, each with what it was lately."""
    owed = {form.row.commitment.pk: form.row.commitment for form in sheet.rows}
    pasts = queries.pasts_of(form.row for form in sheet.rows)
    wrong = queries.wrong_among(form.row for form in sheet.rows)
    charts = small_charts(owed.values(), pasts=pasts, wrong=wrong)
    forms = sorted(sheet.rows, key=lambda form: (form.row.commitment.pk, form.row.span.first))
    return [
        {
            "commitment": owed[key],
            "forms": list(own),
            "chart": charts.get(key),
            "lately": queries.said_lately(pasts[key], commitment=owed[key]),
        }
        for key, own in groupby(forms, key=lambda form: form.row.commitment.pk)
    ]


def _figures(count: int) -> str:
    return f"{count} figure{' is' if count == 1 else 's are'}"
