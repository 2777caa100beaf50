"""Which contracts and commitments can be seen, and how far each contract is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from makegood.articulate.models import Promise, Proposal
from makegood.articulate.queries import Reach, reach_of
from makegood.articulate.states import ProposalState
from makegood.contract.models import (
    Commitment,
    Contract,
    Handover,
    ProviderWord,
    Signature,
    Variation,
)
from makegood.contract.queries.gap import NEVER_AFTER, approved_at
from makegood.contract.states import (
    OPEN_HANDOVERS,
    OPEN_VARIATIONS,
    ContractState,
    HandoverState,
    Side,
    VariationState,
)
from makegood.measures.models import Series, lines_for
from makegood.people.models import Organisation, Person

PARTIES = ("assessor", "proposal__provider", "taken_over_by", "proposal__need__commissioner")


def contracts_visible_to(
    person: Person | None, *, reach: Reach | None = None
) -> QuerySet[Contract]:
    """Return the contracts in force, for everyone; drafts for their parties, assessor and auditors."""
    found = Contract.objects.select_related(
        "proposal__provider",
        "proposal__need__commissioner",
        "proposal__need__programme",
        "assessor",
        "taken_over_by",
        "ending",
    )
    reach, programme = reach or reach_of(person), "proposal__need__programme"
    seen = Q(state=ContractState.IN_FORCE) | reach.audited(programme=programme)
    for party in PARTIES:
        seen |= reach.rows(party, programme=programme)
    return found.filter(seen)


def contract_brought_in(reference: str, *, commissioner: Organisation) -> Contract | None:
    """Return the contract of ``commissioner`` that was brought in under this reference of its own."""
    own = Contract.objects.filter(proposal__need__commissioner=commissioner)
    return own.filter(their_reference=reference, brought_in_at__isnull=False).first()


def contracts_binding(organisation: Organisation, *, today: date) -> QuerySet[Contract]:
    """Return the contracts in force, and not past, to which it is a party or which it judges.

    A handover that all have signed binds who takes over, before its day.
    """
    own = Q(taken_over_by=organisation) | Q(proposal__need__commissioner=organisation)
    own |= Q(taken_over_by__isnull=True, proposal__provider=organisation)
    own |= Q(assessor=organisation)
    own |= Q(pk__in=contracts_to_take_over(organisation).values("pk"))
    in_force = Contract.objects.filter(state=ContractState.IN_FORCE, ends_on__gte=today)
    return in_force.filter(own).order_by("reference")


def contracts_to_take_over(organisation: Organisation) -> QuerySet[Contract]:
    """Return the contracts that it takes over on a day to come, as all have signed."""
    signed = Handover.objects.filter(successor=organisation, state=HandoverState.SIGNED)
    return Contract.objects.filter(pk__in=signed.values("contract")).order_by("reference")


def providers_recording(series: Series) -> set[int]:
    """Return who records into ``series`` for the contracts in force that ask for it, by key.

    Who delivers them does; where another goes on with it, its keeper, for what is late of its own time.
    """
    asking = Commitment.objects.filter(series=series.continues or series, is_dropped=False)
    asking = asking.filter(contract__state=ContractState.IN_FORCE)
    if series.continues_for:
        asking = asking.filter(contract__reference=series.continues_for)
    found = asking.select_related(
        "series", "contract__taken_over_by", "contract__proposal__provider"
    )
    with_lines(owing := list(found))
    lines = [(one.contract, one.line) for one in owing]
    return {
        contract.provider.pk if line and line.last == series else series.keeper_id
        for contract, line in lines
    }


def series_owed(among: QuerySet[Series]) -> set[int]:
    """Return which of the series contracts in force ask for, by key: those agreed, or that go on with one."""
    asking = Commitment.objects.filter(is_dropped=False, contract__state=ContractState.IN_FORCE)
    agreed = Q(continues=None, pk__in=asking.filter(series__isnull=False).values("series"))
    goes_on = Exists(
        asking.filter(series=OuterRef("continues"), contract__reference=OuterRef("continues_for"))
    )
    return set(among.filter(agreed | Q(goes_on)).order_by().values_list("pk", flat=True))


def with_lines(commitments: Iterable[Commitment]) -> None:
    """Give each commitment its line: its series, and those that go on with it; all by one query."""
    asked: dict[str, list[Series]] = {}
    held = [one for one in commitments if one.series and one.contract.taken_over_by_id]
    for one in held:
        if one.series:
            asked.setdefault(one.contract.reference, []).append(one.series)
    lines = lines_for(asked) if asked else {}
    for one in held:
        one.line = lines[one.contract.reference, one.series_id or 0]


def proposals_awaiting_contract(organisation: Organisation, *, now: datetime) -> QuerySet[Proposal]:
    """Return the approved proposals whose contract it would sign or judge, and not yet never will."""
    its = Q(provider=organisation) | Q(need__commissioner=organisation)
    its |= Q(contract__assessor=organisation)
    approved = Proposal.objects.filter(its, state=ProposalState.APPROVED)
    lately = approved.annotate(since=approved_at()).filter(since__gte=now - NEVER_AFTER)
    return lately.exclude(contract__state=ContractState.IN_FORCE)


def assessors_of(proposal: Proposal) -> set[int]:
    """Return who judges the contract of ``proposal``, by key; nobody while it has none."""
    return set(Contract.objects.filter(proposal=proposal).values_list("assessor", flat=True))


def commitments_visible_to(
    person: Person | None, *, reach: Reach | None = None
) -> QuerySet[Commitment]:
    """Return the commitments of the contracts ``person`` may see."""
    return Commitment.objects.filter(
        contract__in=contracts_visible_to(person, reach=reach), is_dropped=False
    ).select_related(
        "measure",
        "measure_version",
        "series__measure",
        "series__keeper",
        "pool",
        "promise",
        "contract__assessor",
        "contract__proposal__provider",
        "contract__taken_over_by",
        "contract__proposal__need__commissioner",
    )


def commitments_in_force() -> QuerySet[Commitment]:
    """Return every commitment that both sides have signed."""
    return commitments_visible_to(None).filter(contract__state=ContractState.IN_FORCE)


def reconciliation(contract: Contract) -> QuerySet[Promise]:
    """Return every promise of the contract's proposal beside its disposition and commitment."""
    return (
        Promise.objects.filter(proposal=contract.proposal, is_struck_out=False)
        .select_related(
            "measure",
            "measure_version",
            "disposition",
            "commitment__measure",
            "commitment__measure_version",
            "commitment__pool",
            "commitment__varied_by",
        )
        .order_by("position")
    )


