"""Screens for proposals as a whole."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from makegood.articulate import actions, queries
from makegood.articulate.differences import changed
from makegood.articulate.forms import ProposalForm, ProposalWordsForm, SubmitForm
from makegood.articulate.permissions import (
    can_change_need,
    can_change_proposal,
    can_send_proposal,
    can_write_for_some_in,
)
from makegood.articulate.states import PROPOSALS, ProposalState
from makegood.articulate.views.task_list import (
    address_of_part,
    lacking,
    words_lines,
    writing_tasks,
)
from makegood.kernel.answers import tried
from makegood.people.queries import acting, signed_in
from makegood.people.states import Kind


def start_proposal(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin to answer a need."""
    person = acting(request.user)
    answered = get_object_or_404(queries.needs_visible_to(person), reference=reference)
    where = answered.programme_id
    can_write_for_some_in(person, kind=Kind.PROVIDER, programme=where).require()
    if request.method != "POST" and not answered.takes_proposals(now=timezone.now()):
        messages.error(request, "This need takes no proposals now.")
        return redirect("need", reference=reference)
    providers = queries.houses_writing_in(person, kind=Kind.PROVIDER, programme=where)
    form = ProposalForm(request.POST or None, providers=providers)
    if request.method == "POST" and form.is_valid():
        started = tried(
            form, lambda: actions.start_proposal(need=answered, **form.cleaned_data, by=person)
        )
        if started:
            return redirect("proposal", code=started.code)
    return render(request, "articulate/start_proposal.html", {"form": form, "need": answered})


@login_not_required
def proposal(request: HttpRequest, code: str) -> HttpResponse:
    """Read a proposal: its promises, and what can be done with it now."""
    person = signed_in(request.user)
    shown = get_object_or_404(queries.proposals_visible_to(person), code=code)
    queries.tell_states([shown], person=person)
    may_change = can_change_proposal(person, proposal=shown)
    parts = queries.parts_of(shown)
    weighed = queries.weighed(shown, person=person)
    promises = [each.promise for each in weighed]
    files = queries.attachments_of(shown)
    today = timezone.localdate()
    withheld = queries.withheld_of_proposal(person, proposal=shown, today=today)
    may_decide = bool(can_change_need(person, need=shown.need))
    may_send = bool(can_send_proposal(person, proposal=shown))
    is_writing = bool(may_change) and shown.state == ProposalState.DRAFT
    tasks = writing_tasks(
        code, summary=shown.summary, parts=parts, promises=len(promises), files=len(files)
    )
    context = {
        "proposal": shown,
        "weighed": weighed,
        "promises": promises,
        "case": [(part, withheld.get(part.part)) for part in parts.values() if part.is_begun],
        "tasks": tasks if is_writing else [],
        "lacking": lacking(summary=shown.summary, parts=parts, promises=len(promises)),
        "files": files,
        "clarifications": [
            (each, withheld.get(each.part)) for each in queries.clarifications_of(shown)
        ],
        "may_change": may_change,
        "may_send": may_send,
        "own_writing": None
        if may_send or not is_writing
        else queries.writers_of(shown).filter(person=person).first(),
        "may_decide": may_decide,
        "is_told": queries.is_told(person, proposal=shown),
        "may_clarify": may_decide and shown.state == ProposalState.PROPOSED,
        "acts": PROPOSALS.acts_from(shown.state),
        "withheld": withheld,
        "takes_proposals": shown.need.takes_proposals(now=timezone.now()),
        "withholdings": queries.proposal_withholdings(shown, today=today),
    }
    return render(request, "articulate/proposal.html", context)


def revise_proposal(request: HttpRequest, code: str) -> HttpResponse:
    """Say a draft proposal differently, its promises aside."""
    person = acting(request.user)
    held = get_object_or_404(queries.proposals_visible_to(person), code=code)
    can_change_proposal(person, proposal=held).require()
    PROPOSALS.target(held.state, act="revise_proposal")
    form = ProposalWordsForm(
        request.POST or None, initial={"title": held.title, "summary": held.summary}
    )
    read, now = request.POST.get("read_as"), queries.words_digest(held)
    if request.method == "POST" and form.is_valid():
        revised = tried(
            form,
            lambda: actions.revise_proposal(held, **form.cleaned_data, read_as=read, by=person),
        )
        if revised:
            messages.success(request, "The draft is changed.")
            return redirect("proposal", code=code)
    is_told = request.method == "POST" and read not in (None, now)
    yours = words_lines(form["title"].value() or "", form["summary"].value() or "")
    context = {
        "form": form,
        "proposal": held,
        "read_as": now,
        "meanwhile": changed(words_lines(held.title, held.summary), yours) if is_told else [],
    }
    return render(request, "articulate/revise_proposal.html", context)


def submit_proposal(request: HttpRequest, code: str) -> HttpResponse:
    """Check everything, then send the proposal to the commissioner."""
    person = acting(request.user)
    draft = get_object_or_404(queries.proposals_visible_to(person), code=code)
    can_send_proposal(person, proposal=draft).require()
    PROPOSALS.target(draft.state, act="submit_proposal")
    if not queries.promises_of(draft):
        messages.error(request, "Add at least one promise before you submit.")
        return redirect("proposal", code=code)
    if not draft.need.takes_proposals(now=timezone.now()):
        messages.error(
            request, "The need has closed. Your draft is kept, and you can read it here."
        )
        return redirect("proposal", code=code)
    form = SubmitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        read = form.cleaned_data["read_as"] or None
        if tried(form, lambda: actions.submit_proposal(draft, read_as=read, by=person)):
            messages.success(
                request, "The proposal is submitted. Its promises now stay as they are."
            )
            return redirect("proposal", code=code)
    parts = queries.parts_of(draft)
    context = {
        "proposal": draft,
        "form": form,
        "promises": queries.promises_of(draft),
        "sections": [(part, address_of_part(code, part=part.part)) for part in parts.values()],
        "files": queries.attachments_of(draft),
        "read_as": queries.whole_digest(draft),
    }
    return render(request, "articulate/submit_proposal.html", context)


def withdraw_proposal(request: HttpRequest, code: str) -> HttpResponse:
    """Take a proposal back, once it is confirmed."""
    person = acting(request.user)
    held = get_object_or_404(queries.proposals_visible_to(person), code=code)
    can_send_proposal(person, proposal=held).require()
    if request.method == "POST":
        actions.withdraw_proposal(held, by=person)
        messages.success(request, "The proposal is withdrawn.")
        return redirect("proposal", code=code)
    return render(request, "articulate/withdraw_proposal.html", {"proposal": held})
