"""What can be done to bind an approved proposal: draft its contract, settle each promise."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from makegood.articulate.models import Promise, Proposal
from makegood.articulate.states import HowKnown, ProposalState
from makegood.contract import rules
from makegood.contract.models import Commitment, Contract, Disposition
from makegood.contract.permissions import can_decide, can_draft
from makegood.contract.states import CONTRACTS, ContractState, Fate
from makegood.kernel.ledger.append import record
from makegood.kernel.transition import move
from makegood.measures.actions import open_agreed_series, pin_measure
from makegood.measures.models import Pool
from makegood.people.models import Organisation, Person


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is contracted beside what was promised; figures in the unit of the promise's measure.

    ``for_whom`` is empty where it is for those to whom it was promised, and else ``whom`` says how
    they differ. A change may also take the newest words of the measure.
    """

    baseline: float | None
    alternative: float | None
    target: float | None
    starts_on: date
    due_on: date
    for_whom: str = ""
    whom: str = ""
    takes_newest: bool = False
    pool: Pool | None = None
    no_pool_because: str = ""
    evidence_required: str = ""
    consequence: str = ""

    @classmethod
    def of(cls, promise: Promise) -> "Terms":
        """Return the terms as promised."""
        return cls(
            baseline=promise.baseline,
            alternative=promise.alternative,
            target=promise.target,
            starts_on=promise.starts_on,
            due_on=promise.due_on,
        )

    def differ(self, promise: Promise) -> bool:
        """Return whether anything but how it is judged is other than was promised."""
        names = ("baseline", "alternative", "target", "starts_on", "due_on")
        figures = any(getattr(self, name) != getattr(promise, name) for name in names)
        takes_newest = self.takes_newest and promise.has_newer_words
        return figures or self.is_for_others(promise) or takes_newest

    def is_for_others(self, promise: Promise) -> bool:
        """Return whether it is for others than those to whom it was promised."""
        return self.for_whom.strip() not in {"", promise.for_whom}


@transaction.atomic
def draft_contract(
    proposal: Proposal,
    *,
    assessor: Organisation,
    starts_on: date,
    ends_on: date,
    value: Decimal | None = None,
    by: Person,
    now: datetime | None = None,
) -> Contract:
    """Begin the contract of an approved proposal; every promise in it awaits its disposition."""
    now = now or timezone.now()
    can_decide(by, proposal=proposal).require()
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    held = Contract.objects.filter(proposal=proposal)
    rules.check_proposal_is_contracted_once(exists=held.exists())
    rules.check_nothing_stands_still(stands_still=proposal.state == ProposalState.STANDSTILL)
    rules.check_proposal_is_approved(is_approved=proposal.state == ProposalState.APPROVED)
    rules.check_contract_ends_after_it_starts(starts_on=starts_on, ends_on=ends_on)
    parties = {proposal.provider_id, proposal.need.commissioner_id}
    rules.check_assessor_is_not_a_party(assessor=assessor.pk, parties=parties)
    contract = Contract.objects.create(
        reference=f"C-{proposal.code}",
        proposal=proposal,
        assessor=assessor,
        starts_on=starts_on,
        ends_on=ends_on,
        value=value,
        drafted_by=by,
        drafted_at=now,
    )
    record(contract, act="draft_contract", stream=contract.stream, by=by, now=now)
    return contract


