"""Which proposals and promises can be seen, and by whom."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from makegood.articulate.models import Need, Promise, PromiseTag, Proposal, ProposalWithholding
from makegood.articulate.queries.writers import written_by
from makegood.articulate.reach import Reach, reach_of
from makegood.articulate.signals import judges_asked, panels_asked
from makegood.articulate.states import ProposalState
from makegood.measures.models import Measure
from makegood.people.models import Organisation, Person

DECLINED = ProposalState.DECLINED
UNSENT = (ProposalState.DRAFT, ProposalState.WITHDRAWN)


def proposals_open_at(organisation: Organisation) -> QuerySet[Proposal]:
    """Return the proposals by ``organisation``, or to it, that are written, wait or stand still."""
    its = Q(provider=organisation) | Q(need__commissioner=organisation)
    waiting = (ProposalState.DRAFT, ProposalState.PROPOSED, ProposalState.STANDSTILL)
    return Proposal.objects.filter(its, state__in=waiting)


def proposals_visible_to(
    person: Person | None, *, reach: Reach | None = None
) -> QuerySet[Proposal]:
    """Return the proposals ``person`` may read.

    Everyone reads the approved, once no standstill keeps them back. Its
    provider reads it in any state; its commissioner, auditors and who weighs
    it once it was submitted. Who was invited to write it reads it until it is
    decided. A role that holds in some programmes alone reads in those (ART-16).
    """
    reach, programme = reach or reach_of(person), "need__programme"
    sent = ~Q(state__in=UNSENT)
    seen = Q(state=ProposalState.APPROVED) | reach.rows("provider", programme=programme)
    seen |= sent & reach.rows("need__commissioner", programme=programme)
    seen |= (sent & reach.audited(programme=programme)) | written_by(person)
    seen |= sent & _weighed_by(person)
    return Proposal.objects.filter(seen).select_related(
        "provider", "need__commissioner", "need__programme"
    )


def proposal_withholdings(proposal: Proposal, *, today: date) -> QuerySet[ProposalWithholding]:
    """Return what of ``proposal`` is withheld ``today``."""
    return proposal.withholdings.filter(lifted_at__isnull=True, until_on__gt=today)


def withheld_of_proposal(
    person: Person | None, *, proposal: Proposal, today: date
) -> dict[str, ProposalWithholding]:
    """Return what ``person`` may not read of ``proposal``, by part; parties, judges and auditors may."""
    held = {each.part: each for each in proposal_withholdings(proposal, today=today)}
    if not held:
        return {}
    reach, programme = reach_of(person), proposal.need.programme_id
    houses = {proposal.provider_id, proposal.need.commissioner_id, *_judges_of(proposal)}
    inside = any(reach.belongs(house, programme=programme) for house in houses)
    inside = inside or Proposal.objects.filter(written_by(person), pk=proposal.pk).exists()
    return {} if inside or reach.audits(programme) else held


def _weighed_by(person: Person | None) -> Q:
    """Keep the proposals for the needs that ``person`` sits on the panel of, as later rooms say."""
    weighed = Q(pk__in=())
    if person is not None:
        for _, needs in panels_asked.send(Proposal, person=person):
            weighed |= Q(need__in=needs)
    return weighed


def is_told(person: Person | None, *, proposal: Proposal, reach: Reach | None = None) -> bool:
    """Return whether ``person`` reads what its provider is told besides: the two do, and auditors."""
    parties = (proposal.provider_id, proposal.need.commissioner_id)
    reach = reach or reach_of(person)
    return reach.is_inside(parties, programme=proposal.need.programme_id)


def _judges_of(proposal: Proposal) -> set[int]:
    """Return who judges ``proposal``, as later rooms say."""
    answers: list[tuple[object, set[int]]]
    answers = judges_asked.send(Proposal, proposal=proposal)  # type: ignore[assignment]
    return {house for _, houses in answers for house in houses}


def promises_visible_to(person: Person | None) -> QuerySet[Promise]:
    """Return the promises in proposals that ``person`` may read."""
    return Promise.objects.filter(
        proposal__in=proposals_visible_to(person), is_struck_out=False
    ).select_related(
        "measure", "measure_version", "proposal__provider", "proposal__need__commissioner"
    )


def drafts_with(measure: Measure) -> QuerySet[Proposal]:
    """Return the drafts that hold a promise with ``measure``."""
    held = Promise.objects.filter(measure=measure, is_struck_out=False).values("proposal")
    drafts = Proposal.objects.filter(state=ProposalState.DRAFT, pk__in=held)
    return drafts.select_related("provider__merged_into").order_by("pk")


def tell_states(
    proposals: Iterable[Proposal], *, person: Person | None, reach: Reach | None = None
) -> list[Proposal]:
    """Say of each of ``proposals`` how it stands, as far as ``person`` may know, and return them.

    While a decision stands still, its commissioner and auditors know it, and each provider its own part.
    To whoever else reads proposals for that need, as a panel does, all of them wait.
    """
    told = list(proposals)
    settled = {p.need_id for p in told if p.state in (ProposalState.STANDSTILL, DECLINED)}
    still: set[int] = set()
    if settled:
        waiting = Proposal.objects.filter(need__in=settled, state=ProposalState.STANDSTILL)
        still = set(waiting.values_list("need", flat=True))
    reach = (reach or reach_of(person)) if still else None
    for each in told:
        parties = (each.provider_id, each.need.commissioner_id)
        knows = (
            reach is None
            or each.need_id not in still
            or reach.is_inside(parties, programme=each.need.programme_id)
        )
        each.told_state = each.state if knows else ProposalState.PROPOSED
    return told


def sent_among(proposals: Iterable[Proposal]) -> int:
    """Return how many of ``proposals`` were sent and stand: only those are compared."""
    return sum(each.state not in UNSENT for each in proposals)


def promises_of(proposal: Proposal) -> QuerySet[Promise]:
    """Return the promises a proposal makes, in its order."""
    tags = PromiseTag.objects.filter(is_struck_out=False).select_related("aim")
    held = proposal.promises.filter(is_struck_out=False).select_related(
        "measure", "measure_version"
    )
    return held.prefetch_related(Prefetch("tags", tags, to_attr="standing_tags"))


def promises_in(proposals: Iterable[Proposal]) -> QuerySet[Promise]:
    """Return the promises that any of ``proposals`` makes, with what each is measured by."""
    held = Promise.objects.filter(proposal__in=proposals, is_struck_out=False)
    return held.select_related("measure", "measure_version", "proposal__provider").order_by(
        "proposal", "position"
    )


def proposals_for(
    need: Need, *, person: Person | None, reach: Reach | None = None
) -> QuerySet[Proposal]:
    """Return the proposals that answer ``need`` and that ``person`` may read."""
    return proposals_visible_to(person, reach=reach).filter(need=need)
