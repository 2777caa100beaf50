"""Screens of claims: saying that an organisation is one's own, and deciding on it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.kernel.answers import tried
from makegood.people import actions, queries
from makegood.people.claim_forms import ClaimDecisionForm, ClaimForm
from makegood.people.permissions import (
    can_claim,
    can_decide_claim,
    can_decide_claims,
    can_entrust,
)
from makegood.people.states import Kind


def claim_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that an organisation is one's own to look after, and show it."""
    by = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations(), slug=slug)
    can_claim(by, organisation=organisation).require()
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        shown = form.shown()
        if tried(form, lambda: actions.claim_organisation(organisation, shown=shown, by=by)):
            messages.success(request, "Your claim is sent. You get an e-mail once it is decided.")
            return redirect("organisation", slug=slug)
    context = {
        "organisation": organisation,
        "form": form,
        "domain": queries.domain_shared(by, organisation=organisation),
        "is_contested": queries.is_looked_after(organisation),
    }
    return render(request, "people/claim.html", context)


def withdraw_claim(request: HttpRequest, claim: UUID) -> HttpResponse:
    """Take one's claim back, once it is confirmed."""
    by = queries.acting(request.user)
    held = get_object_or_404(queries.claims_of(by), public_id=claim)
    if request.method == "POST":
        actions.withdraw_claim(held, by=by)
        messages.success(request, "Your claim is taken back. What you showed for it is gone.")
        return redirect("organisation", slug=held.organisation.slug)
    return render(request, "people/withdraw_claim.html", {"claim": held})


def claims(request: HttpRequest) -> HttpResponse:
    """See the claims that wait for a decision."""
    can_decide_claims(queries.acting(request.user)).require()
    return render(request, "people/claims.html", {"claims": queries.claims_waiting()})


def decide_claim(request: HttpRequest, claim: UUID) -> HttpResponse:
    """Read what somebody shows for a claim, and decide."""
    by = queries.acting(request.user)
    can_decide_claims(by).require()
    held = get_object_or_404(queries.claims_waiting(), public_id=claim)
    can_decide_claim(by, claim=held).require()
    is_contested = queries.is_looked_after(held.organisation)
    form = ClaimDecisionForm(request.POST or None, claim=held, is_contested=is_contested)
    if request.method == "POST" and form.is_valid():
        decided = tried(form, lambda: form.decide(by=by))
        if decided:
            messages.success(request, f"Decided. {decided.claimed_by} gets an e-mail.")
            return redirect("claims")
    context = {"claim": held, "form": form, "is_contested": is_contested}
    return render(request, "people/decide_claim.html", context)


def entrust(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a support unit decide on claims, or no longer, once it is confirmed."""
    by = queries.acting(request.user)
    can_entrust(by).require()
    unit = get_object_or_404(queries.organisations(), slug=slug, kind=Kind.SUPPORT_UNIT)
    if request.method == "POST":
        held = actions.entrust(unit, is_entrusted=not unit.is_entrusted, by=by)
        does = "decides on claims now" if held.is_entrusted else "no longer decides on claims"
        messages.success(request, f"{held} {does}.")
        return redirect("organisation", slug=slug)
    return render(request, "people/entrust.html", {"organisation": unit})
