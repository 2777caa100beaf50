"""Screens to agree on the parts of a commitment, and to contract what nobody promised."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from makegood.contract import actions, queries
from makegood.contract.forms import (
    AdditionalForm,
    ConsequenceForm,
    EvidenceForm,
    FiguresForm,
    IndicatorForm,
    JudgingForm,
)
from makegood.contract.permissions import can_draft
from makegood.contract.states import CONTRACTS
from makegood.kernel.answers import tried
from makegood.measures.queries import measures_in_use, pools_for
from makegood.people.queries import acting


def agree_figures(request: HttpRequest, reference: str, commitment: str) -> HttpResponse:
    """Agree where a commitment stands now, when figures come, and the way to the target."""
    return _agree(request, (reference, commitment), ask=FiguresForm, page="figures")


def agree_evidence(request: HttpRequest, reference: str, commitment: str) -> HttpResponse:
    """Agree what shows a commitment besides figures, and how far it is checked."""
    return _agree(request, (reference, commitment), ask=EvidenceForm, page="evidence")


def agree_judging(request: HttpRequest, reference: str, commitment: str) -> HttpResponse:
    """Agree with whom a commitment is compared, and when it is judged."""
    return _agree(request, (reference, commitment), ask=JudgingForm, page="judging")


def agree_consequence(request: HttpRequest, reference: str, commitment: str) -> HttpResponse:
    """Agree what follows if a commitment is not met."""
    return _agree(request, (reference, commitment), ask=ConsequenceForm, page="consequence")


def agree_kpi(request: HttpRequest, reference: str, commitment: str) -> HttpResponse:
    """Agree whether how a commitment does is published, and by which figures it is rated."""
    return _agree(request, (reference, commitment), ask=IndicatorForm, page="kpi")


def add_commitment(request: HttpRequest, reference: str) -> HttpResponse:
    """Contract something that nobody promised."""
    person = acting(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    can_draft(person, contract=shown).require()
    CONTRACTS.target(shown.state, act="revise_contract")
    initial: dict[str, object] = {"starts_on": shown.starts_on, "due_on": shown.ends_on}
    form = AdditionalForm(request.POST or None, measures=measures_in_use(), initial=initial)
    if request.method == "POST" and form.is_valid():
        added = tried(form, lambda: actions.add_commitment(shown, terms=form.terms(), by=person))
        if added:
            messages.success(request, f"{added.reference} is in the contract, as additional.")
            return redirect(_row(reference, added.reference))
    return render(request, "contract/add_commitment.html", {"form": form, "contract": shown})


def revise_additional(request: HttpRequest, reference: str, commitment: str) -> HttpResponse:
    """Say an additional commitment differently."""
    person = acting(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    can_draft(person, contract=shown).require()
    CONTRACTS.target(shown.state, act="revise_contract")
    owed = get_object_or_404(queries.additional_commitments(shown), reference=commitment)
    measures = measures_in_use(besides=owed.measure)
    form = AdditionalForm(request.POST or None, measures=measures, commitment=owed)
    if request.method == "POST" and form.is_valid():
        revised = tried(
            form, lambda: actions.revise_additional(owed, terms=form.terms(), by=person)
        )
        if revised:
            messages.success(request, f"{owed.reference} is changed.")
            return redirect(_row(reference, commitment))
    context = {"form": form, "contract": shown, "commitment": owed}
    return render(request, "contract/add_commitment.html", context)


def drop_additional(request: HttpRequest, reference: str, commitment: str) -> HttpResponse:
    """Leave an additional commitment out again."""
    person = acting(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    can_draft(person, contract=shown).require()
    CONTRACTS.target(shown.state, act="revise_contract")
    owed = get_object_or_404(queries.additional_commitments(shown), reference=commitment)
    if request.method == "POST":
        actions.drop_additional(owed, by=person)
        messages.success(request, f"{owed.reference} is left out.")
        return redirect("reconciliation", reference=reference)
    context = {"contract": shown, "commitment": owed}
    return render(request, "contract/drop_additional.html", context)


Asked = FiguresForm | EvidenceForm | JudgingForm | ConsequenceForm | IndicatorForm


def _agree(
    request: HttpRequest, named: tuple[str, str], *, ask: Callable[..., Asked], page: str
) -> HttpResponse:
    """Ask for one part of a commitment of a draft, and keep it."""
    reference, commitment = named
    person = acting(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    can_draft(person, contract=shown).require()
    CONTRACTS.target(shown.state, act="revise_contract")
    owed = get_object_or_404(queries.commitments_of(shown), reference=commitment)
    if ask is FiguresForm and not owed.is_in_numbers:
        messages.info(request, f"{owed.name} is told in words, so no figures are asked for.")
        return redirect("agree_evidence", reference=reference, commitment=commitment)
    choices = {"pools": pools_for(owed.measure)} if ask is JudgingForm else {}
    form = ask(request.POST or None, commitment=owed, **choices)
    if request.method == "POST" and form.is_valid():
        agreed = tried(form, lambda: actions.agree_on(owed, agreed=form.agreed(), by=person))
        if agreed:
            messages.success(request, f"That is kept for {owed.name}.")
            return redirect(_row(reference, owed.name))
    context = {"form": form, "contract": shown, "commitment": owed}
    return render(request, f"contract/agree_{page}.html", context)


def _row(reference: str, row: str) -> str:
    """Return where a row stands in the table."""
    return f"{reverse('reconciliation', args=[reference])}#{row}"
