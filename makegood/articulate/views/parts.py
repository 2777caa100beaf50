"""Screens to write the parts of a proposal, one page at a time; each page is kept at once."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.articulate import actions, queries
from makegood.articulate.differences import changed
from makegood.articulate.forms import CriteriaForm, IsDoneForm, OptionForm, PartForm
from makegood.articulate.parts import MOST_OPTIONS, lines_of, with_piece
from makegood.articulate.permissions import can_change_proposal
from makegood.articulate.states import PROPOSALS, ProposalPart
from makegood.kernel.answers import tried
from makegood.people.permissions import can_describe
from makegood.people.queries import acting

Writing = PartForm | CriteriaForm | OptionForm
KEPT = "“{}” is kept."


def write_part(request: HttpRequest, code: str, part: ProposalPart) -> HttpResponse:
    """Write one part of a draft; it may be half done."""
    person = acting(request.user)
    draft = get_object_or_404(queries.proposals_visible_to(person), code=code)
    can_change_proposal(person, proposal=draft).require()
    PROPOSALS.target(draft.state, act="revise_proposal")
    stands = queries.part_of(draft, part=part)
    said = queries.motives_offered(draft) if part == ProposalPart.MOTIVES else None
    is_asked_anew = part == ProposalPart.MOTIVES and said is None
    form = PartForm(
        request.POST or None,
        part=part,
        content=stands.content if stands.is_begun or not said else said,
        is_done=stands.is_done,
        asks_whose=is_asked_anew and bool(can_describe(person, organisation=draft.provider)),
    )
    if request.method == "POST" and form.is_valid():
        written = tried(
            form,
            lambda: actions.write_part(
                draft,
                part=part,
                piece=form.piece(),
                is_done=form.cleaned_data["is_done"],
                read_as=request.POST.get("read_as"),
                is_ours_too=form.cleaned_data.get("is_ours_too", False),
                by=person,
            ),
        )
        if written:
            messages.success(request, KEPT.format(stands.about.title))
            goes_on = "more" in request.POST
            return redirect(request.path if goes_on else "proposal", *([] if goes_on else [code]))
    context = {"proposal": draft, "stands": stands, "form": form}
    return render(
        request, "articulate/write_part.html", context | _meanwhile(request, form, stands)
    )


def weigh_options(request: HttpRequest, code: str) -> HttpResponse:
    """See the options side by side, and say whether all of them are weighed."""
    person = acting(request.user)
    draft = get_object_or_404(queries.proposals_visible_to(person), code=code)
    can_change_proposal(person, proposal=draft).require()
    PROPOSALS.target(draft.state, act="revise_proposal")
    stands = queries.part_of(draft, part=ProposalPart.OPTIONS)
    form = IsDoneForm(request.POST or None, initial={"is_done": stands.is_done})
    if request.method == "POST" and form.is_valid():
        written = tried(
            form,
            lambda: actions.write_part(
                draft,
                part=ProposalPart.OPTIONS,
                piece=None,
                is_done=form.cleaned_data["is_done"],
                by=person,
            ),
        )
        if written:
            messages.success(request, KEPT.format(stands.about.title))
            return redirect("proposal", code=code)
    count = len(stands.content["rows"])
    context = {
        "proposal": draft,
        "stands": stands,
        "form": form,
        "next_number": count + 1 if count < MOST_OPTIONS else None,
    }
    return render(request, "articulate/weigh_options.html", context)


def choose_criteria(request: HttpRequest, code: str) -> HttpResponse:
    """Say by what the options are weighed."""
    person = acting(request.user)
    draft = get_object_or_404(queries.proposals_visible_to(person), code=code)
    can_change_proposal(person, proposal=draft).require()
    PROPOSALS.target(draft.state, act="revise_proposal")
    stands = queries.part_of(draft, part=ProposalPart.OPTIONS)
    form = CriteriaForm(request.POST or None, content=stands.content)
    if request.method == "POST" and form.is_valid():
        written = tried(
            form,
            lambda: actions.write_part(
                draft,
                part=ProposalPart.OPTIONS,
                piece=form.piece(),
                place="answers",
                read_as=request.POST.get("read_as"),
                by=person,
            ),
        )
        if written:
            messages.success(request, "The criteria are kept.")
            return redirect("weigh_options", code=code)
    context = {"proposal": draft, "stands": stands, "form": form}
    meanwhile = _meanwhile(request, form, stands, place="answers")
    return render(request, "articulate/choose_criteria.html", context | meanwhile)


def weigh_option(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Weigh one option: what it costs, what speaks for and against it, and its scores."""
    person = acting(request.user)
    draft = get_object_or_404(queries.proposals_visible_to(person), code=code)
    can_change_proposal(person, proposal=draft).require()
    PROPOSALS.target(draft.state, act="revise_proposal")
    stands = queries.part_of(draft, part=ProposalPart.OPTIONS)
    if not 1 <= number <= min(len(stands.content["rows"]) + 1, MOST_OPTIONS):
        raise Http404
    form = OptionForm(request.POST or None, content=stands.content, number=number)
    if request.method == "POST" and form.is_valid():
        written = tried(
            form,
            lambda: actions.write_part(
                draft,
                part=ProposalPart.OPTIONS,
                piece=form.piece(),
                place=number,
                read_as=request.POST.get("read_as"),
                by=person,
            ),
        )
        if written:
            messages.success(request, "The option is kept.")
            return redirect("weigh_options", code=code)
    context = {"proposal": draft, "stands": stands, "form": form, "number": number}
    meanwhile = _meanwhile(request, form, stands, place=number)
    return render(request, "articulate/weigh_option.html", context | meanwhile)


def _meanwhile(
    request: HttpRequest,
    form: Writing,
    stands: queries.PartRead,
    *,
    place: int | str | None = None,
) -> dict[str, Any]:
    """Return what tells a page that somebody else wrote in it, and what they wrote beside yours.

    Once it is told, keeping it again writes over theirs.
    """
    now = queries.part_digest(stands.content, place=place)
    told: dict[str, Any] = {"read_as": now, "meanwhile": []}
    if request.method == "POST" and request.POST.get("read_as") not in (None, now):
        yours = with_piece(stands.content, form.piece(), place)
        theirs = lines_of(stands.part, stands.content)
        told["meanwhile"] = changed(theirs, lines_of(stands.part, yours))
    return told
