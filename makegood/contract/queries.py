"""Which contracts and commitments can be seen, and how much of what was promised they hold."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from makegood.articulate.models import Promise, Proposal
from makegood.articulate.queries import Reach, promises_visible_to, reach_of
from makegood.articulate.states import ProposalState
from makegood.contract.models import Commitment, Contract, Disposition, Signature, Withholding
from makegood.contract.states import ContractState, Fate, Side
from makegood.kernel.ledger.canonical import digest
from makegood.kernel.money import PoundsRange
from makegood.measures.states import Better
from makegood.people.models import Organisation, Person

PARTIES = ("assessor", "proposal__provider", "proposal__need__commissioner")
NEVER_AFTER = timedelta(days=90)
"""Approved this long ago and still not signed counts as never contracted."""


class Share(StrEnum):
    """What became of a promise in an approved proposal, as the gap counts it."""

    AS_PROMISED = "contracted as promised"
    CHANGED = "contracted, changed but not weaker"
    WEAKENED = "contracted, but weakened"
    NOT_CONTRACTED = "not contracted"
    NEVER_CONTRACTED = "approved, never signed"
    OPEN = "contract not signed yet"


CONTRACTED = (Share.AS_PROMISED, Share.CHANGED)
LOST = (Share.NOT_CONTRACTED, Share.NEVER_CONTRACTED)


@dataclass(kw_only=True)
class Tally:
    """How many promises, what the valued ones are worth a year, and how many are not valued."""

    promises: list[Promise] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Return how many promises there are."""
        return len(self.promises)

    @property
    def worth(self) -> PoundsRange:
        """Return what the valued ones are worth together."""
        nothing = PoundsRange(low=Decimal(0), high=Decimal(0))
        return sum((p.worth for p in self.promises if p.worth), nothing)

    @property
    def unvalued(self) -> int:
        """Return how many are not valued: unknown, not nothing."""
        return sum(1 for promise in self.promises if promise.worth is None)


def contracts_visible_to(
    person: Person | None, *, reach: Reach | None = None
) -> QuerySet[Contract]:
    """Return the contracts in force, for everyone; drafts for their parties, assessor and auditors."""
    found = Contract.objects.select_related(
        "proposal__provider",
        "proposal__need__commissioner",
        "proposal__need__programme",
        "assessor",
    )
    reach, programme = reach or reach_of(person), "proposal__need__programme"
    seen = Q(state=ContractState.IN_FORCE) | reach.audited(programme=programme)
    for party in PARTIES:
        seen |= reach.rows(party, programme=programme)
    return found.filter(seen)


def contracts_binding(organisation: Organisation, *, today: date) -> QuerySet[Contract]:
    """Return the contracts in force, and not past, to which it is a party or which it judges."""
    own = Q(proposal__provider=organisation) | Q(proposal__need__commissioner=organisation)
    own |= Q(assessor=organisation)
    in_force = Contract.objects.filter(state=ContractState.IN_FORCE, ends_on__gte=today)
    return in_force.filter(own).order_by("reference")


def proposals_awaiting_contract(organisation: Organisation, *, now: datetime) -> QuerySet[Proposal]:
    """Return the approved proposals whose contract it would sign or judge, and not yet never will."""
    its = Q(provider=organisation) | Q(need__commissioner=organisation)
    its |= Q(contract__assessor=organisation)
    lately = Proposal.objects.filter(
        its, state=ProposalState.APPROVED, decision__decided_at__gte=now - NEVER_AFTER
    )
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
        "series__measure",
        "series__keeper",
        "pool",
        "promise",
        "contract__assessor",
        "contract__proposal__provider",
        "contract__proposal__need__commissioner",
    )


def commitments_in_force() -> QuerySet[Commitment]:
    """Return every commitment that both sides have signed."""
    return commitments_visible_to(None).filter(contract__state=ContractState.IN_FORCE)


