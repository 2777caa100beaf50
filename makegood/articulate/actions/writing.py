"""What can be done about proposals and promises."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.articulate import rules
from makegood.articulate.actions.drafts import held_draft, held_promise
from makegood.articulate.actions.invitations import take_up_invitation
from makegood.articulate.actions.power import renew_power
from makegood.articulate.actions.versions import keep_version_of
from makegood.articulate.frameworks import NAMES
from makegood.articulate.models import Aim, Need, Promise, PromiseTag, Proposal
from makegood.articulate.permissions import (
    can_change_need,
    can_send_proposal,
    can_write_proposal,
)
from makegood.articulate.queries import (
    aims_to_choose,
    is_invited,
    parts_of,
    whole_digest,
    words_digest,
)
from makegood.articulate.states import (
    PROPOSALS,
    HowKnown,
    NeedState,
    PartStanding,
    ProposalState,
)
from makegood.kernel.ledger.append import record
from makegood.kernel.references import new_code, unused
from makegood.kernel.transition import move
from makegood.measures.actions import pin_measure
from makegood.measures.models import Measure, MeasureVersion
from makegood.people.actions import share_organisations, tell_members
from makegood.people.models import Organisation, Person
from makegood.people.states import Right

TAGS = ("aims", "codes")
"""What a promise is tagged with; all else stands in its own row."""


@dataclass(frozen=True, kw_only=True)
class PromiseTerms:
    """What a promise says; figures are in the unit of its measure, worth in pounds a year."""

    for_whom: str
    what_changes: str
    starts_on: date
    due_on: date
    why_believed: str
    how_known: HowKnown = HowKnown.NUMBERS
    how_gathered: str = ""
    told_by: str = ""
    told_least: int | None = None
    gathered_by: str = ""
    not_gathered_by: str = ""
    measure: Measure | None = None
    baseline: float | None = None
    baseline_on: date | None = None
    baseline_source: str = ""
    alternative: float | None = None
    target: float | None = None
    evidence_level: int | None = None
    evidence: str = ""
    evidence_url: str = ""
    worth_low: Decimal | None = None
    worth_high: Decimal | None = None
    worth_source: str = ""
    aims: tuple[Aim, ...] = ()
    codes: tuple[str, ...] = ()
    """Codes of frameworks, such as ``sdg/3``."""

    def check(self) -> None:
        """Hold the terms against ART-01, ART-02, ART-04, ART-07 and ART-57 to ART-60."""
        rules.check_promise_in_numbers_can_be_measured(
            in_numbers=self.how_known != HowKnown.STORIES,
            has_measure=self.measure is not None,
            baseline=self.baseline,
            alternative=self.alternative,
            target=self.target,
        )
        rules.check_promise_is_due_after_it_starts(starts_on=self.starts_on, due_on=self.due_on)
        rules.check_worth_is_a_sourced_range(
            low=self.worth_low, high=self.worth_high, source=self.worth_source
        )
        rules.check_level_of_evidence_rests_on_words(
            level=self.evidence_level, evidence=self.evidence
        )
        rules.check_link_leads_to_the_web(self.evidence_url)
        rules.check_who_must_not_gather_does_not(
            gathered_by=self.gathered_by, not_gathered_by=self.not_gathered_by
        )
        rules.check_somebody_is_asked(least=self.told_least)
        if self.measure:
            names = ("baseline", "alternative", "target")
            rules.check_figures_are_within_their_measure(
                {name: getattr(self, name) for name in names},
                lowest=self.measure.lowest,
                highest=self.measure.highest,
            )

    def columns(self) -> dict[str, object]:
        """Return the terms by the names of a promise's columns."""
        names = (field.name for field in fields(self) if field.name not in TAGS)
        return {name: getattr(self, name) for name in names}


@transaction.atomic
def start_proposal(
    *,
    need: Need,
    provider: Organisation,
    title: str,
    summary: str,
    by: Person,
    now: datetime | None = None,
) -> Proposal:
    """Begin a provider's answer to a published need (ART-06, ART-10)."""
    now = now or timezone.now()
    share_organisations([provider.pk, need.commissioner_id])
    can_write_proposal(by, provider=provider, need=need).require()
    need = Need.objects.select_for_update().get(pk=need.pk)
    _check_it_takes_proposals(need, provider=provider, by=by, now=now)
    same = Proposal.objects.filter(need=need, provider=provider, title=title)
    standing = same.exclude(state=ProposalState.WITHDRAWN)
    rules.check_it_is_said_once(exists=standing.exists(), what="proposal")
    proposal = Proposal.objects.create(
        code=unused(new_code, taken=lambda code: Proposal.objects.filter(code=code).exists()),
        need=need,
        provider=provider,
        title=title,
        summary=summary,
        written_by=by,
        written_at=now,
    )
    record(proposal, act="start_proposal", stream=proposal.stream, by=by, now=now)
    take_up_invitation(need, provider=provider, by=by, now=now)
    return proposal


