"""Published indicators of a contract, and notices of how they do."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from makegood.articulate.queries import reach_of
from makegood.contract.models import Commitment, Contract, IndicatorRating, Notice
from makegood.contract.parties import is_inside, left_by
from makegood.contract.queries.agreed import write_day
from makegood.contract.queries.contracts import commitments_of, contracts_visible_to
from makegood.contract.rules import hint_of_indicators
from makegood.contract.states import NoticeState
from makegood.kernel.figures import show_figure
from makegood.measures.models import Measurement
from makegood.measures.queries import current_measurements
from makegood.people.models import Person

Data = dict[str, Any]


def indicators_of(contract: Contract) -> QuerySet[Commitment]:
    """Return the commitments of ``contract`` whose figures are published while it runs."""
    found = commitments_of(contract).filter(is_kpi=True, is_released=False)
    return found.select_related("series__measure").order_by("reference")


def hint_of(contract: Contract, *, count: int) -> str:
    """Return what the law asks of larger contracts, where this one has fewer indicators."""
    return hint_of_indicators(value=contract.value, count=count)


def notices_visible_to(person: Person | None, *, contract: Contract) -> QuerySet[Notice]:
    """Return the published notices, for everyone; those sent, for whom the contract concerns.

    One that is being written, or was withdrawn, is the commissioner’s, and the auditors’. Whoever
    handed the contract over reads those that were sent until then, and those of a time in which it delivered.
    """
    found = contract.notices.select_related(
        "contract__proposal__provider",
        "contract__taken_over_by",
        "contract__proposal__need__commissioner",
    ).order_by("-number")
    if not is_inside(person, contract=contract):
        return found.filter(state=NoticeState.PUBLISHED)
    houses = (contract.commissioner.pk,)
    writes = reach_of(person).is_inside(houses, programme=contract.proposal.need.programme_id)
    if left := left_by(person, contract=contract):
        own = Q(sent_at__lt=left.in_force_at) | Q(until_on__lt=left.from_on, sent_at__isnull=False)
        return found.filter(Q(state=NoticeState.PUBLISHED) | own)
    return found if writes else found.filter(sent_at__isnull=False)


def notice_found(person: Person | None, *, reference: str, number: int) -> Notice:
    """Return a notice of a contract, both of which ``person`` may see; or answer that there is none."""
    contract = get_object_or_404(contracts_visible_to(person), reference=reference)
    return get_object_or_404(notices_visible_to(person, contract=contract), number=number)


def ratings_of(notice: Notice) -> QuerySet[IndicatorRating]:
    """Return how each indicator did."""
    found = notice.ratings.select_related(
        "commitment__measure",
        "commitment__promise",
        "commitment__series__measure",
        "commitment__contract",
    )
    return found.order_by("commitment__reference")


def figure_within(commitment: Commitment, *, first: date, last: date) -> Measurement | None:
    """Return the last figure of a commitment within a time; None where there is none."""
    if commitment.line is None:
        return None
    found = current_measurements(commitment.line)
    return found.filter(period__gte=first, period__lte=last, value__isnull=False).last()


def target_on(commitment: Commitment, *, day: date) -> float | None:
    """Return how far it was to be by ``day``: the last step passed, or the target once it is due.

    Before the first step there is no target yet.
    """
    steps = [*commitment.steps]
    if commitment.target is not None:
        steps.append((commitment.due_on, commitment.target))
    passed = [to for on, to in steps if on <= day]
    return passed[-1] if passed else None


def why_no_target(commitment: Commitment) -> str:
    """Return in plain words why there is no target yet: no step was agreed, or none has passed."""
    if commitment.steps:
        return (
            f"It is not due yet, and its first step is due on {write_day(commitment.steps[0][0])}."
        )
    return "It is not due yet, and no step was agreed."


def notice_data(notice: Notice) -> Data:
    """Return all that a notice says, as its page and document say it."""
    contract = notice.contract
    return {
        "reference": f"{contract.reference}, notice {notice.number}",
        "title": f"How the contract does: {contract.name}",
        "parties": [str(contract.commissioner), str(notice.provider)],
        "dated": timezone.localdate(
            notice.published_at or notice.sent_at or notice.written_at
        ).isoformat(),
        "period": f"{write_day(notice.from_on)} to {write_day(notice.until_on)}",
        "reply": notice.reply,
        "head": ["Indicator", "Figure", "Target then", "Rating", "Why"],
        "rows": [_row(rating) for rating in ratings_of(notice)],
    }


def _row(rating: IndicatorRating) -> list[str]:
    owed = rating.commitment
    unit = owed.measure.unit if owed.measure else ""
    figure = "none" if rating.figure is None else show_figure(rating.figure, unit=unit)
    then = "none" if rating.target is None else show_figure(rating.target, unit=unit)
    return [
        f"{owed.name}: {owed.what_changes}",
        figure,
        then,
        rating.rating.capitalize(),
        rating.reason or "As its figure says",
    ]
