"""Samples over a programme: who draws them, and who looks at which of the figures that were drawn."""

from collections.abc import Iterable
from dataclasses import dataclass

from makegood.articulate.models import Programme
from makegood.articulate.queries import Reach
from makegood.capture.models import Sample
from makegood.contract.models import Contract
from makegood.contract.queries import contracts_visible_to
from makegood.contract.states import ContractState
from makegood.people.models import Organisation
from makegood.people.states import Kind, Right


@dataclass(frozen=True, kw_only=True)
class Parties:
    """Who takes part in a programme, by its contracts in force."""

    drawing: list[Organisation]
    """Who runs it, who buys in it and who judges in it: they draw samples over it."""
    providers: set[int]
    """Everyone who ever delivered in it, by key: nobody of theirs does."""


def parties_in(programme: Programme) -> Parties:
    """Return who takes part in ``programme``."""
    found = contracts_visible_to(None).filter(
        state=ContractState.IN_FORCE, proposal__need__programme=programme
    )
    contracts = list(found.prefetch_related("handovers__successor"))
    houses = [programme.run_by]
    for one in contracts:
        houses += [one.commissioner, one.assessor]
    return Parties(
        drawing=list(dict.fromkeys(houses)),
        providers={each.pk for one in contracts for each in one.providers},
    )


def right_of(house: Organisation) -> Right:
    """Return the right in which somebody draws for ``house``: judging, or what who runs and buys does."""
    return Right.ASSESS if house.kind == Kind.ASSESSOR else Right.WRITE


def lookers_at(sample: Sample, *, contract: Contract) -> Iterable[tuple[Organisation, Right]]:
    """Return for whom figures of ``contract`` that were drawn over a programme are looked at.

    Who judges and who buys that contract, and who runs the programme.
    """
    assert sample.programme
    return (
        (contract.assessor, Right.ASSESS),
        (contract.commissioner, Right.WRITE),
        (sample.programme.run_by, Right.WRITE),
    )


def looks_at(reach: Reach, *, sample: Sample, contract: Contract) -> bool:
    """Return whether whoever has ``reach`` looks at figures of ``contract``: nobody of its providers does."""
    if reach.is_of(each.pk for each in contract.providers):
        return False
    return any(
        reach.may(right, organisation=house.pk, programme=sample.programme_id)
        for house, right in lookers_at(sample, contract=contract)
    )


def draws_for(reach: Reach, *, sample: Sample) -> bool:
    """Return whether whoever has ``reach`` acts in a programme for the organisation that drew ``sample``."""
    house = sample.drawn_for
    return reach.may(right_of(house), organisation=house.pk, programme=sample.programme_id)
