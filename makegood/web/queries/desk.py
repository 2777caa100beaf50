"""What needs a person now, what comes next, and what is theirs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Exists, OuterRef, Value, When
from django.urls import reverse
from django.utils.timezone import localtime, now

from makegood.articulate.models import Need, Proposal
from makegood.articulate.queries import (
    Reach,
    is_left_lying,
    needs_visible_to,
    needs_waiting,
    proposals_visible_to,
    reach_of,
    with_what_waits,
    written_by,
)
from makegood.articulate.states import NeedState, ProposalState
from makegood.capture.models import Sample
from makegood.capture.queries import (
    open_programme_samples,
    programme_samples_waiting,
    with_checks_waiting,
    with_stories_waiting,
)
from makegood.contract.models import Commitment, Contract, PanelMember
from makegood.contract.queries import (
    PARTIES,
    Progress,
    asked_to_take_over,
    bound_and_closed,
    commitments_visible_to,
    contracts_visible_to,
    ever_delivered_by,
    parties_in_formation,
    progress_of,
    rests_of,
    seats_held,
)
from makegood.contract.states import ContractState, Side
from makegood.measures.models import Upload
from makegood.measures.queries import figure_files_to_decide
from makegood.people.models import (
    Advice,
    Claim,
    Duplicate,
    Invitation,
    Membership,
    Person,
    Succession,
)
from makegood.people.permissions import can_decide_claims
from makegood.people.queries import (
    advice_asked_of,
    claims_waiting,
    duplicates_waiting,
    invitations_to,
    memberships_of,
    motives_due,
    successions_asked_of,
    with_bounds,
)
from makegood.people.states import Kind, Right, Role
from makegood.web.queries.deciding_tasks import (
    Task,
    answer_to_give,
    challenges_open,
    decisions_to_take,
    scores_sent,
    scores_to_give,
)
from makegood.web.queries.desk_ending import SOON, contracts_ending
from makegood.web.queries.desk_figures import (
    checks_to_do,
    figures_to_give,
    files_to_decide,
    has_left,
    programme_samples_to_do,
)
from makegood.web.queries.desk_judging import findings_to_write, replies_to_give, whose
from makegood.web.queries.desk_stories import (
    Told,
    calls_to_make,
    complaints_to_answer,
    marks_of_stories,
    stories_to_look_at,
    to_keep_safe,
    told_to,
)
from makegood.web.queries.desk_varying import changes_to_do


@dataclass(frozen=True, kw_only=True)
class Desk:
    """All that concerns the organisations of one person, read once."""

    memberships: Sequence[Membership]
    reach: Reach
    told: Told
    invitations: Sequence[Invitation]
    claims: Sequence[Claim]
    duplicates: Sequence[Duplicate]
    successions: Sequence[Succession]
    advice: Sequence[Advice]
    needs: Sequence[Need]
    """Drafts, and needs of which questions wait, with how many: ``waiting``."""
    proposals: Sequence[Proposal]
    seats: Sequence[PanelMember]
    """Their places on panels that still weigh."""
    contracts: Sequence[Progress]
    commitments: Sequence[Commitment]
    files: Sequence[Upload]
    """Files of figures that wait for somebody to explain or keep them."""
    samples: Sequence[tuple[Sample, bool]]
    """Open samples over programmes, each with whether there is something for them to look at."""
    today: date
    now_at: datetime

    def may(self, right: Right, *, organisation: int, need: Need) -> bool:
        """Return whether a role in ``organisation`` carries ``right`` in the programme of ``need``."""
        return self.reach.may(right, organisation=organisation, programme=need.programme_id)

    def owns(self, organisation: int) -> bool:
        """Return whether the person says what becomes of ``organisation``, in whatever programme."""
        return self.reach.may(Right.SETTLE, organisation=organisation, programme=None)

    def writes_for(self, organisation: int) -> bool:
        """Return whether the person writes for ``organisation`` in every programme."""
        return self.reach.may(Right.WRITE, organisation=organisation, programme=None)

    def may_for_provider(self, right: Right, *, commitment: Commitment) -> bool:
        """Return the same of whoever delivers ``commitment``."""
        contract = commitment.contract
        return self.may(right, organisation=contract.provider.pk, need=contract.proposal.need)

    def now(self) -> list[Task]:
        """Return what waits for the person, in the order of a promise's life."""
        return [
            *to_keep_safe(self.told.concerns),
            *complaints_to_answer(self.told.complaints, today=self.today),
            *_to_answer_to(self),
            *_to_decide_whose(self),
            *_to_say_whether_one(self),
            *_to_say_who_follows(self),
            *_to_advise(self),
            *_to_be_registered(self),
            *_to_say_why(self),
            *_to_write(self),
            *_to_clarify(self),
            *_to_answer_askers(self),
            *scores_to_give(self.seats, now=self.now_at),
            *_to_decide(self),
            *_to_answer_challenges(self),
            *_to_settle(self),
            *_to_confirm(self),
            *_to_sign(self),
            *_to_vary(self),
            *_to_capture(self),
            *files_to_decide(self.files),
            *calls_to_make(self.told.calls, reach=self.reach),
            *stories_to_look_at(self.commitments, reach=self.reach),
            *checks_to_do(self.contracts, reach=self.reach),
            *programme_samples_to_do(self.samples),
            *_to_assess(self),
            *_to_answer(self),
        ]

    def next(self) -> list[Task]:
        """Return what can be challenged, falls due soon or ends, the soonest first; and panels that go on."""
        due = (
            one
            for one in self.commitments
            if self.today <= one.due_on <= self.today + SOON and not has_left(one, reach=self.reach)
        )
        tasks = [
            Task(
                title=_sentence(commitment.what_changes),
                hint=whose(commitment),
                href=commitment.get_absolute_url(),
                word=f"Due {commitment.due_on:%-d %B %Y}",
                kind="wait",
            )
            for commitment in sorted(due, key=lambda one: one.due_on)
        ]
        return [*_to_challenge(self), *tasks, *_ending(self), *scores_sent(self.seats)]


