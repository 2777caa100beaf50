"""Screens for organisations and their members."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.kernel.refusal import RuleBroken
from makegood.people import actions, queries
from makegood.people.forms import MemberForm, OrganisationForm
from makegood.people.permissions import can_manage_members
from makegood.people.states import Kind, Role


def register(request: HttpRequest) -> HttpResponse:
    """Register an organisation."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        organisation = actions.register_organisation(
            name=answers["name"],
            kind=Kind(answers["kind"]),
            legal_form=answers["legal_form"],
            summary=answers["summary"],
            by=queries.acting(request.user),
        )
        actions.put_on_hat(organisation, session=request.session, by=queries.acting(request.user))
        messages.success(request, f"{organisation} is registered. You are its owner.")
        return redirect("organisation", slug=organisation.slug)
    return render(request, "people/register.html", {"form": form})


def members(request: HttpRequest, slug: str) -> HttpResponse:
    """See who belongs to an organisation, and add someone."""
    organisation = get_object_or_404(
        queries.organisations_of(queries.acting(request.user)), slug=slug
    )
    may = can_manage_members(queries.acting(request.user), organisation=organisation)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_member(
                organisation,
                email=form.cleaned_data["email"],
                role=Role(form.cleaned_data["role"]),
                by=queries.acting(request.user),
            )
        except RuleBroken as refused:
            form.add_error("email", refused.sentence)
        else:
            messages.success(request, f"{added.person} is now {added.role} of {organisation}.")
            return redirect("members", slug=slug)
    context = {
        "organisation": organisation,
        "members": queries.members_of(organisation),
        "form": form,
        "may": may,
    }
    return render(request, "people/members.html", context)


def end_membership(request: HttpRequest, slug: str, person: UUID, role: str) -> HttpResponse:
    """End somebody's membership, once it is confirmed."""
    organisation = get_object_or_404(
        queries.organisations_of(queries.acting(request.user)), slug=slug
    )
    can_manage_members(queries.acting(request.user), organisation=organisation).require()
    ending = get_object_or_404(
        queries.members_of(organisation), person__public_id=person, role=role
    )
    if request.method == "POST":
        actions.end_membership(ending, by=queries.acting(request.user))
        messages.success(request, f"{ending.person} is no longer {ending.role}.")
        return redirect("members", slug=slug)
    return render(
        request, "people/end_membership.html", {"organisation": organisation, "ending": ending}
    )
