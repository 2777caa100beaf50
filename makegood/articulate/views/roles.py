"""Screens to say in which programmes the role of a member holds."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.articulate import actions, queries
from makegood.articulate.forms import WhereForm
from makegood.articulate.permissions import can_narrow
from makegood.kernel.answers import tried
from makegood.people.queries import acting, invitations_from, members_of, organisations_managed


def narrow_membership(request: HttpRequest, slug: str, person: UUID, role: str) -> HttpResponse:
    """Say in which programmes a member's role holds."""
    organisation = get_object_or_404(organisations_managed(acting(request.user)), slug=slug)
    found = members_of(organisation)
    held = get_object_or_404(found, person__public_id=person, role=role)
    return _narrow(request, slug, held=held, who=str(held.person))


def narrow_invitation(request: HttpRequest, slug: str, invitation: UUID) -> HttpResponse:
    """Say in which programmes it will hold, once whoever is invited accepts."""
    organisation = get_object_or_404(organisations_managed(acting(request.user)), slug=slug)
    held = get_object_or_404(invitations_from(organisation), public_id=invitation)
    return _narrow(request, slug, held=held, who=str(held.addressee))


def _narrow(request: HttpRequest, slug: str, *, held: queries.Bounded, who: str) -> HttpResponse:
    by = acting(request.user)
    can_narrow(by, held=held).require()
    given = queries.programmes_given(held)
    form = WhereForm(request.POST or None, programmes=queries.programmes(), given=given)
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["programmes"])
        if tried(form, lambda: actions.narrow_role(held, programmes=chosen, by=by)):
            bounds = queries.bounds_in_words([held]).get(held, "in every programme")
            messages.success(request, f"As {held.role}, {who} acts {bounds}.")
            return redirect("members", slug=slug)
    context = {"form": form, "held": held, "who": who, "organisation": held.organisation}
    return render(request, "articulate/narrow_role.html", context)
