"""Complaints: for whoever made them, and for the named persons who answer."""

from django.db.models import Q, QuerySet

from makegood.capture.models import Complaint, Story
from makegood.capture.named import named_by
from makegood.capture.queries.stories import secret_digest
from makegood.capture.states import ComplaintState, ComplaintTo
from makegood.people.models import Organisation, Person

CONTRACT = "link__commitment__contract__"
READ_WITH = (
    "link__commitment__contract__proposal__provider",
    "link__commitment__contract__proposal__need__commissioner",
    "link__commitment__contract__taken_over_by",
)


def complaint_with_secret(secret: str) -> QuerySet[Complaint]:
    """Return the complaint whose private address holds ``secret``."""
    found = Complaint.objects.filter(secret_digest=secret_digest(secret))
    return found.select_related(*READ_WITH).prefetch_related("said")


def complaints_with(story: Story) -> QuerySet[Complaint]:
    """Return the complaints that were made by the private page of ``story``, the first first."""
    return story.complaints.exclude(state=ComplaintState.ENDED)


def complaints_told_to(person: Person | None) -> QuerySet[Complaint]:
    """Return the complaints that ``person`` answers, the first first."""
    houses = named_by(person)
    delivers = Q(**{f"{CONTRACT}taken_over_by__in": houses}) | Q(
        **{f"{CONTRACT}taken_over_by__isnull": True, f"{CONTRACT}proposal__provider__in": houses}
    )
    bought = Q(**{f"{CONTRACT}proposal__need__commissioner__in": houses})
    mine = (Q(made_to=ComplaintTo.PROVIDER) & delivers) | (
        Q(made_to=ComplaintTo.COMMISSIONER) & bought
    )
    return Complaint.objects.filter(mine).select_related(*READ_WITH).prefetch_related("said")


def complaints_waiting(person: Person | None) -> QuerySet[Complaint]:
    """Return the complaints that ``person`` has to answer, those due first before others."""
    found = complaints_told_to(person).filter(state=ComplaintState.MADE)
    return found.prefetch_related(None).order_by("answer_due_on", "pk")


def answers_for(complaint: Complaint) -> Organisation:
    """Return the organisation a complaint was made to: whoever delivers now, or who buys."""
    contract = complaint.link.commitment.contract
    is_provider = complaint.made_to == ComplaintTo.PROVIDER
    return contract.provider if is_provider else contract.commissioner