def desk_of(person: Person, *, today: date) -> Desk:
    """Gather what concerns the organisations ``person`` belongs to."""
    due = motives_due(today=today).filter(organisation=OuterRef("organisation"))
    sent = figure_files_to_decide(person)
    held = memberships_of(person).annotate(
        is_to_say_why=Exists(due),
        has_files=Exists(sent),
        has_samples=Exists(open_programme_samples()),
        **marks_of_stories(person),
    )
    memberships = with_bounds(held)
    is_trusted = person.is_staff or any(held.organisation.is_entrusted for held in memberships)
    decides = is_trusted and bool(can_decide_claims(person))
    reach = reach_of(person)
    asked, bid = "need__programme", "proposal__need__programme"
    ours = reach.audited(programme=bid) | asked_to_take_over(reach)
    for party in PARTIES:
        ours |= reach.rows(party, programme=bid)
    proposed = reach.rows("provider", programme=asked) | reach.audited(programme=asked)
    proposed |= reach.rows("need__commissioner", programme=asked)
    promised = ever_delivered_by(reach, contract="contract__")
    promised |= reach.rows("contract__assessor", programme=f"contract__{bid}")
    needs = needs_visible_to(person, reach=reach).filter(
        reach.rows("commissioner", programme="programme")
    )
    return Desk(
        memberships=memberships,
        reach=reach,
        told=told_to(person, memberships=memberships),
        invitations=list(invitations_to(person)),
        claims=list(claims_waiting().exclude(claimed_by=person)) if decides else [],
        duplicates=list(duplicates_waiting(person)) if decides else [],
        successions=list(successions_asked_of(person, decides=decides)),
        advice=list(advice_asked_of(person)) if _at_a(Kind.SUPPORT_UNIT, memberships) else [],
        needs=list(needs_waiting(needs)),
        proposals=list(
            with_what_waits(proposals_visible_to(person, reach=reach))
            .annotate(
                is_written_with=Case(
                    When(written_by(person), then=Value(value=True)), default=False
                )
            )
            .filter(proposed | written_by(person))
            .select_related("contract", "decision__challenge__standstill", "decision__standstill")
        ),
        seats=list(seats_held(person)) if _may_sit(memberships) else [],
        contracts=progress_of(
            with_checks_waiting(contracts_visible_to(person, reach=reach).filter(ours), reach=reach)
        ),
        commitments=list(
            with_stories_waiting(commitments_visible_to(person, reach=reach), by=person)
            .filter(promised, contract__state=ContractState.IN_FORCE, is_released=False)
            .select_related("finding")
        ),
        files=list(sent) if any(getattr(h, "has_files", False) for h in memberships) else [],
        samples=_over_programmes(memberships, reach=reach),
        today=today,
        now_at=now(),
    )


def _over_programmes(
    memberships: Sequence[Membership], *, reach: Reach
) -> Sequence[tuple[Sample, bool]]:
    is_asked = any(getattr(held, "has_samples", False) for held in memberships)
    return programme_samples_waiting(reach=reach) if is_asked else ()


def _to_answer_to(desk: Desk) -> Iterator[Task]:
    for asked in desk.invitations:
        href = reverse("invitation", args=[asked.public_id])
        yield Task(title=f"{asked.organisation} invites you", href=href, hint=f"As {asked.role}")