@transaction.atomic
def revise_contract(
    contract: Contract,
    *,
    assessor: Organisation,
    starts_on: date,
    ends_on: date,
    value: Decimal | None = None,
    by: Person,
    now: datetime | None = None,
) -> Contract:
    """Change the frame of a contract while nobody has signed."""
    now = now or timezone.now()
    contract = hold_draft(contract, by=by)
    move(contract, table=CONTRACTS, act="revise_contract")
    rules.check_contract_ends_after_it_starts(starts_on=starts_on, ends_on=ends_on)
    parties = {contract.provider.pk, contract.commissioner.pk}
    rules.check_assessor_is_not_a_party(assessor=assessor.pk, parties=parties)
    for commitment in contract.commitments.filter(is_dropped=False):
        rules.check_commitment_is_due_within_its_contract(due_on=commitment.due_on, ends_on=ends_on)
    contract.assessor, contract.value = assessor, value
    contract.starts_on, contract.ends_on = starts_on, ends_on
    contract.save(update_fields=["assessor", "value", "starts_on", "ends_on"])
    record(contract, act="revise_contract", stream=contract.stream, by=by, now=now)
    return contract


@transaction.atomic
def dispose_promise(
    promise: Promise,
    *,
    contract: Contract,
    fate: Fate,
    reason: str = "",
    terms: Terms | None = None,
    by: Person,
    now: datetime | None = None,
) -> Disposition:
    """Say what becomes of a promise, and hold its commitment to it.

    ``terms`` are needed when it is changed; as promised, their figures, dates and words are the
    promise's own (CON-13).
    """
    now = now or timezone.now()
    contract = hold_draft(contract, by=by)
    rules.check_promise_is_of_the_contract(
        proposal=promise.proposal_id, contracted=contract.proposal_id
    )
    rules.check_difference_has_a_reason(is_as_promised=fate == Fate.AS_PROMISED, reason=reason)
    agreed = _agreed(promise, fate=fate, terms=terms)
    disposition, _ = Disposition.objects.update_or_create(
        promise=promise,
        defaults={
            "contract": contract,
            "fate": fate,
            "reason": reason,
            "decided_by": by,
            "decided_at": now,
        },
    )
    record(disposition, act="dispose_promise", stream=contract.stream, by=by, now=now)
    if agreed:
        rules.check_commitment_is_due_within_its_contract(
            due_on=agreed.due_on, ends_on=contract.ends_on
        )
    _commit(promise, contract=contract, terms=agreed, by=by, now=now)
    return disposition


def hold_draft(contract: Contract, *, by: Person) -> Contract:
    """Return the contract as it stands, once nobody else can change it; it is still a draft (CON-03)."""
    can_draft(by, contract=contract).require()
    held = Contract.objects.select_for_update().get(pk=contract.pk)
    rules.check_contract_is_a_draft(is_draft=held.state == ContractState.DRAFTING)
    return held


def _agreed(promise: Promise, *, fate: Fate, terms: Terms | None) -> Terms | None:
    if fate == Fate.NOT_CONTRACTED:
        return None
    agreed = terms or Terms.of(promise)
    rules.check_others_are_named(differs=agreed.is_for_others(promise), whom=agreed.whom)
    if fate == Fate.AS_PROMISED:
        rules.check_as_promised_is_as_promised(differs=agreed.differ(promise))
        return agreed
    tells = promise.told_least is not None  # how many tell it is agreed with the evidence
    rules.check_changed_commitment_differs(differs=agreed.differ(promise) or tells)
    rules.check_commitment_is_due_after_it_starts(starts_on=agreed.starts_on, due_on=agreed.due_on)
    rules.check_commitment_in_numbers_can_be_measured(
        in_numbers=promise.how_known != HowKnown.STORIES,
        has_measure=promise.measure is not None,
        baseline=agreed.baseline,
        target=agreed.target,
    )
    return agreed


def _commit(
    promise: Promise, *, contract: Contract, terms: Terms | None, by: Person, now: datetime
) -> None:
    held = Commitment.objects.filter(promise=promise).first()
    if terms is None:
        if held:
            held.is_dropped = True
            held.save(update_fields=["is_dropped"])
            record(held, act="drop_commitment", stream=contract.stream, by=by, now=now)
        return
    commitment = held or Commitment(
        promise=promise, contract=contract, reference=f"K-{promise.reference.removeprefix('P-')}"
    )
    for name, value in _columns(promise, terms=terms).items():
        setattr(commitment, name, value)
    promised = promise.told_least if promise.told_by else None
    least = commitment.stories_least
    if promised and (least is None or least < (_stories_promised(commitment) or 0)):
        commitment.stories_least, commitment.stories_from = promised, promise.told_by
    if terms.takes_newest and promise.measure:
        commitment.measure_version = pin_measure(promise.measure, by=by, now=now)
    put_commitment(commitment, act="commit", by=by, now=now)


