"""Screens to sign a handover, by account or on paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from makegood.contract import actions, queries
from makegood.contract.forms import PaperForm, SignForm
from makegood.contract.permissions import (
    can_record_paper_handover,
    can_sign_handover_for_some,
    side_signing_handover,
)
from makegood.contract.states import HANDOVERS, HandoverSide
from makegood.contract.views.paper import signer_named
from makegood.contract.views.signing import recorded, signed
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
        return redirect(shown)
    terms = queries.handover_digest(shown)
    form = SignForm(request.POST or None, read="what is handed over", terms=terms)
    done = signed(
        request,
        form,
        sign=lambda read: actions.sign_handover(shown, side=side, terms_read=read, by=person),
        party=shown.party(side),
        path=shown.get_absolute_url(),
    )
    return done or render(request, "contract/sign_handover.html", _shown(shown, form, side=side))


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
        return redirect(shown)
    terms = queries.handover_digest(shown)
    form = PaperForm(request.POST or None, request.FILES or None, terms=terms)
    done = recorded(
        request,
        form,
        record=lambda paper, read: actions.record_paper_handover(
            shown, side=signing, paper=paper, terms_read=read, by=person
        ),
        party=shown.party(signing),
        path=shown.get_absolute_url(),
    )
    context = _shown(shown, form, side=signing)
    return done or render(request, "contract/record_paper_handover.html", context)


def _shown(handover: Any, form: SignForm | PaperForm, *, side: HandoverSide) -> dict[str, Any]:
    return {
        "form": form,
        "contract": handover.contract,
        "handover": handover,
        "path": handover.get_absolute_url(),
        "owed": queries.commitments_of(handover.contract).filter(is_released=False),
        "party": handover.party(side),
    }
