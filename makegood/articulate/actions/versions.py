"""Keeping a version of a proposal: what it said when it was sent, and after each clarification."""

from datetime import datetime

from django.db.models import Max

from makegood.articulate.models import Clarification, Proposal, ProposalVersion
from makegood.articulate.queries import case_of, files_said, promises_said
from makegood.kernel.ledger.append import record
from makegood.people.models import Person


def keep_version_of(
    proposal: Proposal, *, clarifies: Clarification | None = None, by: Person, now: datetime
) -> ProposalVersion:
    """Keep what ``proposal`` says now, part by part and promise by promise (ART-50)."""
    last = proposal.versions.aggregate(number=Max("number"))["number"] or 0
    version = ProposalVersion.objects.create(
        proposal=proposal,
        number=last + 1,
        title=proposal.title,
        summary=proposal.summary,
        case=case_of(proposal),
        promises=promises_said(proposal),
        files=files_said(proposal),
        clarifies=clarifies,
        made_by=by,
        made_at=now,
    )
    record(version, act="keep_proposal_version", stream=proposal.stream, by=by, now=now)
    return version
