"""Bringing in contracts that were signed before they came here, and what their providers say to them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.actions import PromiseTerms, bring_in_proposal, settle_proposal
from makegood.articulate.models import Programme, Promise, Proposal
from makegood.articulate.states import HowKnown
from makegood.contract import rules
from makegood.contract.actions.binding import Terms, dispose_promise
from makegood.contract.models import Contract, Decision, ProviderWord
from makegood.contract.permissions import can_bring_in, can_confirm
from makegood.contract.queries import contract_brought_in
from makegood.contract.states import BroughtInAnswer, Fate, Outcome
from makegood.kernel.ledger.append import record, take_turn
from makegood.kernel.refusal import RuleBroken
from makegood.measures.models import Measure
from makegood.people.actions import find_or_enter_provider, tell_members
from makegood.people.models import Organisation, Person
from makegood.people.states import Right

TURN = "contracts brought in"
"""Whoever brings in contracts waits for whoever else does: the same file twice adds nothing."""


@dataclass(frozen=True, kw_only=True)
class ToldPromise:
    """One row of a file: what was promised, and what became of it; no fate is *not known*."""

    line: int
    for_whom: str
    what_changes: str
    due_on: date
    measure: str = ""
    baseline: float | None = None
    alternative: float | None = None
    target: float | None = None
    fate: Fate | None = None
    reason: str = ""
    contracted_target: float | None = None
    contracted_due_on: date | None = None
    worth_low: Decimal | None = None
    worth_high: Decimal | None = None
    worth_source: str = ""


@dataclass(frozen=True, kw_only=True)
class ToldContract:
    """One contract of a file, with its promises."""

    reference: str
    title: str
    provider: str
    number: str
    starts_on: date
    ends_on: date
    value: Decimal | None
    decided_on: date
    promises: Sequence[ToldPromise]


@dataclass(frozen=True, kw_only=True)
class BroughtIn:
    """What became of one contract of a file, and why where it stays out."""

    reference: str
    contract: Contract | None = None
    is_new: bool = False
    is_new_provider: bool = False
    """Its provider was not found here, and is entered with it."""
    reason: str = ""


@transaction.atomic
def bring_in_contracts(
    told: Sequence[ToldContract],
    *,
    commissioner: Organisation,
    programme: Programme,
    assessor: Organisation,
    is_rehearsal: bool = False,
    by: Person,
    now: datetime | None = None,
) -> list[BroughtIn]:
    """Bring in each contract that holds to the rules, as a draft, and say what became of each.

    One that is here already adds nothing. A rehearsal keeps nothing.
    """
    now = now or timezone.now()
    can_bring_in(by, commissioner=commissioner, programme=programme.pk).require()
    take_turn(TURN)
    outcomes = []
    for each in told:
        here = contract_brought_in(each.reference, commissioner=commissioner)
        if here:
            outcomes.append(BroughtIn(reference=each.reference, contract=here))
            continue
        try:
            with transaction.atomic():
                made = _bring_in(
                    each, houses=(commissioner, assessor), programme=programme, by=by, now=now
                )
        except RuleBroken as broken:
            outcomes.append(BroughtIn(reference=each.reference, reason=broken.sentence))
        else:
            entered = made.provider.registered_at == now
            outcomes.append(
                BroughtIn(
                    reference=each.reference,
                    contract=made,
                    is_new=True,
                    is_new_provider=entered,
                )
            )
    if is_rehearsal:
        transaction.set_rollback(True)
    return outcomes


@transaction.atomic
def answer_brought_in(
    contract: Contract,
    *,
    answer: BroughtInAnswer,
    words: str = "",
    by: Person,
    now: datetime | None = None,
) -> ProviderWord:
    """Confirm or dispute, for the provider, what was brought in for it; the words are public (CON-30)."""
    now = now or timezone.now()
    can_confirm(by, contract=contract).require()
    contract = Contract.objects.select_for_update().get(pk=contract.pk)
    rules.check_it_was_brought_in(is_brought_in=contract.is_brought_in)
    is_disputed = answer is BroughtInAnswer.DISPUTED
    rules.check_dispute_says_why(is_disputed=is_disputed, words=words)
    last = contract.provider_words.last()
    if last and (last.answer, last.words) == (answer, words):
        return last
    said = ProviderWord.objects.create(
        contract=contract, answer=answer, words=words, said_by=by, said_at=now
    )
    record(said, act="answer_brought_in", stream=contract.stream, by=by, now=now)
    tell_members(
        contract.commissioner,
        right=Right.WRITE,
        words=f"{contract.provider} {answer} what you brought in of “{contract.name}”.",
        path=reverse("contract", args=[contract.reference]),
        by=by,
        now=now,
    )
    return said


def _bring_in(
    told: ToldContract,
    *,
    houses: tuple[Organisation, Organisation],
    programme: Programme,
    by: Person,
    now: datetime,
) -> Contract:
    commissioner, assessor = houses
    rules.check_contract_ends_after_it_starts(starts_on=told.starts_on, ends_on=told.ends_on)
    rules.check_decision_was_made(told.decided_on, today=timezone.localdate(now))
    provider = find_or_enter_provider(told.provider, number=told.number, by=by, now=now)
    parties = {provider.pk, commissioner.pk}
    rules.check_assessor_is_not_a_party(assessor=assessor.pk, parties=parties)
    proposal = bring_in_proposal(
        programme=programme,
        commissioner=commissioner,
        provider=provider,
        title=f"{told.title} ({told.reference})",
        words=f"Brought in by {commissioner} from contract {told.reference}, which was made elsewhere.",
        promises=[_terms(each, contract=told) for each in told.promises],
        by=by,
        now=now,
    )
    _approve(proposal, told=told, by=by, now=now)
    contract = Contract.objects.create(
        reference=f"C-{proposal.code}",
        proposal=proposal,
        assessor=assessor,
        starts_on=told.starts_on,
        ends_on=told.ends_on,
        value=told.value,
        title=told.title,
        their_reference=told.reference,
        brought_in_by=by,
        brought_in_at=now,
        drafted_by=by,
        drafted_at=now,
    )
    record(contract, act="bring_in_contract", stream=contract.stream, by=by, now=now)
    for promise, each in zip(proposal.promises.order_by("position"), told.promises, strict=True):
        _dispose(promise, told=each, contract=contract, by=by, now=now)
    tell_members(
        provider,
        right=Right.ANSWER,
        words=f"{commissioner} brought in its contract with you, “{told.title}”. Confirm or dispute it.",
        path=reverse("contract", args=[contract.reference]),
        by=by,
        now=now,
    )
    return contract


def _terms(told: ToldPromise, *, contract: ToldContract) -> PromiseTerms:
    measure = None
    if told.measure:
        named = Q(slug=told.measure.lower()) | Q(name__iexact=told.measure)
        measure = Measure.objects.filter(named).first()
        rules.check_measure_is_known(is_known=measure is not None, measure=told.measure)
    return PromiseTerms(
        for_whom=told.for_whom,
        what_changes=told.what_changes,
        starts_on=contract.starts_on,
        due_on=told.due_on,
        why_believed=f"It stands in contract {contract.reference}.",
        how_known=HowKnown.NUMBERS if measure else HowKnown.STORIES,
        measure=measure,
        baseline=told.baseline,
        alternative=told.alternative,
        target=told.target,
        worth_low=told.worth_low,
        worth_high=told.worth_high,
        worth_source=told.worth_source,
    )


def _approve(proposal: Proposal, *, told: ToldContract, by: Person, now: datetime) -> None:
    """Keep that it was approved, on the day on which it was."""
    settle_proposal(proposal, approve=True, by=by, now=now)
    proposal.refresh_from_db()
    decided_at = timezone.make_aware(datetime.combine(told.decided_on, time(12)))
    decision = Decision.objects.create(
        proposal=proposal,
        outcome=Outcome.APPROVED,
        reasons=f"Decided before it came here, with contract {told.reference}.",
        decided_by=by,
        decided_at=min(decided_at, now),
    )
    record(decision, act="bring_in_decision", stream=proposal.stream, by=by, now=now)


def _dispose(
    promise: Promise, *, told: ToldPromise, contract: Contract, by: Person, now: datetime
) -> None:
    """Say what became of a promise, where it is known; nobody guesses."""
    if told.fate is None:
        return
    terms = Terms.of(promise)
    if told.fate is Fate.CHANGED:
        due_on = told.contracted_due_on or terms.due_on
        target = terms.target if told.contracted_target is None else told.contracted_target
        terms = replace(terms, target=target, due_on=due_on)
    try:
        dispose_promise(
            promise,
            contract=contract,
            fate=told.fate,
            reason=told.reason,
            terms=terms,
            by=by,
            now=now,
        )
    except RuleBroken as broken:
        raise RuleBroken(broken.number, f"Line {told.line}: {broken.sentence}") from None
