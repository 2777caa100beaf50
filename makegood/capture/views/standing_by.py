"""The screen on which somebody stands by a figure that was found wrong."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.capture import actions, queries
from makegood.capture.forms import StandByForm
from makegood.capture.permissions import can_capture_for
from makegood.kernel.answers import tried
from makegood.kernel.period import name_month
from makegood.people.queries import acting


def stand_by_figure(request: HttpRequest, reference: str, period: str) -> HttpResponse:
    """Say why a figure that was found wrong is right all the same."""
    person = acting(request.user)
    commitment = get_object_or_404(queries.captures_visible_to(person), reference=reference)
    try:
        month = date.fromisoformat(f"{period}-01")
    except ValueError:
        raise Http404 from None
    house = commitment.owed_by(month)
    can_capture_for(person, commitment=commitment, house=house).require()
    shown = queries.figure_shown(commitment, period=month)
    if shown is None:
        raise Http404
    form = StandByForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["reason"]
        said = tried(
            form,
            lambda: actions.stand_by_figure(commitment, period=month, reason=words, by=person),
        )
        if said:
            messages.success(request, f"What you said stands beside {name_month(month)}.")
            return redirect("figure", reference=reference, period=period)
    context = {
        "commitment": commitment,
        "form": form,
        "shown": shown,
        "month": period,
        "day": month,
        "owed_by": house,
        "found": shown.found_wrong,
    }
    return render(request, "capture/stand_by_figure.html", context)