@transaction.atomic
def revise_proposal(
    proposal: Proposal,
    *,
    title: str,
    summary: str,
    read_as: str | None = None,
    by: Person,
    now: datetime | None = None,
) -> Proposal:
    """Say a draft proposal differently; ``read_as`` is ``words_digest`` of what was read (ART-40)."""
    now = now or timezone.now()
    Need.objects.select_for_update().get(pk=proposal.need_id)
    held = held_draft(proposal, by=by)
    is_as_read = read_as in (None, words_digest(held)) or (title, summary) == (
        held.title,
        held.summary,
    )
    rules.check_nobody_wrote_meanwhile(is_as_read=is_as_read)
    same = Proposal.objects.filter(need=held.need, provider=held.provider, title=title)
    others = same.exclude(state=ProposalState.WITHDRAWN).exclude(pk=held.pk)
    rules.check_it_is_said_once(exists=others.exists(), what="proposal")
    held.title, held.summary = title, summary
    held.save(update_fields=["title", "summary"])
    record(held, act="revise_proposal", stream=held.stream, by=by, now=now)
    return held


@transaction.atomic
def add_promise(
    proposal: Proposal, *, terms: PromiseTerms, by: Person, now: datetime | None = None
) -> Promise:
    """Add a promise to a draft proposal; it relies on the words its measure has now (MEA-16)."""
    now = now or timezone.now()
    proposal = held_draft(proposal, by=by)
    terms.check()
    _check_said_once(proposal, terms=terms, besides=None)
    position = proposal.promises.count() + 1
    promise = Promise.objects.create(
        proposal=proposal,
        position=position,
        reference=f"P-{proposal.code}-{position:02}",
        measure_version=_relied_on(terms, by=by, now=now),
        **terms.columns(),
    )
    _record_promise(promise, act="add_promise", by=by, now=now)
    _tag(promise, terms=terms, by=by, now=now)
    return promise


@transaction.atomic
def revise_promise(
    promise: Promise,
    *,
    terms: PromiseTerms,
    takes_newest: bool = False,
    by: Person,
    now: datetime | None = None,
) -> Promise:
    """Say a promise differently while its proposal is a draft (ART-05).

    It keeps the version of its measure that it relies on, unless it ``takes_newest``.
    """
    now = now or timezone.now()
    held = held_promise(promise, by=by)
    terms.check()
    _check_said_once(held.proposal, terms=terms, besides=held)
    keeps = held.measure == terms.measure and held.measure_version and not takes_newest
    version = held.measure_version if keeps else _relied_on(terms, by=by, now=now)
    columns = {"measure_version": version, **terms.columns()}
    for name, value in columns.items():
        setattr(held, name, value)
    held.save(update_fields=list(columns))
    _record_promise(held, act="revise_promise", by=by, now=now)
    _tag(held, terms=terms, by=by, now=now)
    renew_power(held, by=by, now=now)
    return held


@transaction.atomic
def strike_out_promise(promise: Promise, *, by: Person, now: datetime | None = None) -> None:
    """Leave a promise out of a draft; its reference is not used again (ART-05)."""
    held = held_promise(promise, by=by)
    held.is_struck_out = True
    held.save(update_fields=["is_struck_out"])
    _record_promise(held, act="strike_out_promise", by=by, now=now)


@transaction.atomic
def submit_proposal(
    proposal: Proposal, *, read_as: str | None = None, by: Person, now: datetime | None = None
) -> Proposal:
    """Send a proposal to the commissioner; from now on its promises stay as they are.

    ``read_as`` is ``whole_digest`` of what was read before (ART-42, ART-43, ART-44).
    """
    share_organisations([proposal.provider_id, proposal.need.commissioner_id])
    can_send_proposal(by, proposal=proposal).require()
    need = Need.objects.select_for_update().get(pk=proposal.need_id)
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    promises = held.promises.filter(is_struck_out=False).count()
    rules.check_proposal_promises_something(promises=promises)
    _check_it_is_whole(held, read_as=read_as)
    now = now or timezone.now()
    _check_it_takes_proposals(need, provider=held.provider, by=by, now=now)
    sent = _step(held, act="submit_proposal", by=by, now=now)
    keep_version_of(sent, by=by, now=now)
    tell_members(
        need.commissioner,
        right=Right.WRITE,
        words=f"{sent.provider} proposes “{sent.title}”. You decide.",
        path=reverse("proposal", args=[sent.code]),
        by=by,
        now=now,
    )
    return sent


def withdraw_proposal(proposal: Proposal, *, by: Person, now: datetime | None = None) -> Proposal:
    """Take a proposal back before it is decided."""
    return _move_proposal(proposal, act="withdraw_proposal", by=by, now=now)


