"""Screens to decide between proposals, and to challenge and answer while the decision stands still."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from makegood.articulate.queries import (
    needs_visible_to,
    proposals_visible_to,
    reach_of,
    weighed,
)
from makegood.contract import actions, queries
from makegood.contract.forms import (
    AnswerChallengeForm,
    ChallengeForm,
    ConfirmForm,
    DecisionForm,
    IntendForm,
)
from makegood.contract.permissions import (
    can_answer_challenge,
    can_challenge,
    can_decide_need,
    can_read_challenge,
    can_read_scores,
)
from makegood.contract.states import Outcome
from makegood.kernel.answers import tried
from makegood.people.queries import acting


def decide_need(request: HttpRequest, reference: str) -> HttpResponse:
    """Read all that is intended on a need, then tell every provider in the same moment."""
    person, now = acting(request.user), timezone.now()
    reach = reach_of(person)
    need = get_object_or_404(needs_visible_to(person, reach=reach), reference=reference)
    bench = queries.Bench(person, need=need)
    can_decide_need(person, need=need, bench=bench, reach=reach).require()
    waiting = queries.what_is_intended(need)
    may_read = bool(bench.panel) and can_read_scores(person, need=need, bench=bench, reach=reach)
    weighed_ones = [each.proposal for each in waiting if may_read]
    sheets = queries.sheets_of(need, proposals=weighed_ones, has_changes=False)
    means = {sheet.proposal.pk: sheet.mean for sheet in sheets}
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        read = form.cleaned_data["read_as"]
        decided = tried(form, lambda: actions.decide_need(need, read_as=read, by=person))
        if decided:
            told = "1 provider is" if len(decided) == 1 else f"{len(decided)} providers are"
            messages.success(request, f"Decided. {told} told.")
            return redirect("need", reference=reference)
    context = {
        "form": form,
        "need": need,
        "waiting": [(each, means.get(each.proposal.pk)) for each in waiting],
        "read_as": queries.intentions_digest(waiting),
        "is_ready": bool(waiting) and all(each.is_ready for each in waiting),
        "takes_proposals": need.takes_proposals(now=now),
        "may_read_scores": may_read,
        "standstill": queries.standstill_of(need),
        "last_on": queries.standstill_to_come(need, now=now),
    }
    return render(request, "contract/decide_need.html", context)


def intend_decision(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Write what one means to decide on one of the proposals for a need."""
    person = acting(request.user)
    need = get_object_or_404(needs_visible_to(person), reference=reference)
    can_decide_need(person, need=need).require()
    proposal = get_object_or_404(queries.proposals_waiting(need), code=code)
    form = IntendForm(
        request.POST or None,
        criteria=[criterion.name for criterion in queries.criteria_of(need)],
        held=getattr(proposal, "intended", None),
    )
    if request.method == "POST" and form.is_valid():
        kept = tried(form, lambda: actions.intend_decision(proposal, told=form.told(), by=person))
        if kept:
            messages.success(request, "Kept. Nobody is told yet.")
            return redirect("decide_need", reference=reference)
    context = {
        "form": form,
        "need": need,
        "proposal": proposal,
        "weighed": weighed(proposal, person=person),
    }
    return render(request, "contract/intend_decision.html", context)


def decide_proposal(request: HttpRequest, code: str) -> HttpResponse:
    """Approve or decline a proposal that competes with no other."""
    person = acting(request.user)
    proposal = get_object_or_404(proposals_visible_to(person), code=code)
    can_decide_need(person, need=proposal.need).require()
    need = proposal.need
    is_closed = not need.takes_proposals(now=timezone.now())
    if is_closed and queries.rivals_of(proposal).exists():
        messages.info(request, "Several proposals wait. You decide on them together.")
        return redirect("decide_need", reference=need.reference)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = Outcome(form.cleaned_data["outcome"])
        reasons = form.cleaned_data["reasons"]
        decided = tried(
            form,
            lambda: actions.decide_proposal(proposal, outcome=outcome, reasons=reasons, by=person),
        )
        if decided:
            messages.success(request, f"The proposal is {outcome}.")
            return redirect("proposal", code=code)
    found = weighed(proposal, person=person)
    context = {"form": form, "proposal": proposal, "weighed": found}
    return render(request, "contract/decide_proposal.html", context)


def challenge_decision(request: HttpRequest, code: str) -> HttpResponse:
    """Say, for a provider that was not chosen, what was wrong with the decision."""
    person = acting(request.user)
    proposal = get_object_or_404(proposals_visible_to(person), code=code)
    can_challenge(person, proposal=proposal).require()
    form = ChallengeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        raised = tried(form, lambda: actions.challenge_decision(proposal, words=words, by=person))
        if raised:
            messages.success(
                request, "Your challenge is sent. Nothing goes on until it is answered."
            )
            return redirect("proposal", code=code)
    is_over = queries.standstill_of(proposal.need) is None
    context = {"form": form, "proposal": proposal, "is_over": is_over}
    return render(request, "contract/challenge_decision.html", context)


def challenge(request: HttpRequest, reference: str, challenge: UUID) -> HttpResponse:
    """Read what a provider says against a decision, and the answer."""
    person = acting(request.user)
    need = get_object_or_404(needs_visible_to(person), reference=reference)
    raised = get_object_or_404(queries.challenges_of(need), public_id=challenge)
    can_read_challenge(person, challenge=raised).require()
    waits = raised.answered_at is None
    context = {
        "need": need,
        "challenge": raised,
        "may_answer": waits and can_answer_challenge(person, challenge=raised),
    }
    return render(request, "contract/challenge.html", context)


def answer_challenge(request: HttpRequest, reference: str, challenge: UUID) -> HttpResponse:
    """Answer what a provider says against a decision."""
    person = acting(request.user)
    need = get_object_or_404(needs_visible_to(person), reference=reference)
    can_decide_need(person, need=need).require()
    raised = get_object_or_404(queries.challenges_of(need), public_id=challenge)
    if raised.answered_at and request.method != "POST":
        return redirect("challenge", reference=reference, challenge=challenge)
    form = AnswerChallengeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answered = tried(
            form, lambda: actions.answer_challenge(raised, **form.cleaned_data, by=person)
        )
        if answered:
            messages.success(request, "Your answer is sent.")
            return redirect("challenge", reference=reference, challenge=challenge)
    others = queries.challenges_of(need).filter(standstill=raised.standstill, answered_at=None)
    context = {
        "form": form,
        "need": need,
        "challenge": raised,
        "others": others.exclude(pk=raised.pk).count(),
    }
    return render(request, "contract/answer_challenge.html", context)