def commitments_of(contract: Contract) -> QuerySet[Commitment]:
    """Return what stands in ``contract``: of its promises, and additional."""
    found = contract.commitments.filter(is_dropped=False)
    return found.select_related("contract", "measure", "measure_version", "pool", "promise")


def additional_commitments(contract: Contract) -> QuerySet[Commitment]:
    """Return what stands in ``contract`` though nobody promised it."""
    return contract.additional.select_related(
        "contract", "measure", "measure_version", "pool", "varied_by"
    )


def additional_in_force() -> QuerySet[Commitment]:
    """Return what is contracted everywhere though nobody promised it: never counted as promises."""
    return commitments_in_force().filter(promise__isnull=True)


def was_promised(contract: Contract, *, for_whom: str, what_changes: str) -> bool:
    """Return whether its proposal promises this, in these words."""
    promises = Promise.objects.filter(proposal=contract.proposal, is_struck_out=False)
    return promises.filter(for_whom__iexact=for_whom, what_changes__iexact=what_changes).exists()


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a contract is: how many promises are not settled, and which sides have signed."""

    contract: Contract
    unsettled: int
    signed: frozenset[Side]
    is_answered: bool = True
    """Whether its provider confirmed or disputed it; what was made here needs no answer."""
    is_varied: bool = False
    """Whether a variation of it is open, or lets it rest."""
    is_handed_over: bool = False
    """Whether a handover of it is open."""

    @property
    def is_drafting(self) -> bool:
        """Return whether its terms can still change."""
        return self.contract.state == ContractState.DRAFTING

    def waits_for(self, side: Side) -> bool:
        """Return whether nothing but ``side`` keeps it from being signed by ``side``."""
        waits = self.contract.state != ContractState.IN_FORCE and side not in self.signed
        return waits and not self.unsettled


def progress_of(contracts: QuerySet[Contract]) -> list[Progress]:
    """Return how far each contract is, in one query for all of them."""
    unsettled = (
        Promise.objects.filter(
            proposal=OuterRef("proposal"), is_struck_out=False, disposition__isnull=True
        )
        .order_by()
        .values("proposal")
        .annotate(count=Count("pk"))
        .values("count")
    )
    signed = Signature.objects.filter(
        contract=OuterRef("pk"), signing_round=OuterRef("signing_round")
    )
    varies = Q(state__in=OPEN_VARIATIONS) | Q(
        state=VariationState.IN_FORCE, rests_from_on__isnull=False
    )
    rows = contracts.annotate(
        unsettled=Coalesce(Subquery(unsettled), 0),
        has_commissioner=Exists(signed.filter(side=Side.COMMISSIONER)),
        has_provider=Exists(signed.filter(side=Side.PROVIDER)),
        is_varied=Exists(Variation.objects.filter(varies, contract=OuterRef("pk"))),
        is_handed_over=Exists(
            Handover.objects.filter(contract=OuterRef("pk"), state__in=OPEN_HANDOVERS)
        ),
        is_answered=Exists(ProviderWord.objects.filter(contract=OuterRef("pk"))),
    )
    return [
        Progress(
            contract=row,
            unsettled=row.unsettled,
            is_varied=row.is_varied,
            is_handed_over=row.is_handed_over,
            is_answered=row.is_answered or not row.is_brought_in,
            signed=frozenset(
                side
                for side, has in zip(
                    (Side.COMMISSIONER, Side.PROVIDER),
                    (row.has_commissioner, row.has_provider),
                    strict=True,
                )
                if has
            ),
        )
        for row in rows
    ]
