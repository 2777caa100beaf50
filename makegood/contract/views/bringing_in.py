"""Screens to bring in contracts that were made elsewhere, and to confirm or dispute them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.articulate.permissions import can_write_for_some_in
from makegood.articulate.queries import houses_writing_in, programmes_to_write_in
from makegood.contract import actions, queries
from makegood.contract.forms import (
    COLUMNS,
    OF_CONTRACT,
    AnswerForm,
    BringInForm,
    ReadRow,
    TypedRowForm,
    read_rows,
    told_contracts,
    with_row,
)
from makegood.contract.permissions import can_confirm
from makegood.contract.states import BroughtInAnswer
from makegood.kernel.answers import tried
from makegood.kernel.exports import table
from makegood.people.queries import acting, open_organisations
from makegood.people.states import Kind


def bring_in(request: HttpRequest) -> HttpResponse:
    """Check a file of contracts, bring the good ones in, and give the other rows back."""
    form = _asked_form(request)
    if request.method == "POST" and form.is_valid():
        answer = _checked(request, form)
        if answer:
            return answer
    return render(request, "contract/bring_in.html", {"form": form, "columns": COLUMNS})


def bring_in_by_form(request: HttpRequest) -> HttpResponse:
    """Type contracts in, promise by promise, and check them like a file of the same."""
    form, row = _asked_form(request, is_typed=True), TypedRowForm(request.POST or None)
    text, is_over = request.POST.get("text", ""), "check" in request.POST
    is_more = not (is_over and text.strip() and row.is_blank)
    if request.method == "POST" and form.houses_are_said() and (not is_more or row.is_valid()):
        text = with_row(text, row) if is_more else text
        form = _asked_form(request, text=text, is_typed=True)
        answer = _checked(request, form) if is_over and form.is_valid() else None
        if answer:
            return answer
        row = TypedRowForm(initial={name: row.data.get(name) for name in OF_CONTRACT})
    context = {"form": form, "row": row, "text": text, "typed": read_rows(text) if text else []}
    return render(request, "contract/bring_in_by_form.html", context)


def _asked_form(request: HttpRequest, *, text: str = "", is_typed: bool = False) -> BringInForm:
    person, asked = acting(request.user), request.POST.copy()
    if text:
        asked["text"] = text
    programmes = programmes_to_write_in(person, kind=Kind.COMMISSIONER)
    first = programmes.values_list("pk", flat=True).first()
    can_write_for_some_in(person, kind=Kind.COMMISSIONER, programme=first).require()
    return BringInForm(
        asked or None,
        request.FILES or None,
        commissioners=houses_writing_in(person, kind=Kind.COMMISSIONER, programme=first),
        programmes=programmes,
        assessors=open_organisations(kind=Kind.ASSESSOR),
        is_typed=is_typed,
    )


def _checked(request: HttpRequest, form: BringInForm) -> HttpResponse | None:
    """Show what is good and what is not, bring in what is asked for; None where a rule refused all."""
    person = acting(request.user)
    rows = read_rows(form.cleaned_data["text"])
    told = told_contracts(rows)
    is_rehearsal = "bring_in" not in request.POST
    houses = {k: form.cleaned_data[k] for k in ("commissioner", "programme", "assessor")}
    outcomes = tried(
        form,
        lambda: actions.bring_in_contracts(told, **houses, is_rehearsal=is_rehearsal, by=person),
    )
    if outcomes is None:
        return None
    _note(rows, outcomes)
    bad = [row for row in rows if row.reason]
    if "rejected" in request.POST:
        return _rejected(bad)
    context = {
        "outcomes": [each for each in outcomes if not each.reason],
        "bad": bad,
        "new": sum(each.is_new for each in outcomes),
        "is_rehearsal": is_rehearsal,
        "given": form.cleaned_data,
    }
    return render(request, "contract/brought_in.html", context)


def bring_in_template(_: HttpRequest) -> HttpResponse:
    """Give an empty table with the columns that can be read."""
    return table("contracts-to-bring-in.csv", COLUMNS, [])


def answer_brought_in(request: HttpRequest, reference: str) -> HttpResponse:
    """Confirm or dispute what was brought in for a provider."""
    person = acting(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    if not shown.is_brought_in:
        raise Http404
    can_confirm(person, contract=shown).require()
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer, words = BroughtInAnswer(form.cleaned_data["answer"]), form.cleaned_data["words"]
        said = tried(
            form,
            lambda: actions.answer_brought_in(shown, answer=answer, words=words, by=person),
        )
        if said:
            messages.success(request, f"It is {answer}. Everyone can read it.")
            return redirect("contract", reference=reference)
    context = {"form": form, "contract": shown, "promises": queries.reconciliation(shown)}
    return render(request, "contract/answer_brought_in.html", context)


def _note(rows: list[ReadRow], outcomes: list[actions.BroughtIn]) -> None:
    """Put on each row why its contract stays out."""
    reasons = {each.reference: each.reason for each in outcomes}
    for row in rows:
        row.reason = row.reason or reasons.get(row.reference, "")


def _rejected(bad: list[ReadRow]) -> HttpResponse:
    rows = ([*(row.cells.get(name, "") for name in COLUMNS), row.line, row.reason] for row in bad)
    return table("rejected.csv", [*COLUMNS, "line", "what is wrong"], rows)
