"""Proposals for one need side by side and against the alternative; nothing here knows who proposes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from makegood.articulate.models import MeasuredAlternative, Need, Promise, Proposal
from makegood.articulate.queries import (
    Reach,
    measured_of,
    prices_of,
    promises_in,
    proposals_for,
    tell_states,
)
from makegood.articulate.states import ProposalState
from makegood.contract.queries import Tally
from makegood.measures.models import Measure
from makegood.people.models import Person


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One proposal: its promises, what the commissioner would pay in all, and what is valued."""

    proposal: Proposal
    promises: Sequence[Promise]
    price: Decimal | None
    """Over all the years it gives; None where it gives none, or it is withheld."""
    years: int
    is_withheld: bool

    @property
    def worth(self) -> Tally:
        """Return what the valued promises are worth a year together, and how many are not valued."""
        valued = [promise.worth for promise in self.promises if promise.worth]
        return Tally(
            count=len(self.promises),
            low=sum((worth.low for worth in valued), Decimal(0)),
            high=sum((worth.high for worth in valued), Decimal(0)),
            unvalued=len(self.promises) - len(valued),
        )

    @property
    def in_words(self) -> list[Promise]:
        """Return the promises that no measure tells of."""
        return [promise for promise in self.promises if promise.measure is None]


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Every promise on one measure, of whichever proposal."""

    measure: Measure
    alternative: MeasuredAlternative | None
    promises: Sequence[Promise]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What is compared: proposals, and their promises measure by measure."""

    entries: Sequence[Entry]
    scales: Sequence[Scale]


def proposals_to_compare(
    need: Need, *, person: Person | None, reach: Reach | None = None
) -> list[Proposal]:
    """Return the proposals for ``need`` that were sent and that ``person`` may read, by title."""
    unsent = (ProposalState.DRAFT, ProposalState.WITHDRAWN)
    found = proposals_for(need, person=person, reach=reach).exclude(state__in=unsent)
    return tell_states(found.order_by("title", "code"), person=person, reach=reach)


def measures_of(proposals: Sequence[Proposal]) -> list[tuple[str, str]]:
    """Return the measures that any of ``proposals`` promises on: each one's slug and name."""
    found = promises_in(proposals).filter(measure__isnull=False).order_by("measure__name")
    return list(found.values_list("measure__slug", "measure__name").distinct())


def compared(
    need: Need, *, proposals: Sequence[Proposal], order: str, person: Person | None
) -> Comparison:
    """Set ``proposals`` side by side, in an order: by ``price``, ``worth``, a measure's slug, or title."""
    promises: dict[int, list[Promise]] = defaultdict(list)
    for promise in promises_in(proposals):
        promises[promise.proposal_id].append(promise)
    prices = prices_of(proposals, person=person)
    entries = [
        Entry(
            proposal=proposal,
            promises=promises[proposal.pk],
            price=prices[proposal.pk].whole,
            years=prices[proposal.pk].years,
            is_withheld=prices[proposal.pk].is_withheld,
        )
        for proposal in proposals
    ]
    entries.sort(key=lambda entry: _rank(entry, order=order))
    return Comparison(entries=entries, scales=list(_scales(need, entries=entries)))


def _scales(need: Need, *, entries: Iterable[Entry]) -> Iterable[Scale]:
    on: dict[int, list[Promise]] = defaultdict(list)
    measures: dict[int, Measure] = {}
    for entry in entries:
        for promise in entry.promises:
            if promise.measure is not None:
                on[promise.measure.pk].append(promise)
                measures[promise.measure.pk] = promise.measure
    alternatives: Mapping[int, MeasuredAlternative] = {
        each.measure_id: each for each in measured_of(need)
    }
    for key, measure in sorted(
        measures.items(), key=lambda item: (-len(on[item[0]]), str(item[1]))
    ):
        yield Scale(measure=measure, alternative=alternatives.get(key), promises=on[key])


def _rank(entry: Entry, *, order: str) -> tuple[bool, Decimal | float, str]:
    """Return where an entry stands: what is not known stands last, and says so, never as nothing."""
    title = entry.proposal.title.casefold()
    if order == "price":
        return entry.price is None, entry.price or Decimal(0), title
    if order == "worth":
        return not entry.worth.valued, -entry.worth.high, title
    added = [
        promise.added
        for promise in entry.promises
        if promise.measure and promise.measure.slug == order and promise.added is not None
    ]
    return not added, -max(added, default=0.0), title
