"""The screen on which an organisation gives all the figures it owes."""

from collections.abc import Callable
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from makegood.articulate.queries import reach_of
from makegood.capture import actions, queries
from makegood.capture.analysis import small_charts
from makegood.capture.forms import RowForm, Sheet, key_of, keys_sent, tried_asking
from makegood.capture.permissions import can_give_figures
from makegood.kernel.filters import PAGE
from makegood.people.queries import acting, organisations_of


def give_figures(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the figures that are due, as many as one has; what is right is kept, the rest asked again."""
    person, today = acting(request.user), timezone.localdate()
    house = get_object_or_404(organisations_of(person), slug=slug)
    can_give_figures(person, organisation=house).require()
    every = queries.figures_asked(house, reach=reach_of(person), today=today, with_history=True)
    asked = [row for row in every if not row.is_history]
    missing = [row for row in asked if row.is_missing]
    sheet = Sheet(rows=missing[:PAGE])
    kept = 0
    if request.method == "POST":
        sent = keys_sent(request.POST)
        sheet = Sheet(request.POST, rows=[row for row in asked if key_of(row) in sent])
        kept = _keep(
            sheet,
            act=lambda form: actions.give_figure(
                form.row.commitment, period=form.row.kept_for, given=form.given(), by=person
            ),
        )
        if kept and not sheet.filled:
            messages.success(request, f"{_figures(kept)} recorded. Thank you.")
            return redirect("give_figures", slug=slug)
    context = {
        "organisation": house,
        "sheet": sheet,
        "groups": _grouped(sheet),
        "tally": queries.tally_of(asked),
        "missing": len(missing) - kept,
        "late": sum(row.is_late for row in missing),
        "next": next((row for row in asked if not row.is_missing and not row.came), None),
        "kept": _figures(kept) if kept else "",
        "histories": queries.histories_missing(every),
    }
    return render(request, "capture/give.html", context)


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
    charts = small_charts(owed.values(), pasts=pasts)
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
