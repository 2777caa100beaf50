"""Screens to vary a contract in force: write a variation, propose it, and answer it."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.contract import actions, queries
from makegood.contract.forms import (
    AnswerVariationForm,
    ConsequenceForm,
    EvidenceForm,
    FiguresForm,
    IndicatorForm,
    JudgingForm,
    VariationForm,
    VariedForm,
)
from makegood.contract.permissions import (
    can_answer_variation,
    can_begin_variation,
    can_erase_paper,
    can_read_scan,
    can_record_paper,
    can_write_variation,
    side_of_writer,
    side_signing_variation,
)
from makegood.contract.states import VARIATIONS, Side, VariationState
from makegood.kernel.answers import tried
from makegood.measures.queries import pools_for
from makegood.people.queries import acting, signed_in

PARTS = {
    "figures": FiguresForm,
    "evidence": EvidenceForm,
    "judging": JudgingForm,
    "consequence": ConsequenceForm,
    "indicator": IndicatorForm,
}
"""The parts of a commitment besides its terms, each with what is asked."""


def begin_variation(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin to write what changes in a contract."""
    person = acting(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    can_begin_variation(person, contract=shown).require()
    side = side_of_writer(person, contract=shown)
    assert side
    held = queries.open_variation(shown)
    if held and held.side == side:
        return redirect("variation", reference=reference, number=held.number)
    first = {"from_on": _first_day(shown.starts_on, shown.ends_on)}
    form = VariationForm(request.POST or None, contract=shown, initial=first)
    if request.method == "POST" and form.is_valid():
        begun = tried(
            form,
            lambda: actions.begin_variation(shown, side=side, terms=form.terms(), by=person),
        )
        if begun:
            messages.success(request, "The variation is begun. Nobody else sees it yet.")
            return redirect("variation", reference=reference, number=begun.number)
    return render(request, "contract/write_variation.html", {"form": form, "contract": shown})


def revise_variation(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say a variation differently, while it is written."""
    person = acting(request.user)
    shown = queries.variation_found(person, reference=reference, number=number)
    can_write_variation(person, variation=shown).require()
    VARIATIONS.target(shown.state, act="revise_variation")
    form = VariationForm(request.POST or None, contract=shown.contract, variation=shown)
    if request.method == "POST" and form.is_valid():
        revised = tried(
            form, lambda: actions.revise_variation(shown, terms=form.terms(), by=person)
        )
        if revised:
            messages.success(request, "The variation is changed.")
            return redirect("variation", reference=reference, number=number)
    context = {"form": form, "contract": shown.contract, "variation": shown}
    return render(request, "contract/write_variation.html", context)


@login_not_required
def variation(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Read a variation: why, what changes before beside after, and who has signed."""
    person = signed_in(request.user)
    shown = queries.variation_found(person, reference=reference, number=number)
    contract = shown.contract
    withheld = queries.withheld_from(person, contract=contract, today=timezone.localdate())
    signatures = list(queries.variation_signatures(shown))
    signed = {one.side for one in signatures}
    state = VariationState(shown.state)
    to_sign = state in {VariationState.PROPOSED, VariationState.PART_SIGNED}
    drafting = state == VariationState.DRAFTING
    missing = [each for each in Side if to_sign and each not in signed]
    side = side_signing_variation(person, variation=shown, missing=missing)
    may_write = state.is_open and can_write_variation(person, variation=shown)
    context = {
        "contract": contract,
        "variation": shown,
        "state": state,
        "changes": queries.changes_of(shown, withheld=withheld),
        "frame": queries.frame_changes(shown, withheld=withheld),
        "others": queries.commitments_unchanged(shown) if drafting and may_write else (),
        "signatures": signatures,
        "side": side,
        "on_paper": [
            (each, contract.party(each))
            for each in Side
            if to_sign
            and each not in signed
            and can_record_paper(person, contract=contract, side=each)
            and not queries.has_recorded_another(person, side=each, held=signatures)
        ],
        "may_write": may_write and drafting,
        "may_withdraw": may_write,
        "may_answer": to_sign and can_answer_variation(person, variation=shown),
        "may_read_scan": can_read_scan(
            person, contract=contract, signing_round=shown.signing_round
        ),
        "may_erase_paper": not state.is_open and can_erase_paper(person, contract=contract),
    }
    return render(request, "contract/variation.html", context)


def vary_commitment(
    request: HttpRequest, reference: str, number: int, commitment: str
) -> HttpResponse:
    """Say what a commitment says under a variation: its figures, days and people."""
    person = acting(request.user)
    shown = queries.variation_found(person, reference=reference, number=number)
    can_write_variation(person, variation=shown).require()
    VARIATIONS.target(shown.state, act="revise_variation")
    owed = get_object_or_404(queries.commitments_of(shown.contract), reference=commitment)
    under = queries.commitment_under(shown, commitment=owed)
    form = VariedForm(request.POST or None, commitment=under)
    if request.method == "POST" and form.is_valid():
        varied = tried(
            form,
            lambda: actions.vary_commitment(shown, commitment=owed, agreed=form.terms(), by=person),
        )
        if varied:
            messages.success(request, f"{owed.name} would change so.")
            return redirect("variation", reference=reference, number=number)
    context = {"form": form, "contract": shown.contract, "variation": shown, "commitment": owed}
    return render(request, "contract/vary_commitment.html", context)


def vary_part(
    request: HttpRequest, reference: str, number: int, commitment: str, part: str
) -> HttpResponse:
    """Say what is agreed in a commitment besides, under a variation."""
    person = acting(request.user)
    shown = queries.variation_found(person, reference=reference, number=number)
    can_write_variation(person, variation=shown).require()
    VARIATIONS.target(shown.state, act="revise_variation")
    if part not in PARTS:
        raise Http404
    owed = get_object_or_404(queries.commitments_of(shown.contract), reference=commitment)
    under = queries.commitment_under(shown, commitment=owed)
    more = {"pools": pools_for(under.measure)} if part == "judging" else {}
    form = PARTS[part](request.POST or None, commitment=under, **more)
    if request.method == "POST" and form.is_valid():
        varied = tried(
            form,
            lambda: actions.vary_commitment(
                shown, commitment=owed, agreed=form.agreed(), by=person
            ),
        )
        if varied:
            messages.success(request, f"{owed.name} would change so.")
            return redirect("variation", reference=reference, number=number)
    context = {"form": form, "contract": shown.contract, "variation": shown, "commitment": owed}
    return render(request, "contract/vary_part.html", context | {"part": part})


@require_POST
def leave_commitment(
    request: HttpRequest, reference: str, number: int, commitment: str
) -> HttpResponse:
    """Leave a commitment alone again."""
    person = acting(request.user)
    shown = queries.variation_found(person, reference=reference, number=number)
    can_write_variation(person, variation=shown).require()
    owed = get_object_or_404(queries.commitments_of(shown.contract), reference=commitment)
    actions.leave_commitment(shown, commitment=owed, by=person)
    messages.success(request, f"{owed.name} stays as it is.")
    return redirect("variation", reference=reference, number=number)


def propose_variation(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Read it once more, and propose it to the other side."""
    person = acting(request.user)
    shown = queries.variation_found(person, reference=reference, number=number)
    can_write_variation(person, variation=shown).require()
    VARIATIONS.target(shown.state, act="propose_variation")
    if request.method == "POST":
        actions.propose_variation(shown, by=person)
        messages.success(request, f"{shown.answerer} is told. Both sides can sign now.")
        return redirect("variation", reference=reference, number=number)
    context = {"contract": shown.contract, "variation": shown, "act": "propose"}
    return render(request, "contract/confirm_variation.html", context)


def withdraw_variation(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Withdraw what one’s own side proposed, once it is asked again."""
    person = acting(request.user)
    shown = queries.variation_found(person, reference=reference, number=number)
    can_write_variation(person, variation=shown).require()
    VARIATIONS.target(shown.state, act="withdraw_variation")
    if request.method == "POST":
        actions.withdraw_variation(shown, by=person)
        messages.success(request, "It is withdrawn. The contract stays as it is.")
        return redirect("contract", reference=reference)
    context = {"contract": shown.contract, "variation": shown, "act": "withdraw"}
    return render(request, "contract/confirm_variation.html", context)


def send_variation_back(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Ask the side that proposes to write it differently."""
    return _answer(request, reference, number, act="send_variation_back")


def decline_variation(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Decline a variation, and say why."""
    return _answer(request, reference, number, act="decline_variation")


def _answer(request: HttpRequest, reference: str, number: int, *, act: str) -> HttpResponse:
    person = acting(request.user)
    shown = queries.variation_found(person, reference=reference, number=number)
    can_answer_variation(person, variation=shown).require()
    VARIATIONS.target(shown.state, act=act)
    form = AnswerVariationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        answered = tried(form, lambda: getattr(actions, act)(shown, words=words, by=person))
        if answered:
            messages.success(request, f"{shown.proposer} is told.")
            return redirect("contract", reference=reference)
    context = {"form": form, "contract": shown.contract, "variation": shown, "act": act}
    return render(request, "contract/answer_variation.html", context)


def _first_day(starts_on: date, ends_on: date) -> date:
    return min(max(timezone.localdate(), starts_on), ends_on)
