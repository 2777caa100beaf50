"""Which needs, proposals and promises can be seen, and by whom."""

from django.db.models import Q, QuerySet

from makegood.articulate.models import Need, Programme, Promise, Proposal
from makegood.articulate.states import NeedState, ProposalState
from makegood.people.models import Organisation, Person
from makegood.people.queries import is_auditor, organisations_of

UNSENT = (ProposalState.DRAFT, ProposalState.WITHDRAWN)


def programmes() -> QuerySet[Programme]:
    """Return every programme, by name; they are public."""
    return Programme.objects.select_related("run_by")


def programmes_of(unit: Organisation) -> QuerySet[Programme]:
    """Return the programmes that ``unit`` runs."""
    return programmes().filter(run_by=unit)


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


def needs_visible_to(person: Person | None) -> QuerySet[Need]:
    """Return the published needs, and the drafts of the person's own organisations."""
    seen = ~Q(state=NeedState.DRAFT) | Q(commissioner__in=organisations_of(person))
    return Need.objects.filter(seen).select_related("commissioner", "programme")


def proposals_visible_to(person: Person | None) -> QuerySet[Proposal]:
    """Return the proposals ``person`` may read.

    Everyone reads the approved. Its provider reads it in any state; its
    commissioner and auditors read it once it was submitted.
    """
    own = organisations_of(person)
    sent = ~Q(state__in=UNSENT)
    seen = Q(state=ProposalState.APPROVED) | Q(provider__in=own)
    seen |= sent if is_auditor(person) else sent & Q(need__commissioner__in=own)
    return Proposal.objects.filter(seen).select_related(
        "provider", "need__commissioner", "need__programme"
    )


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
