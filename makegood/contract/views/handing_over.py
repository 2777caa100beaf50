"""Screens to hand a contract in force to another provider: write it, propose it, read it, answer it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from makegood.contract import actions, queries
from makegood.contract.forms import AnswerHandoverForm, HandoverForm
from makegood.contract.permissions import (
    can_begin_handover,
    can_decline_handover,
    can_erase_paper,
    can_read_scan,
    can_record_paper_handover,
    can_write_handover,
    side_answering,
    side_of_writer,
    side_signing_handover,
)
from makegood.contract.states import HANDOVERS, HandoverState
from makegood.kernel.answers import tried
from makegood.people.queries import acting, signed_in


def begin_handover(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin to write that another organisation takes over a contract."""
    person = acting(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    can_begin_handover(person, contract=shown).require()
    side = side_of_writer(person, contract=shown)
    assert side
    held = queries.open_handover(shown)
    if held and held.side == side:
        return redirect("handover", reference=reference, number=held.number)
    today = timezone.localdate()
    first = {"from_on": min(max(today, shown.starts_on), shown.ends_on)}
    successors = queries.successors_to_choose(shown)
    form = HandoverForm(request.POST or None, successors=successors, initial=first)
    if request.method == "POST" and form.is_valid():
        begun = tried(
            form, lambda: actions.begin_handover(shown, side=side, terms=form.terms(), by=person)
        )
        if begun:
            messages.success(request, "The handover is begun. Nobody else sees it yet.")
            return redirect("handover", reference=reference, number=begun.number)
    return render(request, "contract/write_handover.html", {"form": form, "contract": shown})


def revise_handover(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say a handover differently, while it is written."""
    person = acting(request.user)
    shown = queries.handover_found(person, reference=reference, number=number)
    can_write_handover(person, handover=shown).require()
    HANDOVERS.target(shown.state, act="revise_handover")
    successors = queries.successors_to_choose(shown.contract)
    form = HandoverForm(request.POST or None, successors=successors, handover=shown)
    if request.method == "POST" and form.is_valid():
        revised = tried(form, lambda: actions.revise_handover(shown, terms=form.terms(), by=person))
        if revised:
            messages.success(request, "The handover is changed.")
            return redirect("handover", reference=reference, number=number)
    context = {"form": form, "contract": shown.contract, "handover": shown}
    return render(request, "contract/write_handover.html", context)


@login_not_required
def handover(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Read a handover: who takes over from whom, why, what stays owed, and who has signed."""
    person = signed_in(request.user)
    shown = queries.handover_found(person, reference=reference, number=number)
    contract, state = shown.contract, HandoverState(shown.state)
    missing = queries.sides_missing(shown)
    to_sign = missing if state.waits_for_signatures else []
    side = side_signing_handover(person, handover=shown, missing=to_sign)
    may_write = can_write_handover(person, handover=shown)
    signatures = list(queries.handover_signatures(shown))
    context = {
        "contract": contract,
        "handover": shown,
        "state": state,
        "owed": queries.commitments_of(contract).filter(is_released=False).order_by("reference"),
        "signatures": signatures,
        "missing": [(each, shown.party(each)) for each in missing],
        "side": side,
        "on_paper": [
            (each, shown.party(each))
            for each in missing
            if state.waits_for_signatures
            and can_record_paper_handover(person, handover=shown, side=each)
            and not queries.has_recorded_another(person, side=each, held=signatures)
        ],
        "may_write": state == HandoverState.DRAFTING and may_write,
        "may_withdraw": "withdraw_handover" in HANDOVERS.acts_from(state) and may_write,
        "may_answer": state.waits_for_signatures and side_answering(person, handover=shown),
        "may_read_scan": can_read_scan(
            person, contract=contract, signing_round=shown.signing_round
        ),
        "may_erase_paper": not shown.is_open and can_erase_paper(person, contract=contract),
    }
    return render(request, "contract/handover.html", context)


def propose_handover(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Read it once more, and propose it to the other side and to who takes over."""
    person = acting(request.user)
    shown = queries.handover_found(person, reference=reference, number=number)
    can_write_handover(person, handover=shown).require()
    HANDOVERS.target(shown.state, act="propose_handover")
    if request.method == "POST":
        actions.propose_handover(shown, by=person)
        messages.success(request, "The others are told. All can sign now.")
        return redirect("handover", reference=reference, number=number)
    context = {"contract": shown.contract, "handover": shown, "act": "propose"}
    return render(request, "contract/confirm_handover.html", context)


def withdraw_handover(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Withdraw what one’s own side proposed, once it is asked again."""
    person = acting(request.user)
    shown = queries.handover_found(person, reference=reference, number=number)
    can_write_handover(person, handover=shown).require()
    HANDOVERS.target(shown.state, act="withdraw_handover")
    if request.method == "POST":
        actions.withdraw_handover(shown, by=person)
        messages.success(request, "It is withdrawn. The contract stays as it is.")
        return redirect("contract", reference=reference)
    context = {"contract": shown.contract, "handover": shown, "act": "withdraw"}
    return render(request, "contract/confirm_handover.html", context)


def decline_handover(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Decline a handover, and say why."""
    person = acting(request.user)
    shown = queries.handover_found(person, reference=reference, number=number)
    can_decline_handover(person, handover=shown).require()
    side = side_answering(person, handover=shown)
    assert side
    HANDOVERS.target(shown.state, act="decline_handover")
    form = AnswerHandoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        declined = tried(
            form, lambda: actions.decline_handover(shown, side=side, words=words, by=person)
        )
        if declined:
            messages.success(request, "It is declined. The contract stays as it is.")
            return redirect("contract", reference=reference)
    context = {"form": form, "contract": shown.contract, "handover": shown}
    return render(request, "contract/answer_handover.html", context)
