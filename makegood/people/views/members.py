"""Screens about who belongs to an organisation, as what."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from makegood.kernel.answers import tried
from makegood.people import actions, queries
from makegood.people.forms import AppointmentForm, HandOverForm
from makegood.people.permissions import can_end, can_invite, can_manage_members
from makegood.people.states import Kind, Role

PAGE = 50


def members(request: HttpRequest, slug: str) -> HttpResponse:
    """See who belongs to an organisation, and who is invited."""
    by = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_managed(by), slug=slug)
    context = {
        "organisation": organisation,
        "members": queries.with_bounds(queries.members_of(organisation)),
        "invitations": queries.with_bounds(queries.invitations_from(organisation)),
        "may": can_manage_members(by, organisation=organisation),
        "may_invite": can_invite(by, organisation=organisation),
        "now": timezone.now(),
        "audits": organisation.kind == Kind.AUDITOR,
    }
    return render(request, "people/members.html", context)


def change_membership(request: HttpRequest, slug: str, person: UUID, role: str) -> HttpResponse:
    """Give a member another role, limit or last day."""
    by = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_managed(by), slug=slug)
    can_manage_members(by, organisation=organisation).require()
    changing = get_object_or_404(
        queries.members_of(organisation), person__public_id=person, role=role
    )
    form = AppointmentForm(
        request.POST or None, kind=Kind(organisation.kind), initial=vars(changing.appointment)
    )
    if request.method == "POST" and form.is_valid():
        new = form.appointment()
        if changed := tried(
            form, lambda: actions.change_membership(changing, appointment=new, by=by)
        ):
            messages.success(request, f"{changed.person} is now {changed.role}.")
            return redirect("members", slug=slug)
    context = {"organisation": organisation, "changing": changing, "form": form}
    return render(request, "people/change_membership.html", context)


def end_membership(request: HttpRequest, slug: str, person: UUID, role: str) -> HttpResponse:
    """End somebody's membership, or leave, once it is confirmed."""
    by = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_managed(by), slug=slug)
    ending = get_object_or_404(
        queries.members_of(organisation), person__public_id=person, role=role
    )
    can_end(by, membership=ending).require()
    if request.method == "POST":
        actions.end_membership(ending, by=by)
        leaves = ending.person == by
        who = "You are" if leaves else f"{ending.person} is"
        messages.success(request, f"{who} no longer {ending.role} of {organisation}.")
        return redirect("desk") if leaves else redirect("members", slug=slug)
    context = {
        "organisation": organisation,
        "ending": ending,
        "leaves": ending.person == by,
        "is_last": ending.role == Role.OWNER and not queries.other_owners(ending).exists(),
        "others": queries.others_in(organisation, but=ending.person),
    }
    return render(request, "people/end_membership.html", context)


def hand_over(request: HttpRequest, slug: str, person: UUID) -> HttpResponse:
    """Give all that a member does to another, who stays."""
    by = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_managed(by), slug=slug)
    can_manage_members(by, organisation=organisation).require()
    held = queries.members_of(organisation).filter(person__public_id=person)
    leaver = get_object_or_404(held[:1]).person
    others = queries.others_in(organisation, but=leaver)
    form = HandOverForm(request.POST or None, others=others)
    if request.method == "POST" and form.is_valid():
        successor = form.cleaned_data["successor"]
        tried(
            form,
            lambda: actions.hand_over(organisation, leaver=leaver, successor=successor, by=by),
        )
        if not form.errors:
            messages.success(request, f"{successor} took over from {leaver}.")
            return redirect("desk") if leaver == by else redirect("members", slug=slug)
    context = {"organisation": organisation, "leaver": leaver, "held": held, "form": form}
    return render(request, "people/hand_over.html", context | {"others": others})


def readings(request: HttpRequest, slug: str) -> HttpResponse:
    """See what the auditors of an organisation read."""
    by = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_managed(by), slug=slug)
    can_invite(by, organisation=organisation).require()
    page = Paginator(queries.readings_of(organisation), PAGE).get_page(request.GET.get("page"))
    return render(request, "people/readings.html", {"organisation": organisation, "page": page})
