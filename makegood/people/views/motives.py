"""Screens of motives: an organisation says why, and everyone reads how many say what."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from makegood.kernel.answers import tried
from makegood.kernel.exports import table
from makegood.people import actions, queries
from makegood.people.motive_forms import MotivesForm, said_before
from makegood.people.permissions import can_describe
from makegood.people.queries import MotiveFigures
from makegood.people.states import Kind, Moment

COLUMNS = ("motive", "at the start", "a year after", "kept", "came", "went")
HEAD = ("Motive", "At the start", "A year after", "Kept", "Came", "Went")
HIDDEN = "hidden"


@login_not_required
def motives(request: HttpRequest) -> HttpResponse:
    """See how many organisations name each motive, at the start and a year after."""
    told = queries.motives_told(today=timezone.localdate())
    rows = [(row.motive.words, *map(_cell, _figures(row))) for row in told.rows]
    return render(request, "people/motives.html", {"told": told, "head": HEAD, "rows": rows})


@login_not_required
def motives_as_table(_: HttpRequest) -> HttpResponse:
    """Give the same as a table, with the bases in its last lines."""
    told = queries.motives_told(today=timezone.localdate())
    rows = [
        *([row.motive.words, *map(_cell, _figures(row))] for row in told.rows),
        ["answered until", told.until],
        ["answered at the start (base)", told.at_start],
        ["answered both times (base)", "", *[told.both] * 4],
    ]
    return table("motives.csv", COLUMNS, rows)


def state_motives(request: HttpRequest, slug: str) -> HttpResponse:
    """Say why, and see what was said before."""
    person = queries.acting(request.user)
    house = get_object_or_404(queries.organisations_of(person, kind=Kind.PROVIDER), slug=slug)
    may_answer = can_describe(person, organisation=house)
    said = queries.motives_said(house)
    moment = queries.moment_now(house, today=timezone.localdate())
    form = MotivesForm(request.POST or None, initial=said_before(said.get(moment)))
    if request.method == "POST":
        may_answer.require()
    if request.method == "POST" and form.is_valid():
        answered = form.said()
        if tried(form, lambda: actions.state_motives(house, said=answered, by=person)):
            messages.success(request, "What you said is kept.")
            return redirect("state_motives", slug=slug)
    context = {
        "organisation": house,
        "form": form,
        "may_answer": may_answer,
        "start": said.get(Moment.START),
        "later": said.get(Moment.YEAR_AFTER),
        "is_later": moment == Moment.YEAR_AFTER,
    }
    return render(request, "people/state_motives.html", context)


def _figures(row: MotiveFigures) -> tuple[int | None, ...]:
    return row.start, row.year, row.kept, row.came, row.went


def _cell(figure: int | None) -> str:
    return HIDDEN if figure is None else str(figure)
