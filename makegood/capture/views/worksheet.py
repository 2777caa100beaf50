"""The worksheet of a sample: ticked on the page, or taken along as a file and brought back."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.articulate.queries import reach_of
from makegood.capture import actions, queries
from makegood.capture.forms import ANSWERS, WORKSHEET, BringBackForm, ItemForm, Worksheet
from makegood.capture.permissions import can_look_through
from makegood.capture.states import Found
from makegood.kernel.documents.workbook import Cell, Sheet
from makegood.kernel.exports import book, table
from makegood.people.queries import acting

WIDTHS = (24, 16, 34, 14, 12, 14, 14, 14, 40)
"""How wide the columns of a worksheet are, in characters."""
NOT_YOURS = "It was not drawn, or is not yours to look at."


def worksheet(request: HttpRequest, reference: str) -> HttpResponse:
    """Look through what was drawn, as much as one has; what is right is kept, the rest asked again."""
    person = acting(request.user)
    held = _held(reference, person=person)
    items = queries.items_looked_at(held, reach=reach_of(person))
    sheet = Worksheet(request.POST or None, items=items)
    if request.method == "POST":
        kept = sheet.keep(lambda row: _answer(row, by=person))
        if kept and kept == len(sheet.filled):
            messages.success(request, f"What you found of {_figures(kept)} is kept.")
            return redirect("worksheet", reference=reference)
    context = {"sample": held, "sheet": sheet, "drawn": held.items.count()}
    return render(request, "capture/worksheet.html", context)


def worksheet_table(request: HttpRequest, reference: str, form: str) -> HttpResponse:
    """Give the worksheet to take along, as CSV or XLSX, with empty cells for what is found."""
    person = acting(request.user)
    held = _held(reference, person=person)
    rows = map(_cells, queries.items_looked_at(held, reach=reach_of(person)))
    if form == "csv":
        return table(f"{reference}-worksheet.csv", [*WORKSHEET, *ANSWERS], rows)
    sheet = Sheet(name="Worksheet", rows=[[*WORKSHEET, *ANSWERS], *rows], widths=WIDTHS)
    return book(f"{reference}-worksheet.xlsx", sheet)


def bring_worksheet_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a worksheet back that was filled in; each row that is right is kept, the others say why not."""
    person = acting(request.user)
    held = _held(reference, person=person)
    form = BringBackForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    kept = 0
    if request.method == "POST" and form.is_valid():
        own = queries.items_looked_at(held, reach=reach_of(person))
        items = {item.name: item for item in own}
        for row in form.cleaned_data["file"]:
            answer = row.form(items[row.name]) if row.name in items else None
            found = list(_faults(answer, by=person)) if answer else [NOT_YOURS]
            faults += [f"Row {row.line}, {row.name}: {' '.join(found)}"] if found else []
            kept += not found
        if not faults:
            messages.success(request, f"What you found of {_figures(kept)} is kept.")
            return redirect("worksheet", reference=reference)
    context = {"sample": held, "form": form, "faults": faults, "kept": _figures(kept)}
    return render(request, "capture/bring_worksheet_back.html", context)


def _held(reference: str, *, person: Any) -> Any:
    held = get_object_or_404(queries.sample_found(reference, person=person))
    contracts = queries.contracts_drawn(held) if held.programme_id else []
    can_look_through(person, sample=held, contracts=contracts).require()
    return held


def _answer(row: ItemForm, *, by: Any) -> object:
    answers = row.cleaned_data
    return actions.answer_item(
        row.item,
        found=Found(answers["found"]),
        true_value=answers["true_value"],
        note=answers["note"],
        by=by,
    )


def _faults(row: ItemForm, *, by: Any) -> Iterator[str]:
    """Keep what a row says, or yield what is wrong with it."""
    row.keep(lambda form: _answer(form, by=by))
    for errors in row.errors.values():
        yield from map(str, errors)


def _cells(item: Any) -> tuple[Cell, ...]:
    owed, figure = item.commitment, item.measurement
    return (
        item.name,
        owed.name,
        str(owed.measure),
        figure.period.isoformat(),
        figure.value,
        owed.measure and owed.measure.unit,
        item.found,
        item.true_value,
        item.note,
    )


def _figures(count: int) -> str:
    return f"{count} figure{'' if count == 1 else 's'}"
