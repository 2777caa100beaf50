"""Screens to ask for a clarification of a proposal, to answer, and to compare its versions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.articulate import actions, queries
from makegood.articulate.differences import Change, compared
from makegood.articulate.forms import (
    ClarificationAnswerForm,
    ClarifyForm,
    PartForm,
    SummaryForm,
    VersionsForm,
)
from makegood.articulate.permissions import can_change_need, can_send_proposal
from makegood.articulate.states import CLARIFICATIONS, PROPOSALS, ProposalPart
from makegood.kernel.answers import tried
from makegood.people.queries import acting, signed_in


def ask_clarification(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the provider to clarify a part of a proposal."""
    person = acting(request.user)
    shown = get_object_or_404(queries.proposals_visible_to(person), code=code)
    can_change_need(person, need=shown.need).require()
    PROPOSALS.target(shown.state, act="approve_proposal")
    form = ClarifyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data | {"part": ProposalPart(form.cleaned_data["part"])}
        if tried(form, lambda: actions.ask_clarification(shown, **answers, by=person)):
            messages.success(request, f"{shown.provider} is asked. You are told of the answer.")
            return redirect("proposal", code=code)
    return render(request, "articulate/ask_clarification.html", {"form": form, "proposal": shown})


def answer_clarification(request: HttpRequest, code: str, clarification: UUID) -> HttpResponse:
    """Answer, and change the words of the part if need be; keep it as a draft, or send it."""
    person = acting(request.user)
    shown = get_object_or_404(queries.proposals_visible_to(person), code=code)
    can_send_proposal(person, proposal=shown).require()
    asked = get_object_or_404(queries.clarifications_of(shown), public_id=clarification)
    CLARIFICATIONS.target(asked.state, act="answer_clarification")
    part = ProposalPart(asked.part)
    form = ClarificationAnswerForm(request.POST or None, initial={"answer": asked.answer})
    stands, case = _part_asked(request, shown, part=part, drafted=asked.content)
    is_sent = "send" in request.POST
    act = actions.answer_clarification if is_sent else actions.draft_clarification
    if request.method == "POST" and form.is_valid() and case.is_valid():
        said = case.piece()
        content = None if said == stands else said
        answer = form.cleaned_data["answer"]
        if tried(form, lambda: act(asked, answer=answer, content=content, by=person)):
            messages.success(request, "Your answer is sent." if is_sent else "The draft is kept.")
            return redirect("proposal", code=code)
    context = {"form": form, "case": case, "proposal": shown, "asked": asked, "part": part}
    return render(request, "articulate/answer_clarification.html", context)


@require_POST
def withdraw_clarification(request: HttpRequest, code: str, clarification: UUID) -> HttpResponse:
    """Take a question back."""
    person = acting(request.user)
    shown = get_object_or_404(queries.proposals_visible_to(person), code=code)
    can_change_need(person, need=shown.need).require()
    asked = get_object_or_404(queries.clarifications_of(shown), public_id=clarification)
    actions.withdraw_clarification(asked, by=person)
    messages.success(request, "The question is taken back.")
    return redirect("proposal", code=code)


@login_not_required
def proposal_versions(request: HttpRequest, code: str) -> HttpResponse:
    """Read every version of a proposal, and set two side by side."""
    person = signed_in(request.user)
    shown = get_object_or_404(queries.proposals_visible_to(person), code=code)
    versions = list(queries.versions_of_proposal(shown))
    today = timezone.localdate()
    withheld = queries.withheld_of_proposal(person, proposal=shown, today=today)
    form = VersionsForm(request.GET or None, numbers=[each.number for each in versions])
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    by_number = {str(each.number): each for each in versions}
    newer = by_number.get(asked.get("newer") or "", versions[0] if versions else None)
    older = by_number.get(asked.get("older") or "", versions[1:2][0] if versions[1:] else None)
    rows = []
    if newer and older:
        before, after = (queries.lines_of_version(each, but=withheld) for each in (older, newer))
        rows = compared(before, after)
    context = {
        "proposal": shown,
        "versions": versions,
        "form": form,
        "older": older,
        "newer": newer,
        "rows": [row for row in rows if row.change != Change.SAME or not asked.get("only", True)],
        "withheld": withheld.values(),
    }
    return render(request, "articulate/proposal_versions.html", context)


def _part_asked(
    request: HttpRequest, shown: Any, *, part: ProposalPart, drafted: dict[str, Any] | None
) -> tuple[dict[str, Any], SummaryForm | PartForm]:
    """Return what the part that is asked about says now, and the form to say it differently."""
    if part == ProposalPart.SUMMARY:
        stands = {"summary": shown.summary}
        return stands, SummaryForm(request.POST or None, initial=drafted or stands)
    stands = queries.part_of(shown, part=part).content
    form = PartForm(request.POST or None, part=part, content=drafted or stands, asks_done=False)
    return stands, form
