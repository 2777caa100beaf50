"""What can be tried with contracts: draft, settle promises, agree, sign, reopen, withhold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from makegood.articulate.models import Promise, Proposal
from makegood.articulate.states import HowKnown, ProposalState
from makegood.contract import actions
from makegood.contract.actions import Details, Terms
from makegood.contract.models import DETAILS, Commitment, Contract, Disposition, Withholding
from makegood.contract.queries import terms_digest
from makegood.contract.states import ContractState, Fate, NoticeBy, Part, Side, Whom
from makegood.people.models import Person
from makegood.people.states import Right
from tests.acts.proposing import bought_by, digest, proposals
from tests.acts.world import Houses, Row, Signed, World, act, name_of
from tests.factories import loop
from tests.factories.contracting import additional_terms

FRAME = ("reference", "proposal_id", "assessor_id", "starts_on", "ends_on", "value", *DETAILS)
COLUMNS = [
    field.attname
    for field in Commitment._meta.local_concrete_fields
    if field.attname not in {"id", "varied_by_id", "reference"}
]
FATE = ("promise_id", "fate", "reason", "contract_id")
WITH = ("proposal__provider", "proposal__need__commissioner", "assessor", "taken_over_by")


def contracts(world: World) -> list[Contract]:
    return list(Contract.objects.select_related(*WITH).order_by("pk"))


def commitments(world: World) -> list[Commitment]:
    return list(Commitment.objects.select_related("contract", "promise").order_by("pk"))


def bought_in(contract: Contract) -> Houses:
    return (contract.commissioner,)


def of_both(contract: Contract) -> Houses:
    return (contract.commissioner, contract.provider)


def bought_with(commitment: Commitment) -> Houses:
    return (commitment.contract.commissioner,)


def stands_in(contract: Contract) -> Signed:
    """Return what stands in a contract now, as whoever reads it would sign it."""
    told = Contract.objects.filter(pk=contract.pk).values(*FRAME).get()
    rows = Commitment.objects.filter(contract=contract).values("reference", *COLUMNS)
    fates = Disposition.objects.filter(promise__proposal=contract.proposal_id)
    return Signed(
        frame=told,
        commitments={row.pop("reference"): row for row in rows},
        fates={
            row.pop("promise__reference"): row for row in fates.values("promise__reference", *FATE)
        },
    )


def _is_approved(proposal: Proposal) -> bool:
    return proposal.state == ProposalState.APPROVED


def _is_drafted(contract: Contract) -> bool:
    return contract.state == ContractState.DRAFTING


def _is_half_signed(contract: Contract) -> bool:
    return contract.state == ContractState.PART_SIGNED


def _is_unsigned(contract: Contract) -> bool:
    return contract.state != ContractState.IN_FORCE


def _is_in_draft(commitment: Commitment) -> bool:
    return _is_drafted(commitment.contract) and not commitment.is_dropped


def _can_drop(commitment: Commitment) -> bool:
    return commitment.is_additional and _is_in_draft(commitment)


def _is_unsettled(promise: Promise) -> bool:
    return _is_drafted(promise.proposal.contract)


@act(proposals, of=bought_by, weight=2, when=_is_approved)
def draft_contract(world: World, proposal: Proposal, by: Person) -> None:
    assessor = world.mostly(world.cast.assessors, odd=proposal.provider)
    actions.draft_contract(
        proposal,
        assessor=assessor,
        starts_on=loop.STARTS_ON,
        ends_on=world.mostly(date(2036, 3, 31), date(2099, 3, 31), odd=date(2024, 1, 1)),
        value=world.pick([None, Decimal("123456")]),
        by=by,
        now=world.now,
    )


@act(contracts, of=bought_in, when=_is_drafted)
def revise_contract(world: World, contract: Contract, by: Person) -> None:
    actions.revise_contract(
        contract,
        assessor=contract.assessor,
        starts_on=loop.STARTS_ON,
        ends_on=world.pick([date(2099, 6, 30), date(2025, 1, 1)]),
        value=Decimal(world.count() * 1000),
        by=by,
        now=world.now,
    )


@act(contracts, of=bought_in, when=_is_drafted)
def describe_contract(world: World, contract: Contract, by: Person) -> None:
    whole = Details(
        extensions=2, extension_months=12, notice_months=3, notice_by=NoticeBy.EITHER.value
    )
    details = world.pick([whole, Details(title="Care"), Details(extensions=1)])
    actions.describe_contract(contract, details=details, by=by, now=world.now)


def _changed(world: World, terms: Terms) -> Terms:
    """Return terms that differ from what was promised, or should."""
    change = world.pick(["target", "due_on", "whom", "nothing"])
    if change == "target" and terms.target is not None:
        return replace(terms, target=4.9)
    if change == "whom":
        return replace(terms, for_whom="new staff", whom=world.pick([Whom.FEWER.value, ""]))
    later = terms.due_on + timedelta(days=world.pick([30, 3000]))
    return terms if change == "nothing" else replace(terms, due_on=later)


def _terms(world: World, promise: Promise, *, fate: Fate) -> Terms:
    silent = promise.measure_id is None or world.happens(0.1)
    terms = replace(Terms.of(promise), no_pool_because="" if silent else "Nobody is like us")
    is_changed = fate == Fate.CHANGED or world.happens(0.1)
    return _changed(world, terms) if is_changed else terms


def _promises(world: World) -> list[Promise]:
    return list(Promise.objects.filter(proposal__contract__isnull=False).order_by("pk"))


@act(
    _promises,
    of=lambda promise: (promise.proposal.need.commissioner,),
    weight=5,
    when=_is_unsettled,
)
def dispose_promise(world: World, promise: Promise, by: Person) -> None:
    own = promise.proposal.contract
    contract = own if world.happens(0.95) else world.pick(contracts(world))
    fate = world.pick([Fate.AS_PROMISED, Fate.AS_PROMISED, Fate.CHANGED, Fate.NOT_CONTRACTED])
    reason = world.mostly("They asked for it", odd="")
    actions.dispose_promise(
        promise,
        contract=contract,
        fate=fate,
        reason="" if fate == Fate.AS_PROMISED else reason,
        terms=_terms(world, promise, fate=fate),
        by=by,
        now=world.now,
    )


def arranged(world: World, commitment: Any) -> actions.Agreed:
    """Return a part of what can be agreed, whole or not."""
    in_numbers = commitment.how_known != HowKnown.STORIES
    alone = world.pick(["We are the only one", ""]) if in_numbers else ""
    shown = actions.Published(is_kpi=True, kpi_approaching=4.95, kpi_improvement=4.99)
    if in_numbers and world.happens(0.4):
        return shown
    return world.pick(
        [
            actions.Figures(baseline_period="2023", baseline_source=world.pick(["Payroll", ""])),
            actions.Figures(frequency="quarter", within_days=world.pick([30, None])),
            actions.Evidence(documents=f"Report {world.count()}", verification="verified", sample=3),
            actions.Evidence(stories_least=world.pick([3, 0]), stories_from="neighbours"),
            actions.Judging(no_pool_because=alone, looks_on=[world.pick(["2024-10-01", "2030-01-01"])]),
            actions.Consequences(follows="share", payment_share=world.pick([Decimal(5), None])),
            actions.Consequences(follows="plan", consequence="They meet"),
        ]
    )  # fmt: skip


@act(commitments, of=bought_with, weight=2, when=_is_in_draft)
def agree_on(world: World, commitment: Commitment, by: Person) -> None:
    agreed = arranged(world, commitment)
    actions.agree_on(commitment, agreed=agreed, by=by, now=world.now)


@act(contracts, of=bought_in, when=_is_drafted)
def add_commitment(world: World, contract: Contract, by: Person) -> None:
    promised = Promise.objects.filter(proposal=contract.proposal).first()
    said_already = promised.what_changes if promised else ""
    words = world.mostly(f"they ring us, {world.count()}", odd=said_already)
    terms = additional_terms(what_changes=words)
    actions.add_commitment(contract, terms=terms, by=by, now=world.now)


@act(commitments, of=bought_with, when=_can_drop)
def revise_additional(world: World, commitment: Commitment, by: Person) -> None:
    terms = additional_terms(what_changes=f"they write to us, {world.count()}")
    actions.revise_additional(commitment, terms=terms, by=by, now=world.now)


@act(commitments, of=bought_with, when=_can_drop)
def drop_additional(world: World, commitment: Commitment, by: Person) -> None:
    actions.drop_additional(commitment, by=by, now=world.now)


def side_of(world: World, contract: Contract, by: Person) -> Side:
    """Return the side somebody would sign for; now and then the other one."""
    name = name_of(by)
    own = [side for side in Side if world.belongs(name, contract.party(side))]
    return world.pick(own) if own and world.happens(0.9) else world.pick(list(Side))


@act(contracts, of=of_both, right=Right.SIGN, weight=6, when=_is_unsigned)
def sign_contract(world: World, contract: Contract, by: Person) -> None:
    side = side_of(world, contract, by)
    read = digest(world, terms_digest(contract))
    actions.sign_contract(contract, side=side, terms_read=read, by=by, now=world.now)
    name = name_of(by)
    party = world.party(contract, side=side)
    assert world.may(name, Right.SIGN, organisation=party), f"{name} signed for {party}"
    keep_signature(world, contract, side=side)


@act(contracts, of=of_both, when=_is_unsigned)
def record_paper_signature(world: World, contract: Contract, by: Person) -> None:
    side = side_of(world, contract, by)
    paper = a_paper(world)
    read = digest(world, terms_digest(contract))
    actions.record_paper_signature(
        contract, side=side, paper=paper, terms_read=read, by=by, now=world.now
    )
    may_write(world, contract, side=side, by=by)
    held = Contract.objects.get(pk=contract.pk)
    mine = held.signatures.filter(signing_round=held.signing_round, recorded_by=by)
    assert mine.count() == 1, f"{name_of(by)} recorded the paper of both sides"
    world.reach("a signature on paper")
    keep_signature(world, contract, side=side)


def a_paper(world: World) -> actions.Paper:
    scan = loop.A_SCAN + str(world.count()).encode()
    return loop.a_paper(name=world.pick(["Pat Poole", "Pip Price", "Erin"]), scan=scan)


def may_write(world: World, contract: Contract, *, side: Side, by: Person) -> None:
    """Fail unless ``by`` writes for the commissioner, or for this side."""
    name = name_of(by)
    houses = (contract.commissioner, world.party(contract, side=side))
    assert any(world.may(name, Right.WRITE, organisation=house) for house in houses), name


def keep_signature(world: World, contract: Contract, *, side: Side) -> None:
    """Remember who signed what; what comes into force is what the first side read."""
    now_held = Contract.objects.get(pk=contract.pk)
    key = (contract.pk, now_held.signing_round)
    stands = stands_in(contract)
    world.memory.signatures.add((*key, side.value))
    if now_held.state == ContractState.PART_SIGNED:
        world.memory.read[key] = stands
        return
    assert world.memory.read[key] == stands, "the sides signed different terms"
    _as_remembered(world, contract, stands=stands)
    world.memory.owed[contract.pk] = stands
    world.reach("a contract in force")
    fates = {row["fate"] for row in stands.fates.values()}
    world.reached.update(f"signed: {fate}" for fate in fates)


def _as_remembered(world: World, contract: Contract, *, stands: Signed) -> None:
    """Fail unless what is contracted as promised is what was promised, as the world was told."""
    promised = world.memory.sent[contract.proposal_id]
    of = {row["promise_id"]: row for row in stands.commitments.values()}
    for reference, fate in stands.fates.items():
        if fate["fate"] != Fate.AS_PROMISED:
            continue
        row = of[fate["promise_id"]]
        said: Row = {name: row[name] for name in promised[reference]}
        assert said == promised[reference], f"{reference} is not as promised"


@act(contracts, of=bought_in, when=_is_half_signed)
def reopen_contract(world: World, contract: Contract, by: Person) -> None:
    actions.reopen_contract(contract, reason=world.pick(["A slip", ""]), by=by, now=world.now)


@act(contracts, of=bought_in)
def withhold_part(world: World, contract: Contract, by: Person) -> None:
    actions.withhold_part(
        contract,
        part=world.pick(list(Part)),
        reason=world.pick(["The next tender is open", ""]),
        until_on=timezone.localdate(world.now) + timedelta(days=90),
        by=by,
        now=world.now,
    )


@act(
    lambda world: list(Withholding.objects.select_related("contract").order_by("pk")),
    of=lambda held: bought_in(held.contract),
)
def lift_withholding(world: World, held: Withholding, by: Person) -> None:
    actions.lift_withholding(held, by=by, now=world.now)
