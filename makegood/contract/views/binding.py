"""Screens to draft the contract of an approved proposal promise by promise, and sign it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from makegood.articulate.queries import proposals_visible_to
from makegood.contract import actions, queries
from makegood.contract.forms import (
    ContractForm,
    DetailsForm,
    DispositionForm,
    ReopenForm,
    SignForm,
)
from makegood.contract.permissions import (
    can_decide,
    can_draft,
    can_sign_for_a_party,
    side_of_signatory,
)
from makegood.contract.states import CONTRACTS, Fate
from makegood.contract.views.signing import signed
from makegood.kernel.answers import tried
from makegood.people.queries import acting, open_organisations
from makegood.people.states import Kind


def draft_contract(request: HttpRequest, code: str) -> HttpResponse:
    """Begin the contract of an approved proposal."""
    person = acting(request.user)
    proposal = get_object_or_404(proposals_visible_to(person), code=code)
    can_decide(person, proposal=proposal).require()
    form = ContractForm(
        request.POST or None,
        assessors=open_organisations(kind=Kind.ASSESSOR),
        offered=queries.frame_offered(proposal, person=person),
    )
    if request.method == "POST" and form.is_valid():
        drafted = tried(
            form, lambda: actions.draft_contract(proposal, **form.cleaned_data, by=person)
        )
        if drafted:
            messages.success(request, "The contract is begun. Say what becomes of each promise.")
            return redirect("contract", reference=drafted.reference)
    return render(request, "contract/draft_contract.html", {"form": form, "proposal": proposal})


def revise_contract(request: HttpRequest, reference: str) -> HttpResponse:
    """Change the frame of a contract that nobody has signed."""
    person = acting(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    can_draft(person, contract=shown).require()
    CONTRACTS.target(shown.state, act="revise_contract")
    form = ContractForm(
        request.POST or None,
        assessors=open_organisations(kind=Kind.ASSESSOR),
        initial={name: getattr(shown, name) for name in ContractForm.base_fields},
        offered=queries.frame_offered(shown.proposal, person=person),
    )
    if request.method == "POST" and form.is_valid():
        revised = tried(
            form, lambda: actions.revise_contract(shown, **form.cleaned_data, by=person)
        )
        if revised:
            messages.success(request, "The contract is changed.")
            return redirect("contract", reference=reference)
    context = {"form": form, "proposal": shown.proposal, "contract": shown}
    return render(request, "contract/draft_contract.html", context)


def describe_contract(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what a contract is called, and how it goes on and ends."""
    person = acting(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    can_draft(person, contract=shown).require()
    CONTRACTS.target(shown.state, act="revise_contract")
    held = {name: getattr(shown, name) for name in DetailsForm.base_fields}
    form = DetailsForm(request.POST or None, initial=held)
    if request.method == "POST" and form.is_valid():
        described = tried(
            form, lambda: actions.describe_contract(shown, details=form.details(), by=person)
        )
        if described:
            messages.success(request, "The contract is changed.")
            return redirect("contract", reference=reference)
    return render(request, "contract/describe_contract.html", {"form": form, "contract": shown})


def dispose_promise(request: HttpRequest, reference: str, position: int) -> HttpResponse:
    """Say what becomes of one promise."""
    person = acting(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    can_draft(person, contract=shown).require()
    CONTRACTS.target(shown.state, act="revise_contract")
    promise = get_object_or_404(queries.reconciliation(shown), position=position)
    form = DispositionForm(request.POST or None, promise=promise)
    if request.method == "POST" and form.is_valid():
        disposed = tried(
            form,
            lambda: actions.dispose_promise(
                promise,
                contract=shown,
                fate=Fate(form.cleaned_data["fate"]),
                reason=form.cleaned_data["reason"],
                terms=form.terms(),
                by=person,
            ),
        )
        if disposed:
            messages.success(request, f"{promise.reference} is {disposed.fate}.")
            return redirect(f"{reverse('reconciliation', args=[reference])}#{promise.reference}")
    context = {"form": form, "contract": shown, "promise": promise}
    return render(request, "contract/dispose_promise.html", context)


def sign_contract(request: HttpRequest, reference: str) -> HttpResponse:
    """Read the whole contract once more, and sign it."""
    person = acting(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    can_sign_for_a_party(person, contract=shown).require()
    side = queries.side_to_sign(shown, side=side_of_signatory(person, contract=shown))
    if side is None:
        messages.info(request, "Your side has signed already.")
        return redirect("contract", reference=reference)
    if why_not := queries.why_nobody_signs(shown):
        messages.error(request, why_not)
        return redirect("contract", reference=reference)
    terms = queries.terms_digest(shown)
    form = SignForm(request.POST or None, read="every commitment", terms=terms)
    path = reverse("contract", args=[reference])
    done = signed(
        request,
        form,
        sign=lambda read: actions.sign_contract(shown, side=side, terms_read=read, by=person),
        party=shown.party(side),
        path=path,
    )
    context = {
        "form": form,
        "contract": shown,
        "path": path,
        "data": queries.schedule_data(shown, withheld={}),
        "party": shown.party(side),
    }
    return done or render(request, "contract/sign_contract.html", context)


def reopen_contract(request: HttpRequest, reference: str) -> HttpResponse:
    """Go back to drafting before the second signature."""
    person = acting(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    can_draft(person, contract=shown).require()
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        reopened = tried(form, lambda: actions.reopen_contract(shown, reason=reason, by=person))
        if reopened:
            messages.success(request, "The contract is a draft again. The signature is void.")
            return redirect("contract", reference=reference)
    return render(request, "contract/reopen_contract.html", {"form": form, "contract": shown})
