"""Proposals for a need, side by side and against what happens otherwise."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from makegood.articulate.queries import needs_visible_to, reach_of
from makegood.contract.permissions import can_read_scores
from makegood.contract.queries import Bench, Sheet, sheets_of
from makegood.kernel.exports import table
from makegood.kernel.figures import show_figure
from makegood.people.queries import signed_in
from makegood.web.forms import CompareForm
from makegood.web.queries.compare import (
    Comparison,
    Entry,
    Scale,
    compared,
    measures_of,
    proposals_to_compare,
)

COLUMNS = (
    "proposal", "title", "provider", "how it stands", "price in pounds", "years", "promise",
    "for whom", "what changes", "measure", "unit", "begins at", "the alternative reaches",
    "promised", "added over the alternative", "by", "worth a year, at least",
    "worth a year, at most", "source of the worth",
)  # fmt: skip


@login_not_required
def compare(request: HttpRequest, reference: str) -> HttpResponse:
    """Compare the proposals that one may read: promise by promise, on one scale a measure."""
    need, form, comparison, count = _compared(request, reference)
    context = {
        "need": need,
        "form": form,
        "count": count,
        "entries": comparison.entries,
        "has_words": any(entry.in_words for entry in comparison.entries),
        "scales": [(scale, _rows(scale), _numbers(scale)) for scale in comparison.scales],
        "head": ["Promise", "Provider", "Begins at", "The alternative", "Promised", "Added"],
        "asked": request.GET.urlencode(),
        "sheets": _given(need, comparison=comparison, person=signed_in(request.user)),
    }
    return render(request, "web/compare.html", context)


def _given(need: Any, *, comparison: Comparison, person: Any) -> list[Sheet]:
    """Return what a panel gave the proposals, for those who may read it."""
    if person is None:
        return []
    bench = Bench(person, need=need)
    if not bench.panel or not can_read_scores(person, need=need, bench=bench):
        return []
    shown = [entry.proposal for entry in comparison.entries]
    return sheets_of(need, proposals=shown, has_changes=False)


@login_not_required
def compare_table(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the comparison as a table, a line for each promise."""
    need, _, comparison, _ = _compared(request, reference)
    rows = (row for entry in comparison.entries for row in _cells(entry))
    return table(f"compare-{need.reference}.csv", COLUMNS, rows)


def _compared(request: HttpRequest, reference: str) -> tuple[Any, CompareForm, Comparison, int]:
    person = signed_in(request.user)
    reach = reach_of(person)
    need = get_object_or_404(needs_visible_to(person, reach=reach), reference=reference)
    proposals = proposals_to_compare(need, person=person, reach=reach)
    form = CompareForm(
        request.GET,
        proposals=[(each.code, f"{each.title}, {each.provider}") for each in proposals],
        measures=measures_of(proposals),
    )
    shown, order = form.wanted()
    chosen = [each for each in proposals if each.code in shown]
    return need, form, compared(need, proposals=chosen, order=order, person=person), len(proposals)


def _rows(scale: Scale) -> list[dict[str, Any]]:
    return [
        {
            "label": f"{each.proposal.provider}: {each.what_changes}",
            "href": reverse("promise", args=[each.reference]),
            "baseline": each.baseline,
            "alternative": each.alternative,
            "target": each.target,
            "words": each.added_words,
        }
        for each in scale.promises
    ]


def _numbers(scale: Scale) -> list[list[object]]:
    unit = scale.measure.unit
    return [
        [
            {"text": each.reference, "href": reverse("promise", args=[each.reference])},
            str(each.proposal.provider),
            *(show_figure(x, unit=unit) for x in (each.baseline, each.alternative, each.target)),
            each.added_words or "–",
        ]
        for each in scale.promises
    ]


def _cells(entry: Entry) -> Iterable[tuple[object, ...]]:
    proposal = entry.proposal
    price = "withheld" if entry.is_withheld else entry.price
    for each in entry.promises:
        yield (
            proposal.reference,
            proposal.title,
            proposal.provider,
            proposal.told_state,
            price,
            entry.years or "",
            each.reference,
            each.for_whom,
            each.what_changes,
            each.measure,
            each.measure.unit if each.measure else "",
            each.baseline,
            each.alternative,
            each.target,
            each.added,
            each.due_on,
            each.worth_low,
            each.worth_high,
            each.worth_source,
        )
