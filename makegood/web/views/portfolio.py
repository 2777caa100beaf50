"""The gap, by everything it can be taken apart by, and the promises behind it: as pages and as tables."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.queries import promises_visible_to
from makegood.kernel.exports import table
from makegood.web.forms import PortfolioFilter, PromiseFilter
from makegood.web.pictures import gap_steps, list_at, worth_steps
from makegood.web.queries.gap import Gap, Part, Side, Step, gap_by, gap_today
from makegood.web.queries.promises import promises_found, promises_narrowed

STEPS = (
    Step.PROMISED, Step.CONTRACTED, Step.WEAKENED, Step.LOST, Step.UNSIGNED, Step.CAPTURED,
    Step.SHOWN, Step.FOUND_OTHERWISE,
)  # fmt: skip
SHORT = {
    Step.PROMISED: "Promised",
    Step.CONTRACTED: "In full",
    Step.WEAKENED: "Weakened",
    Step.LOST: "Lost",
    Step.UNSIGNED: "Not signed yet",
    Step.SHOWN: "Shown",
}
"""What the table of the page counts, and what its columns are called."""
WORTH = ("worth a year, at least", "worth a year, at most", "not valued")
PROMISE_COLUMNS = (
    "reference", "for whom", "what changes", "measure", "provider", "commissioner", "programme",
    "due on", *WORTH[:2], "source of the worth", "what became of it", "why", "with evidence",
    "found", "brought in", "page",
)  # fmt: skip


@login_not_required
def portfolio(request: HttpRequest) -> HttpResponse:
    """Show the gap over all promises or some, and take it apart."""
    now, form = timezone.now(), PortfolioFilter(request.GET)
    side, narrowed = form.side, promises_narrowed(promises_visible_to(None), sought=form.sought())
    gap, asked = gap_today(narrowed, now=now), form.narrowing()
    parts = gap_by(side, among=narrowed, now=now)
    context = form.listed(parts) | {
        "gap": gap,
        "lost": gap[Step.LOST],
        "promised": gap[Step.PROMISED],
        "steps": gap_steps(gap, asked=asked),
        "worths": worth_steps(gap, asked=asked),
        "side": side,
        "sides": [
            {
                "name": each.words,
                "href": f"{reverse('portfolio')}?{urlencode(asked | {'by': each.value})}#parts",
            }
            for each in Side
        ],
        "head": [side.words.capitalize(), *SHORT.values(), "Lost, worth a year"],
        "table_title": f"The gap by {side.words}",
        "lost_url": list_at(Step.LOST, asked=asked),
        "is_counted_twice": side in {Side.AIM, Side.CODE, Side.AREA},
    }
    context["rows"] = [_row(part, side=side, asked=asked) for part in context["page"]]
    return render(request, "web/portfolio.html", context)


@login_not_required
def portfolio_table(request: HttpRequest) -> HttpResponse:
    """Give the gap, taken apart, as a table."""
    now, form = timezone.now(), PortfolioFilter(request.GET)
    form.require_all()
    narrowed = promises_narrowed(promises_visible_to(None), sought=form.sought())
    columns = [form.side.words, "its reference"]
    columns += [f"{step.value}: {what}" for step in STEPS for what in ("promises", *WORTH)]
    rows = (
        [part.name, part.key, *_figures(part.gap), part.gap.brought_in]
        for part in gap_by(form.side, among=narrowed, now=now)
    )
    return table("gap.csv", [*columns, "brought in: promises"], rows)


@login_not_required
def promises(request: HttpRequest) -> HttpResponse:
    """Find a promise that everyone may read: by words, by what became of it, by whom it concerns.

    As many stand here as the gap counts; one's own that are not approved stand with their proposals.
    """
    form = PromiseFilter(request.GET)
    found = promises_found(promises_visible_to(None), sought=form.sought(), now=timezone.now())
    return render(request, "web/promises.html", form.listed(found))


@login_not_required
def promises_table(request: HttpRequest) -> HttpResponse:
    """Give the promises found as a table: those that everyone may read."""
    form = PromiseFilter(request.GET)
    form.require_all()
    found = promises_found(promises_visible_to(None), sought=form.sought(), now=timezone.now())
    site = request.build_absolute_uri
    rows = (
        _cells(each, page=site(reverse("promise", args=[each.reference])))
        for each in found.select_related("proposal__need__programme")
    )
    return table("promises.csv", PROMISE_COLUMNS, rows)


def _row(part: Part, *, side: Side, asked: Mapping[str, str]) -> list[object]:
    """Return one line of the table: the name, and the counts, each leading to its promises."""
    leads = bool(part.key) and side is not Side.CONTRACT
    here = {**asked, side.value: part.key}
    name: dict[str, str] = {"text": part.name}
    if part.key and side is Side.CONTRACT:
        name["href"] = reverse("contract", args=[part.key])
    elif leads:
        name["href"] = f"{reverse('portfolio')}?{urlencode(here)}"
    counts = [
        {"text": str(part.gap[step].count)}
        | ({"href": list_at(step, asked=here)} if leads and part.gap[step].count else {})
        for step in SHORT
    ]
    lost = part.gap[Step.LOST]
    return [name, *counts, f"{lost.worth}" if lost.valued else "–"]


def _figures(gap: Gap) -> Iterable[object]:
    for step in STEPS:
        tally = gap[step]
        yield from (tally.count, tally.low, tally.high, tally.unvalued)


def _cells(each: Any, *, page: str) -> tuple[object, ...]:
    return (
        each.reference,
        each.for_whom,
        each.what_changes,
        each.measure,
        each.proposal.provider,
        each.proposal.need.commissioner,
        each.proposal.need.programme,
        each.due_on,
        each.worth_low,
        each.worth_high,
        each.worth_source,
        each.share,
        each.difference,
        "yes" if each.is_captured else "no",
        each.conclusion,
        "yes" if each.is_brought_in else "no",
        page,
    )
