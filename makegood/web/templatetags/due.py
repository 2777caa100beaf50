"""How many figures are late, on whatever page it belongs."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.models import Programme
from makegood.capture.models import Sample
from makegood.capture.queries import (
    count_shown,
    documents_by_level,
    figures_due,
    figures_under,
    quality_shown,
    ratings_found_wrong,
    samples_of,
    tally_of,
)
from makegood.capture.states import Level
from makegood.contract.models import Commitment, Contract, IndicatorRating

register = template.Library()


@register.inclusion_tag("capture/late.html")
def figures_late(contract: Contract) -> dict[str, Any]:
    """Of the figures due under a contract, how many are late: everyone sees it."""
    rows = figures_under(contract, today=timezone.localdate())
    href = reverse("contract_figures", args=[contract.reference])
    return {"tally": tally_of(rows), "href": href, "hidden": ""}


@register.inclusion_tag("capture/late.html")
def figures_late_of(commitment: Commitment) -> dict[str, Any]:
    """The same of one commitment."""
    rows = figures_due([commitment], today=timezone.localdate())
    href = reverse("contract_figures", args=[commitment.contract.reference])
    return {
        "tally": tally_of(rows),
        "href": f"{href}?q={commitment.name}",
        "hidden": f": {commitment.name}",
    }


@register.inclusion_tag("capture/samples_said.html")
def samples_said(contract: Contract, *, always: bool = False) -> dict[str, Any]:
    """What the newest closed sample of a contract shows; ``always`` leads there though none was drawn."""
    drawn = list(samples_of(contract))
    own = [one for one in drawn if one.contract_id]
    href = reverse("samples", args=[contract.reference])
    over_all = next((one for one in drawn if one.programme_id and one.is_closed), None)
    said = _said(own, of=contract, href=href, way_in="Samples of the figures")
    return said | {"over_all": over_all, "always": always}


@register.inclusion_tag("capture/samples_said.html")
def samples_said_over(programme: Programme) -> dict[str, Any]:
    """What the newest closed sample over a programme shows, and the way to all of them."""
    href = reverse("programme_samples", args=[programme.slug])
    way_in = "Samples of the figures of all its contracts"
    return _said(samples_of(programme), of=programme, href=href, way_in=way_in) | {"always": True}


def _said(
    drawn: Iterable[Sample], *, of: Contract | Programme, href: str, way_in: str
) -> dict[str, Any]:
    held = list(drawn)
    newest = next((one for one in held if one.is_closed), None)
    is_open = any(not one.is_closed for one in held)
    return {"of": of, "newest": newest, "is_open": is_open, "href": href, "way_in": way_in}


@register.inclusion_tag("capture/ratings_wrong.html")
def figures_found_wrong(*ratings: IndicatorRating) -> dict[str, Any]:
    """Which ratings rest on a figure that was found wrong since, or before, and is not corrected."""
    return {"found": ratings_found_wrong(ratings)}


@register.inclusion_tag("capture/ratings_wrong.html")
def figures_found_wrong_in(ratings: Iterable[IndicatorRating]) -> dict[str, Any]:
    """The same of all ratings of a notice."""
    return {"found": ratings_found_wrong(ratings)}


@register.inclusion_tag("capture/count_said.html")
def stories_counted(commitment: Commitment, count: int) -> dict[str, Any]:
    """How many stories were told, and how far that is checked."""
    return {"counted": count_shown(commitment, count=count)}


@register.inclusion_tag("capture/documents_said.html")
def documents_said(commitment: Commitment, *, always: bool = False) -> dict[str, Any]:
    """How many documents stand and how far they are checked; ``always`` says so too where there is none."""
    found = documents_by_level(commitment)
    return {
        "commitment": commitment,
        "count": found.total(),
        "levels": [(level, found[level]) for level in reversed(Level) if found[level]],
        "href": reverse("documents", args=[commitment.reference]),
        "always": always,
    }


@register.inclusion_tag("capture/quality.html")
def data_quality(commitment: Commitment) -> dict[str, Any]:
    """How good the figures of a commitment are: whole, in time, moving, corrected."""
    return {"quality": quality_shown(commitment, today=timezone.localdate())}