def reconciliation(contract: Contract) -> QuerySet[Promise]:
    """Return every promise of the contract's proposal beside its disposition and commitment."""
    return (
        Promise.objects.filter(proposal=contract.proposal, is_struck_out=False)
        .select_related("measure", "disposition", "commitment__measure", "commitment__pool")
        .order_by("position")
    )


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a contract is: how many promises are not settled, and which sides have signed."""

    contract: Contract
    unsettled: int
    signed: frozenset[Side]

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
    rows = contracts.annotate(
        unsettled=Coalesce(Subquery(unsettled), 0),
        has_commissioner=Exists(signed.filter(side=Side.COMMISSIONER)),
        has_provider=Exists(signed.filter(side=Side.PROVIDER)),
    )
    return [
        Progress(
            contract=row,
            unsettled=row.unsettled,
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


def signatures_of(contract: Contract) -> QuerySet[Signature]:
    """Return the signatures that stand: those of the current round."""
    return contract.signatures.filter(signing_round=contract.signing_round).select_related(
        "signed_by"
    )


def side_to_sign(contract: Contract, *, side: Side | None) -> Side | None:
    """Return ``side`` if it has still to sign ``contract``, or None."""
    signed = set(signatures_of(contract).values_list("side", flat=True))
    waits = contract.state != ContractState.IN_FORCE and side not in signed
    return side if waits else None


def parties_in_formation(contract: Contract) -> list[str]:
    """Return the names of the parties that cannot sign yet, for they are in formation (CON-20)."""
    return [str(party) for side in Side if (party := contract.party(side)).is_in_formation]


def bound_by(contract: Contract) -> list[Organisation]:
    """Return who is bound by ``contract``: its parties, and who judges it."""
    return [contract.provider, contract.commissioner, contract.assessor]


def bound_and_closed(contract: Contract) -> list[str]:
    """Return the names of those among them that closed: it comes into force no more (CON-21)."""
    return [str(each) for each in bound_by(contract) if each.closed_on]


def why_nobody_signs(contract: Contract) -> str:
    """Return why nobody can sign ``contract``, for its page to say before anyone tries; "" if they can."""
    if unsettled := reconciliation(contract).filter(disposition__isnull=True):
        names = ", ".join(promise.reference for promise in unsettled)
        return f"Nobody can sign yet. Say what becomes of {names}."
    if parties := parties_in_formation(contract):
        return f"Nobody can sign yet: {' and '.join(parties)} is not registered in law."
    if closed := bound_and_closed(contract):
        return f"Nobody can sign any more: {' and '.join(closed)} closed."
    return ""


def terms_digest(contract: Contract) -> str:
    """Return the digest of exactly what is signed: the frame, every disposition and commitment."""
    rows: list[Disposition | Commitment] = [
        *contract.dispositions.order_by("promise_id"),
        *contract.commitments.order_by("promise_id"),
    ]
    terms: dict[str, object] = {row.ledger_subject: row.ledger_digest() for row in rows}
    frame = ("reference", "proposal_id", "assessor_id", "starts_on", "ends_on", "value")
    return digest(terms | {name: getattr(contract, name) for name in frame})


def is_weaker(promise: Promise) -> bool:
    """Return whether the commitment owes less than its promise, or owes it later."""
    owed = promise.commitment
    if owed.due_on > promise.due_on:
        return True
    if promise.measure is None or promise.target is None or owed.target is None:
        return False
    gain = Better(promise.measure.better).gain(over=promise.target, to=owed.target)
    return gain is None or gain < 0


def share_of(promise: Promise, *, now: datetime) -> Share:
    """Return how the gap counts a promise whose disposition, contract and decision are at hand."""
    contract = getattr(promise.proposal, "contract", None)
    signed = contract is not None and contract.state == ContractState.IN_FORCE
    if signed:
        fate = Fate(promise.disposition.fate)
        if fate is not Fate.CHANGED:
            return Share.AS_PROMISED if fate is Fate.AS_PROMISED else Share.NOT_CONTRACTED
        return Share.WEAKENED if is_weaker(promise) else Share.CHANGED
    waited = now - promise.proposal.decision.decided_at
    return Share.NEVER_CONTRACTED if waited > NEVER_AFTER else Share.OPEN


def contracting_gap(
    promises: QuerySet[Promise] | None = None, *, now: datetime
) -> dict[Share, Tally]:
    """Return what became of every promise in approved proposals, by share."""
    found = promises_visible_to(None) if promises is None else promises
    approved = found.filter(proposal__state=ProposalState.APPROVED).select_related(
        "disposition", "commitment", "proposal__contract", "proposal__decision"
    )
    gap = {share: Tally() for share in Share}
    for promise in approved:
        gap[share_of(promise, now=now)].promises.append(promise)
    return gap


def withholdings_in_force(contract: Contract, *, today: date) -> QuerySet[Withholding]:
    """Return what of ``contract`` is withheld ``today``."""
    return contract.withholdings.filter(lifted_at__isnull=True, until_on__gt=today)


def withheld_from(
    person: Person | None, *, contract: Contract, today: date
) -> dict[str, Withholding]:
    """Return what ``person`` may not read of ``contract``, by part; parties, assessor and auditors may."""
    held = {each.part: each for each in withholdings_in_force(contract, today=today)}
    return {} if not held or is_inside(person, contract=contract) else held


def is_inside(person: Person | None, *, contract: Contract) -> bool:
    """Return whether ``person`` reads all of ``contract``: for a party, the assessor or an auditor."""
    reach, programme = reach_of(person), contract.proposal.need.programme_id
    houses = (contract.provider, contract.commissioner, contract.assessor)
    inside = (reach.belongs(house.pk, programme=programme) for house in houses)
    return reach.audits(programme) or any(inside)
