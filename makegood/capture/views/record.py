"""Screens to record figures and files, and to open links for stories."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.capture import actions, queries
from makegood.capture.analysis import doubts_in
from makegood.capture.forms import (
    CorrectionForm,
    FigureForm,
    StoryLinkForm,
    UploadForm,
    tried_asking,
)
from makegood.capture.permissions import can_capture, can_capture_for
from makegood.kernel.answers import tried
from makegood.kernel.documents.workbook import Sheet
from makegood.kernel.exports import book, rejected, table
from makegood.kernel.period import name_month
from makegood.measures.queries import (
    columns_rejected,
    current_measurements,
    versions_of,
)
from makegood.measures.states import UploadState
from makegood.people.queries import acting


def capture(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what is owed for a commitment and what is there; record one figure."""
    person = acting(request.user)
    commitment = get_object_or_404(queries.captures_visible_to(person), reference=reference)
    owed = queries.periods_without_figure(commitment, today=timezone.localdate())
    form = FigureForm(request.POST or None, commitment=commitment, periods=owed)
    if request.method == "POST" and form.is_valid():
        period = form.cleaned_data["period"]
        given = form.given()
        recorded = tried_asking(
            form, lambda: actions.give_figure(commitment, period=period, given=given, by=person)
        )
        if recorded:
            messages.success(request, f"{name_month(period)} is recorded.")
            return redirect("capture", reference=reference)
    context = {
        "commitment": commitment,
        "form": form,
        "owed": owed,
        "measurements": commitment.line
        and current_measurements(commitment.line).annotate(is_wrong=queries.IS_FOUND_WRONG),
        "uploads": queries.uploads_for(commitment),
        "links": commitment.story_links.all(),
        "tellings": queries.tellings(commitment, person=person, most=queries.NEWEST),
        "counts": queries.story_counts(commitment),
        "may_capture": can_capture(person, commitment=commitment),
    }
    return render(request, "capture/capture.html", context)


def correct_figure(request: HttpRequest, reference: str, period: str) -> HttpResponse:
    """Put a right figure in place of a wrong one, with the reason."""
    person = acting(request.user)
    commitment = get_object_or_404(queries.captures_visible_to(person), reference=reference)
    month = _month(period)
    if commitment.line is None:
        raise Http404
    house = commitment.owed_by(month)
    can_capture_for(person, commitment=commitment, house=house).require()
    versions = versions_of(commitment.line, period=month)
    if not versions:
        raise Http404
    form = CorrectionForm(request.POST or None, commitment=commitment)
    if request.method == "POST" and form.is_valid():
        reason, is_sure = form.cleaned_data["reason"], form.is_sure
        corrected = tried_asking(
            form,
            lambda: actions.correct_capture(
                commitment,
                period=month,
                **form.figures(),
                reason=reason,
                is_sure=is_sure,
                by=person,
            ),
        )
        if corrected:
            messages.success(request, f"{name_month(month)} is corrected. Both figures are kept.")
            return redirect("capture", reference=reference)
    key = commitment.line.at(month).pk
    context = {
        "commitment": commitment,
        "form": form,
        "month": month,
        "versions": versions,
        "owed_by": house,
        "found": queries.found_wrong([key]).get((key, month)),
    }
    return render(request, "capture/correct_figure.html", context)


def upload_figures(request: HttpRequest, reference: str) -> HttpResponse:
    """Send a file of figures, to be shown before anything is kept."""
    person = acting(request.user)
    commitment = get_object_or_404(queries.captures_visible_to(person), reference=reference)
    can_capture(person, commitment=commitment).require()
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        upload = tried(
            form,
            lambda: actions.preview_capture(
                commitment, data=file.read(), file_name=file.name, by=person
            ),
        )
        if upload:
            return redirect("upload", reference=reference, upload=upload.reference)
    context = {"commitment": commitment, "form": form}
    return render(request, "capture/upload_figures.html", context)


