"""Screens to say who is invited to answer a need."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from makegood.articulate import actions, queries
from makegood.articulate.forms import InviteAddressForm
from makegood.articulate.permissions import can_change_need
from makegood.kernel.answers import tried, words_sought
from makegood.people.queries import acting, organisations, providers_matching

PAGE = 20


def need_invitations(request: HttpRequest, reference: str) -> HttpResponse:
    """Read who is invited; find a provider in the directory, or invite an e-mail address."""
    person = acting(request.user)
    need = get_object_or_404(queries.needs_visible_to(person), reference=reference)
    can_change_need(person, need=need).require()
    text = words_sought(request.GET)
    form = InviteAddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if tried(form, lambda: actions.invite_address(need, email=email, by=person)):
            messages.success(request, "The address is on the list.")
            return redirect("need_invitations", reference=reference)
    found = queries.invitations_to_answer(need)
    context = {
        "need": need,
        "form": form,
        "text": text,
        "found": providers_matching(text)[:PAGE],
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "articulate/need_invitations.html", context)


@require_POST
def invite_provider(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """Invite a provider that was found in the directory."""
    person = acting(request.user)
    need = get_object_or_404(queries.needs_visible_to(person), reference=reference)
    can_change_need(person, need=need).require()
    provider = get_object_or_404(organisations(), slug=slug)
    actions.invite_provider(need, provider=provider, by=person)
    messages.success(request, f"{provider} is on the list.")
    return redirect("need_invitations", reference=reference)


@require_POST
def withdraw_need_invitation(
    request: HttpRequest, reference: str, invitation: UUID
) -> HttpResponse:
    """Take an invitation back."""
    person = acting(request.user)
    need = get_object_or_404(queries.needs_visible_to(person), reference=reference)
    can_change_need(person, need=need).require()
    held = get_object_or_404(queries.invitations_to_answer(need), public_id=invitation)
    actions.withdraw_need_invitation(held, by=person)
    messages.success(request, "The invitation is withdrawn.")
    return redirect("need_invitations", reference=reference)
