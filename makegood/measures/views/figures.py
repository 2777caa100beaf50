"""Screens to send a file of figures of many series: look at it, read it, keep it."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from makegood.kernel.answers import tried
from makegood.kernel.documents.workbook import Cell, Sheet
from makegood.kernel.exports import book, long_table, table
from makegood.kernel.period import name_month
from makegood.measures import actions, queries
from makegood.measures.forms import (
    FigureFileFilter,
    FigureFileForm,
    FileAnswerForm,
    LayoutForm,
    LookForm,
    NamesForm,
)
from makegood.measures.permissions import can_upload_for, can_upload_for_some
from makegood.measures.queries import Look
from makegood.measures.states import Matched, UploadState
from makegood.people.queries import acting, organisations_recording

ROWS_SHOWN = 20
NAMES_SHOWN = 50
READ_AT_ONCE = 300_000
"""Bytes of a file that is read while the person waits: some thousand rows."""
KEPT_AT_ONCE = 5_000
"""Figures that are kept while the person waits."""
TO_FILL = ("period", "series", "value", "numerator", "denominator", "note")
"""The columns of a table for figures of many series."""
MOST_IN_A_BOOK = 20_000
"""Bad rows that are given as a workbook, which is made whole before it is sent; more go as CSV."""
EVERY = 5
"""Seconds after which a page that follows the work shows itself anew, where that is wished."""


def figure_files(request: HttpRequest) -> HttpResponse:
    """Show the files of figures that were sent, and where each is."""
    person = acting(request.user)
    form = FigureFileFilter(request.GET)
    found = queries.figure_files_visible_to(person)
    if state := form.is_valid() and form.cleaned_data["state"]:
        found = found.filter(state=state)
    if words := form.answers.get("q"):
        found = found.filter(file_name__icontains=words)
    context = form.listed(found) | {"may_send": can_upload_for_some(person)}
    return render(request, "measures/figure_files.html", context)


def send_figures(request: HttpRequest) -> HttpResponse:
    """Send a file of figures of many series."""
    person = acting(request.user)
    can_upload_for_some(person).require()
    form = FigureFileForm(
        request.POST or None,
        request.FILES or None,
        keepers=organisations_recording(person),
        measures=queries.measures_in_use(),
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data.pop("file")
        sent = tried(
            form,
            lambda: actions.receive_figures(
                file, file_name=file.name, **form.cleaned_data, by=person
            ),
        )
        if sent:
            return redirect("figure_columns", reference=sent.reference)
    return render(request, "measures/send_figures.html", {"form": form})


def figure_columns(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what the columns of a file are, beside its first rows; then it is read."""
    person = acting(request.user)
    shown = get_object_or_404(queries.figure_files_visible_to(person), reference=reference)
    can_upload_for(person, keeper=shown.keeper).require()
    work = queries.work_on(shown)
    if work is None or shown.state not in {UploadState.RECEIVED, UploadState.PREVIEWED}:
        return redirect("figure_file", reference=reference)
    look, looking = _look(request, shown)
    form = LayoutForm(request.POST or None, look=look)
    if request.method == "POST" and form.is_valid():
        layout = form.layout()
        if tried(form, lambda: actions.read_figures(shown, layout=layout, by=person)):
            if work.size <= READ_AT_ONCE:
                actions.work_on_upload(shown)
            return redirect("figure_file", reference=reference)
    context = {"file": shown, "form": form, "looking": looking, "look": look, "work": work}
    return render(request, "measures/figure_columns.html", context)


def _look(request: HttpRequest, shown: Any) -> tuple[Look, LookForm]:
    """Look into the file as the address or the answer says: at a sheet, and at rows of headings."""
    asked = request.POST if request.method == "POST" else request.GET
    look = queries.look_into(shown)
    if "header_from" not in asked:
        return look, LookForm(look=look)
    form = LookForm(asked, look=look)
    if not form.is_valid():
        return look, form
    answers = form.cleaned_data
    sheet = answers.get("sheet", look.layout.sheet)
    same = (look.layout.sheet, look.layout.header_from, look.layout.header_to)
    if (sheet, answers["header_from"], answers["header_to"]) == same:
        return look, form
    header = None if sheet != look.layout.sheet else (answers["header_from"], answers["header_to"])
    if request.method == "POST":
        header = (answers["header_from"], answers["header_to"])
    found = tried(form, lambda: queries.look_into(shown, sheet=sheet, header=header))
    return (found, LookForm(look=found)) if found else (look, form)


