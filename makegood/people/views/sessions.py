"""Screens about where somebody is signed in."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from makegood.people import actions, queries
from makegood.people.sessions import kept_key


def sign_ins(request: HttpRequest) -> HttpResponse:
    """See where one is signed in."""
    held = queries.sessions_of(queries.acting(request.user))
    this = kept_key(request.session.session_key or "")
    context = {
        "this": held.filter(pk=this).first(),
        "others": held.exclude(pk=this),
    }
    return render(request, "people/sign_ins.html", context)


@require_POST
def end_session(request: HttpRequest, session: UUID) -> HttpResponse:
    """Sign out of one other browser."""
    person = queries.acting(request.user)
    ending = get_object_or_404(queries.sessions_of(person), public_id=session)
    actions.end_session(ending, by=person)
    messages.success(request, f"You are signed out of {ending}.")
    return redirect("sign_ins")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out of every browser but this one."""
    this = kept_key(request.session.session_key or "")
    actions.end_sessions(but=this, by=queries.acting(request.user))
    messages.success(request, "You are signed out everywhere else.")
    return redirect("sign_ins")
