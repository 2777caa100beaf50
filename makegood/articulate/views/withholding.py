"""Screens to keep a part of a proposal from the public for a while."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from makegood.articulate import actions, queries
from makegood.articulate.forms import WithholdForm
from makegood.articulate.permissions import can_change_need
from makegood.articulate.states import ProposalPart
from makegood.kernel.answers import tried
from makegood.people.queries import acting


def withhold_proposal_part(request: HttpRequest, code: str) -> HttpResponse:
    """Keep a part of a proposal from the public until a day."""
    by = acting(request.user)
    shown = get_object_or_404(queries.proposals_visible_to(by), code=code)
    can_change_need(by, need=shown.need).require()
    form = WithholdForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data | {"part": ProposalPart(form.cleaned_data["part"])}
        if tried(form, lambda: actions.withhold_proposal_part(shown, **answers, by=by)):
            messages.success(request, f"{answers['part'].words.capitalize()}: withheld.")
            return redirect("proposal", code=code)
    context = {"form": form, "proposal": shown}
    return render(request, "articulate/withhold_proposal_part.html", context)


@require_POST
def lift_proposal_withholding(request: HttpRequest, code: str, withholding: UUID) -> HttpResponse:
    """Show a part of a proposal again."""
    by = acting(request.user)
    shown = get_object_or_404(queries.proposals_visible_to(by), code=code)
    held = get_object_or_404(shown.withholdings, public_id=withholding)
    actions.lift_proposal_withholding(held, by=by)
    messages.success(request, "It is shown again.")
    return redirect("proposal", code=code)
