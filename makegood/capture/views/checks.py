"""Screens on which figures and documents are checked and disputed, and a figure is read with all of it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.capture import actions, queries
from makegood.capture.forms import (
    AnswerDisputeForm,
    CheckForm,
    DisputeForm,
    ResolveDisputeForm,
)
from makegood.capture.permissions import (
    can_answer_dispute,
    can_capture_for,
    can_check,
    can_check_document,
    can_check_document_some,
    can_check_some,
    can_dispute,
    can_dispute_document,
    can_dispute_document_some,
    can_dispute_some,
    can_resolve_dispute,
)
from makegood.capture.states import DisputeOutcome, Level
from makegood.contract.queries import commitments_visible_to
from makegood.kernel.answers import tried
from makegood.measures.queries import versions_of
from makegood.people.queries import acting, signed_in


@login_not_required
def figure(request: HttpRequest, reference: str, period: str) -> HttpResponse:
    """Read one figure: every version, how far it is checked, and what was disputed."""
    person = signed_in(request.user)
    context = _figure(person, reference=reference, period=period)
    commitment, shown = context["commitment"], context["shown"]
    open_one = shown.open_dispute
    context |= {
        "versions": versions_of(commitment.line, period=shown.measurement.period),
        "may_check": can_check_some(person, commitment=commitment),
        "may_dispute": not open_one and can_dispute_some(person, commitment=commitment),
        "may_answer": open_one
        and not open_one.answer
        and can_answer_dispute(person, dispute=open_one),
        "may_resolve": open_one and can_resolve_dispute(person, dispute=open_one),
        "may_correct": can_capture_for(person, commitment=commitment, house=context["owed_by"]),
    }
    return render(request, "capture/figure.html", context)


def check_figure(request: HttpRequest, reference: str, period: str) -> HttpResponse:
    """Say how far a figure is checked."""
    person = acting(request.user)
    context = _figure(person, reference=reference, period=period)
    commitment, shown = context["commitment"], context["shown"]
    can_check_some(person, commitment=commitment).require()
    houses = queries.houses_checking(commitment)
    house = next(one for one in houses if can_check(person, commitment=commitment, house=one))
    form = CheckForm(request.POST or None)
    if house in commitment.contract.providers:
        form.only_corroborated()
    if request.method == "POST" and form.is_valid():
        made = tried(
            form,
            lambda: actions.check_figure(
                commitment,
                measurement=shown.measurement,
                level=Level(form.cleaned_data["level"]),
                how=form.cleaned_data["how"],
                house=house,
                by=person,
            ),
        )
        if made:
            messages.success(request, f"Kept: the figure is {made.level}.")
            return redirect("figure", reference=reference, period=period)
    return render(request, "capture/check_figure.html", context | {"form": form, "house": house})


def dispute_figure(request: HttpRequest, reference: str, period: str) -> HttpResponse:
    """Say that a figure is not right, and why."""
    person = acting(request.user)
    context = _figure(person, reference=reference, period=period)
    commitment, shown = context["commitment"], context["shown"]
    can_dispute_some(person, commitment=commitment).require()
    houses = queries.houses_checking(commitment)
    house = next(one for one in houses if can_dispute(person, commitment=commitment, house=one))
    form = DisputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = tried(
            form,
            lambda: actions.open_dispute(
                commitment,
                measurement=shown.measurement,
                reason=form.cleaned_data["reason"],
                house=house,
                by=person,
            ),
        )
        if opened:
            messages.success(request, "The figure is disputed. The provider is told.")
            return redirect("figure", reference=reference, period=period)
    return render(request, "capture/dispute_figure.html", context | {"form": form, "house": house})


def check_document(request: HttpRequest, reference: str) -> HttpResponse:
    """Say how far a document is checked."""
    person = acting(request.user)
    held = get_object_or_404(queries.document_found(reference, person=person))
    can_check_document_some(person, document=held).require()
    houses = queries.houses_checking(held.commitment)
    house = next(one for one in houses if can_check_document(person, document=held, house=one))
    form = CheckForm(request.POST or None)
    if house in held.commitment.contract.providers:
        form.only_corroborated()
    if request.method == "POST" and form.is_valid():
        level, how = Level(form.cleaned_data["level"]), form.cleaned_data["how"]
        made = tried(
            form,
            lambda: actions.check_document(held, level=level, how=how, house=house, by=person),
        )
        if made:
            messages.success(request, f"Kept: the document is {made.level}.")
            return redirect(held)
    context = {"held": held, "form": form, "house": house}
    return render(request, "capture/check_document.html", context)


def dispute_document(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that a document is not right, and why."""
    person = acting(request.user)
    held = get_object_or_404(queries.document_found(reference, person=person))
    can_dispute_document_some(person, document=held).require()
    houses = queries.houses_checking(held.commitment)
    house = next(one for one in houses if can_dispute_document(person, document=held, house=one))
    form = DisputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        opened = tried(
            form, lambda: actions.dispute_document(held, reason=reason, house=house, by=person)
        )
        if opened:
            messages.success(request, "The document is disputed. The provider is told.")
            return redirect(held)
    context = {"held": held, "form": form, "house": house}
    return render(request, "capture/dispute_document.html", context)


def answer_dispute(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer a dispute for the provider."""
    person = acting(request.user)
    dispute = get_object_or_404(queries.dispute_found(reference))
    can_answer_dispute(person, dispute=dispute).require()
    form = AnswerDisputeForm(request.POST or None, what=dispute.what)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if tried(form, lambda: actions.answer_dispute(dispute, words=words, by=person)):
            messages.success(request, "Your answer stands beside the dispute.")
            return redirect(dispute)
    return render(request, "capture/answer_dispute.html", {"form": form, "dispute": dispute})


def resolve_dispute(request: HttpRequest, reference: str) -> HttpResponse:
    """Say how a dispute ends."""
    person = acting(request.user)
    dispute = get_object_or_404(queries.dispute_found(reference))
    can_resolve_dispute(person, dispute=dispute).require()
    form = ResolveDisputeForm(request.POST or None, what=dispute.what)
    if request.method == "POST" and form.is_valid():
        resolved = tried(
            form,
            lambda: actions.resolve_dispute(
                dispute,
                outcome=DisputeOutcome(form.cleaned_data["outcome"]),
                why=form.cleaned_data["why"],
                by=person,
            ),
        )
        if resolved:
            messages.success(request, "The dispute is resolved.")
            return redirect(dispute)
    return render(request, "capture/resolve_dispute.html", {"form": form, "dispute": dispute})


def _figure(person: Any, *, reference: str, period: str) -> dict[str, Any]:
    commitment = get_object_or_404(commitments_visible_to(person), reference=reference)
    try:
        day = date.fromisoformat(f"{period}-01")
    except ValueError:
        raise Http404 from None
    shown = queries.figure_shown(commitment, period=day)
    if shown is None:
        raise Http404
    house = commitment.owed_by(day)
    return {
        "commitment": commitment,
        "shown": shown,
        "month": period,
        "day": day,
        "owed_by": house,
    }