def _to_decide_whose(desk: Desk) -> Iterator[Task]:
    for claim in desk.claims:
        href = reverse("decide_claim", args=[claim.public_id])
        hint = f"{claim.claimed_by}, {claim.proof.position}"
        yield Task(title=f"Decide on the claim to {claim.organisation}", href=href, hint=hint)


def _to_say_whether_one(desk: Desk) -> Iterator[Task]:
    """Yield each pair that is said to be one, once, whoever said so and on whichever page."""
    pairs = {frozenset((d.organisation_id, d.other_id)): d for d in reversed(desk.duplicates)}
    for said in reversed(pairs.values()):
        path = reverse("merge_organisations", args=[said.organisation.slug, said.other.slug])
        title = f"Decide whether {said}"
        yield Task(title=title, href=path, hint=f"Said on {localtime(said.said_at):%-d %B %Y}")


def _to_say_who_follows(desk: Desk) -> Iterator[Task]:
    own = {held.organisation_id for held in desk.memberships}
    for each in desk.successions:
        asked = each.asked.pk
        if asked not in own or desk.owns(asked):
            href = reverse("settle_succession", args=[each.public_id])
            yield Task(title=f"Answer whether {each}", href=href, hint=f"{each.asking} says so")


def _at_a(kind: Kind, memberships: Sequence[Membership]) -> bool:
    return any(held.organisation.kind == kind for held in memberships)


def _may_sit(memberships: Sequence[Membership]) -> bool:
    """Return whether somebody may have been named to a panel, by what they hold."""
    return _at_a(Kind.COMMISSIONER, memberships) or Role.REVIEWER in {h.role for h in memberships}


def _to_advise(desk: Desk) -> Iterator[Task]:
    for asked in desk.advice:
        href = reverse("take_advice", args=[asked.public_id])
        title = f"{asked.organisation} asks for an adviser"
        yield Task(title=title, href=href, hint=f"Since {localtime(asked.asked_at):%-d %B %Y}")


def _to_be_registered(desk: Desk) -> Iterator[Task]:
    groups = {h.organisation for h in desk.memberships if h.organisation.is_in_formation}
    for group in sorted(groups, key=str):
        if desk.writes_for(group.pk):
            href = reverse("formation", args=[group.slug])
            yield Task(title=f"Go on with the steps of {group}", href=href, hint="In formation")


def _to_say_why(desk: Desk) -> Iterator[Task]:
    due = {h.organisation for h in desk.memberships if getattr(h, "is_to_say_why", False)}
    for house in sorted(due, key=str):
        if desk.writes_for(house.pk):
            href = reverse("state_motives", args=[house.slug])
            title = "Say why you want an organisation of your own, a year on"
            yield Task(title=title, href=href, hint=str(house))


def _to_write(desk: Desk) -> Iterator[Task]:
    for proposal in (each for each in desk.proposals if each.state == ProposalState.DRAFT):
        writes = desk.may(Right.WRITE, organisation=proposal.provider_id, need=proposal.need)
        if writes or getattr(proposal, "is_written_with", False):
            yield _draft_to_finish(proposal, now=desk.now_at)
    for need in (each for each in desk.needs if each.state == NeedState.DRAFT):
        if desk.may(Right.WRITE, organisation=need.commissioner_id, need=need):
            yield Task(title=f"Publish “{need.title}”", href=reverse("need", args=[need.reference]))


def _draft_to_finish(proposal: Proposal, *, now: datetime) -> Task:
    hint, word = str(proposal.need), "To do"
    if is_left_lying(proposal, now=now):
        weeks = (now - getattr(proposal, "touched_at", now)).days // 7
        closes_on = localtime(proposal.need.closes_at)
        hint = f"No part was written in for {weeks} weeks. Send it by {closes_on:%-d %B %Y, %H:%M}"
        word = "Closes soon"
    href = reverse("proposal", args=[proposal.code])
    return Task(title=f"Finish “{proposal.title}”", href=href, hint=hint, word=word)


def _to_clarify(desk: Desk) -> Iterator[Task]:
    for proposal in desk.proposals:
        writes = desk.may(Right.WRITE, organisation=proposal.provider_id, need=proposal.need)
        waits = getattr(proposal, "is_asked", False) and proposal.state == ProposalState.PROPOSED
        if writes and waits:
            href = reverse("proposal", args=[proposal.code]) + "#clarifications"
            hint = f"{proposal.need.commissioner} asks"
            yield Task(title=f"Clarify “{proposal.title}”", href=href, hint=hint)


