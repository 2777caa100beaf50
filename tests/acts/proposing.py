"""What can be tried with needs and proposals: write, revise, send, ask, withdraw."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from makegood.articulate import actions
from makegood.articulate.actions import PromiseTerms
from makegood.articulate.models import (
    Clarification,
    Need,
    Promise,
    Proposal,
    ProposalWithholding,
    ProposalWriter,
)
from makegood.articulate.states import (
    ClarificationState,
    HowKnown,
    NeedState,
    ProposalPart,
    ProposalState,
)
from makegood.people.models import Person
from makegood.people.states import Right
from tests.acts.world import Houses, Row, World, act, anybodys, buyer_of, name_of, provider_of
from tests.factories import loop
from tests.factories.proposals import filled

STALE = "0" * 64
PROMISED = (
    *("for_whom", "what_changes", "how_known", "measure_id", "baseline", "alternative"),
    *("target", "starts_on", "due_on"),
)
"""What of a promise the world remembers, by column."""
WRITTEN = (ProposalPart.RISKS, ProposalPart.STAFF, ProposalPart.GOVERNANCE)


def needs(world: World) -> list[Need]:
    return list(Need.objects.filter(pk__in=[need.pk for need in world.needs]).order_by("pk"))


def proposals(world: World) -> list[Proposal]:
    return list(Proposal.objects.select_related("provider", "need__commissioner").order_by("pk"))


def promises(world: World) -> list[Promise]:
    return list(Promise.objects.select_related("proposal__provider").order_by("pk"))


def writers(world: World) -> list[ProposalWriter]:
    return list(ProposalWriter.objects.select_related("proposal__provider").order_by("pk"))


def clarifications(world: World) -> list[Clarification]:
    return list(Clarification.objects.select_related("proposal__need").order_by("pk"))


def is_rival(world: World, name: str, *, need: Need) -> bool:
    """Return whether somebody belongs to a provider that sent a proposal for ``need``."""
    unsent = (ProposalState.DRAFT, ProposalState.WITHDRAWN)
    found = Proposal.objects.filter(need=need).exclude(state__in=unsent).select_related("provider")
    return any(world.belongs(name, each.provider) for each in found)


def bought_by(proposal: Proposal) -> Houses:
    return (proposal.need.commissioner,)


def titled(secret: str) -> str:
    """Return the word that stands in a title instead, which some read sooner than what it is the title of."""
    return secret.replace("quince", "medlar")


def _promised_by(promise: Promise) -> Houses:
    return (promise.proposal.provider,)


def digest(world: World, read: str) -> str | None:
    """Return what was read: mostly nothing, else a digest of it that may be long out of date."""
    return world.pick([None, None, None, read, STALE])


def as_promised(terms: PromiseTerms) -> Row:
    said = {name: getattr(terms, name.removesuffix("_id")) for name in PROMISED}
    return said | {"measure_id": terms.measure.pk if terms.measure else None}


def said(world: World, *, secret: str) -> PromiseTerms:
    """Return a promise in numbers or in stories, in words nobody else says."""
    words = PromiseTerms(
        for_whom=f"people of {secret}",
        what_changes=f"{secret} comes to them, {world.count()}",
        starts_on=loop.STARTS_ON,
        due_on=world.mostly(loop.DUE_ON, date(2025, 9, 30), odd=date(2024, 1, 1)),
        why_believed=f"{secret} did it elsewhere",
        how_known=HowKnown.STORIES,
    )
    if world.happens(0.4):
        return words
    return replace(
        words,
        how_known=world.pick([HowKnown.NUMBERS, HowKnown.BOTH]),
        measure=world.measure,
        baseline=5.0,
        alternative=world.pick([5.2, None]),
        target=world.mostly(4.5, 4.0, odd=101.0),
    )


def _is_published(need: Need) -> bool:
    return need.state == NeedState.PUBLISHED


def _is_draft(proposal: Proposal) -> bool:
    return proposal.state == ProposalState.DRAFT


def _is_in_draft(promise: Promise) -> bool:
    return _is_draft(promise.proposal) and not promise.is_struck_out


def is_proposed(proposal: Proposal) -> bool:
    return proposal.state == ProposalState.PROPOSED


def _is_open(proposal: Proposal) -> bool:
    return _is_draft(proposal) or is_proposed(proposal)


def _is_sent(proposal: Proposal) -> bool:
    return not _is_draft(proposal)


def _is_asked(writer: ProposalWriter) -> bool:
    return writer.accepted_at is None and writer.ended_at is None


def _waits(asked: Clarification) -> bool:
    return asked.state == ClarificationState.ASKED


@act(needs, of=anybodys, weight=3, when=_is_published)
def start_proposal(world: World, need: Need, by: Person) -> None:
    cast, secret = world.cast, f"quince{world.count():03}"
    own = [house for house in (cast.provider, cast.stranger) if world.belongs(name_of(by), house)]
    provider = world.pick(own or [cast.provider, cast.stranger, cast.commissioner])
    made = actions.start_proposal(
        need=need,
        provider=provider,
        title=f"Care by {titled(secret)}",
        summary=f"A team of {secret}",
        by=by,
        now=world.now,
    )
    assert world.may(name_of(by), Right.WRITE, organisation=provider), "a stranger began a proposal"
    world.secrets[made.pk] = secret
    world.memory.written[made.pk] = {}


@act(proposals, of=provider_of, weight=2, when=_is_draft)
def revise_proposal(world: World, proposal: Proposal, by: Person) -> None:
    secret = world.secrets[proposal.pk]
    actions.revise_proposal(
        proposal,
        title=f"{world.pick(['Help', 'Care'])} by {titled(secret)}",
        summary=world.pick([f"{secret} again", ""]),
        read_as=digest(world, STALE),
        by=by,
        now=world.now,
    )


@act(proposals, of=provider_of, weight=3, when=_is_draft)
def add_promise(world: World, proposal: Proposal, by: Person) -> None:
    terms = said(world, secret=world.secrets[proposal.pk])
    made = actions.add_promise(proposal, terms=terms, by=by, now=world.now)
    world.memory.written[proposal.pk][made.reference] = as_promised(terms)


@act(promises, of=_promised_by, weight=2, when=_is_in_draft)
def revise_promise(world: World, promise: Promise, by: Person) -> None:
    terms = said(world, secret=world.secrets[promise.proposal_id])
    newest = world.happens(0.5)
    actions.revise_promise(promise, terms=terms, takes_newest=newest, by=by, now=world.now)
    world.memory.written[promise.proposal_id][promise.reference] = as_promised(terms)


@act(promises, of=_promised_by, when=_is_in_draft)
def strike_out_promise(world: World, promise: Promise, by: Person) -> None:
    actions.strike_out_promise(promise, by=by, now=world.now)
    del world.memory.written[promise.proposal_id][promise.reference]


@act(proposals, of=provider_of, weight=2, when=_is_draft)
def write_part(world: World, proposal: Proposal, by: Person) -> None:
    part, secret = world.pick(WRITTEN), world.secrets[proposal.pk]
    actions.write_part(
        proposal,
        part=part,
        piece=_with(secret, filled(part)),
        is_done=world.pick([True, True, None]),
        read_as=digest(world, STALE),
        by=by,
        now=world.now,
    )


def _with(secret: str, content: Any) -> Any:
    """Return what a part says, with the secret in every answer that is words."""
    if isinstance(content, dict):
        return {name: _with(secret, value) for name, value in content.items()}
    if isinstance(content, list):
        return [_with(secret, value) if isinstance(value, dict) else value for value in content]
    is_words = isinstance(content, str) and content.startswith("Our answer")
    return f"{content}, {secret}" if is_words else content


@act(proposals, of=provider_of, when=_is_draft)
def add_attachment(world: World, proposal: Proposal, by: Person) -> None:
    secret, scan = world.secrets[proposal.pk], loop.A_SCAN + str(world.count()).encode()
    actions.add_attachment(
        proposal, title=f"Rota of {secret}", description=secret, file=scan, by=by, now=world.now
    )


@act(proposals, of=provider_of, when=_is_draft)
def invite_writer(world: World, proposal: Proposal, by: Person) -> None:
    asked = world.pick(["nia", "dana", "charlie", "bob"])
    made = actions.invite_writer(proposal, email=f"{asked}@example.org", by=by, now=world.now)
    world.memory.asked[made.pk] = asked


@act(writers, of=anybodys, weight=2, when=_is_asked)
def accept_writing(world: World, writer: ProposalWriter, by: Person) -> None:
    kept = actions.accept_writing(writer, by=by, now=world.now)
    name = name_of(by)
    assert world.memory.asked[writer.pk] == name, f"{name} writes, who was not asked to"
    if kept.pk == writer.pk:
        world.memory.writers[writer.pk] = (writer.proposal_id, name)


@act(writers, of=anybodys)
def end_writing(world: World, writer: ProposalWriter, by: Person) -> None:
    actions.end_writing(writer, by=by, now=world.now)
    name, house = name_of(by), writer.proposal.provider
    _, own = world.memory.writers.pop(writer.pk, (0, ""))
    assert name == own or world.may(name, Right.WRITE, organisation=house), name


@act(proposals, of=provider_of, weight=3, when=_is_draft)
def submit_proposal(world: World, proposal: Proposal, by: Person) -> None:
    actions.submit_proposal(proposal, read_as=digest(world, STALE), by=by, now=world.now)
    world.memory.sent[proposal.pk] = dict(world.memory.written[proposal.pk])
    assert world.memory.sent[proposal.pk], "a proposal without a promise was sent"
    world.reach("a proposal sent")


@act(proposals, of=provider_of, when=_is_open)
def withdraw_proposal(world: World, proposal: Proposal, by: Person) -> None:
    world.think_twice(0.5)
    actions.withdraw_proposal(proposal, by=by, now=world.now)


@act(needs, of=buyer_of, when=_is_published)
def close_need(world: World, need: Need, by: Person) -> None:
    actions.close_need(need, by=by, now=world.now)


@act(needs, of=buyer_of, when=_is_published)
def correct_need(world: World, need: Need, by: Person) -> None:
    actions.correct_need(
        need,
        reason=world.pick(["A slip", ""]),
        title=need.title,
        description=f"Care for {world.count()} people",
        alternative=need.alternative,
        standstill_days=need.standstill_days,
        by=by,
        now=world.now,
    )


@act(proposals, of=bought_by, when=is_proposed)
def ask_clarification(world: World, proposal: Proposal, by: Person) -> None:
    part = world.pick([ProposalPart.SUMMARY, ProposalPart.RISKS])
    words = f"How many nights, {world.count()}?"
    actions.ask_clarification(proposal, part=part, question=words, by=by, now=world.now)


@act(clarifications, of=lambda asked: (asked.proposal.provider,), weight=2, when=_waits)
def answer_clarification(world: World, asked: Clarification, by: Person) -> None:
    secret = world.secrets[asked.proposal_id]
    content: Any = {"summary": f"Every night, {secret}"}
    if asked.part != ProposalPart.SUMMARY:
        content = _with(secret, filled(ProposalPart(asked.part)))
    actions.answer_clarification(
        asked, answer=f"All of {secret}", content=world.pick([content, None]), by=by, now=world.now
    )


@act(clarifications, of=lambda asked: (asked.proposal.need.commissioner,))
def withdraw_clarification(world: World, asked: Clarification, by: Person) -> None:
    actions.withdraw_clarification(asked, by=by, now=world.now)


@act(proposals, of=bought_by, when=_is_sent)
def withhold_proposal_part(world: World, proposal: Proposal, by: Person) -> None:
    actions.withhold_proposal_part(
        proposal,
        part=world.pick([ProposalPart.SUMMARY, ProposalPart.BELIEF]),
        reason="It is how they work",
        until_on=timezone.localdate(world.now) + timedelta(days=world.pick([30, 5000])),
        by=by,
        now=world.now,
    )


@act(
    lambda world: list(ProposalWithholding.objects.order_by("pk")),
    of=lambda held: bought_by(held.proposal),
)
def lift_proposal_withholding(world: World, held: ProposalWithholding, by: Person) -> None:
    actions.lift_proposal_withholding(held, by=by, now=world.now)