def periods_to_fill(request: HttpRequest, reference: str, form: str) -> HttpResponse:
    """Give a file with a row for each period of a commitment that asks for a figure, to be filled in."""
    person = acting(request.user)
    commitment = get_object_or_404(queries.captures_visible_to(person), reference=reference)
    can_capture(person, commitment=commitment).require()
    owed = queries.periods_without_figure(commitment, today=timezone.localdate())
    words = commitment.measure_version or commitment.measure
    parts = ("numerator", "denominator") if words and words.numerator else ()
    columns = ("period", "value", *parts, "note")
    rows = [(name_month(period), *[""] * (len(columns) - 1)) for period in owed]
    if form == "csv":
        return table(f"{reference}-figures.csv", columns, rows)
    widths = [18, *[14] * (len(columns) - 2), 40]
    return book(
        f"{reference}-figures.xlsx", Sheet(name="Figures", rows=[columns, *rows], widths=widths)
    )


def upload(request: HttpRequest, reference: str, upload: str) -> HttpResponse:
    """Show what a file holds, row by row; keep it or throw it away."""
    person = acting(request.user)
    commitment = get_object_or_404(queries.captures_visible_to(person), reference=reference)
    can_capture(person, commitment=commitment).require()
    shown = get_object_or_404(queries.uploads_for(commitment), reference=upload)
    if request.method == "POST" and "discard" in request.POST:
        actions.discard_capture(shown, commitment=commitment, by=person)
        messages.success(request, f"{shown.file_name} was thrown away. No figure was kept.")
        return redirect("capture", reference=reference)
    if request.method == "POST":
        added = actions.store_capture(shown, commitment=commitment, by=person)
        messages.success(request, f"{added} new figure{'' if added == 1 else 's'} kept.")
        return redirect("upload", reference=reference, upload=upload)
    context = {
        "upload": shown,
        "measure": commitment.measure,
        "back_url": reverse("capture", args=[reference]),
        "back_text": "Record what happened",
        "rejected_url": reverse("rejected_rows", args=[reference, upload]),
        "doubts": doubts_in(commitment, rows=shown.good_rows)
        if shown.state == UploadState.PREVIEWED
        else [],
    }
    return render(request, "measures/checked_figures.html", context)


def rejected_rows(request: HttpRequest, reference: str, upload: str) -> HttpResponse:
    """Give the bad rows of a file back, each with its reason, to be mended and sent again."""
    person = acting(request.user)
    commitment = get_object_or_404(queries.captures_visible_to(person), reference=reference)
    can_capture(person, commitment=commitment).require()
    shown = get_object_or_404(queries.uploads_for(commitment), reference=upload)
    return rejected(shown.reference, columns_rejected(shown), shown.bad_rows)


def open_story_link(request: HttpRequest, reference: str) -> HttpResponse:
    """Make an address by which people tell what changed for them."""
    person = acting(request.user)
    commitment = get_object_or_404(queries.captures_visible_to(person), reference=reference)
    can_capture(person, commitment=commitment).require()
    form = StoryLinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        label = form.cleaned_data["label"]
        link = tried(form, lambda: actions.open_story_link(commitment, label=label, by=person))
        if link:
            messages.success(
                request, "The link is open. Share it with anyone who may have a story."
            )
            return redirect("capture", reference=reference)
    context = {"commitment": commitment, "form": form}
    return render(request, "capture/open_story_link.html", context)


@require_POST
def close_story_link(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Take no more stories by a link."""
    person = acting(request.user)
    commitment = get_object_or_404(queries.captures_visible_to(person), reference=reference)
    link = get_object_or_404(queries.open_link(token), commitment=commitment)
    actions.close_story_link(link, by=person)
    messages.success(request, "The link is closed. Stories already told stay.")
    return redirect("capture", reference=reference)


def _month(period: str) -> date:
    try:
        return date.fromisoformat(f"{period}-01")
    except ValueError:
        raise Http404 from None
