"""What can be agreed in a commitment besides its figures, and what is contracted besides the promises."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from makegood.articulate.states import HowKnown
from makegood.contract import rules
from makegood.contract.actions.binding import hold_draft, put_commitment
from makegood.contract.models import Commitment, Contract
from makegood.contract.models.arrangements import Step
from makegood.contract.queries import was_promised
from makegood.kernel.ledger.append import record
from makegood.measures.actions import pin_measure
from makegood.measures.models import Measure, Pool
from makegood.people.models import Person


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Where it stands now and how that is known, how often figures come, and the way to the target."""

    baseline_period: str = ""
    baseline_source: str = ""
    frequency: str = ""
    within_days: int | None = None
    trajectory: list[Step] | None = None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What shows it besides figures, and how far it is checked."""

    stories_least: int | None = None
    stories_from: str = ""
    documents: str = ""
    evidence_required: str = ""
    verification: str = ""
    sample: int | None = None


@dataclass(frozen=True, kw_only=True)
class Judging:
    """With whom it is compared, or why with nobody, and on which days it is judged before it is due."""

    pool: Pool | None = None
    no_pool_because: str = ""
    looks_on: list[str] | None = None


@dataclass(frozen=True, kw_only=True)
class Consequences:
    """What follows if it is not met."""

    follows: str = ""
    payment_share: Decimal | None = None
    payment_pounds: Decimal | None = None
    consequence: str = ""


@dataclass(frozen=True, kw_only=True)
class Published:
    """Whether how it does is published while the contract runs, and by which thresholds it is rated."""

    is_kpi: bool = False
    kpi_approaching: float | None = None
    kpi_improvement: float | None = None


Agreed = Figures | Evidence | Judging | Consequences | Published
ACTS = {
    Published: "agree_kpi",
    Figures: "agree_figures",
    Evidence: "agree_evidence",
    Judging: "agree_judging",
    Consequences: "agree_consequence",
}


@dataclass(frozen=True, kw_only=True)
class AdditionalTerms:
    """What is contracted though nobody promised it."""

    for_whom: str
    what_changes: str
    how_known: HowKnown
    starts_on: date
    due_on: date
    measure: Measure | None = None
    baseline: float | None = None
    alternative: float | None = None
    target: float | None = None


@transaction.atomic
def agree_on(
    commitment: Commitment, *, agreed: Agreed, by: Person, now: datetime | None = None
) -> Commitment:
    """Keep a part of what both sides agree in a commitment, while nobody has signed (CON-53 to CON-69)."""
    now = now or timezone.now()
    contract = hold_draft(commitment.contract, by=by)
    held = Commitment.objects.select_related("measure", "pool").get(pk=commitment.pk)
    rules.check_commitment_stands(is_dropped=held.is_dropped)
    held.contract = contract
    for part in fields(agreed):
        setattr(held, part.name, getattr(agreed, part.name))
    put_commitment(held, act=ACTS[type(agreed)], by=by, now=now)
    return held


@transaction.atomic
def add_commitment(
    contract: Contract, *, terms: AdditionalTerms, by: Person, now: datetime | None = None
) -> Commitment:
    """Contract something that nobody promised; it is marked so, and is never a promise kept (CON-62)."""
    now = now or timezone.now()
    contract = hold_draft(contract, by=by)
    _check(terms, contract=contract, besides=None)
    made = contract.commitments.filter(promise__isnull=True).count()
    commitment = Commitment(contract=contract, reference=f"K-{contract.proposal.code}-A{made + 1}")
    _put(commitment, terms=terms, act="add_commitment", by=by, now=now)
    return commitment


@transaction.atomic
def revise_additional(
    commitment: Commitment, *, terms: AdditionalTerms, by: Person, now: datetime | None = None
) -> Commitment:
    """Say an additional commitment differently, while nobody has signed."""
    now = now or timezone.now()
    held = _hold_additional(commitment, by=by)
    _check(terms, contract=held.contract, besides=held)
    _put(held, terms=terms, act="revise_additional", by=by, now=now)
    return held


@transaction.atomic
def drop_additional(
    commitment: Commitment, *, by: Person, now: datetime | None = None
) -> Commitment:
    """Leave an additional commitment out again, while nobody has signed."""
    now = now or timezone.now()
    held = _hold_additional(commitment, by=by)
    held.is_dropped = True
    held.save(update_fields=["is_dropped"])
    record(held, act="drop_commitment", stream=held.contract.stream, by=by, now=now)
    return held


def _hold_additional(commitment: Commitment, *, by: Person) -> Commitment:
    contract = hold_draft(commitment.contract, by=by)
    held = Commitment.objects.select_related("measure", "pool").get(pk=commitment.pk)
    rules.check_it_is_additional(is_additional=held.is_additional)
    rules.check_commitment_stands(is_dropped=held.is_dropped)
    held.contract = contract
    return held


def _check(terms: AdditionalTerms, *, contract: Contract, besides: Commitment | None) -> None:
    rules.check_commitment_is_due_after_it_starts(starts_on=terms.starts_on, due_on=terms.due_on)
    rules.check_commitment_is_due_within_its_contract(due_on=terms.due_on, ends_on=contract.ends_on)
    rules.check_commitment_in_numbers_can_be_measured(
        in_numbers=terms.how_known != HowKnown.STORIES,
        has_measure=terms.measure is not None,
        baseline=terms.baseline,
        target=terms.target,
    )
    said = {"for_whom": terms.for_whom, "what_changes": terms.what_changes}
    rules.check_additional_was_not_promised(was_promised=was_promised(contract, **said))
    others = contract.commitments.filter(promise__isnull=True, is_dropped=False, **said)
    if besides:
        others = others.exclude(pk=besides.pk)
    rules.check_additional_is_there_once(exists=others.filter(due_on=terms.due_on).exists())


def _put(
    commitment: Commitment, *, terms: AdditionalTerms, act: str, by: Person, now: datetime
) -> None:
    in_numbers = terms.how_known != HowKnown.STORIES
    said = {part.name: getattr(terms, part.name) for part in fields(terms)}
    if not in_numbers:
        said |= dict.fromkeys(("measure", "baseline", "alternative", "target"))
    keeps = in_numbers and commitment.measure == terms.measure and commitment.measure_version
    for name, value in said.items():
        setattr(commitment, name, value)
    if not in_numbers:
        commitment.measure_version, commitment.series = None, None
        commitment.pool, commitment.no_pool_because = None, ""
    elif terms.measure and not keeps:
        commitment.measure_version = pin_measure(terms.measure, by=by, now=now)
        commitment.pool = None
    put_commitment(commitment, act=act, by=by, now=now)
