"""Screens to keep a part of a contract from the public for a while."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from makegood.contract import actions, queries
from makegood.contract.forms import WithholdForm
from makegood.contract.permissions import can_withhold
from makegood.contract.states import Part
from makegood.kernel.answers import tried
from makegood.people.queries import acting


def withhold_part(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep a part of a contract from the public until a day."""
    person = acting(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    can_withhold(person, contract=shown).require()
    form = WithholdForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        part = Part(answers["part"])
        held = tried(
            form,
            lambda: actions.withhold_part(
                shown,
                part=part,
                reason=answers["reason"],
                until_on=answers["until_on"],
                by=person,
            ),
        )
        if held:
            messages.success(request, f"{part.words.capitalize()} is withheld.")
            return redirect("contract", reference=reference)
    return render(request, "contract/withhold_part.html", {"form": form, "contract": shown})


@require_POST
def lift_withholding(request: HttpRequest, reference: str, withholding: UUID) -> HttpResponse:
    """Show a part of a contract again."""
    person = acting(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    held = get_object_or_404(shown.withholdings, public_id=withholding)
    actions.lift_withholding(held, by=person)
    messages.success(request, "It is shown again.")
    return redirect("contract", reference=reference)