def figure_file(request: HttpRequest, reference: str) -> HttpResponse:
    """Show where a file is: being read, to be checked, being kept, kept; keep it or throw it away."""
    person = acting(request.user)
    shown = get_object_or_404(queries.figure_files_visible_to(person), reference=reference)
    form = FileAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if answered := tried(form, lambda: _answered(request, shown, by=person)):
            return answered
        shown.refresh_from_db()
    work = queries.work_on(shown)
    follows = queries.is_under_way(shown) and "follow" in request.GET
    context = {
        "file": shown,
        "form": form,
        "work": work,
        "follows": follows,
        "bad_rows": shown.rejected.all()[:ROWS_SHOWN],
        "new_names": shown.names.filter(series=None, matched=Matched.NEW).count(),
        "left_out": shown.names.filter(matched=Matched.LEFT_OUT).count(),
        "owed": queries.names_left_to_contracts(shown)
        if shown.state == UploadState.PREVIEWED
        else [],
        "is_short": (shown.counted or {}).get("bad", 0) <= MOST_IN_A_BOOK,
        "figures_left_out": queries.figures_left_out(shown),
        "figures": shown.staged.select_related("name__series")[:ROWS_SHOWN],
        "may_upload": can_upload_for(person, keeper=shown.keeper),
    }
    response = render(request, "measures/figure_file.html", context)
    if follows:
        response["Refresh"] = str(EVERY)
    return response


def _answered(request: HttpRequest, shown: Any, *, by: Any) -> HttpResponse:
    """Do what was pressed on the page of a file."""
    if "discard" in request.POST:
        actions.discard_figures(shown, by=by)
        messages.success(request, "The file was thrown away. No figure was kept.")
        return redirect("figure_files")
    if "names" in request.POST:
        matched = Matched.LEFT_OUT if request.POST["names"] == Matched.LEFT_OUT else Matched.NEW
        actions.answer_new_names(shown, matched=matched, by=by)
    else:
        actions.keep_figures(shown, by=by)
        if (shown.counted or {}).get("good", 0) <= KEPT_AT_ONCE:
            actions.work_on_upload(shown)
    return redirect("figure_file", reference=shown.reference)


def figure_names(request: HttpRequest, reference: str) -> HttpResponse:
    """Say which series the names in a file mean."""
    person = acting(request.user)
    shown = get_object_or_404(queries.figure_files_visible_to(person), reference=reference)
    can_upload_for(person, keeper=shown.keeper).require()
    if shown.state != UploadState.PREVIEWED:
        return redirect("figure_file", reference=reference)
    page = Paginator(queries.names_in(shown), NAMES_SHOWN).get_page(request.GET.get("page"))
    form = NamesForm(request.POST or None, names=page, series=list(queries.series_to_match(shown)))
    if request.method == "POST" and form.is_valid():
        answers = form.answers()
        if tried(form, lambda: actions.match_names(shown, answers=answers, by=person)):
            messages.success(
                request, "Kept. The next file with these names is matched the same way."
            )
            return redirect("figure_file", reference=reference)
    context = {"file": shown, "form": form, "page": page}
    return render(request, "measures/figure_names.html", context)


def rejected_figures(request: HttpRequest, reference: str, form: str) -> HttpResponseBase:
    """Give the bad rows of a file back, each with its reason, to be mended and sent again."""
    person = acting(request.user)
    shown = get_object_or_404(queries.figure_files_visible_to(person), reference=reference)
    columns = [heading or f"column {i}" for i, heading in enumerate(shown.columns, start=1)]
    rows = shown.rejected.all()
    if form == "xlsx" and rows.count() > MOST_IN_A_BOOK:
        return redirect("rejected_figures", reference=reference)
    head: list[Cell] = [*columns, "row", "what is wrong"]
    body: Iterator[list[Cell]] = (
        [*_as_wide(each.cells, len(columns)), each.row, each.reason] for each in rows.iterator(2000)
    )
    if form == "csv":
        return long_table(f"{shown.reference}-rejected.csv", head, body)
    sheet = Sheet(name="Rows to mend", rows=chain([head], body))
    return book(f"{shown.reference}-rejected.xlsx", sheet)


def figures_template(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Give a table for figures of a measure: a row for each series and each period that lacks one."""
    measure = get_object_or_404(queries.measures(), slug=slug)
    person = acting(request.user)
    keeper = organisations_recording(person).filter(slug=request.GET.get("for", "")).first()
    found = (
        queries.periods_lacking(keeper, measure=measure, today=timezone.localdate())
        if keeper
        else ()
    )
    rows = [[name_month(period), one.about, "", "", "", ""] for one, period in found]
    if form == "csv":
        return table(f"{measure.slug}.csv", TO_FILL, rows)
    held = Sheet(name="Figures", rows=[TO_FILL, *rows], widths=(18, 40, 12, 12, 12, 40))
    return book(f"{measure.slug}.xlsx", held)


def _as_wide(cells: list[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]
