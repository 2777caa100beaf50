"""Screens to say how the alternative to a need does: figures, their history, and files of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from makegood.articulate import actions, queries
from makegood.articulate.forms import (
    AlternativeFiguresForm,
    AlternativeForm,
    HistoryFigureForm,
    HistoryFileForm,
    StrikeOutForm,
)
from makegood.articulate.permissions import can_change_need
from makegood.articulate.states import NeedState
from makegood.kernel.answers import tried
from makegood.kernel.exports import rejected
from makegood.measures.queries import columns_rejected, current_measurements, uploads_visible_to
from makegood.people.queries import acting


def measure_alternative(request: HttpRequest, reference: str) -> HttpResponse:
    """Say how the alternative does by a measure."""
    person = acting(request.user)
    need = get_object_or_404(queries.needs_visible_to(person), reference=reference)
    can_change_need(person, need=need).require()
    form = AlternativeForm(
        request.POST or None, is_published=need.state != NeedState.DRAFT, initial={}
    )
    if request.method == "POST" and form.is_valid():
        figures = form.figures(measure=form.cleaned_data["measure"])
        made = tried(
            form,
            lambda: actions.measure_alternative(need, figures=figures, reason=form.why, by=person),
        )
        if made:
            messages.success(request, "The figures are kept. Now add what was measured before.")
            return redirect("alternative", reference=reference, measure=made.measure.slug)
    return render(request, "articulate/measure_alternative.html", {"form": form, "need": need})


def revise_alternative(request: HttpRequest, reference: str, measure: str) -> HttpResponse:
    """Put other figures in the place of these."""
    person, measured = _found(request, reference, measure)
    form = AlternativeFiguresForm(
        request.POST or None,
        is_published=measured.need.state != NeedState.DRAFT,
        initial=AlternativeFiguresForm.answers_of(measured),
    )
    if request.method == "POST" and form.is_valid():
        figures = form.figures(measure=measured.measure)
        revised = tried(
            form,
            lambda: actions.revise_alternative(
                measured, figures=figures, reason=form.why, by=person
            ),
        )
        if revised:
            messages.success(request, "The figures are changed.")
            return redirect("need", reference=reference)
    context = {"form": form, "need": measured.need, "measured": measured}
    return render(request, "articulate/measure_alternative.html", context)


def strike_out_alternative(request: HttpRequest, reference: str, measure: str) -> HttpResponse:
    """Leave a measure of the alternative out, once it is confirmed."""
    person, measured = _found(request, reference, measure)
    is_published = measured.need.state != NeedState.DRAFT
    form = StrikeOutForm(request.POST or None) if is_published else None
    if request.method == "POST" and (form is None or form.is_valid()):
        reason = form.cleaned_data["reason"] if form else ""
        actions.strike_out_alternative(measured, reason=reason, by=person)
        messages.success(request, "It is left out.")
        return redirect("need", reference=reference)
    context = {"form": form, "need": measured.need, "measured": measured}
    return render(request, "articulate/strike_out_alternative.html", context)


def alternative(request: HttpRequest, reference: str, measure: str) -> HttpResponse:
    """Read and add to the history of the alternative by a measure."""
    person, measured = _found(request, reference, measure)
    form = HistoryFigureForm(request.POST or None, unit=measured.measure.unit)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        reason = answers["reason"].strip()
        act: Any = actions.correct_alternative if reason else actions.record_alternative
        said = {"period": answers["period_on"], "value": answers["value"]}
        said |= {"reason": reason} if reason else {}
        if tried(form, lambda: act(measured, **said, by=person)):
            messages.success(request, f"{answers['period_on']:%B %Y} is kept.")
            return redirect("alternative", reference=reference, measure=measure)
    series = measured.series
    context = {
        "form": form,
        "need": measured.need,
        "measured": measured,
        "held": current_measurements(series) if series else [],
        "uploads": uploads_visible_to(person).filter(series=series) if series else [],
    }
    return render(request, "articulate/alternative.html", context)


def upload_alternative(request: HttpRequest, reference: str, measure: str) -> HttpResponse:
    """Send a file of the alternative's history, to be shown before anything is kept."""
    person, measured = _found(request, reference, measure)
    form = HistoryFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        upload = tried(
            form,
            lambda: actions.preview_alternative(
                measured, data=file.read(), file_name=file.name, by=person
            ),
        )
        if upload:
            return redirect(
                "alternative_upload", reference=reference, measure=measure, upload=upload.reference
            )
    context = {"form": form, "need": measured.need, "measured": measured}
    return render(request, "articulate/upload_alternative.html", context)


def alternative_upload(
    request: HttpRequest, reference: str, measure: str, upload: str
) -> HttpResponse:
    """Show what a file holds, row by row; keep it or throw it away."""
    person, measured = _found(request, reference, measure)
    uploads = uploads_visible_to(person).filter(series=measured.series)
    shown = get_object_or_404(uploads, reference=upload)
    if request.method == "POST" and "discard" in request.POST:
        actions.discard_alternative(shown, measured=measured, by=person)
        messages.success(request, f"{shown.file_name} was thrown away. No figure was kept.")
        return redirect("alternative", reference=reference, measure=measure)
    if request.method == "POST":
        added = actions.store_alternative(shown, measured=measured, by=person)
        messages.success(request, f"{added} new figure{'' if added == 1 else 's'} kept.")
        return redirect("alternative_upload", reference=reference, measure=measure, upload=upload)
    context = {
        "upload": shown,
        "measure": measured.measure,
        "back_url": reverse("alternative", args=[reference, measure]),
        "back_text": "Earlier figures",
        "rejected_url": reverse("alternative_rejected", args=[reference, measure, upload]),
    }
    return render(request, "measures/checked_figures.html", context)


def alternative_rejected(
    request: HttpRequest, reference: str, measure: str, upload: str
) -> HttpResponse:
    """Give the bad rows of a file back, each with its reason."""
    person, measured = _found(request, reference, measure)
    uploads = uploads_visible_to(person).filter(series=measured.series)
    shown = get_object_or_404(uploads, reference=upload)
    return rejected(shown.reference, columns_rejected(shown), shown.bad_rows)


def _found(request: HttpRequest, reference: str, measure: str) -> Any:
    """Return who acts, and the alternative's figures by a measure, where they may change them."""
    person = acting(request.user)
    need = get_object_or_404(queries.needs_visible_to(person), reference=reference)
    can_change_need(person, need=need).require()
    return person, get_object_or_404(queries.measured_of(need), measure__slug=measure)
