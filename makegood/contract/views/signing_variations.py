"""Screens to sign a variation, by account or on paper, and to end a contract early."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.contract import actions, queries
from makegood.contract.forms import EndingForm, PaperForm, SignForm
from makegood.contract.permissions import (
    can_end,
    can_record_paper,
    can_sign_variation_for_a_party,
    side_of_ender,
    side_signing_variation,
)
from makegood.contract.states import VARIATIONS, Side, VariationState
from makegood.contract.views.paper import party_named
from makegood.contract.views.signing import recorded, signed
from makegood.kernel.answers import tried
from makegood.people.queries import acting


def sign_variation(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Read every change once more, and sign."""
    person = acting(request.user)
    shown = queries.variation_found(person, reference=reference, number=number)
    can_sign_variation_for_a_party(person, variation=shown).require()
    held = set(queries.variation_signatures(shown).values_list("side", flat=True))
    missing = [each for each in Side if each not in held]
    side = side_signing_variation(person, variation=shown, missing=missing)
    if side is None:
        messages.info(request, "Your side has signed already.")
        return redirect(shown)
    VARIATIONS.target(shown.state, act=_step(shown.state))
    terms = queries.variation_digest(shown)
    form = SignForm(request.POST or None, read="every change", terms=terms)
    done = signed(
        request,
        form,
        sign=lambda read: actions.sign_variation(shown, side=side, terms_read=read, by=person),
        party=shown.contract.party(side),
        path=shown.get_absolute_url(),
    )
    return done or render(request, "contract/sign_variation.html", _shown(shown, form, side=side))


def record_paper_variation(
    request: HttpRequest, reference: str, number: int, side: str
) -> HttpResponse:
    """Say that a side signed a variation on paper, who did, and hand in the scan."""
    person = acting(request.user)
    shown = queries.variation_found(person, reference=reference, number=number)
    signing = party_named(side)
    can_record_paper(person, contract=shown.contract, side=signing).require()
    if queries.variation_signatures(shown).filter(side=signing).exists():
        messages.info(request, f"{shown.contract.party(signing)} has signed already.")
        return redirect(shown)
    VARIATIONS.target(shown.state, act=_step(shown.state))
    terms = queries.variation_digest(shown)
    form = PaperForm(request.POST or None, request.FILES or None, terms=terms)
    done = recorded(
        request,
        form,
        record=lambda paper, read: actions.record_paper_variation(
            shown, side=signing, paper=paper, terms_read=read, by=person
        ),
        party=shown.contract.party(signing),
        path=shown.get_absolute_url(),
    )
    context = _shown(shown, form, side=signing)
    return done or render(request, "contract/record_paper_variation.html", context)


def end_contract(request: HttpRequest, reference: str) -> HttpResponse:
    """End a contract before its last day, for one side."""
    person = acting(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    can_end(person, contract=shown).require()
    side: Side | None = side_of_ender(person, contract=shown)
    assert side
    form = EndingForm(request.POST or None, may_give_notice=shown.lets_give_notice(side))
    if request.method == "POST" and form.is_valid():
        ended = tried(
            form, lambda: actions.end_contract(shown, side=side, terms=form.terms(), by=person)
        )
        if ended:
            messages.success(request, f"The contract ends on {ended.ends_on:%-d %B %Y}.")
            return redirect("contract", reference=reference)
    waiting = queries.handover_to_come(shown)
    context = {"form": form, "contract": shown, "party": shown.party(side), "waiting": waiting}
    return render(request, "contract/end_contract.html", context)


def _shown(variation: Any, form: SignForm | PaperForm, *, side: Side) -> dict[str, Any]:
    return {
        "form": form,
        "contract": variation.contract,
        "variation": variation,
        "path": variation.get_absolute_url(),
        "changes": queries.changes_of(variation, withheld={}),
        "frame": queries.frame_changes(variation, withheld={}),
        "party": variation.contract.party(side),
    }


def _step(state: str) -> str:
    is_second = state == VariationState.PART_SIGNED
    return "sign_variation_second" if is_second else "sign_variation_first"
