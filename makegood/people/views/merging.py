"""Screens on which an organisation that is here twice becomes one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.kernel.answers import tried
from makegood.people import actions, queries
from makegood.people.merging_forms import DuplicateForm, LeavingForm, MergingForm
from makegood.people.permissions import can_decide_between, can_decide_claims


def report_duplicate(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that an organisation is here twice; whoever decides on that is led on to it."""
    by = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations(), slug=slug, merged_into=None)
    decides = bool(can_decide_claims(by))
    form = DuplicateForm(request.POST or None, decides=decides)
    if request.method == "POST" and form.is_valid():
        other = form.cleaned_data["other"]
        if decides:
            return redirect("merge_organisations", slug=slug, into=other.slug)
        words = form.cleaned_data["words"]
        if tried(
            form, lambda: actions.report_duplicate(organisation, other=other, words=words, by=by)
        ):
            told = "Thank you. Whoever decides has it on their desk, and you get an e-mail then."
            messages.success(request, told)
            return redirect("organisation", slug=slug)
    context = {"organisation": organisation, "form": form, "decides": decides}
    return render(request, "people/report_duplicate.html", context)


def merge_organisations(request: HttpRequest, slug: str, into: str) -> HttpResponse:
    """See two entries side by side, and make them one."""
    by = queries.acting(request.user)
    can_decide_claims(by).require()
    goes = get_object_or_404(queries.organisations(), slug=slug)
    stays = get_object_or_404(queries.organisations(), slug=into)
    can_decide_between(by, one=goes, other=stays).require()
    form = MergingForm(request.POST or None, has_members=queries.members_of(goes).exists())
    if request.method == "POST" and form.is_valid():
        merger = form.merger(goes=goes, stays=stays)
        if tried(form, lambda: actions.merge_organisations(merger, by=by)):
            messages.success(request, f"They are one. {goes} leads here now.")
            return redirect("organisation", slug=into)
    sides = [("Goes", queries.belongings_of(goes)), ("Stays", queries.belongings_of(stays))]
    context = {
        "goes": goes,
        "stays": stays,
        "form": form,
        "sides": sides,
        "of_both": queries.members_of_both(goes, other=stays),
        "fates": queries.fates_of(goes, stays=stays),
        "said": queries.duplicates_between(goes, other=stays).select_related("grounds"),
    }
    return render(request, "people/merge_organisations.html", context)


def leave_as_two(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """Decide that two entries, which somebody says are one, are two."""
    by = queries.acting(request.user)
    can_decide_claims(by).require()
    one = get_object_or_404(queries.organisations(), slug=slug)
    two = get_object_or_404(queries.organisations(), slug=other)
    can_decide_between(by, one=one, other=two).require()
    said = queries.duplicates_between(one, other=two)
    get_object_or_404(said[:1])
    form = LeavingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        tried(form, lambda: actions.leave_as_two(one, other=two, reason=reason, by=by))
        if not form.errors:
            messages.success(request, "They stay two. Whoever said that they are one is told why.")
            return redirect("desk")
    context = {"one": one, "two": two, "form": form}
    return render(request, "people/leave_as_two.html", context)