@transaction.atomic
def settle_proposal(
    proposal: Proposal,
    *,
    approve: bool,
    stands_still: bool = False,
    by: Person,
    now: datetime | None = None,
) -> Proposal:
    """Keep what the commissioner decided; called by the act that records the decision.

    What is approved is public at once, unless it ``stands_still`` first.
    """
    chosen = "choose_proposal" if stands_still else "approve_proposal"
    can_change_need(by, need=proposal.need).require()
    act = chosen if approve else "decline_proposal"
    return _step(proposal, act=act, by=by, now=now or timezone.now())


@transaction.atomic
def end_standstill_of(proposal: Proposal, *, now: datetime) -> Proposal:
    """Approve, on the clock, what stood still; called by the act that records that it is over."""
    return _step(proposal, act="end_standstill", by=None, now=now)


@transaction.atomic
def set_aside_proposal(proposal: Proposal, *, by: Person, now: datetime) -> Proposal:
    """Decline after all what stood still; called by the act that records why."""
    can_change_need(by, need=proposal.need).require()
    return _step(proposal, act="set_aside_proposal", by=by, now=now)


@transaction.atomic
def _move_proposal(proposal: Proposal, *, act: str, by: Person, now: datetime | None) -> Proposal:
    can_send_proposal(by, proposal=proposal).require()
    return _step(proposal, act=act, by=by, now=now or timezone.now())


def _check_it_takes_proposals(
    need: Need, *, provider: Organisation, by: Person, now: datetime
) -> None:
    rules.check_need_has_not_closed(closed_at=need.closing_told(now=now))
    rules.check_need_is_open(is_open=need.state == NeedState.PUBLISHED)
    rules.check_provider_is_invited(
        is_kept_out=need.is_by_invitation and not is_invited(by, need=need, provider=provider),
        commissioner=str(need.commissioner),
    )
    rules.check_somebody_decides_on_it(
        closed_on=need.commissioner.closed_on, commissioner=str(need.commissioner)
    )


def _check_it_is_whole(proposal: Proposal, *, read_as: str | None) -> None:
    rules.check_proposal_says_what_it_would_do(summary=proposal.summary)
    read = parts_of(proposal).values()
    begun = [each.about.title for each in read if each.standing == PartStanding.BEGUN]
    rules.check_no_part_is_half_done(begun=begun)
    is_as_read = read_as is None or read_as == whole_digest(proposal)
    rules.check_what_is_sent_was_read(is_as_read=is_as_read)


def _step(proposal: Proposal, *, act: str, by: Person | None, now: datetime) -> Proposal:
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    move(held, table=PROPOSALS, act=act)
    if held.state == ProposalState.PROPOSED:
        held.submitted_at = now
    held.save(update_fields=["state", "submitted_at"])
    record(held, act=act, stream=held.stream, by=by, now=now)
    return held


def _relied_on(terms: PromiseTerms, *, by: Person, now: datetime) -> MeasureVersion | None:
    return pin_measure(terms.measure, by=by, now=now) if terms.measure else None


def _check_said_once(proposal: Proposal, *, terms: PromiseTerms, besides: Promise | None) -> None:
    same = proposal.promises.filter(
        for_whom=terms.for_whom,
        what_changes=terms.what_changes,
        due_on=terms.due_on,
        is_struck_out=False,
    )
    others = same.exclude(pk=besides.pk) if besides else same
    rules.check_it_is_said_once(exists=others.exists(), what="promise")


def _record_promise(promise: Promise, *, act: str, by: Person, now: datetime | None) -> None:
    stream = promise.proposal.stream
    record(promise, act=act, stream=stream, by=by, now=now or timezone.now())


def _tag(promise: Promise, *, terms: PromiseTerms, by: Person, now: datetime) -> None:
    """Let a draft's promise name these aims and codes, and no others; each change is recorded."""
    held = {tag.aim or tag.code: tag for tag in promise.tags.select_related("aim")}
    wanted: set[Aim | str] = {*terms.aims, *terms.codes}
    standing = {key for key, tag in held.items() if not tag.is_struck_out}
    choices: set[Aim | str] = {*aims_to_choose(promise.proposal.need.programme), *NAMES}
    strange = wanted - standing - choices
    rules.check_tags_are_there_to_choose(strange=[str(each) for each in strange])
    for key in sorted(standing - wanted, key=str):
        _set_tag(held[key], is_struck_out=True, by=by, now=now)
    for key in sorted(wanted - standing, key=str):
        named: dict[str, Any] = {"code": key} if isinstance(key, str) else {"aim": key}
        tag = held.get(key) or PromiseTag(promise=promise, **named)
        _set_tag(tag, is_struck_out=False, by=by, now=now)


def _set_tag(tag: PromiseTag, *, is_struck_out: bool, by: Person, now: datetime) -> None:
    tag.is_struck_out = is_struck_out
    tag.save()
    act = "untag_promise" if is_struck_out else "tag_promise"
    record(tag, act=act, stream=tag.promise.proposal.stream, by=by, now=now)
