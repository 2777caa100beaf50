"""The register of contracts: found, narrowed, and each with what became of its promises."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import OuterRef, Q, QuerySet, Subquery

from makegood.articulate.models import Programme, Promise
from makegood.articulate.queries import Reach
from makegood.contract.models import Contract, Handover, Signature, Withholding
from makegood.contract.parties import with_provider
from makegood.contract.queries.gap import Share, settled, tallied
from makegood.contract.states import ContractState, HandoverState, Part, Standing
from makegood.kernel.period import shift_months
from makegood.people.models import Organisation

SOON_MONTHS = 6
"""A contract that ends within so many months is ending soon."""
COUNTED = (Share.AS_PROMISED, Share.CHANGED, Share.WEAKENED, Share.NOT_CONTRACTED, Share.OPEN)


HERE, ELSEWHERE = "here", "elsewhere"
"""Where a contract was made: here, or elsewhere and brought in."""


_HANDOVERS = Handover.objects.filter(contract=OuterRef("pk"), state=HandoverState.IN_FORCE)
_SINCE = Subquery(_HANDOVERS.order_by("-number").values("from_on")[:1])
"""From which day whoever delivers it now does, where it was handed over."""


class Order(StrEnum):
    """In which order contracts stand in the register."""

    ENDS = "ends"
    NEWEST = "newest"
    NAME = "name"


ORDERS = {
    Order.ENDS: ("ends_on", "reference"),
    Order.NEWEST: ("-starts_on", "reference"),
    Order.NAME: ("proposal__title", "reference"),
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is looked for; what is empty narrows nothing."""

    text: str = ""
    commissioner: Organisation | None = None
    provider: Organisation | None = None
    programme: Programme | None = None
    standing: str = ""
    origin: str = ""
    order: Order = Order.NEWEST


@dataclass(frozen=True, kw_only=True)
class Line:
    """One contract in the register, as one reader may see it."""

    contract: Contract
    standing: Standing
    counts: Counter[Share] = field(default_factory=Counter)
    signed: tuple[Signature, ...] = ()
    value_withheld: Withholding | None = None
    since_on: date | None = None
    """The day from which another delivers it than who promised."""

    @property
    def promised(self) -> int:
        """Return how many promises the proposal made."""
        return sum(self.counts.values())

    @property
    def shares(self) -> list[tuple[Share, int]]:
        """Return how many promises each thing became of, where any."""
        return [(share, self.counts[share]) for share in COUNTED if self.counts[share]]


def standing_of(contract: Contract, *, today: date) -> Standing:
    """Return how ``contract`` stands ``today``."""
    if contract.state != ContractState.IN_FORCE:
        return Standing.DRAFTING
    if contract.ends_on < today:
        return Standing.ENDED
    soon = contract.ends_on <= shift_months(today, SOON_MONTHS)
    return Standing.ENDING if soon else Standing.IN_FORCE


def contracts_found(seen: QuerySet[Contract], *, wanted: Wanted, today: date) -> QuerySet[Contract]:
    """Return those of ``seen`` that answer all that is wanted, in its order."""
    found = seen
    for word in wanted.text.split():
        found = found.filter(
            Q(reference__iexact=word)
            | Q(title__icontains=word)
            | Q(procurement_reference__icontains=word)
            | Q(their_reference__icontains=word)
            | Q(proposal__title__icontains=word)
            | Q(proposal__provider__name__icontains=word)
            | Q(taken_over_by__name__icontains=word)
            | Q(proposal__need__commissioner__name__icontains=word)
        )
    named = {
        "proposal__need__commissioner": wanted.commissioner,
        "proposal__need__programme": wanted.programme,
    }
    found = found.filter(**{name: value for name, value in named.items() if value})
    if wanted.provider:
        found = found.filter(with_provider([wanted.provider]))
    if wanted.standing:
        found = found.filter(_standing(Standing(wanted.standing), today=today))
    if wanted.origin:
        found = found.filter(brought_in_at__isnull=wanted.origin == HERE)
    return found.order_by(*ORDERS[wanted.order])


def lines_of(contracts: QuerySet[Contract], *, reach: Reach, today: date) -> list[Line]:
    """Return what the register says of each contract, in four queries for all of them."""
    shown = list(contracts.annotate(since_on=_SINCE))
    keys = [contract.pk for contract in shown]
    counts, signed = _counts(keys), _signed(keys)
    held = _values_withheld(keys, today=today)
    return [
        Line(
            contract=contract,
            standing=standing_of(contract, today=today),
            counts=counts[contract.pk],
            signed=tuple(signed[contract.pk]),
            value_withheld=None if _is_inside(contract, reach=reach) else held.get(contract.pk),
            since_on=contract.since_on,
        )
        for contract in shown
    ]


def parties_in_register(seen: QuerySet[Contract], *, role: str) -> QuerySet[Organisation]:
    """Return who is a party to one of ``seen``: as ``provider`` or as ``need__commissioner``.

    Who took over a contract is its provider as well as who promised.
    """
    parties = Q(pk__in=seen.order_by().values(f"proposal__{role}"))
    if role == "provider":
        parties |= Q(pk__in=seen.order_by().values("taken_over_by"))
    return Organisation.objects.filter(parties).order_by("name")


def programmes_in_register(seen: QuerySet[Contract]) -> QuerySet[Programme]:
    """Return the programmes in which there is one of ``seen``."""
    return Programme.objects.filter(pk__in=seen.order_by().values("proposal__need__programme"))


def _standing(standing: Standing, *, today: date) -> Q:
    in_force = Q(state=ContractState.IN_FORCE)
    soon = shift_months(today, SOON_MONTHS)
    return {
        Standing.DRAFTING: ~in_force,
        Standing.IN_FORCE: in_force & Q(ends_on__gte=today),
        Standing.ENDING: in_force & Q(ends_on__gte=today, ends_on__lte=soon),
        Standing.ENDED: in_force & Q(ends_on__lt=today),
    }[standing]


def _counts(contracts: Iterable[int]) -> dict[int, Counter[Share]]:
    """Return for each contract, by its key, how many promises what became of."""
    counts: dict[int, Counter[Share]] = defaultdict(Counter)
    promises = Promise.objects.filter(proposal__contract__in=contracts, is_struck_out=False)
    for row, tally in tallied(settled(promises), "proposal__contract", "share"):
        counts[row["proposal__contract"]][Share(row["share"])] = tally.count
    return counts


def _signed(contracts: Iterable[int]) -> dict[int, list[Signature]]:
    found: dict[int, list[Signature]] = defaultdict(list)
    rows = Signature.objects.filter(contract__in=contracts).select_related("contract", "signed_by")
    for row in rows.order_by("signed_at"):
        if row.signing_round == row.contract.signing_round:
            found[row.contract_id].append(row)
    return found


def _values_withheld(contracts: Iterable[int], *, today: date) -> dict[int, Withholding]:
    held = Withholding.objects.filter(
        contract__in=contracts, part=Part.VALUE, lifted_at__isnull=True, until_on__gt=today
    )
    return {each.contract_id: each for each in held}


def _is_inside(contract: Contract, *, reach: Reach) -> bool:
    """Return whether the parties of today, who judges it or an auditor reads: nobody who left or may come."""
    houses = {contract.provider.pk, contract.commissioner.pk, contract.assessor_id}
    return reach.is_inside(houses, programme=contract.proposal.need.programme_id)
