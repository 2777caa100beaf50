"""What was analysed and found, and who may see it."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from makegood.articulate.queries import Reach, reach_of
from makegood.assess.models import Analysis, Finding
from makegood.assess.states import FindingState
from makegood.capture.models import Story
from makegood.capture.queries import Telling, tellings
from makegood.contract.models import Commitment
from makegood.contract.queries import (
    commitments_visible_to,
    delivered_by,
    handed_over_by,
    with_provider,
)
from makegood.people.models import Organisation, Person
from makegood.people.queries import organisations_of

PROGRAMME = "proposal__need__programme"
"""The way from a contract to its programme."""


def latest_analysis(commitment: Commitment) -> Analysis | None:
    """Return the newest analysis of ``commitment``: what its page shows."""
    return commitment.analyses.order_by("-pk").first()


def findings_visible_to(person: Person | None, *, reach: Reach | None = None) -> QuerySet[Finding]:
    """Return the published findings; drafts for the assessor, and what was sent for the provider.

    Who handed the contract over reads what was sent until then as well. ``reach`` is theirs, where
    a page read it already.
    """
    reach, contract = reach or reach_of(person), "commitment__contract"
    programme = f"{contract}__{PROGRAMME}"
    told = delivered_by(reach, contract=f"{contract}__")
    left = handed_over_by(reach).filter(contract=OuterRef(contract))
    told |= Q(Exists(left.filter(in_force_at__gte=OuterRef("sent_at"))))
    told |= reach.audited(programme=programme)
    seen = Q(state=FindingState.PUBLISHED) | ~Q(state=FindingState.DRAFT) & told
    seen |= reach.rows(f"{contract}__assessor", programme=programme)
    return Finding.objects.filter(seen).select_related(
        "analysis",
        "reply",
        "written_by",
        "commitment__measure",
        "commitment__promise",
        "commitment__contract__assessor",
        "commitment__contract__proposal__provider",
        "commitment__contract__taken_over_by",
    )


def assessments_visible_to(
    person: Person | None, *, reach: Reach | None = None
) -> QuerySet[Commitment]:
    """Return the commitments that ``person`` may have to judge: no provider of theirs (ASS-01)."""
    reach, own = reach or reach_of(person), organisations_of(person)
    judged = reach.rows("contract__assessor", programme=f"contract__{PROGRAMME}")
    found = commitments_visible_to(person, reach=reach).filter(judged)
    return found.exclude(with_provider(own, contract="contract__"))


def findings_open_at(assessor: Organisation) -> QuerySet[Finding]:
    """Return the findings that ``assessor`` wrote or sent, and has not published."""
    own = Finding.objects.filter(commitment__contract__assessor=assessor)
    return own.exclude(state=FindingState.PUBLISHED).order_by("reference")


def stories_cited(finding: Finding) -> QuerySet[Story]:
    """Return the stories ``finding`` rests on and that still stand."""
    return Story.objects.filter(
        citations__finding=finding, citations__is_withdrawn=False, withdrawn_at__isnull=True
    )


def judgement_so_far(finding: Finding | None) -> dict[str, object]:
    """Return what a draft says, by the names of the form's questions."""
    if finding is None:
        return {}
    cited = list(stories_cited(finding).values_list("reference", flat=True))
    said = {name: getattr(finding, name) for name in ("conclusion", "reasons", "why_otherwise")}
    return {**said, "stories": cited}


def tellings_cited(finding: Finding, *, person: Person | None) -> list[Telling]:
    """Return the stories ``finding`` rests on, as ``person`` may read them."""
    cited = set(stories_cited(finding).values_list("reference", flat=True))
    told = tellings(finding.commitment, person=person)
    return [telling for telling in told if telling.reference in cited]


def may_be_published(finding: Finding, *, today: date) -> bool:
    """Return whether the provider has replied to ``finding``, or had the time to."""
    waited = finding.reply_by is not None and today > finding.reply_by
    return finding.state == FindingState.REPLIED or (
        finding.state == FindingState.WITH_PROVIDER and waited
    )


def withdrawn_since(finding: Finding) -> int:
    """Return how many of the stories ``finding`` rested on were withdrawn afterwards."""
    cited = finding.citations.filter(is_withdrawn=False)
    return cited.filter(story__withdrawn_at__isnull=False).count()