def put_commitment(commitment: Commitment, *, act: str, by: Person, now: datetime) -> None:
    """Keep a commitment of a contract that is held, once all that is agreed in it fits together."""
    check_arrangement(commitment)
    if commitment.measure:
        commitment.series = open_agreed_series(
            measure=commitment.measure,
            organisation=commitment.contract.provider,
            group=commitment.for_whom,
            by=by,
            now=now,
        )
    commitment.save()
    record(commitment, act=act, stream=commitment.contract.stream, by=by, now=now)


def check_arrangement(commitment: Commitment) -> None:
    """Hold what is agreed in a commitment against CON-18 and CON-53 to CON-69."""
    starts_on, due_on = commitment.starts_on, commitment.due_on
    pool = commitment.pool
    rules.check_nobody_is_their_own_comparator(
        own=pool is not None
        and pool.comparators.filter(series__organisation__in=commitment.contract.providers).exists()
    )
    rules.check_it_is_compared_or_not(
        has_pool=pool is not None, no_pool_because=commitment.no_pool_because
    )
    rules.check_baseline_has_its_source(
        period=commitment.baseline_period, source=commitment.baseline_source
    )
    rules.check_figures_have_their_day(
        frequency=commitment.frequency,
        within_days=commitment.within_days,
        measured=commitment.measure.frequency if commitment.measure else "",
    )
    steps = [day for day, _ in commitment.steps]
    rules.check_steps_lead_to_the_target(steps, starts_on=starts_on, due_on=due_on)
    rules.check_looks_lie_within(commitment.looks, starts_on=starts_on, due_on=due_on)
    rules.check_stories_say_how_many_and_from_whom(
        least=commitment.stories_least, whom=commitment.stories_from
    )
    rules.check_stories_are_as_many_as_promised(
        promised=_stories_promised(commitment), least=commitment.stories_least
    )
    rules.check_sample_is_verified(verification=commitment.verification, sample=commitment.sample)
    rules.check_indicator_has_thresholds(
        is_kpi=commitment.is_kpi,
        better=commitment.measure.better if commitment.measure else "",
        target=commitment.target,
        approaching=commitment.kpi_approaching,
        improvement=commitment.kpi_improvement,
    )
    rules.check_consequence_is_whole(
        follows=commitment.follows,
        share=commitment.payment_share,
        pounds=commitment.payment_pounds,
    )


def _stories_promised(commitment: Commitment) -> int | None:
    """Return how many stories a commitment owes as promised; None where its promise was changed."""
    promise = commitment.promise
    if promise is None or commitment.varied_by_id:
        return None
    kept = Disposition.objects.filter(promise=promise, fate=Fate.AS_PROMISED).exists()
    return promise.told_least if kept and promise.told_by else None


def _columns(promise: Promise, *, terms: Terms) -> dict[str, object]:
    return {
        "for_whom": terms.for_whom.strip() or promise.for_whom,
        "whom": terms.whom,
        "what_changes": promise.what_changes,
        "measure": promise.measure,
        "measure_version": promise.measure_version,
        "how_known": promise.how_known,
        "baseline": terms.baseline,
        "alternative": terms.alternative,
        "target": terms.target,
        "starts_on": terms.starts_on,
        "due_on": terms.due_on,
        "pool": terms.pool,
        "no_pool_because": terms.no_pool_because,
        "evidence_required": terms.evidence_required,
        "consequence": terms.consequence,
        "is_dropped": False,
    }
