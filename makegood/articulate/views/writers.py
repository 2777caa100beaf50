"""Screens to let others write one proposal with you."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.articulate import actions, queries
from makegood.articulate.forms import InviteWriterForm
from makegood.articulate.permissions import can_answer_to_write, can_send_proposal
from makegood.articulate.states import PROPOSALS
from makegood.kernel.answers import tried
from makegood.people.queries import acting, signed_in


def proposal_writers(request: HttpRequest, code: str) -> HttpResponse:
    """See who writes a draft with you, and invite somebody."""
    person = acting(request.user)
    draft = get_object_or_404(queries.proposals_visible_to(person), code=code)
    can_send_proposal(person, proposal=draft).require()
    PROPOSALS.target(draft.state, act="revise_proposal")
    form = InviteWriterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if tried(form, lambda: actions.invite_writer(draft, email=email, by=person)):
            messages.success(request, f"An invitation is on its way to {email}.")
            return redirect("proposal_writers", code=code)
    writers = [(each, each.has_run_out(now=timezone.now())) for each in queries.writers_of(draft)]
    context = {"proposal": draft, "form": form, "writers": writers}
    return render(request, "articulate/proposal_writers.html", context)


def end_writing(request: HttpRequest, code: str, writer: UUID) -> HttpResponse:
    """Let somebody write no more, or take an invitation back, once it is confirmed."""
    person = acting(request.user)
    draft = get_object_or_404(queries.proposals_visible_to(person), code=code)
    held = get_object_or_404(queries.writers_of(draft), public_id=writer)
    is_own = held.person == person
    if not is_own:
        can_send_proposal(person, proposal=draft).require()
    if request.method == "POST":
        actions.end_writing(held, by=person)
        messages.success(request, "That ended. What was written stays.")
        return redirect("desk") if is_own else redirect("proposal", code=code)
    context = {"proposal": draft, "writer": held, "is_own": is_own}
    return render(request, "articulate/end_writing.html", context)


@login_not_required
def invitation_to_write(request: HttpRequest, key: UUID) -> HttpResponse:
    """See what one is asked to write; whom it went to may accept."""
    asked = queries.open_invitations_to_write().filter(public_id=key).first()
    if asked is None:
        return render(request, "people/no_invitation.html", status=404)
    may = can_answer_to_write(signed_in(request.user), writer=asked)
    context = {"asked": asked, "may": may, "has_run_out": asked.has_run_out(now=timezone.now())}
    return render(request, "articulate/invitation_to_write.html", context)


@require_POST
def accept_writing(request: HttpRequest, key: UUID) -> HttpResponse:
    """Begin to write."""
    person = acting(request.user)
    asked = queries.open_invitations_to_write().filter(public_id=key).first()
    if asked is None:
        return render(request, "people/no_invitation.html", status=404)
    actions.accept_writing(asked, by=person)
    messages.success(request, "You can write now. Each page is kept when you press its button.")
    return redirect("proposal", code=asked.proposal.code)
