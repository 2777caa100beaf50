"""Screens to sign a handover, by account or on paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from makegood.contract import actions, queries
from makegood.contract.forms import PaperForm, SignHandoverForm
from makegood.contract.permissions import (
    can_record_paper_handover,
    can_sign_handover_for_some,
    side_signing_handover,
)
from makegood.contract.states import HANDOVERS
from makegood.contract.views.paper import signer_named
from makegood.kernel.answers import tried
from makegood.people.queries import acting


def sign_handover(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Read once more what is handed over, and sign."""
    person = acting(request.user)
    shown = queries.handover_found(person, reference=reference, number=number)
    can_sign_handover_for_some(person, handover=shown).require()
    HANDOVERS.target(shown.state, act="sign_handover")
    missing = queries.sides_missing(shown)
    side = side_signing_handover(person, handover=shown, missing=missing)
    if side is None:
        messages.info(request, "Your organisation has signed already.")
        return redirect("handover", reference=reference, number=number)
    first = {"terms_read": queries.handover_digest(shown)}
    form = SignHandoverForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        terms_read = form.cleaned_data["terms_read"]
        made = tried(
            form, lambda: actions.sign_handover(shown, side=side, terms_read=terms_read, by=person)
        )
        if made:
            messages.success(request, f"You have signed for {shown.party(side)}.")
            return redirect("handover", reference=reference, number=number)
        for said in form.non_field_errors():
            messages.error(request, said)
        return redirect("sign_handover", reference=reference, number=number)
    context = {
        "form": form,
        "contract": shown.contract,
        "handover": shown,
        "owed": queries.commitments_of(shown.contract).filter(is_released=False),
        "party": shown.party(side),
    }
    return render(request, "contract/sign_handover.html", context)


def record_paper_handover(
    request: HttpRequest, reference: str, number: int, side: str
) -> HttpResponse:
    """Say that somebody signed a handover on paper, who did, and hand in the scan."""
    person = acting(request.user)
    shown = queries.handover_found(person, reference=reference, number=number)
    signing = signer_named(side)
    can_record_paper_handover(person, handover=shown, side=signing).require()
    HANDOVERS.target(shown.state, act="sign_handover")
    if signing not in queries.sides_missing(shown):
        messages.info(request, f"{shown.party(signing)} does not have to sign any more.")
        return redirect("handover", reference=reference, number=number)
    first = {"terms_read": queries.handover_digest(shown)}
    form = PaperForm(request.POST or None, request.FILES or None, initial=first)
    if request.method == "POST" and form.is_valid():
        terms_read = form.cleaned_data["terms_read"]
        recorded = tried(
            form,
            lambda: actions.record_paper_handover(
                shown, side=signing, paper=form.paper(), terms_read=terms_read, by=person
            ),
        )
        if recorded:
            messages.success(request, f"It is recorded that {shown.party(signing)} signed.")
            return redirect("handover", reference=reference, number=number)
    context = {
        "form": form,
        "contract": shown.contract,
        "handover": shown,
        "owed": queries.commitments_of(shown.contract).filter(is_released=False),
        "party": shown.party(signing),
    }
    return render(request, "contract/record_paper_handover.html", context)
