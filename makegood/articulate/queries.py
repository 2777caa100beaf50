"""Which needs, proposals and promises can be seen, and by whom."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from makegood.articulate.models import (
    Need,
    Programme,
    ProgrammeRole,
    Promise,
    Proposal,
    ProposalWithholding,
)
from makegood.articulate.reach import Reach, reach_of
from makegood.articulate.signals import judges_asked
from makegood.articulate.states import NeedState, ProposalState
from makegood.people.models import Invitation, Membership, Organisation, Person
from makegood.people.queries import organisations_where
from makegood.people.states import Kind, Right

__all__ = [
    "Bounded",
    "Reach",
    "bounds_in_words",
    "houses_writing_in",
    "needs_matching",
    "needs_open_at",
    "needs_visible_to",
    "programmes",
    "programmes_given",
    "programmes_matching",
    "programmes_of",
    "programmes_to_write_in",
    "promises_of",
    "promises_visible_to",
    "proposal_withholdings",
    "proposals_for",
    "proposals_open_at",
    "proposals_visible_to",
    "reach_of",
    "roles_standing",
    "withheld_of_proposal",
]
Bounded = Membership | Invitation
"""What can be narrowed: a role that somebody holds, or that somebody is invited to."""
UNSENT = (ProposalState.DRAFT, ProposalState.WITHDRAWN)


def programmes() -> QuerySet[Programme]:
    """Return every programme, by name; they are public."""
    return Programme.objects.select_related("run_by")


def programmes_of(unit: Organisation) -> QuerySet[Programme]:
    """Return the programmes that ``unit`` runs."""
    return programmes().filter(run_by=unit)


def programmes_to_write_in(person: Person, *, kind: Kind) -> QuerySet[Programme]:
    """Return the programmes in which ``person`` may write for an organisation of ``kind``."""
    houses = organisations_where(person, right=Right.WRITE, kind=kind)
    return programmes().filter(reach_of(person).where(Right.WRITE, houses=houses, programme="pk"))


def houses_writing_in(
    person: Person, *, kind: Kind, programme: int | None
) -> QuerySet[Organisation]:
    """Return the organisations of ``kind`` for which ``person`` may write in a programme, by its key.

    ``None`` is one that does not exist yet.
    """
    houses = organisations_where(person, right=Right.WRITE, kind=kind)
    reach = reach_of(person)
    return houses.filter(pk__in=reach.houses(Right.WRITE, programme=programme))


def needs_open_at(commissioner: Organisation) -> QuerySet[Need]:
    """Return the needs of ``commissioner`` that are written or take proposals."""
    return Need.objects.filter(commissioner=commissioner).exclude(state=NeedState.CLOSED)


def proposals_open_at(organisation: Organisation) -> QuerySet[Proposal]:
    """Return the proposals by ``organisation``, or to it, that are written or wait for a decision."""
    its = Q(provider=organisation) | Q(need__commissioner=organisation)
    return Proposal.objects.filter(its, state__in=(ProposalState.DRAFT, ProposalState.PROPOSED))


def programmes_matching(text: str) -> QuerySet[Programme]:
    """Return the programmes whose name or purpose holds every word of ``text``."""
    found = programmes()
    for word in text.split():
        found = found.filter(Q(name__icontains=word) | Q(summary__icontains=word))
    return found


def roles_standing(held: Bounded) -> QuerySet[ProgrammeRole]:
    """Return in which programmes alone a role holds, or will for whoever is invited; none: in all."""
    return ProgrammeRole.objects.filter(
        **{held._meta.model_name or "": held}, ended_at=None
    ).select_related("programme")


def programmes_given(held: Bounded) -> QuerySet[Programme]:
    """Return the same as programmes."""
    return Programme.objects.filter(pk__in=roles_standing(held).values("programme"))


def bounds_in_words(
    roles: Iterable[Bounded],
) -> dict[Bounded, str]:
    """Return where alone each of ``roles`` holds, in words; those that hold everywhere are left out."""
    found = list(roles)
    members = [each.pk for each in found if isinstance(each, Membership)]
    invited = [each.pk for each in found if isinstance(each, Invitation)]
    of_these = Q(membership__in=members) | Q(invitation__in=invited)
    standing = ProgrammeRole.objects.filter(of_these, ended_at=None)
    names: dict[Bounded, list[str]] = {}
    for role in standing.select_related("programme", "membership", "invitation"):
        if held := role.membership or role.invitation:
            names.setdefault(held, []).append(str(role.programme))
    return {held: f"only in {', '.join(where)}" for held, where in names.items()}


def needs_visible_to(person: Person | None, *, reach: Reach | None = None) -> QuerySet[Need]:
    """Return the published needs, and the drafts of the person's own organisations.

    ``reach`` is theirs, where it was asked for already; so in every ``…_visible_to``.
    """
    own = (reach or reach_of(person)).rows("commissioner", programme="programme")
    seen = ~Q(state=NeedState.DRAFT) | own
    return Need.objects.filter(seen).select_related("commissioner", "programme")


def proposals_visible_to(
    person: Person | None, *, reach: Reach | None = None
) -> QuerySet[Proposal]:
    """Return the proposals ``person`` may read.

    Everyone reads the approved. Its provider reads it in any state; its
    commissioner and auditors read it once it was submitted. A role that
    holds in some programmes alone reads in those (ART-16).
    """
    reach, programme = reach or reach_of(person), "need__programme"
    sent = ~Q(state__in=UNSENT)
    seen = Q(state=ProposalState.APPROVED) | reach.rows("provider", programme=programme)
    seen |= sent & reach.rows("need__commissioner", programme=programme)
    seen |= sent & reach.audited(programme=programme)
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
    return {} if inside or reach.audits(programme) else held


def _judges_of(proposal: Proposal) -> set[int]:
    """Return who judges ``proposal``, as later rooms say."""
    answers: list[tuple[object, set[int]]]
    answers = judges_asked.send(Proposal, proposal=proposal)  # type: ignore[assignment]
    return {house for _, houses in answers for house in houses}


def promises_visible_to(person: Person | None) -> QuerySet[Promise]:
    """Return the promises in proposals that ``person`` may read."""
    return Promise.objects.filter(
        proposal__in=proposals_visible_to(person), is_struck_out=False
    ).select_related("measure", "proposal__provider", "proposal__need__commissioner")


def promises_of(proposal: Proposal) -> QuerySet[Promise]:
    """Return the promises a proposal makes, in its order."""
    return proposal.promises.filter(is_struck_out=False).select_related("measure")


def proposals_for(need: Need, *, person: Person | None) -> QuerySet[Proposal]:
    """Return the proposals that answer ``need`` and that ``person`` may read."""
    return proposals_visible_to(person).filter(need=need)


def needs_matching(needs: QuerySet[Need], *, text: str) -> QuerySet[Need]:
    """Keep the needs whose title, description or commissioner holds every word of ``text``."""
    for word in text.split():
        needs = needs.filter(
            Q(title__icontains=word)
            | Q(description__icontains=word)
            | Q(commissioner__name__icontains=word)
        )
    return needs
