"""Screens of invitations: asking somebody to join, and answering."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.kernel.answers import tried
from makegood.people import actions, queries
from makegood.people.forms import InvitationForm
from makegood.people.permissions import can_answer, can_invite
from makegood.people.states import Kind


def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask somebody to join an organisation."""
    by = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_managed(by), slug=slug)
    can_invite(by, organisation=organisation).require()
    offered = queries.bounds_to_offer()
    form = InvitationForm(request.POST or None, kind=Kind(organisation.kind), bounds=offered)
    if request.method == "POST" and form.is_valid():
        asked = form.asked()
        if tried(form, lambda: actions.invite(organisation, **asked, by=by)):
            messages.success(request, f"An invitation is on its way to {asked['email']}.")
            return redirect("members", slug=slug)
    return render(request, "people/invite.html", {"organisation": organisation, "form": form})


@require_POST
def send_again(request: HttpRequest, slug: str, invitation: UUID) -> HttpResponse:
    """Send an invitation once more."""
    by = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_managed(by), slug=slug)
    can_invite(by, organisation=organisation).require()
    asked = get_object_or_404(queries.invitations_from(organisation), public_id=invitation)
    actions.send_again(asked, by=by)
    messages.success(request, f"The invitation is on its way to {asked.addressee} again.")
    return redirect("members", slug=slug)


def withdraw_invitation(request: HttpRequest, slug: str, invitation: UUID) -> HttpResponse:
    """Take an invitation back, once it is confirmed."""
    by = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_managed(by), slug=slug)
    can_invite(by, organisation=organisation).require()
    asked = get_object_or_404(queries.invitations_from(organisation), public_id=invitation)
    if request.method == "POST":
        actions.withdraw_invitation(asked, by=by)
        messages.success(request, f"The invitation to {asked.addressee} is taken back.")
        return redirect("members", slug=slug)
    return render(request, "people/withdraw_invitation.html", {"asked": asked})


@login_not_required
def invitation(request: HttpRequest, key: UUID) -> HttpResponse:
    """See what one is asked to be; whoever has the link may look, whom it went to may answer."""
    asked = queries.open_invitations().filter(public_id=key).first()
    if asked is None:
        return render(request, "people/no_invitation.html", status=404)
    queries.with_bounds([asked])
    person = queries.signed_in(request.user)
    may = can_answer(person, invitation=asked)
    context = {"asked": asked, "may": may, "now": timezone.now()}
    return render(request, "people/invitation.html", context)


@require_POST
def accept_invitation(request: HttpRequest, key: UUID) -> HttpResponse:
    """Join."""
    by = queries.acting(request.user)
    asked = queries.open_invitations().filter(public_id=key).first()
    if asked is None:
        return redirect("invitation", key)
    held = actions.accept_invitation(asked, by=by)
    actions.put_on_hat(held.organisation, session=request.session, by=by)
    messages.success(request, f"You are now {held.role} of {held.organisation}.")
    return redirect("desk")


@require_POST
def decline_invitation(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say no."""
    asked = queries.open_invitations().filter(public_id=key).first()
    if asked is None:
        return redirect("invitation", key)
    actions.decline_invitation(asked, by=queries.acting(request.user))
    messages.success(request, f"You said no to {asked.organisation}.")
    return redirect("desk")