def _to_answer_askers(desk: Desk) -> Iterator[Task]:
    for need in desk.needs:
        count = getattr(need, "waiting", 0)
        if count and desk.may(Right.WRITE, organisation=need.commissioner_id, need=need):
            yield Task(
                title=f"Answer {count} question{'' if count == 1 else 's'} about “{need.title}”",
                href=reverse("need", args=[need.reference]),
            )


def _to_answer_challenges(desk: Desk) -> Iterator[Task]:
    for proposal in desk.proposals:
        challenge = getattr(getattr(proposal, "decision", None), "challenge", None)
        if challenge and not challenge.answered_at and _buys(desk, proposal=proposal):
            yield answer_to_give(challenge, need=proposal.need)


def _to_challenge(desk: Desk) -> Iterator[Task]:
    sends = (
        proposal
        for proposal in desk.proposals
        if desk.may(Right.WRITE, organisation=proposal.provider_id, need=proposal.need)
    )
    yield from challenges_open(sends, now=desk.now_at)


def _to_decide(desk: Desk) -> Iterator[Task]:
    buys = [p for p in desk.proposals if _buys(desk, proposal=p)]
    yield from decisions_to_take(buys, now=desk.now_at)
    for proposal in buys:
        if proposal.state == ProposalState.APPROVED and not hasattr(proposal, "contract"):
            yield Task(
                title=f"Draft the contract for “{proposal.title}”",
                href=reverse("draft_contract", args=[proposal.code]),
                hint="Until it is signed, nothing that was promised is owed.",
            )


def _to_settle(desk: Desk) -> Iterator[Task]:
    for progress in desk.contracts:
        contract = progress.contract
        drafts = progress.is_drafting and _buys(desk, proposal=contract.proposal)
        if drafts and progress.unsettled:
            yield Task(
                title=f"Settle the promises of “{contract.proposal.title}”",
                href=reverse("contract", args=[contract.reference]),
                hint=f"{progress.unsettled} not settled",
            )


def _to_confirm(desk: Desk) -> Iterator[Task]:
    for progress in desk.contracts:
        contract = progress.contract
        need, provider = contract.proposal.need, contract.provider.pk
        answers = desk.may(Right.ANSWER, organisation=provider, need=need)
        if answers and not progress.is_answered:
            yield Task(
                title=f"Confirm or dispute “{contract.name}”",
                href=reverse("answer_brought_in", args=[contract.reference]),
                hint=f"{contract.commissioner} brought it in",
            )


def _to_sign(desk: Desk) -> Iterator[Task]:
    for progress in desk.contracts:
        contract = progress.contract
        need = contract.proposal.need
        may = (
            side
            for side in Side
            if desk.may(Right.SIGN, organisation=contract.party(side).pk, need=need)
        )
        side = next(may, None)
        if side and progress.waits_for(side) and _can_be_signed(contract):
            yield Task(
                title=f"Sign the contract for “{contract.proposal.title}”",
                href=reverse("sign_contract", args=[contract.reference]),
                hint=f"For {contract.party(side)}",
            )


def _to_vary(desk: Desk) -> Iterator[Task]:
    yield from changes_to_do(desk.contracts, reach=desk.reach)


def _ending(desk: Desk) -> Iterator[Task]:
    held = (each.contract for each in desk.contracts)
    bought = [each for each in held if _buys(desk, proposal=each.proposal)]
    yield from contracts_ending(bought, today=desk.today)


def _can_be_signed(contract: Contract) -> bool:
    return not parties_in_formation(contract) and not bound_and_closed(contract)


def _to_capture(desk: Desk) -> Iterator[Task]:
    varied = [each.contract.pk for each in desk.contracts if each.is_varied]
    rests = rests_of(varied) if varied else {}
    yield from figures_to_give(desk.commitments, reach=desk.reach, today=desk.today, rests=rests)


def _to_assess(desk: Desk) -> Iterator[Task]:
    judged = (
        commitment
        for commitment in desk.commitments
        if desk.may(
            Right.ASSESS,
            organisation=commitment.contract.assessor_id,
            need=commitment.contract.proposal.need,
        )
    )
    yield from findings_to_write(judged, today=desk.today)


def _to_answer(desk: Desk) -> Iterator[Task]:
    answered = (
        commitment
        for commitment in desk.commitments
        if desk.may_for_provider(Right.ANSWER, commitment=commitment)
    )
    yield from replies_to_give(answered, today=desk.today)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _buys(desk: Desk, *, proposal: Proposal) -> bool:
    need = proposal.need
    return desk.may(Right.WRITE, organisation=need.commissioner_id, need=need)
